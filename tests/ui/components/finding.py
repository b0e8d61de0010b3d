"""Finding what the operator sees, by the words."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QWidget

from ctidesk.ui.widgets import PlainLabel


def buttons(root: QWidget) -> list[QAbstractButton]:
    """Return the buttons that can be seen."""
    return [button for button in root.findChildren(QAbstractButton) if button.isVisibleTo(root)]


def button(root: QWidget, name: str) -> QAbstractButton:
    """Return the one visible button with this accessible name."""
    found = [one for one in buttons(root) if one.accessibleName() == name]
    assert len(found) == 1, f"{len(found)} buttons {name!r} among {[one.accessibleName() for one in buttons(root)]}"
    return found[0]


def names(root: QWidget) -> list[str]:
    """Return the accessible names of the visible buttons."""
    return [one.accessibleName() for one in buttons(root)]


def texts(root: QWidget) -> list[str]:
    """Return the words of the visible labels, without the marks that keep directions apart."""
    shown = [label.text() for label in root.findChildren(PlainLabel) if label.isVisibleTo(root)]
    return [text.translate(_ISOLATES) for text in shown if text]


_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
