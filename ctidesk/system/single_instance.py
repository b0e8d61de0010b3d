"""One running application per user and settings folder; a second start hands its arguments on.

command-line.md, "`ctidesk` — the desktop application". What comes in over the socket may stem from a web page's link:
it is taken for a request only when it is exactly one.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import time
from enum import Enum
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QLockFile

from ctidesk.cti.dialling import NumberRefused, normalise_number
from ctidesk.cti.signals import Signal
from ctidesk.system.local_channel import Channel, Listener, NobodyListensError, SilentError

logger = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds within which a client's request, and the answer to it, must be there."""
_LONGEST_PATH = 100
"""Bytes of a socket's path that every system allows."""
_PAUSE = 0.05
_ACCEPTED = b"accepted\n"
_REFUSED = b"refused\n"


class Request(Struct, frozen=True):
    """What a second start wants: show the panel, or dial as well.

    Attributes:
        number: a number to dial in the form of `normalise_number`; empty only shows the panel.
    """

    number: str = ""


class Handover(Enum):
    """What became of a request."""

    NOBODY = "nobody"
    """No application runs."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SILENT = "silent"
    """An application runs, but does not answer."""


class AlreadyRunningError(Exception):
    """Another application has the place."""


class SingleInstance:
    """The place of the one application.

    Signals:
        requested(request): a second start has handed on its arguments.
    """

    def __init__(self, settings_folder: Path, patience: float = PATIENCE) -> None:
        """Find the place; nothing is opened yet.

        Args:
            settings_folder: applications with different ones do not know each other.
            patience: seconds to wait for the other side.
        """
        self.requested: Signal[Request] = Signal("instance.requested")
        self._patience = patience
        self._name, lock = _place(settings_folder)
        # The lock decides between two applications that start at once. Its holder's process id makes it stale.
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)
        self._channel = _channel()
        self._listener: Listener | None = None

    def hand_over(self, request: Request) -> Handover:
        """Give `request` to the application that runs. Blocks for the patience at most: not while the loop runs."""
        try:
            answer = self._channel.ask(self._name, _encode(request), self._patience)
        except NobodyListensError:
            return Handover.NOBODY
        except SilentError:
            return Handover.SILENT
        return Handover.ACCEPTED if answer == _ACCEPTED else Handover.REFUSED

    def claim(self) -> None:
        """Become the one application and listen.

        Raises:
            AlreadyRunningError: another one is, or is just becoming, the one: hand the request over.
            OSError: this computer does not let us listen; the text says why. The application can run without.
        """
        if not self._lock.tryLock(0):
            if self._lock.error() is QLockFile.LockError.LockFailedError:
                raise AlreadyRunningError
            raise OSError("the lock of the instance cannot be made")
        if self._channel.is_served(self._name):
            self._lock.unlock()
            raise AlreadyRunningError
        try:
            self._listener = self._channel.serve(self._name, self._take, self._patience)
        except OSError:
            self._lock.unlock()
            raise

    def claim_or_hand_over(self, request: Request) -> Handover:
        """Become the one application (`NOBODY` else runs), or hand `request` to the one that is.

        Raises:
            OSError: as `claim`.
        """
        end = time.monotonic() + self._patience
        while True:
            outcome = self.hand_over(request)
            if outcome is not Handover.NOBODY:
                return outcome
            try:
                self.claim()
            except AlreadyRunningError:
                if time.monotonic() > end:
                    return Handover.SILENT
                time.sleep(_PAUSE)  # it is starting, and will listen in a moment
            else:
                return Handover.NOBODY

    def close(self) -> None:
        """Give the place up. Can be called at any time."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
            self._lock.unlock()

    def _take(self, message: bytes) -> bytes:
        request = _decode(message)
        if request is None:
            logger.warning("a request of another program was refused: it has not the right form")
            return _REFUSED
        self.requested.emit(request)
        return _ACCEPTED


def _encode(request: Request) -> bytes:
    return json.dumps({"command": "dial" if request.number else "show", "number": request.number}).encode() + b"\n"


def _decode(message: bytes) -> Request | None:
    try:
        body = json.loads(message) if message.endswith(b"\n") else None
    except (ValueError, RecursionError):
        return None
    match body:
        case {"command": "show", "number": "", **rest} if not rest:
            return Request()
        case {"command": "dial", "number": str(number), **rest} if not rest and _is_number(number):
            return Request(number)
    return None


def _is_number(text: str) -> bool:
    try:
        return normalise_number(text) == text
    except NumberRefused:
        return False


def _channel() -> Channel:
    if sys.platform == "win32":
        from ctidesk.system import named_pipe

        return named_pipe
    else:  # noqa: RET505 - so that type checkers see one branch on each system
        from ctidesk.system import unix_socket

        return unix_socket


def _place(settings_folder: Path) -> tuple[str, Path]:
    """Return the name of the socket, and the path of the lock, in a folder that only this user can write to."""
    folder = settings_folder.absolute()
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    if sys.platform == "win32":
        folder.mkdir(parents=True, exist_ok=True)
        return f"ctidesk-{digest}", folder / "instance.lock"
    else:  # noqa: RET505 - so that type checkers see one branch on each system
        runtime = _runtime_folder() or folder
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        socket = runtime / f"ctidesk-{digest}.socket"
        if len(os.fsencode(socket)) > _LONGEST_PATH:
            # Rather below the home folder than in one that all users share, where others could take the name.
            socket = Path.home() / f".ctidesk-{digest}"
        return str(socket), runtime / f"ctidesk-{digest}.lock"


if sys.platform != "win32":

    def _runtime_folder() -> Path | None:
        """Return the session's folder for sockets, if it is this user's alone."""
        value = os.environ.get("XDG_RUNTIME_DIR", "")
        if not value:
            return None
        try:
            status = Path(value).stat()
        except OSError:
            return None
        return Path(value) if status.st_uid == os.getuid() and not status.st_mode & 0o077 else None
