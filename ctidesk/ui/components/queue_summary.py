"""The queue in three figures: how many wait, how long the first one does, who could answer (look.md, "Queue")."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ctidesk.cti.model import CtiModel
from ctidesk.cti.presence import Presence
from ctidesk.cti.text import translate
from ctidesk.ui.components.people import People
from ctidesk.ui.components.person_delegate import SIDE
from ctidesk.ui.components.queue_rows import wait_color
from ctidesk.ui.theme import TextStyle, TokenName, scaled, theme
from ctidesk.ui.widgets import PlainLabel, format_duration, line_height, spoken

_AWAY = (Presence.OFFLINE, Presence.UNKNOWN)


class QueueSummary(QWidget):
    """Waiting, longest wait, ready agents. `refresh` is called every second while it can be seen."""

    def __init__(self, model: CtiModel, people: People, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._people = people
        self._count: tuple[int, int] | None = None
        self._waiting = _Figure(translate("Panel", "Waiting"))
        self._longest = _Figure(translate("Panel", "Longest wait"))
        self._ready = _Figure(translate("Panel", "Ready agents"))
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.setSpacing(SIDE)
        for figure in (self._waiting, self._longest, self._ready):
            row.addWidget(figure, 1)
        people.changed.connect(lambda _ids: self._count_anew())
        people.replaced.connect(self._count_anew)
        theme().changed.connect(self._set_height)
        self._set_height()

    def refresh(self) -> None:
        """Show the figures of this moment."""
        waiting = self._model.provider.queue.waiting
        now = self._model.clock.monotonic()
        longest = max((now - caller.since for caller in waiting), default=0.0)
        self._waiting.show_value(str(len(waiting)))
        self._longest.show_value(format_duration(longest) if waiting else "–", wait_color(longest))
        ready, present = self._agents()
        self._ready.show_value(translate("Panel", "{ready} of {all}").format(ready=ready, all=present))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().tokens.base)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().tokens.line)

    def _agents(self) -> tuple[int, int]:
        """How many people are ready, of those who are there; counted at most once a second."""
        if self._count is None:
            ready = present = 0
            for one in self._people.abonents.values():
                if one.is_person and one.presence not in _AWAY:
                    present += 1
                    ready += one.presence is Presence.READY
            self._count = ready, present
        return self._count

    def _count_anew(self) -> None:
        self._count = None

    def _set_height(self) -> None:
        self.setFixedHeight(max(scaled(60), line_height(TextStyle.SMALL) + line_height(TextStyle.TITLE) + 20))


class _Figure(QWidget):
    """A word and its figure below it."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = PlainLabel(word, TextStyle.SMALL, "text2")
        self._value = PlainLabel("", TextStyle.TITLE, tabular=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch()
        column.addWidget(self._word)
        column.addWidget(self._value)
        column.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_value(self, text: str, color: TokenName = "text") -> None:
        """Show the figure, `text`, in this colour, and have it spoken with its word."""
        self._value.setText(text)
        self._value.set_color(color)
        self.setAccessibleName(spoken(self._word.text(), text))
