"""Starting with the desktop's session."""

from __future__ import annotations

import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from ctidesk.system import desktop_entry
from ctidesk.system.launch import launch_command, windows_command_line
from ctidesk.system.windows_registry import RegistryValue

HIDDEN = "--hidden"
RUN_KEY = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run"
LAUNCH_AGENT = "ctidesk.login"


class Autostart(ABC):
    """Whether the system starts this program when the user logs in."""

    @abstractmethod
    def is_enabled(self) -> bool:
        """Whether the program starts at the next login; the user may have changed that elsewhere."""

    @abstractmethod
    def enable(self) -> None:
        """Start at the next login, as an icon in the tray.

        Raises:
            OSError: the system's place cannot be written to.
        """

    @abstractmethod
    def disable(self) -> None:
        """Not start at the next login.

        Raises:
            OSError: the system's place cannot be written to.
        """


def autostart(command: Sequence[str] | None = None) -> Autostart | None:
    """Return what this system has for it, or None where this program has nothing yet.

    Args:
        command: the words that start the program; by default those of this one.
    """
    words = tuple(launch_command() if command is None else command)
    return DesktopAutostart(words) if sys.platform == "linux" else None


class DesktopAutostart(Autostart):
    """The autostart folder of Linux desktops (freedesktop.org, "Desktop Application Autostart Specification")."""

    def __init__(self, command: Sequence[str], folder: Path | None = None) -> None:
        """Use the user's folder.

        Args:
            command: the words that start the program.
            folder: another folder, for tests.
        """
        self._command = command
        self.path = (folder or _config_folder() / "autostart") / "ctidesk.desktop"

    def is_enabled(self) -> bool:
        """Whether there is an entry that nobody has switched off."""
        try:
            fields = desktop_entry.read_fields(self.path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            return False
        hidden, gnome = fields.get("Hidden", "false"), fields.get("X-GNOME-Autostart-enabled", "true")
        return bool(fields.get("Exec")) and hidden != "true" and gnome != "false"

    def enable(self) -> None:
        """Write the entry."""
        entry = {
            "Name": "ctidesk",
            "Exec": desktop_entry.exec_line([*self._command, HIDDEN]),
            "Icon": "ctidesk",
            "Terminal": "false",
            "X-GNOME-Autostart-enabled": "true",
        }
        desktop_entry.write_atomically(self.path, desktop_entry.entry_text(entry))

    def disable(self) -> None:
        """Remove the entry."""
        self.path.unlink(missing_ok=True)


def windows_run_value(command: Sequence[str]) -> RegistryValue:
    """Return what starts the program when the user logs in to Windows."""
    return RegistryValue(RUN_KEY, "ctidesk", windows_command_line([*command, HIDDEN]))


def launch_agent_text(command: Sequence[str]) -> str:
    """Return the text of a file in `~/Library/LaunchAgents` that starts the program at the login to macOS."""
    import plistlib  # which brings a reader of XML along

    agent = {
        "Label": LAUNCH_AGENT,
        "ProgramArguments": [*command, HIDDEN],
        "RunAtLoad": True,
        "LimitLoadToSessionType": "Aqua",
        "ProcessType": "Interactive",
    }
    return plistlib.dumps(agent).decode()


def _config_folder() -> Path:
    value = os.environ.get("XDG_CONFIG_HOME", "")
    return Path(value) if value.startswith("/") else Path.home() / ".config"
