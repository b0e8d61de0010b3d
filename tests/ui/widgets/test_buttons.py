"""Buttons, switch and state selector: keyboard, names, reasons, sizes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from ctidesk.ui.theme import PresenceState, Theme
from ctidesk.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    IconButton,
    Keypad,
    PresenceShape,
    StateSelector,
    Switch,
    Tile,
    TileFace,
)
from ctidesk.ui.widgets.keypad import KEYS
from ctidesk.ui.widgets.painted_button import PaintedButton

MAKERS: dict[str, Callable[[], QAbstractButton]] = {
    "button": lambda: Button("Call"),
    "small": lambda: Button("Call", size=ButtonSize.SMALL, icon="answer"),
    "icon": lambda: IconButton("answer", "Call"),
    "switch": lambda: Switch("Call"),
    "selector": lambda: StateSelector("Call"),
    "tile": lambda: Tile(TileFace("answer", "Call")),
}


@pytest.fixture(params=MAKERS)
def button(request: pytest.FixtureRequest, qtbot: QtBot) -> QAbstractButton:
    made = MAKERS[request.param]()
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    return made


def test_names_and_roles(button: QAbstractButton) -> None:
    interface = QAccessible.queryAccessibleInterface(button)
    assert interface.text(QAccessible.Text.Name) == "Call"
    role = QAccessible.Role.CheckBox if isinstance(button, Switch) else QAccessible.Role.Button
    assert interface.role() == role


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys(button: QAbstractButton, key: Qt.Key, qtbot: QtBot) -> None:
    if isinstance(button, Button) and key != Qt.Key.Key_Space:
        button.setAutoDefault(True)  # QPushButton leaves Enter to its dialog otherwise
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_click_targets(button: QAbstractButton, look: Theme) -> None:
    for scale in (1.0, 2.0):
        look.set_text_scale(scale)
        assert min(button.sizeHint().width(), button.sizeHint().height()) >= 28
        assert button.minimumSizeHint().height() >= 28


def test_a_click_does_not_take_the_focus(button: QAbstractButton) -> None:
    assert button.focusPolicy() is Qt.FocusPolicy.TabFocus


def test_reason_while_disabled(button: QAbstractButton, qtbot: QtBot) -> None:
    assert isinstance(button, PaintedButton | Button | Switch)
    button.set_available(False, "No call to <hold>")
    assert not button.isEnabled()
    assert "No call to &lt;hold&gt;" in button.toolTip()
    assert button.accessibleDescription() == "No call to <hold>"
    button.set_available(True)
    assert button.isEnabled()
    assert "No call" not in button.toolTip()
    assert button.accessibleDescription() == ""


def test_follows_theme_and_text_size(button: QAbstractButton, look: Theme) -> None:
    light, small = button.grab().toImage(), button.sizeHint()
    look.force("dark")
    assert button.grab().toImage() != light
    look.set_text_scale(2.0)
    assert button.sizeHint().height() > small.height()


@pytest.mark.parametrize("make", [lambda: IconButton("answer", ""), lambda: StateSelector("")])
def test_a_name_is_mandatory(make: Callable[[], object], qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="accessible name"):
        make()


def test_icon_and_name_change_together(qtbot: QtBot) -> None:
    made = IconButton("star", "Add to favourites")
    qtbot.addWidget(made)
    made.set_icon("star-filled", "Remove from favourites")
    assert (made.accessibleName(), made.toolTip()) == ("Remove from favourites",) * 2
    with pytest.raises(ValueError, match="accessible name"):
        made.set_icon("star", "")


def test_corner_light(qtbot: QtBot, look: Theme) -> None:
    made = IconButton("connection", "Connection", size=32)
    qtbot.addWidget(made)
    plain = made.grab().toImage()
    made.set_corner(PresenceState.READY)
    lit = made.grab().toImage()
    changed = [(x, y) for x in range(32) for y in range(32) if plain.pixelColor(x, y) != lit.pixelColor(x, y)]
    assert changed
    assert all(x > 16 and y > 16 for x, y in changed)


def test_button_text_is_plain(qtbot: QtBot) -> None:
    made = Button("Belova & Co")
    qtbot.addWidget(made)
    assert made.text() == "Belova && Co"
    assert made.shortcut().isEmpty()
    assert made.accessibleName() == "Belova & Co"


@pytest.mark.parametrize(
    ("kind", "token"),
    [(ButtonKind.PRIMARY, "accent"), (ButtonKind.ANSWER, "readyFill"), (ButtonKind.DECLINE, "talkSoft"),
     (ButtonKind.END, "talkFill"), (ButtonKind.PLAIN, "hover"), (ButtonKind.OUTLINE, "base")],
)  # fmt: skip
def test_kinds(kind: ButtonKind, token: str, qtbot: QtBot, look: Theme) -> None:
    made = Button("x", ButtonKind.QUIET)
    qtbot.addWidget(made)
    made.resize(200, 32)
    made.set_kind(kind)
    made.clearFocus()
    assert made.grab().toImage().pixelColor(20, 16) == getattr(look.tokens, token)


@pytest.mark.parametrize(("size", "height"), [(ButtonSize.SMALL, 28), (ButtonSize.NORMAL, 32), (ButtonSize.BIG, 40)])
@pytest.mark.parametrize("kind", [ButtonKind.PLAIN, ButtonKind.OUTLINE])
def test_button_heights(size: ButtonSize, height: int, kind: ButtonKind, qtbot: QtBot) -> None:
    made = Button("Call", kind, icon="answer", size=size)
    qtbot.addWidget(made)
    made.ensurePolished()
    assert made.sizeHint().height() == height


def test_switch_turns_and_reports(qtbot: QtBot, look: Theme) -> None:
    switch = Switch("Call centre")
    qtbot.addWidget(switch)
    switch.resize(switch.sizeHint())
    switch.show()
    toggles: list[bool] = []
    switch.toggled.connect(toggles.append)
    QTest.keyClick(switch, Qt.Key.Key_Space)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(3, 3))
    QTest.keyClick(switch, Qt.Key.Key_Return)
    assert toggles == [True, False, True]
    qtbot.waitUntil(lambda: switch.property("knob") == 1.0)
    track = switch.grab().toImage().pixelColor(switch.width() - 4 - 26, switch.height() // 2)
    assert track in (look.tokens.accent, look.tokens.accentHover)


def test_switch_without_label(qtbot: QtBot) -> None:
    switch = Switch("Call centre")
    qtbot.addWidget(switch)
    wide = switch.sizeHint().width()
    switch.set_label_shown(False)
    assert wide - switch.sizeHint().width() == switch.label_width()
    assert switch.toolTip() == "Call centre"
    assert switch.accessibleName() == "Call centre"


def test_switch_keeps_its_label_while_turned(qtbot: QtBot) -> None:
    switch = Switch("Call centre")
    qtbot.addWidget(switch)
    size = switch.sizeHint()
    switch.setChecked(True)
    assert switch.sizeHint() == size


def test_state_selector_opens_with_the_arrow_too(qtbot: QtBot) -> None:
    selector = StateSelector("Agent state")
    qtbot.addWidget(selector)
    with qtbot.waitSignal(selector.clicked):
        QTest.keyClick(selector, Qt.Key.Key_Down)


def test_state_selector_tells_its_state(qtbot: QtBot, look: Theme) -> None:
    selector = StateSelector("Agent state")
    qtbot.addWidget(selector)
    selector.resize(170, 40)
    selector.show_state(PresenceState.READY, "Ready", "Agent state: Ready, 42 minutes")
    selector.show_detail("42:10 · line 214")
    assert selector.accessibleName() == "Agent state: Ready, 42 minutes"
    assert selector.toolTip() == ""
    assert selector.grab().toImage().pixelColor(100, 3) == look.tokens.base
    selector.show_state(PresenceState.BREAK, "Break · Lunch with the whole department", "Agent state: Break")
    assert selector.grab().toImage().pixelColor(100, 3) == look.tokens.awaySoft
    assert selector.toolTip() == "Break · Lunch with the whole department\n42:10 · line 214"


def test_state_selector_height_holds_both_lines(qtbot: QtBot, look: Theme) -> None:
    selector = StateSelector("Agent state")
    qtbot.addWidget(selector)
    assert selector.sizeHint() == QSize(150, 40)
    look.set_text_scale(2.0)
    assert selector.sizeHint().height() >= 80


def test_keypad_reports_every_key(qtbot: QtBot) -> None:
    keypad = Keypad()
    qtbot.addWidget(keypad)
    keypad.show()
    clicked: list[str] = []
    keypad.key_clicked.connect(clicked.append)
    for key in keypad.findChildren(PaintedButton):
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    assert "".join(clicked) == KEYS


def test_keypad_shows_typed_keys_for_a_moment(qtbot: QtBot, look: Theme) -> None:
    keypad = Keypad()
    qtbot.addWidget(keypad)
    keypad.resize(300, 180)
    keypad.show()

    def ground() -> QColor:
        return keypad.grab().toImage().pixelColor(10, 10)

    assert ground() == look.tokens.hover
    keypad.flash("1")
    keypad.flash("x")
    assert ground() == look.tokens.accentSoft
    qtbot.waitUntil(lambda: ground() != look.tokens.accentSoft)


def test_connecting_ring_turns_only_while_it_can_be_seen(qtbot: QtBot) -> None:
    shape = PresenceShape(PresenceState.CONNECTING, 48)
    qtbot.addWidget(shape)
    shape.resize(48, 48)
    start = shape.grab().toImage()
    shape.show()
    qtbot.waitUntil(lambda: shape.grab().toImage() != start)
    shape.set_state(PresenceState.READY)
    assert not shape._timer.isActive()
    shape.set_state(PresenceState.CONNECTING)
    assert shape._timer.isActive()
    shape.hide()
    assert not shape._timer.isActive()


def test_connecting_ring_stands_still_with_reduced_motion(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Theme, "reduced_motion", True)
    shape = PresenceShape(PresenceState.CONNECTING)
    switch = Switch("Call centre")
    for widget in (shape, switch):
        qtbot.addWidget(widget)
        widget.show()
    switch.setChecked(True)
    assert not shape._timer.isActive()
    assert switch.property("knob") == 1.0


def test_pale_half_of_a_blink(qtbot: QtBot, look: Theme) -> None:
    shape = PresenceShape(PresenceState.RINGING, 48)
    qtbot.addWidget(shape)
    shape.resize(48, 48)
    full = shape.grab().toImage().pixelColor(24, 24)
    shape.set_pale(True)
    pale = shape.grab().toImage().pixelColor(24, 24)
    assert full == look.tokens.accentText
    assert pale.lightness() > full.lightness()
