"""A password, key or authorization of another program, in a row of the settings."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ctidesk.config.secrets import Answer, Outcome, Program
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.password_field import PasswordField
from ctidesk.ui.components.settings.program_work import ProgramWork
from ctidesk.ui.theme import TextStyle
from ctidesk.ui.widgets import PlainLabel


class SecretField(QWidget):
    """What is typed goes into the draft; where it is kept stands below."""

    def __init__(self, draft: Draft, work: ProgramWork, program: Program, label: str, explanation: str = "") -> None:
        super().__init__()
        self._draft = draft
        self._work = work
        self._program = program
        self._field = PasswordField(label)
        self._field.typed.connect(lambda: draft.set_secret(program, self._field.text()))
        self._field.forget.connect(lambda: work.forget_key(program, draft.settings.integration))
        work.key_found.connect(self._show_key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._field)
        if explanation:
            column.addWidget(PlainLabel(explanation, TextStyle.SMALL, "text2", lines=4))
        self.setFocusProxy(self._field)
        draft.changed.connect(self._draft_changed)

    def text(self) -> str:
        """What was typed; empty when nothing was."""
        return self._field.text()

    def look_up(self) -> None:
        """Find out where the secret is."""
        self._work.look_key_up(self._program, self._draft.settings.integration)

    def clear(self) -> None:
        """Forget what was typed."""
        self._field.clear()

    def _show_key(self, program: Program, answer: Answer) -> None:
        if program is self._program:
            self._field.show_answer(answer, words=_words(answer), is_asked_for=False)

    def _draft_changed(self, key: str) -> None:
        if not key:  # saved
            self._field.clear()


def _words(answer: Answer) -> str:
    """Where it is. Nobody asks for it at a start: what is missing is just not used."""
    match answer.outcome:
        case Outcome.STORED:
            return answer.words
        case Outcome.NOT_AVAILABLE:
            return translate("Secrets", "No system keyring works here. What you enter counts until ctidesk ends.")
        case _:
            return ""
