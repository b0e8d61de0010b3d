"""Text of unknown origin: cleaned, isolated, never taken for markup."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from ctidesk.ui.widgets.bidi import LENGTH_LIMIT, clean, isolate, ltr
from ctidesk.ui.widgets.tooltip import plain_tooltip

DIRECTION_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
MARKUP = ("<b>x</b>", '<img src="/etc/hostname">', "<p>Anna", "a &lt; b", "A & B", "<script>", "<?xml", "1 < 2 > 0")


@given(st.text())
def test_clean_leaves_nothing_that_turns_or_hides(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) <= LENGTH_LIMIT
    assert not set(cleaned) & set(DIRECTION_CONTROLS)
    assert all(unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") for character in cleaned)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("control", DIRECTION_CONTROLS)
def test_direction_controls_are_taken_out(control: str) -> None:
    assert clean(f"Anna{control}moc.live") == "Annamoc.live"


def test_clean_keeps_what_people_write() -> None:
    for name in ("Белова Анна", "Ім'я по батькові", "שלום עולם", "नमस्ते क\u200dष", "👩\u200d💻 Anna", "A & B <x>"):
        assert clean(name) == name


def test_clean_makes_one_line_of_limited_length() -> None:
    assert clean(" Anna\r\n\tBelova\u2028\x00 ") == "Anna Belova"
    assert clean("x" * 5000) == "x" * (LENGTH_LIMIT - 1) + "…"


def test_isolates() -> None:
    assert isolate("שלום\u2069\u202e") == "\u2068שלום\u2069"
    assert ltr("+7 495 123\u202e") == "\u2066+7 495 123\u2069"


@pytest.mark.parametrize("text", MARKUP)
def test_tool_tips_show_markup_as_text(text: str, qtbot: QtBot, qapp: QApplication) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    QToolTip.showText(QPoint(5, 5), plain_tooltip(text), widget)
    tip = next(shown for shown in qapp.topLevelWidgets() if shown.metaObject().className() == "QTipLabel")
    assert isinstance(tip, QLabel)
    assert _seen(tip) == text
    QToolTip.hideText()


def test_ordinary_tool_tips_have_no_markup() -> None:
    assert plain_tooltip("Белова Анна · 201") == "Белова Анна · 201"


def test_long_tool_tips_are_broken() -> None:
    lines = plain_tooltip("word " * 100).splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) <= 70


def _seen(label: QLabel) -> str:
    """What Qt makes of the text with its own guess of the format."""
    if label.text().startswith("<span"):
        document = QTextDocument()
        document.setHtml(label.text())
        return document.toPlainText()
    assert "<" not in label.text()
    assert "&" not in label.text()
    return label.text()
