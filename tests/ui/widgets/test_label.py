"""PlainLabel: plain text only, cut with the whole text in the tool tip, wrapped to a number of lines."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ctidesk.ui.theme import TextStyle, Theme
from ctidesk.ui.widgets import EmptyState, PlainLabel, Strip, StripKind, Tag

NAME = "Konstantinopolskaya-Belova Anna Vladimirovna"


def label(qtbot: QtBot, width: int, text: str = NAME, **options: object) -> PlainLabel:
    made = PlainLabel(text, **options)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(width, max(made.heightForWidth(width), made.sizeHint().height()))
    made.show()
    return made


def painted(widget: QWidget) -> QImage:
    return widget.grab().toImage()


@pytest.mark.parametrize("text", ["<b>x</b>", "<img src='/usr/share/pixmaps/x.png'>", "<a href='x'>y</a>", "a &amp; b"])
def test_markup_is_measured_and_painted_as_text(text: str, qtbot: QtBot) -> None:
    made = label(qtbot, 600, text)
    assert made.textFormat() is Qt.TextFormat.PlainText
    assert made.sizeHint().width() >= made.fontMetrics().horizontalAdvance(text)
    image = painted(made)
    ground = image.pixelColor(image.width() - 1, 0)
    rightmost = max(x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) != ground)
    assert rightmost > 0.9 * made.fontMetrics().horizontalAdvance(text)


def test_ampersands_are_no_mnemonics(qtbot: QtBot) -> None:
    assert painted(label(qtbot, 100, "A&B")) != painted(label(qtbot, 100, "AB"))


def test_format_cannot_be_changed(qtbot: QtBot) -> None:
    made = label(qtbot, 100)
    with pytest.raises(ValueError, match="plain"):
        made.setTextFormat(Qt.TextFormat.RichText)
    assert made.textFormat() is Qt.TextFormat.PlainText


def test_labels_inside_other_widgets_are_plain(qtbot: QtBot) -> None:
    strip, empty, tag = Strip(StripKind.NOTE), EmptyState("<b>x</b>", "<i>y</i>"), Tag("<b>z</b>")
    strip.set_text("<b>a</b>", "<b>c</b>")
    for widget in (strip, empty, tag):
        qtbot.addWidget(widget)
        labels = [*widget.findChildren(PlainLabel), *([widget] if isinstance(widget, PlainLabel) else [])]
        assert labels
        assert all(inner.textFormat() is Qt.TextFormat.PlainText for inner in labels)


def test_cut_text_stands_whole_in_the_tool_tip(qtbot: QtBot) -> None:
    made = label(qtbot, 100)
    assert made.is_cut()
    assert made.toolTip() == NAME
    made.resize(1000, made.height())
    assert not made.is_cut()
    assert made.toolTip() == ""


def test_cut_markup_is_escaped_in_the_tool_tip(qtbot: QtBot) -> None:
    assert "&lt;img" in label(qtbot, 40, "<img src='x'> and more").toolTip()


@pytest.mark.parametrize("mode", [Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle])
def test_where_text_is_cut(mode: Qt.TextElideMode, qtbot: QtBot) -> None:
    made = label(qtbot, 150, elide=mode)
    shown = made.fontMetrics().elidedText(NAME, mode, 150)
    assert painted(made) == painted(label(qtbot, 150, shown, elide=mode))


def test_uncut_label_claims_its_width(qtbot: QtBot) -> None:
    made = label(qtbot, 10, "3:12", elide=None)
    assert made.minimumSizeHint().width() >= made.fontMetrics().horizontalAdvance("3:12")
    assert not made.is_cut()


def test_wraps_to_the_lines_allowed(qtbot: QtBot) -> None:
    one, two, three = (label(qtbot, 120, lines=lines) for lines in (1, 2, 9))
    line = one.fontMetrics().height()
    assert two.heightForWidth(120) == 2 * line
    assert three.heightForWidth(120) > 2 * line
    assert one.is_cut()
    assert two.is_cut()
    assert not three.is_cut()
    assert two.toolTip() == NAME
    assert two.heightForWidth(2000) == line


def test_every_line_is_painted(qtbot: QtBot) -> None:
    made = label(qtbot, 200, "first\nsecond\nthird", lines=3)
    image, line = painted(made), made.fontMetrics().height()
    ground = image.pixelColor(199, 0)
    for index in range(3):
        rows = range(index * line, (index + 1) * line)
        assert any(image.pixelColor(x, y) != ground for x in range(60) for y in rows), index


def test_last_line_says_that_there_is_more_beyond_emoji(qtbot: QtBot) -> None:
    text = "👩‍💻👩‍💻👩‍💻 " * 20 + "end"
    made = label(qtbot, 120, text, lines=2)
    assert made.is_cut()
    assert not painted(made).isNull()


def test_wrapped_label_gets_its_height_in_a_layout(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    made = PlainLabel(NAME * 3, lines=3)
    layout.addWidget(made)
    layout.addStretch(1)
    window.resize(200, 300)
    window.show()
    qtbot.waitUntil(lambda: made.height() == 3 * made.fontMetrics().height())


def test_colour_is_the_token_of_the_moment(look: Theme, qtbot: QtBot) -> None:
    made = label(qtbot, 100, "█████", color="talk")
    middle = QSize(10, made.height() // 2)
    assert painted(made).pixelColor(middle.width(), middle.height()) == look.tokens.talk
    look.force("dark")
    assert painted(made).pixelColor(middle.width(), middle.height()) == look.tokens.talk
    made.set_color("ready")
    assert painted(made).pixelColor(middle.width(), middle.height()) == look.tokens.ready
    made.setEnabled(False)
    assert painted(made).pixelColor(middle.width(), middle.height()) == QColor(look.tokens.disabled)


def test_style_follows_the_text_size(look: Theme, qtbot: QtBot) -> None:
    made = label(qtbot, 100, style=TextStyle.TITLE)
    assert made.font().pixelSize() == 16
    look.set_text_scale(2.0)
    assert made.font().pixelSize() == 32
    made.set_style(TextStyle.CAPTION)
    assert made.font().pixelSize() == 22


def test_digits_of_equal_width_and_one_direction(qtbot: QtBot) -> None:
    made = label(qtbot, 100, "+7 495", tabular=True, ltr=True)
    assert QFont.Tag("tnum") in made.font().featureTags()
    assert made.layoutDirection() is Qt.LayoutDirection.LeftToRight
    made.setParent(None)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made.setParent(parent)
    assert made.layoutDirection() is Qt.LayoutDirection.LeftToRight
