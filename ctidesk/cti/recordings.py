"""The recordings of calls, as the windows see them whatever PBX it is."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from msgspec import Struct

Progress = Callable[[int, int | None], None]
"""Is told how many bytes have come, and of how many; None when the PBX does not say."""


class RecordingProblem(StrEnum):
    """Why a recording cannot be heard."""

    NONE_THERE = "none there"
    """The PBX knows no recording of this call."""
    REFUSED = "refused"
    """The PBX does not give it out: no right, or the command was refused."""
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too slow"
    TOO_LARGE = "too large"
    NOT_AUDIO = "not audio"
    """What came is something else than a recording."""
    BROKEN = "broken"
    """It came only in part, or its address is none."""
    NOT_KEPT = "not kept"
    """This computer has no room for it."""


class RecordingFailed(Exception):
    """A recording cannot be had; the text is translated and for the operator, without address and secrets.

    Attributes:
        problem: the kind; text: what it means and what to do.
        detail: the PBX's own words or technical ones, may be empty.
    """

    def __init__(self, problem: RecordingProblem, text: str, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else str(problem))
        self.problem = problem
        self.text = text
        self.detail = detail


class RecordingFile(Struct, frozen=True):
    """A recording on this computer, until it is given back.

    Attributes:
        path: a temporary file; its ending says what kind of audio it is.
        part: which recording of the call this is, from 0 on; parts: how many there are.
    """

    path: Path
    part: int = 0
    parts: int = 1


class Recordings(Protocol):
    """Fetches the recordings of calls."""

    async def fetch(self, call_id: str, part: int = 0, progress: Progress = ...) -> RecordingFile:
        """Ask for a call's recordings and bring one of them here; being cancelled leaves nothing behind.

        Args:
            call_id: the PBX's id of the call, or of its recordings as the journal has it.
            part: which of them.
            progress: called while it comes.

        Raises:
            RecordingFailed: there is none, or it did not come.
        """

    def give_back(self, file: RecordingFile) -> None:
        """Remove the temporary file; nobody plays it any more."""

    def close(self) -> None:
        """Remove everything; nothing is fetched any more."""
