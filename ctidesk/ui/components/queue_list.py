"""Who waits in the queue, and how long (look.md, "Panel", "Queue", picture panel-queue)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ctidesk.cti.model import CtiModel
from ctidesk.cti.queue import WaitingCaller
from ctidesk.cti.text import translate
from ctidesk.ui.components.people import People
from ctidesk.ui.components.queue_rows import QueueHead, QueueRow
from ctidesk.ui.components.queue_summary import QueueSummary
from ctidesk.ui.theme import TextStyle, theme
from ctidesk.ui.widgets import EmptyState, PlainLabel, second_timer
from ctidesk.ui.widgets.bidi import clean
from ctidesk.ui.widgets.ticking import Unsubscribe

MOST_ROWS = 100
"""Rows that are shown; of a longer queue the rest is counted."""


class QueueList(QWidget):
    """The summary, then one group for each queue or line; the widgets stay and show others."""

    def __init__(self, model: CtiModel, people: People, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._people = people
        self._heads: list[QueueHead] = []
        self._rows: list[QueueRow] = []
        self._stop_ticking: Unsubscribe | None = None
        self._summary = QueueSummary(model, people)
        self._nobody = EmptyState(
            translate("Panel", "Nobody waits"), translate("Panel", "Callers who wait for an operator stand here.")
        )
        self._more = PlainLabel("", TextStyle.SMALL, "text2")
        self._more.setContentsMargins(40, 4, 12, 4)
        self._more.hide()
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._column.setSpacing(0)
        self._column.addWidget(self._more)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setWidget(self._content)
        self._content.setAutoFillBackground(False)  # a scroll area switches it on
        self._scroll.setAccessibleName(translate("Panel", "Waiting callers"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._summary)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._nobody, 1)
        self.refresh()

    def refresh(self) -> None:
        """Show who waits now."""
        waiting = self._model.provider.queue.waiting
        shown = waiting[:MOST_ROWS]
        groups = _grouped(shown)
        names = any(groups)
        self._provide(len(groups) if names else 0, len(shown))
        heads, rows = iter(self._heads), iter(self._rows)
        widgets: list[QWidget] = []
        for name, callers in groups.items():
            if names:
                head = next(heads)
                head.show_group(name, len(callers))
                widgets.append(head)
            for place, caller in enumerate(callers, 1):
                row = next(rows)
                row.show_caller(place, caller)
                widgets.append(row)
        self._put(widgets)
        rest = len(waiting) - len(shown)
        self._more.setText(translate("Panel", "and {count} more").format(count=rest))
        self._more.setVisible(rest > 0)
        self._scroll.setVisible(bool(waiting))
        self._nobody.setVisible(not waiting)
        self._tick()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()
        if self._stop_ticking is None:
            self._stop_ticking = second_timer().subscribe(self._tick)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._stop_ticking is not None:
            self._stop_ticking()
            self._stop_ticking = None

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().tokens.base)

    def _provide(self, heads: int, rows: int) -> None:
        while len(self._heads) < heads:
            self._heads.append(QueueHead())
        while len(self._rows) < rows:
            self._rows.append(QueueRow(self._model.clock, self._people))
        for widget in (*self._heads[heads:], *self._rows[rows:]):
            widget.hide()

    def _put(self, widgets: Sequence[QWidget]) -> None:
        for place, widget in enumerate(widgets):
            if self._column.indexOf(widget) != place:
                self._column.removeWidget(widget)
                self._column.insertWidget(place, widget)
            widget.show()

    def _tick(self) -> None:
        """Count on: everything that counts here changes at the same moment."""
        if self.isVisible():
            self._summary.refresh()
            for row in self._rows:
                row.tick()


def _grouped(waiting: Sequence[WaitingCaller]) -> dict[str, list[WaitingCaller]]:
    """The callers by what they came through, in the order in which the PBX names them; those without it come last."""
    groups: dict[str, list[WaitingCaller]] = {}
    for caller in waiting:
        groups.setdefault(clean(caller.through), []).append(caller)
    alone = groups.pop("", None)
    return groups if alone is None else groups | {"": alone}
