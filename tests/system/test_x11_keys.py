"""How keys are called by Qt and by X11; the keys themselves are pressed in `tests/desktop`."""

from __future__ import annotations

import pytest

from ctidesk.system.global_shortcut import X11Shortcut, global_shortcut
from ctidesk.system.x11_keys import DisplayError, X11Keys, key_symbol


@pytest.mark.parametrize(
    ("keys", "modifiers", "symbol"),
    [
        ("Ctrl+Alt+D", 0x04 | 0x08, ord("d")),
        ("Meta+F12", 0x40, 0xFFC9),
        ("Ctrl+Shift+1", 0x05, ord("1")),
        ("Alt+Space", 0x08, 0x20),
        ("Ctrl+F", 0x04, ord("f")),
        ("Ctrl+F35", 0x04, 0xFFE0),
    ],
)
def test_keys_that_can_be_asked_for(keys: str, modifiers: int, symbol: int) -> None:
    assert key_symbol(keys) == (modifiers, symbol)


@pytest.mark.parametrize("keys", ["", "Ctrl+", "Hyper+D", "Ctrl+F36", "Ctrl+FF", "Ctrl+Д", "Ctrl+Media Play"])
def test_keys_that_cannot(keys: str) -> None:
    with pytest.raises(ValueError):
        key_symbol(keys)


def test_without_a_display_no_key_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4095")
    with pytest.raises(DisplayError):
        X11Keys()
    shortcut = X11Shortcut()
    assert not shortcut.can_take("Ctrl+Alt+D")
    assert not shortcut.take("Ctrl+Alt+D")
    assert shortcut.take("")
    shortcut.close()


def test_off_screen_there_is_no_key(qapp: object) -> None:
    assert global_shortcut() is None
