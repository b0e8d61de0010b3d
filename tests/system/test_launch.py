"""How this program is started again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ctidesk.system.launch import launch_command, windows_command_line


def test_the_installed_script_is_preferred(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert launch_command({}) == (str(tmp_path / "python"), "-m", "ctidesk")
    script = tmp_path / "ctidesk"
    script.write_text("")
    assert launch_command({}) == (str(script),)


def test_a_packed_program_is_its_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert launch_command({}) == (sys.executable,)
    assert launch_command({"APPIMAGE": "/opt/ctidesk.AppImage"}) == ("/opt/ctidesk.AppImage",)


def test_the_command_starts_this_program() -> None:
    result = subprocess.run([*launch_command(), "--version"], capture_output=True, text=True, check=True)
    assert "ctidesk" in result.stdout


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["C:\\ctidesk.exe"], '"C:\\ctidesk.exe"'),
        (["C:\\Program Files\\ctidesk\\ctidesk.exe", "--hidden"], '"C:\\Program Files\\ctidesk\\ctidesk.exe" --hidden'),
        (["C:\\a.exe", "a b"], '"C:\\a.exe" "a b"'),
    ],
)
def test_windows_command_lines(words: list[str], line: str) -> None:
    assert windows_command_line(words) == line
