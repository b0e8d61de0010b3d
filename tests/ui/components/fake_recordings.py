"""Recordings that come when a test says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from ctidesk.cti.recordings import Progress, RecordingFailed, RecordingFile, RecordingProblem
from ctidesk.demo.media import recording


class FakeRecordings:
    """Implements `ctidesk.cti.recordings.Recordings`.

    Attributes:
        asked: call ids and parts, in order.
        may_come: nothing comes before it is set.
        problem: with what the next ones fail, or None.
        parts: how many recordings each call has.
        content: what comes.
        there: the files that were given out and not given back.
    """

    def __init__(self, folder: Path) -> None:
        self.asked: list[tuple[str, int]] = []
        self.may_come = asyncio.Event()
        self.may_come.set()
        self.problem: RecordingFailed | None = None
        self.parts = 1
        self.content = recording()
        self.there: set[Path] = set()
        self.cancelled = 0
        self.progress: Callable[[int, int | None], None] = lambda _received, _total: None
        self._folder = folder

    async def fetch(
        self, call_id: str, part: int = 0, progress: Progress = lambda _received, _total: None
    ) -> RecordingFile:
        self.asked.append((call_id, part))
        self.progress = progress
        try:
            await self.may_come.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.problem is not None:
            raise self.problem
        path = self._folder / f"{len(self.asked)}.wav"
        path.write_bytes(self.content)
        self.there.add(path)
        return RecordingFile(path, part, self.parts)

    def give_back(self, file: RecordingFile) -> None:
        file.path.unlink(missing_ok=True)
        self.there.discard(file.path)

    def close(self) -> None:
        for path in self.there:
            path.unlink()
        self.there.clear()


def refused(text: str = "The PBX has no recording of this call.") -> RecordingFailed:
    """Return a failure."""
    return RecordingFailed(RecordingProblem.NONE_THERE, text)
