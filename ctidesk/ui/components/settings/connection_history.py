"""What has become of the connection since the start, for the diagnostics."""

from __future__ import annotations

from collections import deque
from datetime import datetime

from msgspec import Struct

from ctidesk.cti.model import CtiModel
from ctidesk.cti.reconnection import ConnectionPhase, ConnectionStatus
from ctidesk.cti.signals import Signal, Unsubscribe
from ctidesk.cti.text import translate

MOST_ENTRIES = 200


class Entry(Struct, frozen=True):
    """One change of the connection."""

    at: datetime
    status: ConnectionStatus

    @property
    def line(self) -> str:
        """Time, what happened, and why."""
        words = f"{self.at:%Y-%m-%d %H:%M:%S}  {phase_words(self.status)}"
        error = self.status.error
        return words if error is None else f"{words} · {error.text}"


class ConnectionHistory:
    """Notes each change of one model's connection after another's.

    Signals:
        changed(): there is one more entry.
    """

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal("connection_history.changed")
        self._entries: deque[Entry] = deque(maxlen=MOST_ENTRIES)
        self._last: ConnectionStatus | None = None
        self._model: CtiModel | None = None
        self._unsubscribe: Unsubscribe | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The changes, the oldest first."""
        return tuple(self._entries)

    @property
    def status(self) -> ConnectionStatus:
        """How it stands now."""
        return ConnectionStatus() if self._model is None else self._model.connection

    @property
    def unreadable_messages(self) -> int:
        """How many messages of the PBX were left aside because they could not be read."""
        return 0 if self._model is None else self._model.provider.unreadable_messages

    def follow(self, model: CtiModel | None) -> None:
        """Follow `model` from now on, and no other."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._model = model
        self._last = None
        if model is not None:
            self._unsubscribe = model.changed.subscribe(self._look)
            self._look()
        else:
            self.changed.emit()

    def _look(self) -> None:
        assert self._model is not None
        status = self._model.connection
        if status == self._last:
            return
        self._last = status
        self._entries.append(Entry(self._model.clock.now().astimezone(), status))
        self.changed.emit()


def phase_words(status: ConnectionStatus) -> str:
    """Return how it stands with the connection, in translated words."""
    match status.phase:
        case ConnectionPhase.CONNECTED:
            return translate("Diagnostics", "Connected")
        case ConnectionPhase.CONNECTING if status.attempt:
            return translate("Diagnostics", "Connecting, attempt {number}").format(number=status.attempt)
        case ConnectionPhase.CONNECTING:
            return translate("Diagnostics", "Connecting")
        case ConnectionPhase.WAITING:
            return translate("Diagnostics", "Waiting for attempt {number}").format(number=status.attempt)
        case ConnectionPhase.STOPPED:
            return translate("Diagnostics", "Not connected, no further attempt by itself")
        case _:
            return translate("Diagnostics", "Not connected")
