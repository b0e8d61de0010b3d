"""Being the program that opens `tel:`, `callto:` and `sip:` addresses (command-line.md, "`ctidesk dial`")."""

from __future__ import annotations

import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from ctidesk.system import desktop_entry
from ctidesk.system.launch import launch_command, windows_command_line
from ctidesk.system.windows_registry import RegistryValue

SCHEMES = ("tel", "callto", "sip")
_DESCRIPTION = "ctidesk"


class UrlHandler(ABC):
    """Whether the system gives addresses of phone numbers to this program."""

    @abstractmethod
    def is_registered(self) -> bool:
        """Whether this program is the one for all of `SCHEMES`."""

    @abstractmethod
    def register(self) -> None:
        """Become the program for `SCHEMES`, for this user alone.

        Raises:
            OSError: the system's place cannot be written to.
        """

    @abstractmethod
    def unregister(self) -> None:
        """Leave `SCHEMES` to whichever program the user had before, or to none.

        Raises:
            OSError: the system's place cannot be written to.
        """


def url_handler(command: Sequence[str] | None = None) -> UrlHandler | None:
    """Return what this system has for it, or None where this program has nothing yet.

    Args:
        command: the words that start the program; by default those of this one.
    """
    words = tuple(launch_command() if command is None else command)
    return DesktopUrlHandler(words) if sys.platform == "linux" else None


class DesktopUrlHandler(UrlHandler):
    """Linux desktops: an entry with MIME types, and the user's list of default programs.

    freedesktop.org, "Association between MIME types and applications".
    """

    ENTRY = "ctidesk-url.desktop"

    def __init__(
        self, command: Sequence[str], data_folder: Path | None = None, config_folder: Path | None = None
    ) -> None:
        """Use the user's folders.

        Args:
            command: the words that start the program.
            data_folder, config_folder: other folders, for tests.
        """
        self._command = command
        self.entry = (data_folder or _folder("XDG_DATA_HOME", ".local/share")) / "applications" / self.ENTRY
        self.defaults = (config_folder or _folder("XDG_CONFIG_HOME", ".config")) / "mimeapps.list"

    def is_registered(self) -> bool:
        """Whether the entry starts this program and is the first choice for each scheme."""
        try:
            fields = desktop_entry.read_fields(self.entry.read_text("utf-8"))
            defaults = _Defaults(self.defaults.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            return False
        first = all(defaults.programs(kind)[:1] == [self.ENTRY] for kind in _kinds())
        return first and fields.get("Exec") == self._exec()

    def register(self) -> None:
        """Write the entry and put it first in the list."""
        entry = {
            "Name": _DESCRIPTION,
            "Exec": self._exec(),
            "Icon": "ctidesk",
            "Terminal": "false",
            "NoDisplay": "true",  # it only opens addresses; the menu has the program's own entry
            "MimeType": "".join(f"{kind};" for kind in _kinds()),
        }
        desktop_entry.write_atomically(self.entry, desktop_entry.entry_text(entry))
        defaults = _Defaults(self._defaults_text())
        for kind in _kinds():
            defaults.set_programs(kind, [self.ENTRY, *(p for p in defaults.programs(kind) if p != self.ENTRY)])
        desktop_entry.write_atomically(self.defaults, defaults.text)

    def unregister(self) -> None:
        """Remove the entry from the list, then from the disk."""
        defaults = _Defaults(self._defaults_text())
        for kind in _kinds():
            defaults.set_programs(kind, [p for p in defaults.programs(kind) if p != self.ENTRY])
        if self.defaults.exists():
            desktop_entry.write_atomically(self.defaults, defaults.text)
        self.entry.unlink(missing_ok=True)

    def _exec(self) -> str:
        return desktop_entry.exec_line(self._command, "%u")

    def _defaults_text(self) -> str:
        try:
            return self.defaults.read_text("utf-8")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            raise OSError("the list of default programs is not UTF-8 text") from error


class _Defaults:
    """The text of a `mimeapps.list`, of which only single lines are changed."""

    GROUP = "[Default Applications]"

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    @property
    def text(self) -> str:
        return "\n".join([*self._lines, ""])

    def programs(self, kind: str) -> list[str]:
        place = self._find(kind)
        return [] if place is None else [one for one in self._lines[place].partition("=")[2].strip().split(";") if one]

    def set_programs(self, kind: str, programs: Sequence[str]) -> None:
        place = self._find(kind)
        if place is not None:
            self._lines[place : place + 1] = [_default_line(kind, programs)] if programs else []
        elif programs:
            if self.GROUP not in self._lines:
                self._lines += [*([""] if self._lines else []), self.GROUP]
            self._lines.insert(self._lines.index(self.GROUP) + 1, _default_line(kind, programs))

    def _find(self, kind: str) -> int | None:
        inside = False
        for place, line in enumerate(self._lines):
            if line.startswith("["):
                inside = line.strip() == self.GROUP
            elif inside and line.partition("=")[0].strip() == kind:
                return place
        return None


def windows_url_values(command: Sequence[str]) -> list[RegistryValue]:
    """Return what makes the program one that users can choose for `SCHEMES` in Windows' own list of default programs.

    Since Windows 8 no program can choose itself.
    """
    opens = windows_command_line(command) + ' "%1"'
    program = r"HKEY_CURRENT_USER\Software\ctidesk\Capabilities"
    kind = "ctidesk.Url"
    classes = rf"HKEY_CURRENT_USER\Software\Classes\{kind}"
    return [
        RegistryValue(classes, "", _DESCRIPTION),
        RegistryValue(classes, "URL Protocol", ""),
        RegistryValue(rf"{classes}\shell\open\command", "", opens),
        RegistryValue(program, "ApplicationName", "ctidesk"),
        RegistryValue(program, "ApplicationDescription", _DESCRIPTION),
        *(RegistryValue(rf"{program}\URLAssociations", scheme, kind) for scheme in SCHEMES),
        RegistryValue(
            r"HKEY_CURRENT_USER\Software\RegisteredApplications", "ctidesk", r"Software\ctidesk\Capabilities"
        ),
    ]


def info_plist_entries() -> dict[str, object]:
    """Return what the `Info.plist` of the macOS bundle must hold besides its usual entries."""
    return {
        "CFBundleURLTypes": [
            {"CFBundleURLName": "ctidesk.url", "CFBundleTypeRole": "Viewer", "CFBundleURLSchemes": list(SCHEMES)}
        ]
    }


def _kinds() -> list[str]:
    return [f"x-scheme-handler/{scheme}" for scheme in SCHEMES]


def _default_line(kind: str, programs: Sequence[str]) -> str:
    return f"{kind}={''.join(f'{program};' for program in programs)}"


def _folder(variable: str, usual: str) -> Path:
    value = os.environ.get(variable, "")
    return Path(value) if value.startswith("/") else Path.home() / usual
