"""Menus with round corners, an icon column and plain text."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget, QWidgetAction

from ctidesk.ui.theme import (
    PresenceState,
    TextStyle,
    TokenName,
    icon,
    icon_pixmap,
    presence_icon,
    presence_pixmap,
    scaled,
    text_font,
    theme,
)
from ctidesk.ui.widgets.label import PlainLabel
from ctidesk.ui.widgets.painting import CARD_RADIUS, cut_corners, paint_pixmap, paint_rounded
from ctidesk.ui.widgets.presence import PresenceShape
from ctidesk.ui.widgets.tooltip import plain_tooltip

_WIDEST_TEXT = 280
_SIDE = 10
_ITEM_RADIUS = 4

_Menu = TypeVar("_Menu", bound=QMenu)


class MenuItem(QAction):
    """An entry of a Menu. `text()` is what Qt measures; what is painted is kept beside it."""

    def __init__(self, label: str, shortcut_text: str, parent: QMenu) -> None:
        metrics = QFontMetrics(text_font(TextStyle.BODY))
        self.label = metrics.elidedText(
            label.replace("\t", " ").replace("\n", " "), Qt.TextElideMode.ElideRight, scaled(_WIDEST_TEXT)
        )
        escaped = self.label.replace("&", "&&")
        super().__init__(f"{escaped}\t{shortcut_text}" if shortcut_text else escaped, parent)
        self.shortcut_text = shortcut_text
        self.icon_name: str | None = None
        self.presence: PresenceState | None = None
        self.is_caption = False
        # Without this, macOS moves entries like "Settings" into the application menu.
        self.setMenuRole(QAction.MenuRole.NoRole)
        self.setToolTip(plain_tooltip(label) if self.label != label else "")


class Menu(QMenu):
    """Open it with `popup` or `open_below`, never with `exec` (look.md, "Menus")."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_round(self)
        self.setToolTipsVisible(True)

    def add(
        self,
        label: str,
        callback: Callable[[], object] | None = None,
        *,
        icon_name: str | None = None,
        presence: PresenceState | None = None,
        shortcut_text: str = "",
        checked: bool | None = None,
        reason: str = "",
    ) -> MenuItem:
        """Add an entry. `checked` marks the choice in force; a `reason` disables the entry and is its tool tip.

        `shortcut_text` is only shown: the window owns the shortcut itself.
        """
        item = MenuItem(label, shortcut_text, self)
        item.icon_name, item.presence = icon_name, presence
        if icon_name is not None:
            item.setIcon(icon(icon_name))
        elif presence is not None:
            item.setIcon(presence_icon(presence))
        if checked is not None:
            item.setCheckable(True)
            item.setChecked(checked)
        if reason:
            item.setEnabled(False)
            item.setToolTip(plain_tooltip(reason))
        if callback is not None:
            item.triggered.connect(lambda: callback())
        self.addAction(item)
        return item

    def add_caption(self, text: str) -> MenuItem:
        """A head over the entries that follow; it cannot be chosen."""
        item = MenuItem(text, "", self)
        item.is_caption = True
        item.setEnabled(False)
        self.addAction(item)
        return item

    def add_header(self, name: str, number: str, presence: PresenceState, word: str) -> None:
        """Who the menu is about: name and number, below them the state."""
        header = QWidget(self)
        column = QVBoxLayout(header)
        column.setContentsMargins(_SIDE, 8, _SIDE, 6)
        column.setSpacing(2)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(0)
        name_label = PlainLabel(name, TextStyle.ACTIVE)
        name_label.setMaximumWidth(scaled(_WIDEST_TEXT))
        first.addWidget(name_label)
        if number and number != name:
            first.addWidget(PlainLabel(" · ", TextStyle.BODY, "text2", elide=None))
            first.addWidget(PlainLabel(number, TextStyle.BODY, "text2", elide=None, tabular=True, ltr=True))
        first.addStretch(1)
        second.setSpacing(7)
        second.addWidget(PresenceShape(presence, 12))
        word_label = PlainLabel(word, TextStyle.BODY, "text2")
        word_label.setMaximumWidth(scaled(_WIDEST_TEXT))
        second.addWidget(word_label)
        second.addStretch(1)
        column.addLayout(first)
        column.addLayout(second)
        action = QWidgetAction(self)
        action.setDefaultWidget(header)
        self.addAction(action)
        self.addSeparator()

    def open_below(self, widget: QWidget) -> None:
        """Open under `widget`, aligned with its leading edge; Qt keeps it on the screen."""
        self.popup(widget.mapToGlobal(QPoint(0, widget.height() + 4)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.activeAction() is None:
            first = next((action for action in self.actions() if _can_be_active(action)), None)
            if first is not None:
                self.setActiveAction(first)  # what Enter does

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut_corners(self, CARD_RADIUS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return
        for _ in self.actions():  # on, past heads and captions
            active = self.activeAction()
            if active is None or _can_be_active(active):
                break
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if theme().high_contrast:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        tokens = theme().tokens
        paint_rounded(painter, self.rect(), CARD_RADIUS, tokens.raised, tokens.border)
        inside = self.rect().adjusted(1, 1, -1, -1)
        painter.setClipRect(inside)
        for action in self.actions():
            rect = self.actionGeometry(action)
            if not action.isVisible() or not rect.intersects(event.rect()):
                continue
            if action.isSeparator():
                line = QRectF(rect.left() + 8, rect.center().y(), rect.width() - 16, 1)
                painter.fillRect(line, tokens.line)
            elif isinstance(action, MenuItem):
                self._paint_item(painter, action, rect)
        self._paint_scrollers(painter, inside)

    def _paint_item(self, painter: QPainter, item: MenuItem, rect: QRect) -> None:
        tokens = theme().tokens
        centre = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setLayoutDirection(self.layoutDirection())
        if item.is_caption:
            painter.setFont(text_font(TextStyle.HEAD))
            painter.setPen(tokens.text3)
            painter.drawText(rect.adjusted(_SIDE, 4, -_SIDE, 0), centre, item.label)
            return
        if item is self.activeAction() and item.isEnabled():
            paint_rounded(painter, rect, _ITEM_RADIUS, tokens.accentSoft)
        ratio, column = self.devicePixelRatioF(), scaled(18)
        icon_rect = self._mirrored(QRect(rect.left() + _SIDE, rect.top(), column, rect.height()), rect)
        if item.icon_name is not None:
            color: TokenName = "text2" if item.isEnabled() else "disabled"
            paint_pixmap(painter, icon_pixmap(item.icon_name, color, column, ratio), icon_rect)
        elif item.presence is not None:
            paint_pixmap(painter, presence_pixmap(item.presence, scaled(14), ratio), icon_rect)
        painter.setFont(text_font(TextStyle.BODY))
        painter.setPen(tokens.text if item.isEnabled() else tokens.disabled)
        words = self._mirrored(rect.adjusted(_SIDE + column + 10, 0, -_SIDE, 0), rect)
        painter.drawText(words, centre | Qt.AlignmentFlag.AlignLeading, item.label)
        end = rect.right() + 1 - _SIDE
        if item.isChecked():
            check = QRect(end - scaled(16), rect.top(), scaled(16), rect.height())
            paint_pixmap(painter, icon_pixmap("check", "text2", scaled(16), ratio), self._mirrored(check, rect))
            end = check.left() - 8
        if item.shortcut_text:
            painter.setFont(text_font(TextStyle.SMALL))
            painter.setPen(tokens.text3 if item.isEnabled() else tokens.disabled)
            keys = self._mirrored(QRect(rect.left(), rect.top(), end - rect.left(), rect.height()), rect)
            painter.drawText(keys, centre | Qt.AlignmentFlag.AlignTrailing, item.shortcut_text)

    def _paint_scrollers(self, painter: QPainter, inside: QRect) -> None:
        """Chevrons where a menu higher than the screen goes on."""
        rects = [self.actionGeometry(action) for action in self.actions() if action.isVisible()]
        if not rects:
            return
        height = scaled(16)
        pixmap = icon_pixmap("chevron-down", "text2", height, self.devicePixelRatioF())
        if rects[-1].bottom() > inside.bottom():
            strip = QRect(inside.left(), inside.bottom() - height + 1, inside.width(), height)
            painter.fillRect(strip, theme().tokens.raised)
            paint_pixmap(painter, pixmap, strip)
        if rects[0].top() < inside.top():
            strip = QRect(inside.left(), inside.top(), inside.width(), height)
            painter.fillRect(strip, theme().tokens.raised)
            painter.save()
            painter.translate(strip.toRectF().center())
            painter.rotate(180)
            painter.translate(-strip.toRectF().center())
            paint_pixmap(painter, pixmap, strip)
            painter.restore()

    def _mirrored(self, rect: QRect, within: QRect) -> QRect:
        if self.isRightToLeft():
            rect = QRect(rect)
            rect.moveLeft(within.left() + within.right() - rect.right())
        return rect


def _can_be_active(action: QAction) -> bool:
    return isinstance(action, MenuItem) and not action.is_caption


def make_round(menu: _Menu) -> _Menu:
    """Let the window of a menu be transparent, else square corners show behind the round ones."""
    menu.setWindowFlags(menu.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint)
    menu.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    return menu
