"""The tabs of the panel, with counts."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from ctidesk.ui.theme import TextStyle, scaled, text_font, theme
from ctidesk.ui.widgets.painting import paint_focus_ring, paint_rounded
from ctidesk.ui.widgets.tooltip import plain_tooltip

_SIDE = 12
_LEAD = 6  # more before the first tab: its word then stands where the rows below have theirs
_GAP = 6
_UNDERLINE = 2


class Tabs(QTabBar):
    """Word and count; the current tab is underlined in the accent (look.md, "Panel", "Tabs 36").

    Arrow keys choose, as in every tab bar. `currentChanged` reports the choice.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._counts: list[tuple[int, bool]] = []
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme().changed.connect(self._restyle)

    def add(self, word: str) -> int:
        """Add a tab at the end; returns its index."""
        self._words.append(word)
        self._counts.append((0, False))
        index = self.addTab(word.replace("&", "&&"))
        self.setAccessibleTabName(index, word)
        self.setTabToolTip(index, "")
        return index

    def set_count(self, index: int, count: int, accessible_name: str, *, alert: bool = False) -> None:
        """Show `count` (0: none), red if `alert`. `accessible_name` is the whole, like "History, 2 missed"."""
        self.setAccessibleTabName(index, accessible_name)
        if self._counts[index] != (count, alert):
            self._counts[index] = (count, alert)
            # Qt measures the tabs anew only when a text is set that differs.
            self.setTabText(index, "")
            self.setTabText(index, self._words[index].replace("&", "&&"))

    def tabSizeHint(self, index: int) -> QSize:
        return QSize((_LEAD if index == 0 else 0) + 2 * _SIDE + self._content_width(index), scaled(36))

    def minimumTabSizeHint(self, index: int) -> QSize:
        shortest = QFontMetrics(text_font(TextStyle.ACTIVE)).horizontalAdvance("M…")
        return QSize(_SIDE + shortest + self._pill_width(index), scaled(36))

    def minimumSizeHint(self) -> QSize:
        width = sum(self.minimumTabSizeHint(index).width() for index in range(self.count()))
        return QSize(width, scaled(36))

    def sizeHint(self) -> QSize:
        width = sum(self.tabSizeHint(index).width() for index in range(self.count()))
        return QSize(width, scaled(36))

    def tabLayoutChange(self) -> None:
        super().tabLayoutChange()
        for index, word in enumerate(self._words[: self.count()]):
            cut = self.tabRect(index).width() < self.tabSizeHint(index).width()
            self.setTabToolTip(index, plain_tooltip(word) if cut else "")

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().tokens.line)
        for index in range(self.count()):
            self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        tokens = theme().tokens
        rect = self.tabRect(index)
        current = index == self.currentIndex()
        hovered = self.underMouse() and rect.contains(self.mapFromGlobal(self.cursor().pos()))
        font = text_font(TextStyle.ACTIVE if current else TextStyle.NAME)
        metrics = QFontMetrics(font)
        pill = self._pill_width(index)
        lead = _LEAD if index == 0 else 0
        side = max(_SIDE // 2, min(_SIDE, (rect.width() - lead - self._content_width(index)) // 2))
        words = rect.adjusted(lead + side, 0, -side - pill, 0)
        text = metrics.elidedText(self._words[index], Qt.TextElideMode.ElideRight, words.width())
        painter.setFont(font)
        painter.setPen(tokens.text if current or hovered else tokens.text2)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        end = words.left() + metrics.horizontalAdvance(text)
        if pill:
            count_rect = QRect(end + _GAP, 0, pill - _GAP, scaled(16))
            count_rect.moveTop((self.height() - count_rect.height()) // 2)
            self._paint_count(painter, index, count_rect)
            end += pill
        if current:
            line = QRect(words.left() - 2, self.height() - _UNDERLINE, end - words.left() + 4, _UNDERLINE)
            paint_rounded(painter, line, 1, tokens.accent)
            if self.hasFocus():
                paint_focus_ring(painter, rect.adjusted(2, 2, -2, -3), 6)

    def _paint_count(self, painter: QPainter, index: int, rect: QRect) -> None:
        tokens = theme().tokens
        count, alert = self._counts[index]
        paint_rounded(painter, rect, rect.height() / 2, tokens.talkFill if alert else tokens.hover)
        painter.setFont(text_font(TextStyle.HEAD, tabular=True))
        painter.setPen(tokens.onAccent if alert else tokens.text2)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(count))

    def _content_width(self, index: int) -> int:
        metrics = QFontMetrics(text_font(TextStyle.ACTIVE))
        # One more: the advance is rounded, and half a px too little would cut the word.
        return metrics.horizontalAdvance(self._words[index]) + 1 + self._pill_width(index)

    def _pill_width(self, index: int) -> int:
        """Width of the count with the gap before it; 0 without a count."""
        count, _ = self._counts[index]
        if not count:
            return 0
        digits = QFontMetrics(text_font(TextStyle.HEAD, tabular=True)).horizontalAdvance(str(count))
        return _GAP + max(scaled(17), digits + 10)

    def _restyle(self) -> None:
        for index, word in enumerate(self._words):
            self.setTabText(index, "")
            self.setTabText(index, word.replace("&", "&&"))
        self.updateGeometry()
        self.update()
