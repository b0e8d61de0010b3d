"""Calls that rang here and were not answered, until the operator has seen them (ux.md, "Tray")."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from ctidesk.cti.call import Call
from ctidesk.cti.events import CallFinished, CtiEvent
from ctidesk.cti.missed import was_missed
from ctidesk.cti.model import CtiModel
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.widgets.bidi import clean

MOST_KEPT = 500


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
        why: words about a phone or network that has failed; empty when nobody has answered, and that is all.
        call: for its name when more becomes known about the caller; None when it stays as it is.
    """

    number: str
    name: str
    number_text: str
    queue: str
    at: datetime
    rang: float
    why: str = ""
    call: Call | None = field(default=None, compare=False, repr=False)


class MissedCalls(QObject):
    """The missed calls that nobody has seen yet, the newest first.

    Signals:
        changed(): there are others.
        seen(with_earlier): the operator has looked at them all; those of former runs only if `with_earlier`.
    """

    changed = Signal()
    seen = Signal(bool)

    def __init__(self, model: CtiModel, people: People, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._people = people
        self._unseen: list[MissedCall] = []
        self._earlier = 0
        people.identified.connect(self._name_anew)
        unsubscribe = model.events.subscribe(self._take)
        self.destroyed.connect(lambda: unsubscribe())

    @property
    def unseen(self) -> tuple[MissedCall, ...]:
        """What has been missed since the last look, the newest first."""
        return tuple(self._unseen)

    @property
    def count(self) -> int:
        """How many there are, with those of former runs."""
        return len(self._unseen) + self._earlier

    @property
    def earlier(self) -> int:
        """How many of them were missed in former runs."""
        return self._earlier

    def take_earlier(self, count: int) -> None:
        """Count what was missed in former runs and not seen, too."""
        if count != self._earlier:
            self._earlier = count
            self.changed.emit()

    def see(self) -> None:
        """Take note that the operator has seen the list of all of them."""
        if self.count:
            self._unseen.clear()
            self._earlier = 0
            self.seen.emit(True)
            self.changed.emit()

    def dismiss(self) -> None:
        """Take note that the operator has read the notice, which tells of this run's alone."""
        if self._unseen:
            self._unseen.clear()
            self.seen.emit(False)
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
        if not was_missed(call):
            return
        clock = self._model.clock
        missed = MissedCall(
            number=clean(call.abonent_number),
            name="",
            number_text="",
            queue=clean(call.queue),
            at=call.started or clock.now(),
            rang=call.ring_duration(clock.monotonic()),
            why=clean(self._model.unusual_end(call)),
            call=call,
        )
        self._unseen.insert(0, self._named(missed))
        del self._unseen[MOST_KEPT:]
        self.changed.emit()

    def _named(self, missed: MissedCall) -> MissedCall:
        """The call with the name by which the caller is known now."""
        call = missed.call
        if call is None:
            return missed
        name, number = self._people.name_of(call), number_text(call.abonent_number)
        return replace(missed, name=name or self._people.title_of(call), number_text=number if name else "")

    def _name_anew(self) -> None:
        named = [self._named(one) for one in self._unseen]
        if named != self._unseen:
            self._unseen = named
            self.changed.emit()
