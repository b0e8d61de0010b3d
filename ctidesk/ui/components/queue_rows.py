"""The rows of the queue: one for each queue or line, one for each caller (look.md, picture panel-queue)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ctidesk.cti.clock import Clock
from ctidesk.cti.queue import WaitingCaller
from ctidesk.cti.text import translate
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.components.person_delegate import SIDE
from ctidesk.ui.components.row_list import head_height, row_height
from ctidesk.ui.theme import TextStyle, TokenName, scaled, theme
from ctidesk.ui.widgets import PlainLabel, format_duration, spoken
from ctidesk.ui.widgets.bidi import clean
from ctidesk.ui.widgets.icon import Icon

WAIT_LIMIT = 120.0
"""Seconds after which a caller has waited too long."""


def wait_color(seconds: float) -> TokenName:
    """Return the colour of a waiting time."""
    return "away" if seconds >= WAIT_LIMIT else "text"


class QueueHead(QWidget):
    """The name of a queue or line, and how many wait there."""

    def __init__(self) -> None:
        super().__init__()
        self._name = PlainLabel("", TextStyle.HEAD, "text3")
        self._count = PlainLabel("", TextStyle.HEAD, "text3", elide=None, tabular=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 2, SIDE, 0)
        row.addWidget(self._name, 1)
        row.addWidget(self._count)
        theme().changed.connect(self._set_height)
        self._set_height()

    def show_group(self, name: str, count: int) -> None:
        """Show the group `name`; the callers whose queue is not known have none."""
        self._name.setText(name or translate("Panel", "Others"))
        self._count.setText(translate("Panel", "{count} waiting").format(count=count))
        self.setAccessibleName(spoken(self._name.text(), self._count.text()))

    def _set_height(self) -> None:
        self.setFixedHeight(head_height())


class QueueRow(QWidget):
    """Place, name, number, waiting time, and what the call came through."""

    def __init__(self, clock: Clock, people: People) -> None:
        super().__init__()
        self._clock = clock
        self._people = people
        self._since = clock.monotonic()
        self._place = PlainLabel("", TextStyle.BODY, "text2", elide=None, tabular=True)
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._name = PlainLabel("", TextStyle.NAME)
        self._number = PlainLabel("", TextStyle.SMALL, "text2", tabular=True)
        self._warning = Icon("warning", "away", 14)
        self._wait = PlainLabel("", TextStyle.ACTIVE, elide=None, tabular=True, ltr=True)
        self._through = PlainLabel("", TextStyle.SMALL, "text2")
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._name, 1)
        first.addWidget(self._warning)
        first.addWidget(self._wait)
        second.addWidget(self._number, 1)
        second.addWidget(self._through)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addStretch()
        lines.addLayout(first)
        lines.addLayout(second)
        lines.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.setSpacing(SIDE)
        row.addWidget(self._place)
        row.addLayout(lines, 1)
        theme().changed.connect(self._set_sizes)
        self._set_sizes()

    def show_caller(self, place: int, caller: WaitingCaller) -> None:
        """Show `caller`, who is at this place."""
        abonent = self._people.with_number(caller.number)
        number = number_text(caller.number)
        name = clean(caller.name) or ("" if abonent is None else clean(abonent.name))
        title = name or number or translate("Panel", "Hidden number")
        second = number if name else translate("Panel", "Unknown caller") if number else ""
        through = clean(caller.through)
        self._since = caller.since
        self._place.setText(str(place))
        self._name.setText(title)
        self._number.setText(second)
        self._through.setText(through)
        self.setAccessibleName(spoken(str(place), title, second, through))
        self.tick()

    def tick(self) -> None:
        """Show how long the caller has waited by now."""
        waits = self._clock.monotonic() - self._since
        self._wait.setText(format_duration(waits))
        self._wait.set_color(wait_color(waits))
        self._warning.setVisible(waits >= WAIT_LIMIT)

    def _set_sizes(self) -> None:
        self.setFixedHeight(row_height())
        self._place.setMinimumWidth(scaled(20))
