"""The text that was copied, or selected, in another program."""

from __future__ import annotations

from PySide6.QtGui import QClipboard, QGuiApplication

from ctidesk.cti.dialling import NumberRefused, number_from_text


def copied_text(*, or_selected: bool = False) -> str:
    """Return the clipboard's text.

    Args:
        or_selected: where the desktop has it, a number that is only selected goes before.
    """
    clipboard = QGuiApplication.clipboard()
    if or_selected and clipboard.supportsSelection():
        selected = clipboard.text(QClipboard.Mode.Selection)
        try:
            number_from_text(selected)
        except NumberRefused:
            pass  # some other text is selected; what was copied may be meant
        else:
            return selected
    return clipboard.text()
