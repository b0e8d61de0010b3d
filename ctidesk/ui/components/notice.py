"""One notice under the header, with buttons that stay as long as they mean the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from msgspec import Struct
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ctidesk.cti.errors import CtiError
from ctidesk.cti.text import translate
from ctidesk.ui.theme import PresenceState
from ctidesk.ui.widgets import Button, ButtonKind, ButtonSize, Strip, StripKind
from ctidesk.ui.widgets.bidi import clean

LONGEST_RAW = 400
"""Of what the PBX has said; the whole is in the log."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a notice."""

    text: str
    act: Callable[[], object] = field(compare=False)
    kind: ButtonKind = ButtonKind.QUIET


class Words(Struct, frozen=True):
    """What a notice says; `error` is what its Details show."""

    kind: StripKind
    sentence: str
    title: str = ""
    icon: str | PresenceState = ""
    choices: tuple[Choice, ...] = ()
    error: CtiError | None = None


class Notice(QWidget):
    """A strip that shows `Words`, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Words | None = None
        self._details_shown = False
        self._buttons: tuple[object, ...] | None = None
        self._strip: Strip | None = None  # most notices never say anything
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def say(self, words: Words | None) -> None:
        """Show `words`; None takes the notice away."""
        if words == self._words:
            return
        if words is None or self._words is None or words.error != self._words.error:
            self._details_shown = False
        self._words = words
        if words is not None:
            self._show(words)
        self.setVisible(words is not None)

    def words(self) -> Words | None:
        """What is said now."""
        return self._words

    def _show(self, words: Words) -> None:
        strip = self._strip = self._strip or self._new_strip()
        strip.set_kind(words.kind)
        if words.icon:
            strip.set_icon(words.icon)
        sentence = words.sentence
        if self._details_shown and words.error is not None:
            sentence = f"{sentence}\n{details(words.error)}"
        strip.set_text(words.title, sentence)
        # A button that was pressed a moment ago, or has the focus, must not be another object every second.
        wanted = (words.choices, words.error, self._details_shown, bool(words.title))
        if wanted != self._buttons:
            self._buttons = wanted
            strip.set_buttons(self._make_buttons(words))

    def _new_strip(self) -> Strip:
        strip = Strip(StripKind.INFO)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(strip)
        return strip

    def _make_buttons(self, words: Words) -> Sequence[Button]:
        buttons = []
        for choice in words.choices:
            button = Button(choice.text, choice.kind, size=ButtonSize.SMALL if words.title else ButtonSize.NORMAL)
            button.clicked.connect(choice.act)
            buttons.append(button)
        if words.error is not None:
            shown = self._details_shown
            text = translate("Panel", "Hide") if shown else translate("Panel", "Details")
            button = Button(text, ButtonKind.QUIET, size=ButtonSize.SMALL)
            button.clicked.connect(self._toggle_details)
            buttons.append(button)
            if shown:
                copy = Button(translate("Panel", "Copy"), ButtonKind.QUIET, size=ButtonSize.SMALL)
                copy.clicked.connect(self._copy)
                buttons.append(copy)
        return buttons

    def _toggle_details(self) -> None:
        if self._words is not None:
            self._details_shown = not self._details_shown
            self._show(self._words)

    def _copy(self) -> None:
        if self._words is not None and self._words.error is not None:
            QGuiApplication.clipboard().setText(f"{self._words.sentence}\n{details(self._words.error)}")


def details(error: CtiError) -> str:
    """Return the PBX's code and own words, and where the error came from, on one line."""
    code = "" if error.code is None else translate("Panel", "code {code}").format(code=clean(str(error.code)))
    return " · ".join(part for part in (code, clean(error.raw, LONGEST_RAW), error.source) if part)
