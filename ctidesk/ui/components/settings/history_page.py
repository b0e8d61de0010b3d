"""The page about the calls that were: how long they are kept, files, and the form after a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.fields import Check, Field, QuietComboBox
from ctidesk.ui.components.settings.page import Page
from ctidesk.ui.theme import TextStyle, theme
from ctidesk.ui.widgets import Button, ButtonKind, PlainLabel

if TYPE_CHECKING:
    from ctidesk.ui.components.history.file_strip import FileStrip
    from ctidesk.ui.components.history.past_calls import PastCalls

_LINES = 5


class HistoryPage(Page):
    """What the administrator sets for many desks, and the operator for one."""

    def __init__(self, draft: Draft, past_calls: Callable[[], PastCalls | None]) -> None:
        """Make the page; `past_calls` gives the calls of the line, or None without one."""
        super().__init__(translate("History", "History"))
        self._past_calls = past_calls
        self._shown: PastCalls | None = None
        self._files: FileStrip | None = None
        self.section(translate("History", "Calls"))
        keep = translate("History", "Keep calls")
        days = [
            (0, translate("History", "For ever")),
            (31, translate("History", "A month")),
            (92, translate("History", "Three months")),
            (183, translate("History", "Half a year")),
            (366, translate("History", "A year")),
            (1098, translate("History", "Three years")),
        ]
        unusual = translate("History", "{number} days")
        self.row(keep, NumberChoice(draft, "history.keep_days", keep, days, unusual))
        words = translate("History", "Older calls are removed once a day, and their room on the disk is given back.")
        self.row("", PlainLabel(words, TextStyle.SMALL, "text2", lines=4))
        self.row(translate("History", "All calls"), self._file_buttons())
        self._no_line = PlainLabel("", TextStyle.SMALL, "text2", lines=3)
        self.row("", self._no_line)
        self._room = QHBoxLayout()
        room = QWidget()
        room.setLayout(self._room)
        self._room.setContentsMargins(0, 0, 0, 0)
        self.wide(room)
        self._add_wrap_up(draft)

    def shown(self) -> None:
        """Look whose calls there are: the line may be another one."""
        past_calls = self._past_calls()
        without = translate("History", "Files can be written and read as soon as the desk is set up.")
        for button in (self._export, self._import):
            button.set_available(past_calls is not None, without)
        self._no_line.setText("" if past_calls is not None else without)
        self._no_line.setVisible(past_calls is None)
        if past_calls is self._shown:
            return
        if self._files is not None:
            self._files.deleteLater()
            self._files = None
        self._shown = past_calls
        if past_calls is not None:
            from ctidesk.ui.components.history.file_strip import FileStrip

            self._files = FileStrip(past_calls, rounded=True)
            self._room.addWidget(self._files)

    def _file_buttons(self) -> QWidget:
        self._export = Button(translate("History", "Export…"), ButtonKind.OUTLINE, icon="export")
        self._export.clicked.connect(self._choose_export)
        self._import = Button(translate("History", "Import…"), ButtonKind.OUTLINE, icon="download")
        self._import.set_tip(translate("History", "Take in calls of another desk; nothing that is here is lost"))
        self._import.clicked.connect(self._choose_import)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._export)
        row.addWidget(self._import)
        row.addStretch(1)
        return box

    def _choose_export(self) -> None:
        if self._files is not None:
            self._files.choose_export()

    def _choose_import(self) -> None:
        if self._files is not None:
            self._files.choose_import()

    def _add_wrap_up(self, draft: Draft) -> None:
        self.section(translate("WrapUp", "After a call"))
        form = translate("WrapUp", "Ask what the call came to, with a note")
        explanation = translate("WrapUp", "The form stands in the panel. It goes away for the next call.")
        self.row("", Check(draft, "wrap_up.form", form, explanation))
        label = translate("WrapUp", "Time for it")
        seconds = [
            (15, translate("WrapUp", "15 seconds")),
            (30, translate("WrapUp", "30 seconds")),
            (60, translate("WrapUp", "A minute")),
            (120, translate("WrapUp", "Two minutes")),
            (300, translate("WrapUp", "Five minutes")),
            (0, translate("WrapUp", "Until I close it")),
        ]
        unusual = translate("WrapUp", "{number} seconds")
        self.row(label, NumberChoice(draft, "wrap_up.seconds", label, seconds, unusual))
        away = translate("WrapUp", "Get no calls from queues meanwhile")
        how = translate("WrapUp", "The PBX is told, if it can be, that you are at work, and then that you are ready.")
        self.row("", Check(draft, "wrap_up.away", away, how))
        label = translate("WrapUp", "Results")
        self.row(label, LinesField(draft, "wrap_up.dispositions", label, translate("WrapUp", "One on each line")))


class NumberChoice(Field):
    """One of a few numbers, in words."""

    def __init__(self, draft: Draft, key: str, label: str, choices: Sequence[tuple[int, str]], unusual: str) -> None:
        """Bind a choice.

        Args:
            choices: numbers with their translated words.
            unusual: the words for any other ``{number}``, which only a file can have set.
        """
        self._words = dict(choices)
        self._unusual = unusual
        box = QuietComboBox()
        for value, words in choices:
            box.addItem(words, value)
        super().__init__(draft, key, label, box)
        if not self.is_locked:
            self._box = box
            box.activated.connect(lambda _: draft.set(key, int(box.currentData())))
        self.show_value()

    def show_value(self) -> None:
        super().show_value()
        if not self.is_locked:
            value = self.draft.value(self.key)
            if self._box.findData(value) < 0:
                self._box.addItem(self.text_of_value(), value)
            self._box.setCurrentIndex(self._box.findData(value))

    def text_of_value(self) -> str:
        value = int(str(self.draft.value(self.key)))
        return self._words.get(value) or self._unusual.format(number=value)


class LinesField(Field):
    """A list of texts, each on a line of its own."""

    def __init__(self, draft: Draft, key: str, label: str, placeholder: str = "") -> None:
        text = QPlainTextEdit()
        text.setPlaceholderText(placeholder)
        text.setTabChangesFocus(True)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        super().__init__(draft, key, label, text)
        if not self.is_locked:
            self._text = text
            text.textChanged.connect(self._take)
            theme().changed.connect(self._restyle)
            self._restyle()
        self.show_value()

    def show_value(self) -> None:
        super().show_value()
        if not self.is_locked and _lines(self._text.toPlainText()) != self._value():
            self._text.setPlainText("\n".join(self._value()))

    def text_of_value(self) -> str:
        return ", ".join(self._value())

    def _take(self) -> None:
        self.draft.set(self.key, _lines(self._text.toPlainText()))
        if self.has_problem():
            self.check()

    def _value(self) -> list[str]:
        value = self.draft.value(self.key)
        return [str(one) for one in value] if isinstance(value, list | tuple) else []

    def _restyle(self) -> None:
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * _LINES + 20)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
