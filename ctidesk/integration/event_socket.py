"""The line's events for scripts of the same user: a local socket that gives them as `ctidesk watch` prints them.

A line of JSON for each event: ``{"t": seconds, "event": name, "args": [...]}``. Nothing can be asked for over it.
Nobody but the user can open it: the folder is the user's alone (0700), the socket as well (0600), and who connects is
asked for (SO_PEERCRED) where the system tells. Whoever reads too slowly is dropped; nobody waits for a reader.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
import stat
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

from ctidesk.cti.event_arguments import event_arguments
from ctidesk.cti.events import CtiEvent, RawMessage
from ctidesk.cti.model import CtiModel
from ctidesk.cti.tasks import TaskOwner

NAME = "events.sock"
MOST_READERS = 16
LARGEST_BACKLOG = 256 * 1024
"""Bytes that wait for a reader before it is dropped."""

logger = logging.getLogger(__name__)


def socket_path(folder: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the socket is: in the system's folder for this session, else in the folder of the settings.

    Args:
        folder: what only this user can enter, when the system has no such folder.
        environment: of the process.
    """
    runtime = environment.get("XDG_RUNTIME_DIR")
    return Path(runtime) / "ctidesk" / NAME if runtime else folder / NAME


class EventSocket:
    """Listens, and gives every event of the line to all who read."""

    def __init__(self, path: Path, model: CtiModel) -> None:
        """Prepare; nothing is opened before `start`."""
        self._path = path
        self._model = model
        self._began = model.clock.monotonic()
        self._server: asyncio.Server | None = None
        self._readers: set[asyncio.StreamWriter] = set()
        self._tasks = TaskOwner("event socket")
        self._unsubscribe = model.events.subscribe(self._tell)

    @property
    def readers(self) -> int:
        """How many programs read."""
        return len(self._readers)

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: this computer does not let us, or another program of the user's has the place.
        """
        if not hasattr(asyncio, "start_unix_server") or sys.platform == "win32":
            raise OSError("this system has no such sockets")
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _require_own_folder(self._path.parent)
        _remove_what_nobody_answers(self._path)
        listening = socket.socket(socket.AF_UNIX)
        try:
            before = os.umask(0o177)  # nobody else may connect, not even in the moment before a chmod
            try:
                listening.bind(str(self._path))
            finally:
                os.umask(before)
            self._server = await asyncio.start_unix_server(self._accept, sock=listening)
        except BaseException:
            listening.close()
            raise

    async def close(self) -> None:
        """Send everybody away and listen no more."""
        self._unsubscribe()
        server, self._server = self._server, None
        if server is not None:
            server.close()
            with contextlib.suppress(FileNotFoundError):
                self._path.unlink()
        for reader in list(self._readers):
            reader.transport.abort()
        await self._tasks.close()
        if server is not None:
            await server.wait_closed()

    async def _accept(self, incoming: asyncio.StreamReader, outgoing: asyncio.StreamWriter) -> None:
        if len(self._readers) >= MOST_READERS or not _is_own(outgoing.get_extra_info("socket")):
            outgoing.transport.abort()
            return
        outgoing.transport.set_write_buffer_limits(high=LARGEST_BACKLOG)
        self._readers.add(outgoing)
        self._tasks.start(self._wait_for_end(incoming, outgoing))

    async def _wait_for_end(self, incoming: asyncio.StreamReader, outgoing: asyncio.StreamWriter) -> None:
        """What a reader sends is read and forgotten; its end is the end."""
        try:
            while await incoming.read(4096):
                pass
        except OSError as error:
            logger.debug("a reader of events has gone: %s", error.strerror)
        finally:
            self._readers.discard(outgoing)
            outgoing.close()

    def _tell(self, event: CtiEvent) -> None:
        if not self._readers or isinstance(event, RawMessage):
            return
        now = self._model.clock.monotonic()
        line = {"t": round(now - self._began, 3), "event": event.name, "args": event_arguments(event, now)}
        data = json.dumps(line).encode() + b"\n"
        for reader in list(self._readers):
            if reader.transport.get_write_buffer_size() + len(data) > LARGEST_BACKLOG:
                logger.info("a reader of events is too slow and is dropped")
                self._readers.discard(reader)
                reader.transport.abort()
            else:
                reader.write(data)


def _require_own_folder(folder: Path) -> None:
    """Raise OSError unless only this user can enter the folder."""
    status = folder.stat()
    if status.st_uid != os.getuid() or stat.S_IMODE(status.st_mode) & 0o077:
        raise PermissionError("others can enter the folder of the event socket")


def _remove_what_nobody_answers(path: Path) -> None:
    """Remove the socket that a crash has left; one that answers is another program's.

    Raises:
        OSError: another program listens there.
    """
    if not path.is_socket():
        return
    with socket.socket(socket.AF_UNIX) as asking:
        asking.setblocking(False)
        try:
            asking.connect(str(path))
        except (ConnectionRefusedError, FileNotFoundError):
            path.unlink(missing_ok=True)
            return
        except BlockingIOError:
            pass
    raise FileExistsError("another program of this user gives events there")


def _is_own(connection: socket.socket) -> bool:
    """Whether the other side is a process of the same user; where the system does not tell, the file's mode decides."""
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    form = struct.Struct("3i")
    _, user, _ = form.unpack(connection.getsockopt(socket.SOL_SOCKET, option, form.size))
    return bool(user == os.getuid())
