"""The recordings of one call on their way to the operator: fetched when wanted, kept while shown, removed after."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Callable, Coroutine
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

from ctidesk.cti.events import CallStarted, CtiEvent
from ctidesk.cti.model import CtiModel
from ctidesk.cti.recordings import RecordingFailed, RecordingFile, Recordings
from ctidesk.cti.signals import Signal
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate
from ctidesk.cti.values import AgentFeatures

SPEEDS = (0.75, 1.0, 1.25, 1.5, 1.75, 2.0)

logger = logging.getLogger(__name__)


class Stage(Enum):
    """How far a recording is."""

    ABSENT = "absent"
    """Nobody has wanted to hear it yet."""
    COMING = "coming"
    HERE = "here"
    FAILED = "failed"


class Start(Protocol):
    """Starts work as a task that somebody owns."""

    def __call__(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[object]: ...


class Recording:
    """One call's recordings; has no widget and survives every one.

    Signals:
        changed(): another stage, part or progress.
        told(words, is_error): what became of a copy.

    Attributes:
        stage: how far it is.
        file: the recording, while the stage is HERE.
        part, parts: which recording of the call it is, and of how many; one until that is known.
        received, total: bytes; `total` is None while it is not known.
        words: why it failed, for the operator; detail: the PBX's or technical words.
    """

    def __init__(self, recordings: Recordings, call_id: str, start: Start) -> None:
        self.changed: Signal[()] = Signal("recording.changed")
        self.told: Signal[str, bool] = Signal("recording.told")
        self.stage = Stage.ABSENT
        self.file: RecordingFile | None = None
        self.part, self.parts = 0, 1
        self.received: int = 0
        self.total: int | None = None
        self.words = self.detail = ""
        self._recordings = recordings
        self._call_id = call_id
        self._start = start
        self._fetching: asyncio.Task[object] | None = None
        self._is_closed = False

    def fetch(self, part: int | None = None) -> None:
        """Begin to bring a part here, the present one by default; one that is here or comes already goes on."""
        wanted = self.part if part is None else part
        if self._is_closed or (wanted == self.part and self.stage in (Stage.COMING, Stage.HERE)):
            return
        self._let_go()
        self.part = wanted
        self.received, self.total = 0, None
        self._set(Stage.COMING)
        self._fetching = self._run(self._fetch(wanted))

    def cancel(self) -> None:
        """Stop bringing it here."""
        if self.stage is Stage.COMING:
            self._let_go()
            self._set(Stage.ABSENT)

    def save(self, path: Path) -> None:
        """Write a copy of what is here to `path`."""
        if self.file is not None:
            self._run(self._save(self.file.path, path))

    def fail_to_play(self) -> None:
        """What came cannot be played."""
        if self.stage is Stage.HERE:
            self._let_go()
            self._fail(translate("Recording", "This recording cannot be played here."))

    def close(self) -> None:
        """Nobody wants it any more."""
        self._is_closed = True
        self._let_go()

    async def _fetch(self, part: int) -> None:
        this = asyncio.current_task()

        def progress(received: int, total: int | None) -> None:
            if self._fetching is this:
                self.received, self.total = received, total
                self.changed.emit()

        try:
            file = await self._recordings.fetch(self._call_id, part, progress)
        except RecordingFailed as failure:
            if self._fetching is this:
                self._fail(failure.text, failure.detail)
            return
        except Exception:
            if self._fetching is this:
                self._fail(translate("Recording", "Something in this program failed."))
            raise
        if self._fetching is not this:  # given up in the last moment
            self._recordings.give_back(file)
            return
        self._fetching = None
        self.file, self.parts = file, file.parts
        self._set(Stage.HERE)

    async def _save(self, source: Path, path: Path) -> None:
        try:
            await asyncio.to_thread(_copy, source, path)
        except OSError as error:
            words = translate("Recording", "The recording could not be saved: {reason}")
            self.told.emit(words.format(reason=error.strerror or type(error).__name__), True)
        else:
            self.told.emit(translate("Recording", "Saved as {name}").format(name=path.name), False)

    def _run(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[object]:
        task = self._start(work)
        # A task that is cancelled before its first step never gets to `work`.
        task.add_done_callback(lambda _: work.close())
        return task

    def _fail(self, words: str, detail: str = "") -> None:
        self._fetching = None
        self.words, self.detail = words, detail
        self._set(Stage.FAILED)

    def _let_go(self) -> None:
        fetching, self._fetching = self._fetching, None
        if fetching is not None:
            fetching.cancel()
        file, self.file = self.file, None
        if file is not None:
            self._recordings.give_back(file)

    def _set(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()


class Listening:
    """What all players of a line share: where recordings come from, how fast and how loud they are heard.

    Signals:
        interrupted(): a call has come; nothing may be heard beside it.

    Attributes:
        speed, volume: as the operator has chosen last; percent.
    """

    def __init__(self, make_recordings: Callable[[], Recordings], model: CtiModel) -> None:
        """Prepare; `make_recordings` is asked when the first recording is to be shown."""
        self.interrupted: Signal[()] = Signal("listening.interrupted")
        self.speed = 1.0
        self.volume = 100
        self._make_recordings = make_recordings
        self._recordings: Recordings | None = None
        self._model = model
        self._tasks = TaskOwner("recordings")
        self._leave = model.events.subscribe(self._hear)

    @property
    def is_offered(self) -> bool:
        """Whether this PBX gives recordings at all."""
        return AgentFeatures.CAN_GET_CALL_RECORDS in self._model.provider.capabilities[1]

    def recording(self, call_id: str) -> Recording:
        """Return the recordings of a call, or of what the journal has as the id of its recordings."""
        if self._recordings is None:
            self._recordings = self._make_recordings()
        return Recording(self._recordings, call_id, self._tasks.start)

    async def close(self) -> None:
        """Stop fetching and copying, and remove what was fetched."""
        self._leave()
        await self._tasks.close()
        recordings, self._recordings = self._recordings, None
        if recordings is not None:
            recordings.close()

    def _hear(self, event: CtiEvent) -> None:
        if isinstance(event, CallStarted):
            self.interrupted.emit()


def _copy(source: Path, path: Path) -> None:
    """Copy so that `path` is whole or as it was before."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        shutil.copyfile(source, unfinished)
        os.replace(unfinished, path)  # noqa: PTH105 - Path.replace is the same
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
