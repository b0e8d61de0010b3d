"""A square button with an icon only."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctidesk.ui.theme import PresenceState, TokenName, icon_pixmap, presence_pixmap, scaled, theme
from ctidesk.ui.widgets.painted_button import PaintedButton
from ctidesk.ui.widgets.painting import BUTTON_RADIUS, paint_focus_ring, paint_pixmap, paint_rounded

_CORNER_SIZE = 8


class IconButton(PaintedButton):
    """Its accessible name is also its tool tip (look.md, "8. Accessible names of icon-only buttons").

    `size` and `icon_size` are px at 100 % text; the button is never smaller than 28. `filled` paints it as the
    strong button of the moment (Call with a number in the field) or, if disabled, as a grey one.
    """

    def __init__(
        self,
        icon: str,
        accessible_name: str,
        *,
        size: int = 28,
        width: int | None = None,
        icon_size: int | None = None,
        color: TokenName = "text2",
        filled: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(accessible_name, parent)
        self._icon = icon
        self._size = QSize(width or size, size)
        self._icon_size = icon_size or (16 if size <= 28 else 18)
        self._color: TokenName = color
        self._filled = filled
        self._corner: PresenceState | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_tip(accessible_name)

    def set_icon(self, icon: str, accessible_name: str) -> None:
        """Change icon and name together: another icon is another meaning."""
        if not accessible_name:
            raise ValueError("A button needs an accessible name")
        self._icon = icon
        self.setAccessibleName(accessible_name)
        self.set_tip(accessible_name)
        self.update()

    def set_color(self, color: TokenName) -> None:
        """Change the colour of the icon."""
        self._color = color
        self.update()

    def set_corner(self, state: PresenceState | None) -> None:
        """A small shape at the lower right corner: the connection light."""
        if state is not self._corner:
            self._corner = state
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().target(self._size.width()), theme().target(self._size.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme().tokens
        radius = BUTTON_RADIUS if self._size.height() < 36 else BUTTON_RADIUS + 2
        ground, color = self._colors()
        if ground is not None:
            paint_rounded(painter, self.rect(), radius, tokens[ground])
        ratio = self.devicePixelRatioF()
        paint_pixmap(painter, icon_pixmap(self._icon, color, scaled(self._icon_size), ratio), self.rect())
        if self._corner is not None:
            size = scaled(_CORNER_SIZE)
            middle = self.rect().center()
            corner = QRect(middle.x() + scaled(5), middle.y() + scaled(4), size, size)
            paint_pixmap(painter, presence_pixmap(self._corner, size, ratio), corner)
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), radius, "text" if self._filled else "accent")

    def _colors(self) -> tuple[TokenName | None, TokenName]:
        if not self.isEnabled():
            return ("hover" if self._filled else None), "disabled"
        if self._filled:
            if self.isDown():
                return "accentPressed", "onAccent"
            return ("accentHover" if self.is_hovered() else "accent"), "onAccent"
        if self.isChecked():
            return "accentSoft", "accentText"
        if self.isDown():
            return "pressed", self._color
        return ("hover" if self.is_hovered() else None), self._color
