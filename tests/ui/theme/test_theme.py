"""The theme sets everything on the application, once per change."""

import re

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ctidesk.ui.theme import TextStyle, Theme, scaled, text_font, theme, tokens_for
from ctidesk.ui.theme.stylesheet import style_sheet


def test_there_is_one_theme(look: Theme) -> None:
    assert theme() is look


def test_force_changes_palette_and_style_sheet_once(look: Theme, qapp: QApplication) -> None:
    changes: list[str] = []
    look.changed.connect(lambda: changes.append(look.scheme))
    look.force("dark")
    look.force("dark")
    assert changes == ["dark"]
    dark = tokens_for("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == dark.window
    assert qapp.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == dark.disabled
    assert dark.accent.name() in qapp.styleSheet()


def test_lengths_follow_the_application_font(look: Theme, qapp: QApplication) -> None:
    assert look.factor == 1.0
    assert scaled(40) == 40
    font = qapp.font()
    font.setPixelSize(26)
    qapp.setFont(font)
    look.font_changed()
    assert scaled(40) == 80
    assert text_font(TextStyle.DISPLAY).pixelSize() == 40


def test_text_scale_stays_between_one_and_two(look: Theme, qapp: QApplication) -> None:
    look.set_text_scale(9)
    assert (look.text_scale, look.factor, qapp.font().pixelSize()) == (2.0, 2.0, 26)
    look.set_text_scale(0.1)
    assert (look.text_scale, look.factor, qapp.font().pixelSize()) == (1.0, 1.0, 13)


def test_another_system_font_keeps_the_chosen_scale(look: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    look.set_text_scale(2.0)
    font = qapp.font()
    font.setPixelSize(20)
    with qtbot.waitSignal(look.changed):  # by the event that Qt sends to widgets
        qapp.setFont(font)
    assert qapp.font().pixelSize() == 40


def test_points_are_scaled_like_pixels(look: Theme, qapp: QApplication) -> None:
    font = qapp.font()
    font.setPointSizeF(9.75)  # 13 px at 96 dots per inch
    qapp.setFont(font)
    look.font_changed()
    assert look.factor == pytest.approx(1.0, abs=0.01)
    assert text_font(TextStyle.TITLE).pointSizeF() == pytest.approx(12.0, abs=0.05)


def test_click_targets_are_never_small(look: Theme, qapp: QApplication) -> None:
    font = qapp.font()
    font.setPixelSize(8)
    qapp.setFont(font)
    look.font_changed()
    assert look.scaled(28) == 17
    assert look.target(28) == 28


@pytest.mark.parametrize("factor", [0.92, 1.0, 1.25, 1.5, 2.0])
def test_style_sheet_has_no_open_places(factor: float) -> None:
    sheet = style_sheet(tokens_for("dark"), "dark", factor).split("*/", 1)[1]
    assert "{accent}" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert "chevron-down-dark.svg" in sheet


@pytest.mark.parametrize("scale", [1.0, 1.15, 1.5, 2.0])
def test_the_size_never_changes_with_the_focus(look: Theme, qtbot: QtBot, scale: float) -> None:
    look.set_text_scale(scale)
    for kind in ("", "primary", "outline"):
        button = QPushButton("Call")
        button.setProperty("kind", kind)
        qtbot.addWidget(button)
        _compare_focus(button, qtbot)
    field = QLineEdit()
    qtbot.addWidget(field)
    _compare_focus(field, qtbot)


def test_high_contrast_steps_aside(look: Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Theme, "high_contrast", True)
    look.force("dark")
    assert qapp.styleSheet() == ""
    assert look.tokens.window == qapp.palette().color(QPalette.ColorRole.Window) != tokens_for("dark").window
    assert look.tokens.talk == look.tokens.ready == qapp.palette().color(QPalette.ColorRole.Text)
    monkeypatch.undo()
    look.force("light")
    assert look.tokens == tokens_for("light")
    assert "QPushButton" in qapp.styleSheet()


def _compare_focus(widget: QPushButton | QLineEdit, qtbot: QtBot) -> None:
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    widget.clearFocus()
    before = widget.sizeHint()
    widget.setFocus()
    assert widget.hasFocus()
    assert widget.sizeHint() == before


@pytest.mark.parametrize("factor", [0.8, 1.0, 1.1, 1.25, 1.3, 1.5, 2.0])
def test_the_handle_of_a_slider_is_a_circle(factor: float) -> None:
    sheet = style_sheet(tokens_for("light"), "light", factor)
    handle = re.search(r"handle:horizontal \{ width: (\d+)px;.*border: (\d+)px.*border-radius: (\d+)px", sheet)
    assert handle is not None
    width, border, radius = (int(number) for number in handle.groups())
    assert radius == (width + 2 * border) // 2  # a larger one gives square corners
