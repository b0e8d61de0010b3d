"""One run of `ctidesk watch`: a model without a window, its events as lines, its commands from lines."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.event_arguments import event_arguments
from ctidesk.cti.events import CtiEvent
from ctidesk.cti.json_value import Json
from ctidesk.cti.model import CtiModel
from ctidesk.cti.reconnection import ConnectionPhase
from ctidesk.cti.tasks import TaskOwner
from ctidesk.net.frames import Frame, FrameLog
from ctidesk.net.masking import mask_value
from ctidesk.watch.commands import Commands
from ctidesk.watch.input import Input
from ctidesk.watch.opening import open_pbx
from ctidesk.watch.options import Level, WatchOptions
from ctidesk.watch.output import Output

ANSWERS_LIMIT = 0.5
"""Seconds that commands under way have for their answers once the connection is closed."""
QUIT = "quit"

logger = logging.getLogger(__name__)


class Watcher:
    """Connects, tells what happens and carries out lines until it is closed."""

    def __init__(
        self, options: WatchOptions, password: str, output: Output, on_stopped: Callable[[CtiError], object]
    ) -> None:
        """Put the parts together; nothing is opened before `follow`.

        Args:
            options: what was asked for.
            password: of the login.
            output: where events and answers go.
            on_stopped: called when there will be no further attempt to connect by itself, with the last error.
        """
        self._output = output
        self._on_stopped = on_stopped
        frame_log = FrameLog(enabled=Level.WIRE in options.levels)
        self._pbx = open_pbx(options, password, frame_log)
        self._model = CtiModel(self._pbx.provider, reconnects=options.reconnects)
        self._commands = Commands(self._model, self._pbx)
        self._tasks = TaskOwner("watch")
        self._running: set[asyncio.Task[object]] = set()
        self._quit_line: str | None = None
        self._status = self._model.connection
        self._was_usable = False
        self._has_failed = False
        if Level.WIRE in options.levels:
            frame_log.subscribe(self._tell_frame)
        if Level.PBX in options.levels:
            self._pbx.subscribe(self._tell_pbx_event)
        if Level.CTI in options.levels:
            self._model.events.subscribe(self._tell_cti_event)
        self._model.changed.subscribe(self._look_at_connection)

    @property
    def never_got_through(self) -> bool:
        """Whether attempts to connect have failed and none has led to a usable line."""
        return self._has_failed and not self._was_usable

    async def follow(self, lines: Input) -> None:
        """Connect, and carry out lines until `quit` or the end of the input."""
        self._model.start()
        while (line := await lines.line()) is not None:
            if line.strip() == QUIT:
                self._quit_line = line
                return
            if line.strip():
                task = self._tasks.start(self._run(line))
                self._running.add(task)
                task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """Log out and close everything; every command that was given has its answer then."""
        await self._model.close()
        if self._running:
            await asyncio.wait(self._running, timeout=ANSWERS_LIMIT)
        await self._tasks.close()
        if self._quit_line is not None:
            self._output.answer(self._quit_line, None)

    # ---- commands

    async def _run(self, line: str) -> None:
        try:
            result = await self._commands.run(line)
        except CtiException as exception:
            error = exception.error
            self._output.refusal(line, error.kind.name, error.text, error.code)
        except asyncio.CancelledError:
            self._output.refusal(line, ErrorKind.GENERAL.name, "The program ended before the answer was there.")
            raise
        except Exception:
            logger.exception("a command failed because of a defect in this program")
            text = "The command failed because of a defect in this program."
            self._output.refusal(line, ErrorKind.GENERAL.name, text)
        else:
            self._output.answer(line, result)

    # ---- events

    def _tell_cti_event(self, event: CtiEvent) -> None:
        self._output.event(Level.CTI, event.name, event_arguments(event, self._model.clock.monotonic()))

    def _tell_pbx_event(self, name: str, arguments: Sequence[Json]) -> None:
        self._output.event(Level.PBX, name, [mask_value(one) for one in arguments])

    def _tell_frame(self, frame: Frame) -> None:
        self._output.event(Level.WIRE, frame.direction, [frame.text])

    def _look_at_connection(self) -> None:
        before, status = self._status, self._model.connection
        self._status = status
        if status.phase is before.phase:
            return
        self._was_usable = self._was_usable or status.phase is ConnectionPhase.CONNECTED
        self._has_failed = self._has_failed or status.error is not None
        if status.phase is ConnectionPhase.STOPPED and status.error is not None:
            self._on_stopped(status.error)
        elif status.phase is ConnectionPhase.WAITING:
            text = "the connection is lost" if status.error is None else status.error.text
            logger.warning("%s (attempt %d to reconnect follows)", text, status.attempt)
