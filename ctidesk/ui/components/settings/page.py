"""A page of the settings: title, sections, and rows of a label and a field (look.md, "Settings")."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.fields import Choice, Field, LockedField
from ctidesk.ui.theme import TextStyle, scaled, theme
from ctidesk.ui.widgets import PlainLabel, Strip, StripKind

LABEL_WIDTH = 152
NARROW = 440
"""Px of a page, at 100 % text, below which labels stand above their fields."""
MARGIN, NARROW_MARGIN = 24, 12
"""Px beside the rows; the letters grow, not these."""


class Page(QScrollArea):
    """A page that scrolls. Subclasses put their rows into it.

    Attributes:
        title: its translated name, also in the list of pages.
        fields: the fields that can be marked, by key.

    Signals:
        offered(is_offered): the page has something to show now, or nothing any more.
    """

    offered = Signal(bool)
    window_width = 0
    """Px of the window, at 100 % text, that the page wants; 0 for the usual width."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.fields: dict[str, Field] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows: list[_Row] = []
        body = _Ground()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(MARGIN, 16, MARGIN, 16)
        self.column.setSpacing(8)
        self.column.addWidget(PlainLabel(title, TextStyle.PAGE, lines=2))
        self._locks = Strip(StripKind.INFO, rounded=True)
        self._locks.set_icon("lock")
        self._locks.hide()
        self.column.addWidget(self._locks)
        self._end = QVBoxLayout()
        self.column.addLayout(self._end)
        self.column.addStretch(1)
        self.setWidget(body)

    def shown(self) -> None:
        """Called each time the page is opened, for what is only then looked up."""

    def put_away(self) -> None:
        """Called when the page or the dialog is left."""

    @property
    def is_offered(self) -> bool:
        """Whether there is something to show."""
        return True

    def unsaved(self) -> str:
        """Return words about what was typed and is saved by the page itself, not with the settings; empty if none."""
        return ""

    def go_to_unsaved(self) -> None:
        """Let what is not saved have the keyboard."""

    def section(self, text: str) -> PlainLabel:
        """Begin a group of rows."""
        label = PlainLabel(text, TextStyle.ACTIVE, lines=2)
        label.setContentsMargins(0, 12 if self._rows else 4, 0, 0)
        self._add(label)
        return label

    def row(self, label: str, field: QWidget) -> QWidget:
        """Add a labelled field; returns the row, to hide it."""
        row = _Row(label, field)
        self._rows.append(row)
        self._add(row)
        if isinstance(field, Field):
            self.fields[field.key] = field
            if isinstance(field.editor, LockedField):
                self.tell_locks()
        return row

    def wide(self, widget: QWidget) -> QWidget:
        """Add something that takes the whole width."""
        self._add(widget)
        return widget

    def tell_locks(self) -> None:
        """Say at the top that some of the fields are the administrator's."""
        self._locks.set_text(
            "",
            translate(
                "Settings",
                "Fields with a lock are set by your administrator. Ask them if something here must change.",
            ),
        )
        self._locks.show()

    def mark(self, problems: dict[str, str]) -> bool:
        """Mark the fields that have a problem, and go to the first; returns whether there is one on this page."""
        first: Field | None = None
        for key, field in self.fields.items():
            field.show_problem(problems.get(key, ""))
            if key in problems and first is None:
                first = field
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(first)
        return first is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.viewport().width() < scaled(NARROW)
        margin = NARROW_MARGIN if narrow else MARGIN
        self.column.setContentsMargins(margin, 16, margin, 16)
        for row in self._rows:
            row.set_narrow(narrow)

    def _add(self, widget: QWidget) -> None:
        # Before the stretch at the end.
        self.column.insertWidget(self.column.count() - 2, widget)


class _Row(QWidget):
    def __init__(self, label: str, field: QWidget) -> None:
        super().__init__()
        self._label = PlainLabel(label, TextStyle.BODY, "text2", lines=3)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)
        self._box.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addWidget(field, 1)
        self._choices = [field] if isinstance(field, Choice) else field.findChildren(Choice)
        self._narrow = False
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self._narrow:
            self._narrow = narrow
            self._restyle()

    def _restyle(self) -> None:
        narrow = self._narrow
        for choice in self._choices:
            choice.set_narrow(narrow)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._box.setSpacing(4 if narrow else 12)
        self._label.setVisible(bool(self._label.text()) or not narrow)
        height = self._label.fontMetrics().height()
        self._label.setContentsMargins(0, 0 if narrow else max(0, (scaled(32) - height) // 2), 0, 0)
        if narrow:
            self._label.setMinimumWidth(0)
            self._label.setMaximumWidth(16_777_215)
        else:
            self._label.setFixedWidth(scaled(LABEL_WIDTH))


class _Ground(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().tokens.base)
