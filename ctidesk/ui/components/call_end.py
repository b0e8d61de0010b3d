"""What is said about the end of a call when the operator would wonder why it has ended."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from ctidesk.cti.call import Call
from ctidesk.cti.events import CallFinished, CallStarted, CtiEvent, ErrorOccurred
from ctidesk.cti.model import CtiModel
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallDirection
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.widgets.bidi import clean, isolate, ltr

SAID_FOR = 60_000
"""Milliseconds after which the end of a call is no news any more."""


class CallEnd(Struct, frozen=True):
    """An end that needs words.

    Attributes:
        title: that the call with somebody has ended.
        sentence: why.
        number: whom to call again; empty when that makes no sense.
    """

    title: str
    sentence: str
    number: str


class CallEnds(QObject):
    """Has the last end that needs words, until it is no news any more.

    A refused command says the same in other words, so where one is told, nothing is said here.

    Signals:
        changed(): there is another one, or none any more.
    """

    changed = Signal()

    def __init__(self, model: CtiModel, people: People, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._people = people
        self._end: CallEnd | None = None
        self._is_refused = False
        self._forgetting = QTimer(self)
        self._forgetting.setSingleShot(True)
        self._forgetting.setInterval(SAID_FOR)
        self._forgetting.timeout.connect(self.dismiss)
        unsubscribe = model.events.subscribe(self._hear)
        self.destroyed.connect(lambda: unsubscribe())

    @property
    def end(self) -> CallEnd | None:
        """The end to be told, or None."""
        return self._end

    def dismiss(self) -> None:
        """Say no more about it."""
        self._set(None)

    def _hear(self, event: CtiEvent) -> None:
        match event:
            case CallStarted():
                self._is_refused = False
                self._set(None)
            case ErrorOccurred():
                self._is_refused = True
                self._set(None)
            case CallFinished(call) if not self._is_refused and (sentence := clean(self._model.unusual_end(call))):
                self._set(CallEnd(self._title(call), sentence, _number(call)))

    def _set(self, end: CallEnd | None) -> None:
        self._forgetting.stop()
        if end is not None:
            self._forgetting.start()
        if end != self._end:
            self._end = end
            self.changed.emit()

    def _title(self, call: Call) -> str:
        name, number = self._people.name_of(call), number_text(call.abonent_number)
        whom = " · ".join(part for part in (isolate(name) if name else "", ltr(number) if number else "") if part)
        return translate("Panel", "Call ended: {whom}").format(whom=whom or self._people.title_of(call))


def _number(call: Call) -> str:
    """Whom the operator may want to call again: whoever was called, or was being talked to."""
    is_missed = call.direction is CallDirection.IN and call.connected is None
    return "" if is_missed else clean(call.abonent_number)
