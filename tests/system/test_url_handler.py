"""Opening addresses of phone numbers: real files on Linux, texts for the others."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from ctidesk.system.desktop_entry import entry_text, exec_line, read_fields
from ctidesk.system.url_handler import (
    SCHEMES,
    DesktopUrlHandler,
    info_plist_entries,
    url_handler,
    windows_url_values,
)
from ctidesk.system.windows_registry import registry_file

OURS = "ctidesk-url.desktop"


@pytest.fixture
def handler(tmp_path: Path) -> DesktopUrlHandler:
    return DesktopUrlHandler(["/opt/ctidesk"], tmp_path / "data", tmp_path / "config")


def test_it_is_registered_and_unregistered(handler: DesktopUrlHandler) -> None:
    assert not handler.is_registered()
    handler.register()
    handler.register()
    assert handler.is_registered()
    fields = read_fields(handler.entry.read_text())
    assert fields["Exec"] == '"/opt/ctidesk" %u'
    assert fields["MimeType"] == "x-scheme-handler/tel;x-scheme-handler/callto;x-scheme-handler/sip;"
    assert handler.defaults.read_text().count(OURS) == len(SCHEMES)
    handler.unregister()
    handler.unregister()
    assert not handler.is_registered()
    assert not handler.entry.exists()
    assert OURS not in handler.defaults.read_text()


def test_another_program_is_not_ours(handler: DesktopUrlHandler) -> None:
    handler.register()
    moved = DesktopUrlHandler(["/usr/bin/ctidesk"], handler.entry.parents[1], handler.defaults.parent)
    assert not moved.is_registered(), "the entry starts a program that was moved"
    handler.defaults.write_text("[Default Applications]\nx-scheme-handler/tel=other.desktop;ctidesk-url.desktop;\n")
    assert not handler.is_registered()


THEIRS = """\
# My own list.
[Added Associations]
x-scheme-handler/tel=other.desktop;

[Default Applications]
text/html=browser.desktop
x-scheme-handler/tel=other.desktop;third.desktop
[Removed Associations]
x-scheme-handler/sip=other.desktop;
"""


def test_what_else_stands_in_the_list_stays(handler: DesktopUrlHandler) -> None:
    handler.defaults.parent.mkdir()
    handler.defaults.write_text(THEIRS)
    handler.defaults.chmod(0o600)
    handler.register()
    text = handler.defaults.read_text()
    assert f"x-scheme-handler/tel={OURS};other.desktop;third.desktop;\n" in text
    assert handler.defaults.stat().st_mode & 0o777 == 0o600
    handler.unregister()
    assert handler.defaults.read_text() == THEIRS.replace(";third.desktop\n", ";third.desktop;\n")


def test_a_list_that_cannot_be_read_is_left_alone(handler: DesktopUrlHandler) -> None:
    handler.defaults.parent.mkdir()
    handler.defaults.write_bytes(b"\xff\xfe")
    assert not handler.is_registered()
    with pytest.raises(OSError, match="UTF-8"):
        handler.register()
    assert handler.defaults.read_bytes() == b"\xff\xfe"


@pytest.mark.skipif(shutil.which("gio") is None, reason="needs gio to open addresses as desktops do")
@pytest.mark.parametrize("name", ["plain", 'a b"c', "$HOME`x`", "back\\slash", "її"])
def test_the_desktop_starts_the_program_with_the_address(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    heard = tmp_path / "heard"
    program = tmp_path / name
    program.write_text(
        f"#!{sys.executable}\nimport os, sys\nheard = {str(heard)!r}\n"
        "open(heard + '.new', 'w').write(repr(sys.argv[1:]))\nos.rename(heard + '.new', heard)\n"
    )
    program.chmod(0o755)
    DesktopUrlHandler([str(program), "--a b 50%u"], tmp_path / "data", tmp_path / "config").register()
    folders = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    result = subprocess.run(
        ["gio", "open", "tel:+7-916;ext=$(id)"],
        env={**os.environ, **folders},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    qtbot.waitUntil(heard.exists, timeout=30_000)
    assert heard.read_text() == repr(["--a b 50%u", "tel:+7-916;ext=$(id)"])


@given(st.dictionaries(st.text("abcXYZ-", min_size=1), st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]))))
def test_what_is_written_to_an_entry_is_read_again(fields: dict[str, str]) -> None:
    assert read_fields(entry_text(fields)) == {"Type": "Application", **fields}


def test_line_breaks_do_not_end_a_value() -> None:
    fields = {"Name": "a\nExec=evil", "Comment": "tab\there"}
    assert read_fields(entry_text(fields)) == {"Type": "Application", **fields}


def test_exec_quotes_every_word() -> None:
    assert exec_line(["/a b/c", '"$`\\', "5%"], "%u") == '"/a b/c" "\\"\\$\\`\\\\" "5%%" %u'


def test_the_systems_place_is_the_users(home: Path) -> None:
    found = url_handler(["ctidesk"])
    assert isinstance(found, DesktopUrlHandler)
    assert found.entry == home / ".local/share/applications" / OURS
    assert found.defaults == home / ".config/mimeapps.list"


def test_the_text_for_windows() -> None:
    blocks = registry_file(windows_url_values(["C:\\Program Files\\ctidesk.exe"])).split("\r\n\r\n")
    classes = "HKEY_CURRENT_USER\\Software\\Classes\\ctidesk.Url"
    capabilities = "HKEY_CURRENT_USER\\Software\\ctidesk\\Capabilities"
    assert [block.splitlines() for block in blocks] == [
        ["Windows Registry Editor Version 5.00"],
        [f"[{classes}]", '@="ctidesk"', '"URL Protocol"=""'],
        [f"[{classes}\\shell\\open\\command]", '@="\\"C:\\\\Program Files\\\\ctidesk.exe\\" \\"%1\\""'],
        [f"[{capabilities}]", '"ApplicationName"="ctidesk"', '"ApplicationDescription"="ctidesk"'],
        [f"[{capabilities}\\URLAssociations]", *(f'"{scheme}"="ctidesk.Url"' for scheme in ("tel", "callto", "sip"))],
        [
            "[HKEY_CURRENT_USER\\Software\\RegisteredApplications]",
            '"ctidesk"="Software\\\\ctidesk\\\\Capabilities"',
        ],
    ]


def test_the_entries_for_macos() -> None:
    entries = plistlib.loads(plistlib.dumps(info_plist_entries()))
    assert entries["CFBundleURLTypes"][0]["CFBundleURLSchemes"] == ["tel", "callto", "sip"]
