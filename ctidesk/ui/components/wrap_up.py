"""The work after a call: what the call came to, a note, and ready again (ux.md, "Panel")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ctidesk.config.settings import WrapUp as WrapUpSettings
from ctidesk.cti.call import Call
from ctidesk.cti.clock import Timer
from ctidesk.cti.events import CallFinished, CallStarted, CtiEvent
from ctidesk.cti.model import CLOSED, CONNECTION_LOST, CtiModel
from ctidesk.cti.presence import Presence
from ctidesk.cti.values import AgentFeatures
from ctidesk.ui.components.commands import CommandRunner

LEAST_SECONDS = 10.0
"""What is left at least while the operator writes, and after a ring that came in between."""
MORE_SECONDS = 30.0
"""What one press gives."""


@dataclass(frozen=True, slots=True)
class WrappedCall:
    """The call that the work is about.

    Attributes:
        record_id: the journal's id.
        talked: the seconds of talk.
    """

    record_id: UUID
    call: Call
    talked: float


class WrapUp(QObject):
    """Begins when the last of the line's calls has ended and one of them was a talk; a ring makes it step back.

    The PBX is told that the operator is at work only if they were ready before, and that they are ready again only if
    they are still at work then: a break that was chosen meanwhile stays.

    Signals:
        changed(): it has begun, ended, stepped back or come forward; read it anew.
        begun(): it has begun for another call.
        ending(): it is about to end; what was typed is to be saved now.
    """

    changed = Signal()
    begun = Signal()
    ending = Signal()

    def __init__(self, model: CtiModel, commands: CommandRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._commands = commands
        self._settings = WrapUpSettings()
        self._ended: WrappedCall | None = None  # waits for the end of the other calls
        self._about: WrappedCall | None = None
        self._due: float | None = None
        self._left: float | None = None  # of a work that has stepped back
        self._is_back = False
        self._makes_ready = False
        self._is_away = False  # by us, as the PBX has confirmed
        self._timer: Timer | None = None
        self._unsubscribe: list[Callable[[], None]] = [model.events.subscribe(self._hear)]

    def set_up(self, settings: WrapUpSettings) -> None:
        """Follow other settings; a work that goes on keeps its time."""
        self._settings = settings
        if not settings.form:
            self._ended = None
            self.finish()
        self.changed.emit()

    @property
    def about(self) -> WrappedCall | None:
        """The call in question; None while there is no work."""
        return self._about

    @property
    def is_back(self) -> bool:
        """Whether it has stepped back because there is a call."""
        return self._is_back

    @property
    def dispositions(self) -> tuple[str, ...]:
        """What a call can have come to."""
        return self._settings.dispositions

    @property
    def makes_ready(self) -> bool:
        """Whether the PBX is told that the operator is ready when the work ends."""
        return self._makes_ready

    def seconds_left(self) -> float | None:
        """Return the seconds until it ends by itself; None when it does not."""
        if self._is_back:
            return self._left
        return None if self._due is None else max(0.0, self._due - self._model.clock.monotonic())

    def keep_writing(self) -> None:
        """Take note that the operator is writing: the time does not run out under the fingers."""
        left = self.seconds_left()
        if left is not None and left < LEAST_SECONDS:
            self._count(LEAST_SECONDS)

    def take_more_time(self) -> None:
        """Give some more seconds."""
        left = self.seconds_left()
        if left is not None:
            self._count(left + MORE_SECONDS)
            self.changed.emit()

    def finish(self) -> None:
        """End the work; what was typed is saved, and the operator is ready again."""
        if self._about is None:
            return
        self.ending.emit()
        self._end()
        self._makes_ready = False
        if self._is_away:  # else the command is under way, and what it leads to sees that the work is over
            self._commands.run(self._come_back())
        self.changed.emit()

    def close(self) -> None:
        """Follow the model no more; what was typed is saved."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        if self._about is not None:
            self.ending.emit()
        self._end()

    # ---- calls

    def _hear(self, event: CtiEvent) -> None:
        match event:
            case CallStarted():
                self._step_back()
            case CallFinished(call):
                self._take_end(call)

    def _take_end(self, call: Call) -> None:
        is_talk = call.connected is not None and call.parent is None
        if self._settings.form and is_talk and call.state_cause not in (CONNECTION_LOST, CLOSED):
            talked = call.talk_duration(self._model.clock.monotonic())
            self._ended = WrappedCall(call.record_id, call, talked)
        if self._model.calls:
            return
        ended, self._ended = self._ended, None
        if ended is not None:
            self._begin(ended)
        elif self._about is not None:
            self._come_forward()

    def _begin(self, about: WrappedCall) -> None:
        if self._about is not None:
            self.ending.emit()
        self._end()
        self._about = about
        if self._settings.seconds:
            self._count(float(self._settings.seconds))
        if self._settings.away and self._can_tell():
            self._makes_ready = True
            self._commands.run(self._go_away())
        self.begun.emit()
        self.changed.emit()

    def _can_tell(self) -> bool:
        features = self._model.agent_features
        return AgentFeatures.CAN_WRAP_UP in features and self._model.agent_state.presence is Presence.READY

    async def _go_away(self) -> None:
        await self._model.set_wrap_up(True)
        self._is_away = True
        if self._about is None:
            await self._come_back()

    async def _come_back(self) -> None:
        self._is_away = False
        if self._model.is_connected and self._model.agent_state.presence is Presence.WRAPUP:
            await self._model.set_wrap_up(False)

    def _step_back(self) -> None:
        if self._about is None or self._is_back:
            return
        self._left = self.seconds_left()
        self._is_back = True
        self._stop_counting()
        self.changed.emit()

    def _come_forward(self) -> None:
        left, self._left = self._left, None
        self._is_back = False
        if left is not None:
            self._count(max(left, LEAST_SECONDS))
        self.changed.emit()

    # ---- time

    def _count(self, seconds: float) -> None:
        self._stop_counting()
        self._due = self._model.clock.monotonic() + seconds
        self._timer = self._model.clock.call_later(seconds, self.finish)

    def _stop_counting(self) -> None:
        self._due = None
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()

    def _end(self) -> None:
        self._stop_counting()
        self._about = None
        self._left = None
        self._is_back = False
