"""A key that works in all programs: the number selected elsewhere comes into the panel, and is not dialled by that."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ctidesk.app import Application
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.oktell.values import LineState
from ctidesk.system.global_shortcut import X11Shortcut
from ctidesk.system.x11_keys import KeyTakenError, X11Keys, key_symbol
from tests.desktop.conftest import Xdotool
from tests.desktop.whole_desk import Operator, play

pytestmark = [
    pytest.mark.usefixtures("qapp", "tray", "secret_service"),
    pytest.mark.qt_log_ignore("PulseAudioService", extend=True),
]
KEYS = "Ctrl+Alt+D"
GUARD_MILLISECONDS = 20_000


@pytest.mark.parametrize("locks", [(), ("Num_Lock",), ("Caps_Lock",), ("Num_Lock", "Caps_Lock")])
def test_a_combination_is_heard_whatever_locks_are_on(qtbot: QtBot, xdotool: Xdotool, locks: tuple[str, ...]) -> None:
    shortcut = X11Shortcut()
    pressed: list[int] = []
    shortcut.pressed.subscribe(lambda: pressed.append(1))
    assert shortcut.take(KEYS)
    try:
        for lock in locks:
            xdotool("key", lock)
        xdotool("key", "ctrl+alt+d")
        qtbot.waitUntil(lambda: bool(pressed), timeout=GUARD_MILLISECONDS)
    finally:
        for lock in locks:
            xdotool("key", lock)
        shortcut.close()
        shortcut.close()


def test_what_another_program_has_is_told_and_left_to_it(qtbot: QtBot) -> None:
    other = X11Keys()
    other.take(*key_symbol(KEYS))
    shortcut = X11Shortcut()
    assert not shortcut.can_take(KEYS)
    assert not shortcut.take(KEYS)
    assert shortcut.take("Ctrl+Alt+F9"), "after a refusal others can still be had"
    with pytest.raises(KeyTakenError):
        other.take(*key_symbol("Ctrl+Alt+F9"))
    assert shortcut.take("")
    other.take(*key_symbol("Ctrl+Alt+F9"))
    other.close()
    assert shortcut.can_take(KEYS)
    shortcut.close()


def test_keys_that_were_given_back_are_heard_no_more(qtbot: QtBot, xdotool: Xdotool) -> None:
    shortcut, second = X11Shortcut(), X11Shortcut()
    pressed: list[str] = []
    shortcut.pressed.subscribe(lambda: pressed.append("old"))
    second.pressed.subscribe(lambda: pressed.append("new"))
    assert shortcut.take(KEYS)
    assert shortcut.take("Ctrl+Alt+F9")
    assert second.take(KEYS)
    xdotool("key", "ctrl+alt+d")
    qtbot.waitUntil(lambda: bool(pressed), timeout=GUARD_MILLISECONDS)
    assert pressed == ["new"]
    shortcut.close()
    second.close()


@pytest.mark.skipif(shutil.which("setxkbmap") is None, reason="needs setxkbmap")
def test_another_layout_is_followed_and_the_way_back_too(qtbot: QtBot, xdotool: Xdotool) -> None:
    shortcut = X11Shortcut()
    pressed: list[int] = []
    shortcut.pressed.subscribe(lambda: pressed.append(1))
    assert shortcut.take(KEYS)
    keys = shortcut._keys
    assert keys is not None
    try:
        subprocess.run(["setxkbmap", "ru"], check=True)  # without a Latin D
        qtbot.waitUntil(lambda: not keys._taken, timeout=GUARD_MILLISECONDS)
    finally:
        subprocess.run(["setxkbmap", "us"], check=True)
    qtbot.waitUntil(lambda: bool(keys._taken), timeout=GUARD_MILLISECONDS)
    xdotool("key", "ctrl+alt+d")
    qtbot.waitUntil(lambda: bool(pressed), timeout=GUARD_MILLISECONDS)
    shortcut.close()


def test_a_number_selected_elsewhere_is_offered_and_dialled_by_enter(tmp_path: Path) -> None:
    async def scene(operator: Operator) -> None:
        desk, demo = operator.desk, operator.demo
        await operator.until(lambda: desk.question is not None and desk.question.isVisible())
        assert desk.question is not None
        desk.question.given.emit(demo.password)
        await operator.until(lambda: desk.line is not None and desk.line.model.abilities.call)
        line = desk.line
        assert isinstance(line, Application)
        async with operator.typing_elsewhere() as text:
            await operator.type("+7 (495) 123-45-67")
            await operator.until(lambda: text() == "+7 (495) 123-45-67")
            await operator.press("ctrl+a")
            await operator.press("ctrl+alt+d")
            lines = line.panel.findChildren(QLineEdit)
            field = next(one for one in lines if one.accessibleName() == "Number or name")
            await operator.until(lambda: field.text() == "+74951234567" and line.panel.isActiveWindow())
            assert not line.model.calls
            provider = line.model.provider
            assert isinstance(provider, OktellCtiProvider)
            await operator.press("Return")
            await operator.until(lambda: provider.client.session.line.state is LineState.BACKRING)
            await operator.direct(f"pickup {demo.operator_number}")
            await operator.until(lambda: line.model.current_call is not None)
            assert line.model.current_call is not None
            assert line.model.current_call.abonent_number.endswith("74951234567")

    settings = f"""
[connection]
provider = "oktell"
oktell = {{addresses = ["URL"], login = "LOGIN"}}
[interface]
dial_shortcut = "{KEYS}"
"""
    play(tmp_path, scene, settings)
