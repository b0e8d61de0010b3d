"""Who takes part in the conference of the line, and sending somebody out of it (ux.md, "Panel")."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ctidesk.cti.conference import Member
from ctidesk.cti.text import translate
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.call_words import member_name
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.theme import TextStyle, theme
from ctidesk.ui.widgets import IconButton, PlainLabel, spoken
from ctidesk.ui.widgets.bidi import isolate

MOST_ROWS = 50
"""Members that are shown; of a larger conference the rest is counted."""


class ConferenceMembers(QWidget):
    """One row for each member, the operator last. A member keeps the row, so that a press never meets another one."""

    def __init__(self, people: People, actions: CallActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = people
        self._actions = actions
        self._rows: dict[str, _Row] = {}
        self._more = PlainLabel("", TextStyle.SMALL, "text2")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._more)

    def show_members(self, members: Sequence[Member]) -> None:
        """Show these and no others."""
        ordered = sorted(members, key=lambda member: member.is_me)
        shown = ordered[:MOST_ROWS]
        kept = {_key(member) for member in shown}
        for key in [key for key in self._rows if key not in kept]:
            row = self._rows.pop(key)
            row.hide()
            row.deleteLater()
        for place, member in enumerate(shown):
            row = self._rows.get(_key(member)) or self._new_row(_key(member))
            row.show_member(member, self._people)
            if self._column.indexOf(row) != place:
                self._column.removeWidget(row)
                self._column.insertWidget(place, row)
        rest = len(ordered) - len(shown)
        self._more.setText(translate("Panel", "and {count} more").format(count=rest))
        self._more.setVisible(rest > 0)

    def _new_row(self, key: str) -> _Row:
        row = self._rows[key] = _Row(self._actions)
        self._column.insertWidget(0, row)
        row.show()
        return row


class _Row(QWidget):
    """Name, number, and the button that sends this member out."""

    def __init__(self, actions: CallActions) -> None:
        super().__init__()
        self._actions = actions
        self._member = Member("", "")
        self._name = PlainLabel("", TextStyle.NAME)
        self._number = PlainLabel("", TextStyle.SMALL, "text2", elide=None, tabular=True, ltr=True)
        self._remove = IconButton("close", translate("Panel", "Send out"))
        self._remove.clicked.connect(self._send_out)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._name, 1)
        row.addWidget(self._number)
        row.addWidget(self._remove)
        theme().changed.connect(self._set_height)
        self._set_height()

    def show_member(self, member: Member, people: People) -> None:
        """Show `member`, who may be called otherwise than before."""
        self._member = member
        name = member_name(member, people)
        number = number_text(member.number)
        second = "" if number == name else number
        if member.is_me:
            name = translate("Panel", "You")
        self._name.setText(name)
        self._number.setText(second)
        self._remove.setVisible(member.can_be_removed)
        words = translate("Panel", "Send out of the conference: {name}").format(name=isolate(name))
        self._remove.set_icon("close", words)
        self.setAccessibleName(spoken(name, second))

    def _send_out(self) -> None:
        self._actions.remove_member(self._member)

    def _set_height(self) -> None:
        self.setMinimumHeight(theme().target(28))


def _key(member: Member) -> str:
    return member.id or f"{member.number} {member.name}"
