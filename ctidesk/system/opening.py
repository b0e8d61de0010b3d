"""Opens addresses and starts programs for the user."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

_SHELL_SCRIPTS = (".bat", ".cmd")
"""Windows has its shell read the arguments of these, whatever they hold."""


class SystemOpener:
    """The desktop's own way. Both methods return whether the system took it."""

    def open_address(self, address: str) -> bool:
        """Have the program that the user has chosen for it open an address."""
        url = QUrl(address, QUrl.ParsingMode.StrictMode)
        return url.isValid() and not url.isRelative() and QDesktopServices.openUrl(url)

    def start_program(self, program: str, arguments: Sequence[str]) -> bool:
        """Start a program by itself, without a shell; scripts that only a shell can read are refused."""
        if Path(program).suffix.casefold() in _SHELL_SCRIPTS:
            return False
        started = QProcess.startDetached(program, list(arguments))
        return bool(started[0] if isinstance(started, tuple) else started)
