"""Implements `local_channel` with sockets of the file system."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import time
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from ctidesk.system.local_channel import (
    LONGEST_MESSAGE,
    MOST_CLIENTS,
    Answer,
    Listener,
    NobodyListensError,
    SilentError,
)

logger = logging.getLogger(__name__)

_PROBING_SECONDS = 0.5
_AT_LEAST = 0.001
"""Seconds; a time-out of none would mean not to wait at all."""


def ask(name: str, request: bytes, patience: float) -> bytes:
    """Implements `Channel.ask`."""
    end = time.monotonic() + patience
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(patience)
        _connect(client, name)
        answer = b""
        try:
            client.sendall(request)
            while b"\n" not in answer and len(answer) < LONGEST_MESSAGE:
                client.settimeout(max(_AT_LEAST, end - time.monotonic()))
                piece = client.recv(LONGEST_MESSAGE)
                if not piece:
                    raise SilentError
                answer += piece
        except OSError as error:
            raise SilentError from error
    return answer


def is_served(name: str) -> bool:
    """Implements `Channel.is_served`."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(_PROBING_SECONDS)
        try:
            _connect(client, name)
        except NobodyListensError:
            return False
        except SilentError:
            pass  # too busy to answer, but there
        return True


def serve(name: str, answer: Answer, patience: float) -> Listener:
    """Implements `Channel.serve`."""
    Path(name).unlink(missing_ok=True)
    server = socket.socket(socket.AF_UNIX)
    mask = os.umask(0o177)  # nobody else's at any moment
    try:
        server.bind(name)
        server.listen(MOST_CLIENTS)
    except OSError:
        server.close()
        raise
    finally:
        os.umask(mask)
    return _Listener(server, name, answer, patience)


def _connect(client: socket.socket, name: str) -> None:
    try:
        client.connect(name)
    except (FileNotFoundError, ConnectionRefusedError) as error:
        raise NobodyListensError from error
    except OSError as error:
        raise SilentError from error


class _Listener(QObject):
    def __init__(self, server: socket.socket, name: str, answer: Answer, patience: float) -> None:
        super().__init__()
        server.setblocking(False)
        self._server = server
        self._name = name
        self._answer = answer
        self._patience = patience
        self._connected: set[_Client] = set()
        self._notifier = QSocketNotifier(server.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._accept)

    @property
    def clients(self) -> int:
        return len(self._connected)

    def close(self) -> None:
        self._notifier.setEnabled(False)
        for client in tuple(self._connected):
            client.end()
        self._server.close()
        Path(self._name).unlink(missing_ok=True)
        self.deleteLater()

    def forget(self, client: _Client) -> None:
        self._connected.discard(client)

    def _accept(self) -> None:
        try:
            connection, _ = self._server.accept()
        except OSError:  # it has gone already
            return
        if len(self._connected) >= MOST_CLIENTS:
            logger.warning("too many programs talk to this one at once")
            connection.close()
            return
        self._connected.add(_Client(connection, self, self._answer, self._patience))


class _Client(QObject):
    """One connection, for one request."""

    def __init__(self, connection: socket.socket, owner: _Listener, answer: Answer, patience: float) -> None:
        super().__init__()
        connection.setblocking(False)
        self._connection = connection
        self._owner = owner
        self._answer = answer
        self._request = b""
        self._notifier = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._timer = QTimer(self, singleShot=True, interval=max(0, round(patience * 1000)))
        self._timer.timeout.connect(self.end)
        self._timer.start()

    def end(self) -> None:
        self._timer.stop()
        self._notifier.setEnabled(False)
        self._connection.close()
        self._owner.forget(self)
        self.deleteLater()

    def _read(self) -> None:
        try:
            piece = self._connection.recv(LONGEST_MESSAGE + 1)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        self._request += piece
        line, newline, _ = self._request.partition(b"\n")
        if newline or len(self._request) > LONGEST_MESSAGE:
            self._reply(self._answer((line + newline)[: LONGEST_MESSAGE + 1]))
        elif not piece:
            self.end()

    def _reply(self, answer: bytes) -> None:
        with contextlib.suppress(OSError):  # whoever does not wait for the answer goes without
            self._connection.sendall(answer)
            self._connection.shutdown(socket.SHUT_WR)
            # What was not read would be taken for a broken connection by the other side.
            while self._connection.recv(LONGEST_MESSAGE):
                pass
        self.end()
