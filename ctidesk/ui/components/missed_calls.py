"""Calls that rang here and were not answered, until the operator has seen them (ux.md, "Tray")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from ctidesk.cti.events import CallFinished, CtiEvent
from ctidesk.cti.model import CLOSED, CtiModel
from ctidesk.cti.values import CallDirection
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.widgets.bidi import clean

MOST_KEPT = 500

_ANSWERED_ELSEWHERE = frozenset({"LOSE_RACE", "PICKED_OFF", "ANSWERED_ELSEWHERE"})
"""Hangup causes of a ring that somebody else took."""


@dataclass(frozen=True, slots=True)
class MissedCall:
    """One missed call.

    Attributes:
        number: what a call back dials; empty when the number was hidden.
        name: the caller's name, or the number as people read it.
        number_text: the number as people read it, or empty when it stands in the name's place.
        queue: the queue the call came through, or empty.
        at: when it began to ring, UTC.
        rang: seconds that it rang.
    """

    number: str
    name: str
    number_text: str
    queue: str
    at: datetime
    rang: float


class MissedCalls(QObject):
    """The missed calls that nobody has seen yet, the newest first.

    Signals:
        changed(): there are others.
    """

    changed = Signal()

    def __init__(self, model: CtiModel, people: People, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._people = people
        self._unseen: list[MissedCall] = []
        unsubscribe = model.events.subscribe(self._take)
        self.destroyed.connect(lambda: unsubscribe())

    @property
    def unseen(self) -> tuple[MissedCall, ...]:
        """What has been missed since the last look, the newest first."""
        return tuple(self._unseen)

    def see(self) -> None:
        """Take note that the operator has seen them all."""
        if self._unseen:
            self._unseen.clear()
            self.changed.emit()

    def see_caller(self, number: str) -> None:
        """Take note that the operator has dealt with the calls from `number`."""
        left = [call for call in self._unseen if call.number != number]
        if len(left) != len(self._unseen):
            self._unseen = left
            self.changed.emit()

    def _take(self, event: CtiEvent) -> None:
        if not isinstance(event, CallFinished):
            return
        call = event.call
        if call.declined or call.direction is not CallDirection.IN or call.connected is not None:
            return
        if call.state_cause in _ANSWERED_ELSEWHERE or call.state_cause == CLOSED:
            return
        name, number = self._people.name_of(call), number_text(call.abonent_number)
        clock = self._model.clock
        missed = MissedCall(
            number=clean(call.abonent_number),
            name=name or self._people.title_of(call),
            number_text=number if name else "",
            queue=clean(call.queue),
            at=call.started or clock.now(),
            rang=call.ring_duration(clock.monotonic()),
        )
        self._unseen.insert(0, missed)
        del self._unseen[MOST_KEPT:]
        self.changed.emit()
