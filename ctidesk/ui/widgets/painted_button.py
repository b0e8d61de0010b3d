"""What all buttons that paint themselves have in common."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ctidesk.ui.theme import theme
from ctidesk.ui.widgets.tooltip import plain_tooltip


class PaintedButton(QAbstractButton):
    """A button with a mandatory accessible name, worked by Space and Enter, with a reason while it is disabled.

    It takes the focus by Tab only: a click must not take the cursor out of the field the operator types in.
    """

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if not accessible_name:
            raise ValueError("A button needs an accessible name")
        self._tip = ""
        self._reason = ""
        self.setAccessibleName(accessible_name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self._restyle)

    def set_tip(self, text: str) -> None:
        """The tool tip while the button is enabled, as plain text."""
        self._tip = text
        self._show_tip()

    def set_available(self, available: bool, reason: str = "") -> None:
        """Enable, or disable and say why in the tool tip and to screen readers."""
        self._reason = "" if available else reason
        self.setEnabled(available)
        self._show_tip()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def is_hovered(self) -> bool:
        """True while the pointer is over the enabled button."""
        return self.isEnabled() and self.underMouse()

    def _show_tip(self) -> None:
        self.setToolTip(plain_tooltip(self._reason or self._tip))
        self.setAccessibleDescription(self._reason)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
