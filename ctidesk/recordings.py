"""Recordings of calls: the PBX's links, fetched into temporary files (architecture.md, "Rooms").

A link holds a one-time password. It lives between the PBX's answer and the request, and is in no log and no error.
"""

from __future__ import annotations

import contextlib
import logging
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from pathlib import Path

from ctidesk.cti.errors import CtiException
from ctidesk.cti.recordings import Progress, RecordingFailed, RecordingFile, RecordingProblem
from ctidesk.cti.text import translate
from ctidesk.net.download import DownloadFailed, Limits, Problem, download

_HEAD = 16
"""Bytes that tell one kind of audio from another."""

logger = logging.getLogger(__name__)

QueryLinks = Callable[[str], Awaitable[Sequence[str]]]


class PbxRecordings:
    """Asks the PBX for the links of a call and fetches what they name; implements `ctidesk.cti.recordings.Recordings`.

    The files lie in a folder that only the operator can read, and that `close` removes.
    """

    def __init__(self, query_links: QueryLinks, ca_file: Path | None = None, limits: Limits | None = None) -> None:
        """Prepare; nothing is created before the first recording.

        Args:
            query_links: the provider's `query_call_records`.
            ca_file: PEM file of certificates to trust besides the system's.
            limits: how much is too much.
        """
        self._query_links = query_links
        self._ca_file = ca_file
        self._limits = limits
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._numbers = count(1)
        self._is_closed = False

    async def fetch(
        self, call_id: str, part: int = 0, progress: Progress = lambda _received, _total: None
    ) -> RecordingFile:
        """Ask for a call's recordings and bring one of them here."""
        links = await self._links(call_id)
        if part >= len(links):
            raise _failed(RecordingProblem.NONE_THERE)
        path = self._new_path()
        try:
            await download(links[part], path, ca_file=self._ca_file, limits=self._limits, progress=progress)
            return RecordingFile(self._named_by_kind(path), part, len(links))
        except DownloadFailed as failure:
            _remove(path)
            logger.info("a recording did not come: %s", failure)
            raise _failed(_PROBLEMS[failure.problem], failure.detail) from None
        except BaseException:
            _remove(path)
            raise

    def give_back(self, file: RecordingFile) -> None:
        """Remove the temporary file."""
        _remove(file.path)

    def close(self) -> None:
        """Remove everything."""
        self._is_closed = True
        folder, self._folder = self._folder, None
        if folder is not None:
            try:
                folder.cleanup()
            except OSError as error:  # a player of this system may still hold a file
                logger.warning("the recordings could not be removed: %s", error.strerror)

    async def _links(self, call_id: str) -> Sequence[str]:
        try:
            return await self._query_links(call_id)
        except CtiException as refusal:
            error = refusal.error
            raise RecordingFailed(RecordingProblem.REFUSED, error.text, error.raw) from None

    def _new_path(self) -> Path:
        if self._is_closed:
            raise _failed(RecordingProblem.NOT_KEPT)
        try:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="ctidesk-recordings-", ignore_cleanup_errors=True)
        except OSError as error:
            raise _failed(RecordingProblem.NOT_KEPT, error.strerror or "") from None
        return Path(self._folder.name) / f"{next(self._numbers)}"

    def _named_by_kind(self, path: Path) -> Path:
        """Give the file the ending of what it is; a player is never given anything that only claims to be audio."""
        try:
            with path.open("rb") as file:
                ending = audio_ending(file.read(_HEAD))
            if not ending:
                raise _failed(RecordingProblem.NOT_AUDIO)
            return path.rename(path.with_suffix(ending))
        except OSError as error:
            raise _failed(RecordingProblem.NOT_KEPT, error.strerror or "") from None


def audio_ending(head: bytes) -> str:
    """Return the usual ending of the kind of audio that begins with `head`; empty when it is none.

    Looked at is the content: players also take play lists, which would have them open files and addresses of the
    server's choice.
    """
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return ".wav"
    if head[4:8] == b"ftyp":
        return ".m4a"
    for mark, ending in _MARKS.items():
        if head.startswith(mark):
            return ending
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return ".aac"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06:
        return ".mp3"
    return ""


_MARKS = {
    b"ID3": ".mp3",
    b"OggS": ".ogg",
    b"fLaC": ".flac",
    b"#!AMR": ".amr",
    b".snd": ".au",
    b"\x1aE\xdf\xa3": ".webm",
}

_PROBLEMS = {
    Problem.BAD_ADDRESS: RecordingProblem.BROKEN,
    Problem.UNREACHABLE: RecordingProblem.UNREACHABLE,
    Problem.NOT_TRUSTED: RecordingProblem.UNREACHABLE,
    Problem.FORBIDDEN: RecordingProblem.REFUSED,
    Problem.MISSING: RecordingProblem.NONE_THERE,
    Problem.REFUSED: RecordingProblem.REFUSED,
    Problem.TOO_LARGE: RecordingProblem.TOO_LARGE,
    Problem.TOO_SLOW: RecordingProblem.TOO_SLOW,
    Problem.BROKEN: RecordingProblem.BROKEN,
    Problem.NOT_WRITTEN: RecordingProblem.NOT_KEPT,
}


def _failed(problem: RecordingProblem, detail: str = "") -> RecordingFailed:
    return RecordingFailed(problem, _text(problem), detail)


def _text(problem: RecordingProblem) -> str:
    match problem:
        case RecordingProblem.NONE_THERE:
            return translate("Recording", "The PBX has no recording of this call.")
        case RecordingProblem.REFUSED:
            return translate("Recording", "The PBX does not give out this recording. Ask your administrator.")
        case RecordingProblem.UNREACHABLE:
            return translate("Recording", "The server of the recordings cannot be reached. Try again later.")
        case RecordingProblem.TOO_SLOW:
            return translate("Recording", "The recording comes too slowly. Try again later.")
        case RecordingProblem.TOO_LARGE:
            return translate("Recording", "The recording is too large to be played here.")
        case RecordingProblem.NOT_AUDIO:
            return translate("Recording", "What the PBX sent is no recording.")
        case RecordingProblem.BROKEN:
            return translate("Recording", "The recording did not come whole. Try again.")
        case RecordingProblem.NOT_KEPT:
            return translate("Recording", "There is no room for the recording on this computer.")


def _remove(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        try:
            path.unlink()
        except PermissionError:
            logger.warning("a recording is still in use and goes at the end")
