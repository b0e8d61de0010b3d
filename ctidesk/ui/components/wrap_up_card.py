"""The form of the work after a call. It takes neither the keyboard nor the place of a call."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ctidesk.cti.durations import duration_text
from ctidesk.cti.text import translate
from ctidesk.store.record import StoredCall
from ctidesk.ui.components.history.past_calls import PastCalls
from ctidesk.ui.components.note_field import NoteField
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.components.wrap_up import WrapUp
from ctidesk.ui.theme import PresenceState, TextStyle
from ctidesk.ui.widgets import Button, ButtonKind, Card, Menu, PlainLabel, PresenceShape, second_timer, spoken
from ctidesk.ui.widgets.bidi import clean, ltr
from ctidesk.ui.widgets.ticking import Unsubscribe

_SIDE = 12


class WrapUpCard(QWidget):
    """Shown while there is work after a call, hidden while there is a call, unless the operator is writing in it."""

    def __init__(self, wrap_up: WrapUp, past_calls: PastCalls, people: People, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wrap_up = wrap_up
        self._past_calls = past_calls
        self._people = people
        self._record_id: UUID | None = None
        self._disposition = ""
        self._stop_ticking: Unsubscribe | None = None
        card = Card()
        card.body.setSpacing(6)
        card.body.addLayout(self._head())
        self._name = PlainLabel("", TextStyle.TITLE)
        self._fact = PlainLabel("", TextStyle.SMALL, "text2", tabular=True)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._fact)
        card.body.addLayout(names)
        self._result = Button("", ButtonKind.OUTLINE, icon="chevron-down")
        self._result.clicked.connect(self._choose_result)
        card.body.addWidget(self._result)
        self._note = NoteField()
        self._note.written.connect(self._write_note)
        self._note.textChanged.connect(self._keep_writing)
        self._note.left.connect(self._go_on)
        self._note.focus_lost.connect(self.refresh)
        card.body.addWidget(self._note)
        card.body.addLayout(self._buttons())
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 0, _SIDE, _SIDE)
        column.addWidget(card)
        self._card = card
        wrap_up.begun.connect(self._begin)
        wrap_up.ending.connect(self.write)
        wrap_up.changed.connect(self.refresh)
        past_calls.found.connect(self._show_stored)
        self._begin()
        self.refresh()

    def refresh(self) -> None:
        """Show what there is to do now."""
        about = self._wrap_up.about
        steps_back = self._wrap_up.is_back and not self._note.hasFocus()
        self.setVisible(about is not None and not steps_back)
        if about is None:
            return
        done = translate("WrapUp", "Ready") if self._wrap_up.makes_ready else translate("WrapUp", "Done")
        self._done.setText(done)
        self._more.setVisible(self._wrap_up.seconds_left() is not None)
        self._show_time()

    def write(self) -> None:
        """Save what was typed."""
        self._note.write()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stop_ticking is None:
            self._stop_ticking = second_timer().subscribe(self._show_time)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._stop_ticking is not None:
            self._stop_ticking()
            self._stop_ticking = None

    # ---- parts

    def _head(self) -> QHBoxLayout:
        word = translate("Presence", "After-call work")
        self._left = PlainLabel("", TextStyle.BODY, "text2", elide=None, tabular=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(PresenceShape(PresenceState.WRAPUP, 14))
        row.addWidget(PlainLabel(word, TextStyle.ACTIVE, "away"), 1)
        row.addWidget(self._left)
        return row

    def _buttons(self) -> QHBoxLayout:
        self._more = Button(translate("WrapUp", "More time"), ButtonKind.OUTLINE)
        self._more.clicked.connect(self._wrap_up.take_more_time)
        self._done = Button(translate("WrapUp", "Done"), ButtonKind.PRIMARY)
        self._done.clicked.connect(self._wrap_up.finish)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self._more)
        row.addWidget(self._done)
        return row

    # ---- the call

    def _begin(self) -> None:
        about = self._wrap_up.about
        if about is None:
            return
        call = about.call
        self._record_id = about.record_id
        self._note.set_note("")
        self._show_result("")
        self._result.setVisible(bool(self._wrap_up.dispositions))
        name = self._people.name_of(call)
        number = number_text(call.abonent_number)
        self._name.setText(self._people.title_of(call))
        talked = translate("WrapUp", "talked {time}").format(time=duration_text(about.talked))
        queue = translate("Panel", "queue {name}").format(name=clean(call.queue)) if call.queue else ""
        self._fact.setText(" · ".join(part for part in (ltr(number) if name and number else "", queue, talked) if part))
        self._card.setAccessibleName(spoken(translate("Presence", "After-call work"), self._name.text()))
        self._past_calls.find(about.record_id)  # a note may have been written during the call

    def _show_stored(self, call: StoredCall) -> None:
        if call.record.record_id == self._record_id and self._wrap_up.about is not None:
            self._note.set_note(call.note_text)
            if not self._disposition:
                self._show_result(call.disposition)

    def _write_note(self, text: str) -> None:
        if self._record_id is not None:
            self._past_calls.note(self._record_id, note=text)

    def _keep_writing(self) -> None:
        if self._note.hasFocus():
            self._wrap_up.keep_writing()
            self._show_time()

    def _go_on(self) -> None:
        """After the note Enter means that all is done."""
        self._done.setFocus(Qt.FocusReason.TabFocusReason)

    # ---- what the call came to

    def _choose_result(self) -> None:
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for disposition in self._wrap_up.dispositions:
            is_chosen = disposition == self._disposition
            menu.add(clean(disposition), partial(self._take_result, disposition), checked=is_chosen)
        self._wrap_up.keep_writing()
        menu.open_below(self._result)

    def _take_result(self, disposition: str) -> None:
        if self._record_id is not None and self._wrap_up.about is not None:
            self._show_result(disposition)
            self._past_calls.note(self._record_id, disposition=disposition)

    def _show_result(self, disposition: str) -> None:
        self._disposition = disposition
        self._result.setText(clean(disposition) or translate("WrapUp", "What did the call come to?"))

    # ---- time

    def _show_time(self) -> None:
        left = self._wrap_up.seconds_left()
        if left is None or self._wrap_up.is_back:
            self._left.setText("")
            return
        time = duration_text(left + 0.5)
        makes_ready = self._wrap_up.makes_ready
        self._left.setText(translate("WrapUp", "ready in {time}").format(time=time) if makes_ready else time)
