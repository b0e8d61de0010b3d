"""The only label of the interface. It shows plain text, whatever the text looks like."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from ctidesk.ui.theme import TextStyle, TokenName, text_font, theme
from ctidesk.ui.widgets.tooltip import plain_tooltip

_LINE_SEPARATOR = "\u2028"


class PlainLabel(QLabel):
    """Plain text in a style and a colour of the theme.

    Text that does not fit is cut with an ellipsis and stands whole in the tool tip. `lines` greater than 1 wraps to
    at most so many lines. `elide=None` never cuts: the label then claims the width of its text (clocks, numbers).
    `tabular` gives digits of equal width, `ltr` keeps a number one left-to-right run in any language.
    """

    def __init__(
        self,
        text: str = "",
        style: TextStyle = TextStyle.BODY,
        color: TokenName = "text",
        *,
        elide: Qt.TextElideMode | None = Qt.TextElideMode.ElideRight,
        lines: int = 1,
        tabular: bool = False,
        ltr: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._style = style
        self._color: TokenName = color
        self._elide = elide
        self._lines = lines
        self._tabular = tabular
        super().setTextFormat(Qt.TextFormat.PlainText)
        if ltr:
            self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        horizontal = QSizePolicy.Policy.Preferred if elide is not None else QSizePolicy.Policy.Fixed
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Minimum if lines > 1 else QSizePolicy.Policy.Fixed)
        self.setWordWrap(lines > 1)  # QLabel then asks for a height for its width
        self._restyle()
        theme().changed.connect(self._restyle)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`; a line break counts only where the label has more than one line."""
        if text == self.text():
            return
        super().setText(text)
        self.updateGeometry()
        self._show_cut_text()

    def setTextFormat(self, text_format: Qt.TextFormat) -> None:
        """Refuse anything but plain text: ValueError."""
        if text_format is not Qt.TextFormat.PlainText:
            raise ValueError("A PlainLabel shows plain text only")

    def set_color(self, color: TokenName) -> None:
        """Change the colour of the text."""
        if color != self._color:
            self._color = color
            self.update()

    def set_style(self, style: TextStyle) -> None:
        """Change size and weight of the text."""
        if style is not self._style:
            self._style = style
            self._restyle()

    def is_cut(self) -> bool:
        """True when the present size does not hold the whole text."""
        if self._elide is None or not self.text():
            return False
        area = self.contentsRect()
        if self._lines == 1:
            return self.fontMetrics().horizontalAdvance(self._single_line()) > area.width()
        return len(self._layout(area.width())[1]) < _utf16_length(self._wrappable())

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        margins = self.contentsMargins()
        texts = self.text().split("\n") if self._lines > 1 else [self._single_line()]
        width = max(metrics.horizontalAdvance(text) for text in texts) + 1
        height = metrics.height() * min(len(texts), self._lines)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        if self._elide is not None:
            hint.setWidth(min(hint.width(), self.fontMetrics().horizontalAdvance("MM…")))
        return hint

    def heightForWidth(self, width: int) -> int:
        if self._lines == 1:
            return -1
        margins = self.contentsMargins()
        layout, _ = self._layout(width - margins.left() - margins.right())
        height = self.fontMetrics().height() * max(1, layout.lineCount())
        return height + margins.top() + margins.bottom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_cut_text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme().tokens[self._color if self.isEnabled() else "disabled"])
        painter.setLayoutDirection(self.layoutDirection())
        alignment = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        if self._lines == 1:
            self._paint_line(painter, alignment)
        else:
            self._paint_lines(painter, alignment)

    def _paint_line(self, painter: QPainter, alignment: Qt.AlignmentFlag) -> None:
        text, area = self._single_line(), self.contentsRect()
        if self._elide is not None:
            text = self.fontMetrics().elidedText(text, self._elide, area.width())
        painter.drawText(area, alignment | Qt.TextFlag.TextSingleLine, text)

    def _paint_lines(self, painter: QPainter, alignment: Qt.AlignmentFlag) -> None:
        area, metrics = self.contentsRect(), self.fontMetrics()
        layout, shown = self._layout(area.width())
        text, count = self._wrappable(), layout.lineCount()
        top = area.top()
        if alignment & Qt.AlignmentFlag.AlignVCenter:
            top += (area.height() - count * metrics.height()) // 2
        horizontal = alignment & Qt.AlignmentFlag.AlignHorizontal_Mask
        for index in range(count):
            line = layout.lineAt(index)
            box = QRectF(area.left(), top + index * metrics.height(), area.width(), metrics.height())
            if index == count - 1 and len(shown) < _utf16_length(text):
                rest = _from_utf16(text, line.textStart()).replace(_LINE_SEPARATOR, " ")
                cut = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, area.width())
                # The ellipsis says that there is more, even where the line itself would just fit.
                painter.drawText(box, horizontal | Qt.TextFlag.TextSingleLine, cut)
            else:
                free = area.width() - line.naturalTextWidth()
                left = free if horizontal & Qt.AlignmentFlag.AlignRight else 0.0
                if horizontal & Qt.AlignmentFlag.AlignHCenter:
                    left = free / 2
                line.draw(painter, QPointF(area.left() + left, box.top()))

    def _layout(self, width: int) -> tuple[QTextLayout, range]:
        """The text broken to `width`, with the range of UTF-16 units that its lines hold."""
        layout = QTextLayout(self._wrappable(), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(self.layoutDirection() if self._tabular else Qt.LayoutDirection.LayoutDirectionAuto)
        layout.setTextOption(option)
        layout.beginLayout()
        end = 0
        for _ in range(self._lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1, width))
            end = line.textStart() + line.textLength()
        layout.endLayout()
        return layout, range(end)

    def _single_line(self) -> str:
        return self.text().replace("\n", " ")

    def _wrappable(self) -> str:
        return self.text().replace("\n", _LINE_SEPARATOR)

    def _restyle(self) -> None:
        self.setFont(text_font(self._style, tabular=self._tabular))
        self.updateGeometry()
        self.update()
        self._show_cut_text()

    def _show_cut_text(self) -> None:
        self.setToolTip(plain_tooltip(self.text()) if self.is_cut() else "")


def line_height(style: TextStyle) -> int:
    """Height of one line in `style`, in logical px."""
    return QFontMetrics(text_font(style)).height()


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _from_utf16(text: str, start: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[2 * start :].decode("utf-16-le", "surrogatepass")
