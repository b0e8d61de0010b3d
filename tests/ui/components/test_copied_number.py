"""What was copied elsewhere, and what is only selected there."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication

from ctidesk.ui.components.copied_number import copied_text


class Clipboard:
    """A desktop with a selection of its own, as X11 has it."""

    def __init__(self, selected: str) -> None:
        self._selected = selected

    def supportsSelection(self) -> bool:
        return True

    def text(self, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> str:
        return self._selected if mode is QClipboard.Mode.Selection else "204"


@pytest.mark.parametrize(
    ("selected", "or_selected", "text"),
    [("+7 495", True, "+7 495"), ("+7 495", False, "204"), ("Petrov", True, "204"), ("", True, "204")],
)
def test_a_selected_number_goes_before_a_copied_one(
    monkeypatch: pytest.MonkeyPatch, selected: str, or_selected: bool, text: str
) -> None:
    monkeypatch.setattr(QGuiApplication, "clipboard", lambda: Clipboard(selected))
    assert copied_text(or_selected=or_selected) == text
