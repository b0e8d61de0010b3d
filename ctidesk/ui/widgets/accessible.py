"""What a screen reader hears (look.md, "8. Accessible names of icon-only buttons")."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Say `text` once, politely: after what is being said now. For a ring, a lost connection, a refusal."""
    if text and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)


def spoken(*parts: str) -> str:
    """Parts of a row or card as one text, for `Qt.AccessibleTextRole` and accessible names; empty ones drop out."""
    return ", ".join(part for part in parts if part)
