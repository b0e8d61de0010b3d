"""Dragging a person from a list onto the call: ask first, transfer or talk together (ux.md, "Panel", "Abonents").

Everything that dragging does is in the person's menu as well, which the keyboard opens.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ctidesk.cti.directory import Abonent, AbonentAction
from ctidesk.cti.model import CtiModel
from ctidesk.cti.presence import Presence
from ctidesk.cti.text import translate
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.call_area import CallArea
from ctidesk.ui.components.call_words import party_title
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.components.person_list import PersonList
from ctidesk.ui.components.row_drag import RowDrag
from ctidesk.ui.components.words import presence_shape
from ctidesk.ui.widgets.bidi import clean, isolate, ltr

if TYPE_CHECKING:
    from ctidesk.ui.components.drop_card import DropCard
    from ctidesk.ui.widgets.drag_label import DragLabel

_DROPPED = (AbonentAction.CONSULT, AbonentAction.TRANSFER, AbonentAction.CONFERENCE)
"""What can be done by dropping, in the order of the fields."""


class PersonDrag(QObject):
    """Shows where a person can be dropped, and does what was chosen. Esc, another button or another call ends it."""

    def __init__(self, window: QWidget, model: CtiModel, people: People, actions: CallActions, calls: CallArea) -> None:
        """Prepare; nothing is made before somebody drags.

        Args:
            window: where the label is shown.
            calls: the place of the call, which becomes the place to drop on.
        """
        super().__init__(window)
        self._window = window
        self._model = model
        self._people = people
        self._actions = actions
        self._calls = calls
        self._person = ""
        self._record: UUID | None = None
        self._source: RowDrag | None = None
        self._card: DropCard | None = None
        self._label: DragLabel | None = None
        self._escape: QShortcut | None = None
        people.changed.connect(lambda _ids: self.refresh())
        people.replaced.connect(self.refresh)

    def watch(self, view: PersonList) -> None:
        """Let the persons of `view` be dragged."""
        source = RowDrag(view, view.person_at)
        source.began.connect(partial(self._begin, source))
        source.moved.connect(self._move)
        source.dropped.connect(self._drop)
        source.broken_off.connect(self.stop)

    def is_on(self) -> bool:
        """Whether somebody is being dragged."""
        return bool(self._person)

    def refresh(self) -> None:
        """Offer what is allowed now; for another call than the one it began with, nothing."""
        if not self._person:
            return
        person = self._people.abonents.get(self._person)
        main = self._model.current_call
        if person is None or main is None or main.record_id != self._record:
            self.stop()
            return
        allowed = self._actions.allowed(person)
        offered = [action for action in _DROPPED if action in allowed]
        default = next((action for action in allowed if action in offered), None)
        talking = self._model.talking_call or main
        title = party_title(talking, self._people, self._model.provider.conference)
        card, label = self._parts()
        who = f"{isolate(title)} → {isolate(clean(person.name) or number_text(person.number))}"
        why_not = "" if offered else self._why_not()
        card.offer(who, offered, default, why_not=why_not, returns=self._actions.returns_to_held)
        presence = person.presence if self._model.is_connected else Presence.UNKNOWN
        number = ltr(number_text(person.number))
        words = f"{isolate(clean(person.name))} · {number}" if person.name and person.number else clean(person.name)
        label.show_what(words or number, presence_shape(presence))

    def stop(self) -> None:
        """Show the call again; nothing was chosen."""
        self._person = ""
        self._record = None
        if self._source is not None:
            self._source.stop()
            self._source = None
        if self._label is not None:
            self._label.hide()
        if self._escape is not None:
            self._escape.setEnabled(False)
        self._calls.offer_drop(None)

    def _begin(self, source: RowDrag, person: Abonent) -> None:
        main = self._model.current_call
        if main is None:
            source.stop()
            return
        self._source = source
        self._person, self._record = person.id, main.record_id
        card, _ = self._parts()
        card.point(None)
        self.refresh()
        if self._person:
            self._calls.offer_drop(card)
            if self._escape is not None:
                self._escape.setEnabled(True)

    def _move(self, pointer: QPoint) -> None:
        if self._person and self._card is not None and self._label is not None:
            self._label.follow(pointer)
            self._card.point(pointer)

    def _drop(self, pointer: QPoint) -> None:
        self.refresh()  # what was allowed a moment ago may not be now
        person = self._people.abonents.get(self._person) if self._person else None
        action = self._card.point(pointer) if self._card is not None else None
        self.stop()
        if person is not None and action is not None:
            self._actions.do(action, person)

    def _why_not(self) -> str:
        """Why this person can be dropped on nothing: what a consultation is refused for, else the PBX's own rules."""
        reason = self._actions.why_not(AbonentAction.TRANSFER)
        return reason or translate("Panel", "The PBX allows nothing with this person now")

    def _parts(self) -> tuple[DropCard, DragLabel]:
        if self._card is None or self._label is None:
            from ctidesk.ui.components.drop_card import DropCard  # most days nobody is dragged
            from ctidesk.ui.widgets.drag_label import DragLabel

            self._card, self._label = DropCard(), DragLabel(self._window)
            self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._window)
            self._escape.setEnabled(False)
            self._escape.activated.connect(self.stop)
        return self._card, self._label
