"""Push buttons by kind, drawn by the style sheet."""

from enum import Enum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from ctidesk.ui.theme import TokenName, icon_pixmap, scaled, theme
from ctidesk.ui.widgets.tooltip import plain_tooltip


class ButtonKind(Enum):
    """Value: the property `kind` of the style sheet. Only one strong button per moment (look.md, section 1)."""

    PLAIN = ""
    PRIMARY = "primary"
    ANSWER = "answer"
    DECLINE = "decline"
    END = "end"
    QUIET = "quiet"
    OUTLINE = "outline"


class ButtonSize(Enum):
    """Height in px at 100 % text."""

    SMALL = 28
    NORMAL = 32
    BIG = 40


_ICON_COLORS: dict[ButtonKind, TokenName] = {
    ButtonKind.PLAIN: "text",
    ButtonKind.PRIMARY: "onAccent",
    ButtonKind.ANSWER: "onAccent",
    ButtonKind.DECLINE: "talk",
    ButtonKind.END: "onAccent",
    ButtonKind.QUIET: "text2",
    ButtonKind.OUTLINE: "text",
}


_ICON_GAP = 6


class Button(QPushButton):
    """A button with words; an ampersand in them is an ampersand. It takes the focus by Tab only."""

    def __init__(
        self,
        text: str,
        kind: ButtonKind = ButtonKind.PLAIN,
        *,
        icon: str | None = None,
        size: ButtonSize = ButtonSize.NORMAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._icon = icon
        self._size = size
        self._tip = ""
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("kind", kind.value)
        self.setProperty("big", size is ButtonSize.BIG)
        self.setProperty("small", size is ButtonSize.SMALL)
        self._restyle()
        theme().changed.connect(self._restyle)

    def setText(self, text: str) -> None:
        """Show `text` as it is, without mnemonics."""
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def kind(self) -> ButtonKind:
        """The present kind."""
        return self._kind

    def set_kind(self, kind: ButtonKind) -> None:
        """Change colour and weight of the button."""
        if kind is not self._kind:
            self._kind = kind
            self.setProperty("kind", kind.value)
            self.style().unpolish(self)
            self.style().polish(self)
            self._restyle()

    def set_icon(self, icon: str | None) -> None:
        """Change or remove the icon."""
        self._icon = icon
        self._restyle()

    def set_tip(self, text: str) -> None:
        """The tool tip while the button is enabled, as plain text."""
        self._tip = text
        self.setToolTip(plain_tooltip(text))

    def set_available(self, available: bool, reason: str = "") -> None:
        """Enable, or disable and say why in the tool tip and to screen readers."""
        self.setEnabled(available)
        self.setToolTip(plain_tooltip(self._tip if available else reason))
        self.setAccessibleDescription("" if available else reason)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._restyle()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._restyle()

    def _restyle(self) -> None:
        if self._icon is None:
            self.setIcon(QIcon())
            return
        size = 20 if self._size is ButtonSize.BIG else 16 if self._size is ButtonSize.SMALL else 18
        color = _ICON_COLORS[self._kind]
        if self._kind is ButtonKind.DECLINE and self.isEnabled() and self.underMouse():
            color = "onAccent"  # hovered, it is filled
        if theme().high_contrast:
            color = "text"  # no kind is filled then
        self.setIcon(self._padded_icon(self._icon, color, scaled(size)))
        self.setIconSize(QSize(scaled(size) + _ICON_GAP, scaled(size)))

    def _padded_icon(self, name: str, color: TokenName, size: int) -> QIcon:
        """The icon with the gap to the text: Qt's own gap is too narrow and cannot be set."""
        ratio = self.devicePixelRatioF()
        result = QIcon()
        colors: dict[QIcon.Mode, TokenName] = {QIcon.Mode.Normal: color, QIcon.Mode.Disabled: "disabled"}
        for mode, mode_color in colors.items():
            pixmap = QPixmap(round((size + _ICON_GAP) * ratio), round(size * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            left = _ICON_GAP if self.isRightToLeft() else 0
            painter.drawPixmap(left, 0, icon_pixmap(name, mode_color, size, ratio))
            painter.end()
            result.addPixmap(pixmap, mode)
        return result
