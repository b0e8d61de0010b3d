"""Implements `local_channel` by Qt: with pipes on Windows."""

from __future__ import annotations

import logging
import time

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ctidesk.system.local_channel import (
    LONGEST_MESSAGE,
    MOST_CLIENTS,
    Answer,
    Listener,
    NobodyListensError,
    SilentError,
)

logger = logging.getLogger(__name__)

_PROBING_MILLISECONDS = 500


def ask(name: str, request: bytes, patience: float) -> bytes:
    """Implements `Channel.ask`."""
    client = QLocalSocket()
    try:
        return _ask(client, name, request, patience)
    finally:
        client.abort()


def _ask(client: QLocalSocket, name: str, request: bytes, patience: float) -> bytes:
    end = time.monotonic() + patience
    client.connectToServer(name)
    if not client.waitForConnected(_milliseconds(patience)):
        missing = (
            QLocalSocket.LocalSocketError.ServerNotFoundError,
            QLocalSocket.LocalSocketError.ConnectionRefusedError,
        )
        raise NobodyListensError if client.error() in missing else SilentError
    client.write(request)
    while not client.canReadLine():
        left = end - time.monotonic()
        if left <= 0 or not client.waitForReadyRead(_milliseconds(left)):
            raise SilentError
    return bytes(client.readLine(LONGEST_MESSAGE).data())


def is_served(name: str) -> bool:
    """Implements `Channel.is_served`."""
    client = QLocalSocket()
    client.connectToServer(name)
    try:
        return client.waitForConnected(_PROBING_MILLISECONDS)
    finally:
        client.abort()


def serve(name: str, answer: Answer, patience: float) -> Listener:
    """Implements `Channel.serve`."""
    QLocalServer.removeServer(name)
    server = QLocalServer()
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    server.setMaxPendingConnections(MOST_CLIENTS)
    if not server.listen(name):
        raise OSError(server.errorString())
    return _Listener(server, answer, patience)


class _Listener:
    def __init__(self, server: QLocalServer, answer: Answer, patience: float) -> None:
        self._server = server
        self._answer = answer
        self._patience = patience
        self._connected: set[_Client] = set()
        server.newConnection.connect(self._accept)

    @property
    def clients(self) -> int:
        return len(self._connected)

    def close(self) -> None:
        for client in tuple(self._connected):
            client.end()
        self._server.close()
        self._server.deleteLater()

    def has(self, client: _Client) -> bool:
        return client in self._connected

    def forget(self, client: _Client) -> None:
        self._connected.discard(client)

    def _accept(self) -> None:
        while (client := self._server.nextPendingConnection()) is not None:
            if len(self._connected) >= MOST_CLIENTS:
                logger.warning("too many programs talk to this one at once")
                client.abort()
                client.deleteLater()
                continue
            self._connected.add(_Client(client, self, self._answer, self._patience))


class _Client(QObject):
    """One connection. It is kept until it has ended: a socket that Python forgets is closed under Qt's feet."""

    def __init__(self, client: QLocalSocket, owner: _Listener, answer: Answer, patience: float) -> None:
        super().__init__()
        self._client = client
        self._owner = owner
        self._answer = answer
        self._answered = False
        self._timer = QTimer(self, singleShot=True, interval=_milliseconds(patience))
        self._timer.timeout.connect(self.end)
        client.setReadBufferSize(LONGEST_MESSAGE + 1)
        client.readyRead.connect(self._read)
        client.disconnected.connect(self.end)
        self._timer.start()
        self._read()

    def end(self) -> None:
        if not self._owner.has(self):
            return
        self._owner.forget(self)
        self._timer.stop()
        self._client.abort()
        self._client.deleteLater()
        self.deleteLater()

    def _read(self) -> None:
        if self._answered or not (self._client.canReadLine() or self._client.bytesAvailable() > LONGEST_MESSAGE):
            return
        self._answered = True
        self._client.write(self._answer(bytes(self._client.readLine(LONGEST_MESSAGE + 1).data())))
        self._client.flush()
        self._client.disconnectFromServer()


def _milliseconds(seconds: float) -> int:
    return max(0, round(seconds * 1000))
