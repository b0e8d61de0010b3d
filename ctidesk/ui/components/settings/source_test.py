"""Tries a lookup with a number, and shows whom it finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctidesk.cti.identification import Source
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.program_work import ProgramWork
from ctidesk.ui.theme import TextStyle
from ctidesk.ui.widgets import Button, ButtonKind, PlainLabel, announce
from ctidesk.ui.widgets.bidi import clean

MOST_SHOWN = 3


class SourceTest(QWidget):
    """A number, a button, and the answer."""

    def __init__(self, draft: Draft, work: ProgramWork, source: Source, secret: Callable[[], str]) -> None:
        """Make the row; `secret` gives what was typed as the password."""
        super().__init__()
        self._draft = draft
        self._work = work
        self._source = source
        self._secret = secret
        self._number = QLineEdit()
        self._number.setPlaceholderText(translate("Integration", "A number to look up"))
        self._number.setAccessibleName(translate("Integration", "A number to look up"))
        self._number.returnPressed.connect(self._begin)
        self._button = Button(translate("Integration", "Test"), ButtonKind.OUTLINE, icon="diagnostics")
        self._button.clicked.connect(self._begin)
        self._answer = PlainLabel("", TextStyle.SMALL, "text2", lines=6)
        self._answer.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._number, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._answer)
        work.tried.connect(self._show_answer)
        draft.changed.connect(lambda _: self._say("", "text2"))

    def _begin(self) -> None:
        self._say(translate("Integration", "Asking…"), "text2")
        self._work.try_source(self._source, self._draft.settings, self._secret(), self._number.text().strip())

    def _show_answer(self, source: Source, lines: Sequence[str], trouble: str) -> None:
        if source is not self._source:
            return
        if trouble:
            words = translate("Integration", "There was no answer to use: {reason}").format(reason=clean(trouble))
            self._say(words, "talk")
        elif lines:
            found = [clean(line) for line in lines[:MOST_SHOWN]]
            more = len(lines) - len(found)
            if more > 0:
                found.append(translate("Integration", "And others: {count}").format(count=more))
            self._say("\n".join(found), "text")
        else:
            self._say(translate("Integration", "It answers. Nobody was found under this number."), "text2")

    def _say(self, words: str, color: str) -> None:
        self._answer.setText(words)
        self._answer.set_color("talk" if color == "talk" else "text" if color == "text" else "text2")
        self._answer.setVisible(bool(words))
        if words:
            announce(self, words)
