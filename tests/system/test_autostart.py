"""Starting with the session: real files on Linux, texts for the others."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from ctidesk.system.autostart import DesktopAutostart, autostart, launch_agent_text, windows_run_value
from ctidesk.system.desktop_entry import read_fields
from ctidesk.system.windows_registry import registry_file


@pytest.fixture
def one(tmp_path: Path) -> DesktopAutostart:
    return DesktopAutostart(["/opt/ctidesk/ctidesk"], tmp_path / "autostart")


def test_it_is_enabled_and_disabled(one: DesktopAutostart) -> None:
    assert not one.is_enabled()
    one.enable()
    one.enable()
    assert one.is_enabled()
    assert read_fields(one.path.read_text())["Exec"] == '"/opt/ctidesk/ctidesk" "--hidden"'
    assert [path.name for path in one.path.parent.iterdir()] == ["ctidesk.desktop"]
    one.disable()
    one.disable()
    assert not one.is_enabled()
    assert not one.path.exists()


@pytest.mark.parametrize(
    "text",
    [
        "[Desktop Entry]\nExec=ctidesk\nHidden=true\n",
        "[Desktop Entry]\nExec=ctidesk\nX-GNOME-Autostart-enabled=false\n",
        "[Desktop Entry]\n# Exec=ctidesk\n",
        "[Other]\nExec=ctidesk\n",
        "",
        "\udcff",
    ],
)
def test_the_user_may_have_switched_it_off_elsewhere(one: DesktopAutostart, text: str) -> None:
    one.path.parent.mkdir()
    one.path.write_bytes(text.encode(errors="surrogateescape"))
    assert not one.is_enabled()


def test_the_systems_place_is_the_users(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = autostart(["ctidesk"])
    assert isinstance(found, DesktopAutostart)
    assert found.path == home / ".config" / "autostart" / "ctidesk.desktop"
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    assert DesktopAutostart(["ctidesk"]).path == home / ".config" / "autostart" / "ctidesk.desktop"


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "autostart").write_text("a file")
    one = DesktopAutostart(["ctidesk"], tmp_path / "autostart")
    assert not one.is_enabled()
    with pytest.raises(OSError, match="exists"):
        one.enable()


def test_the_text_for_windows() -> None:
    assert registry_file([windows_run_value(["C:\\Program Files\\ctidesk.exe"])]) == (
        "Windows Registry Editor Version 5.00\r\n\r\n"
        "[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run]\r\n"
        '"ctidesk"="\\"C:\\\\Program Files\\\\ctidesk.exe\\" --hidden"\r\n'
    )


def test_the_text_for_macos() -> None:
    agent = plistlib.loads(launch_agent_text(["/Applications/ctidesk.app/Contents/MacOS/ctidesk"]).encode())
    assert agent["ProgramArguments"] == ["/Applications/ctidesk.app/Contents/MacOS/ctidesk", "--hidden"]
    assert agent["RunAtLoad"] is True
