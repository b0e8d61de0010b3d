"""The moments at which a connection is worth another try: after sleep, and when a network has come."""

from __future__ import annotations

import logging
from typing import cast

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection

from ctidesk.cti.signals import Signal
from ctidesk.system.network_changes import NetworkChanges, network_changes

logger = logging.getLogger(__name__)

_LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
# The stubs ask for bytes; what is taken is the text that SLOT makes.
_SLEEP_CHANGED = cast(bytes, SLOT("_sleep_changed(bool)"))


class Wake(QObject):
    """Tells when to reconnect at once. What the system does not offer is left out without a word but in the log.

    Signals:
        network_available(): the computer has woken, or a network is there again, or another one.
    """

    def __init__(self, bus: QDBusConnection | None = None, network: NetworkChanges | None = None) -> None:
        """Begin to listen.

        Args:
            bus: the system's message bus; by default the real one, on Linux.
            network: by default what the system tells of its network. It is closed with this object.
        """
        super().__init__()
        self.network_available: Signal[()] = Signal("wake.network_available")
        self._bus = bus or QDBusConnection.systemBus()
        self._hears_sleep = self._listen_to_sleep()
        self._network = network or network_changes()
        if self._network is not None:
            self._network.changed.subscribe(self.network_available.emit)

    def close(self) -> None:
        """Stop listening. Can be called again."""
        if self._hears_sleep:
            self._bus.disconnect(*_LOGIND, self, _SLEEP_CHANGED)
            self._hears_sleep = False
        network, self._network = self._network, None
        if network is not None:
            network.close()

    def _listen_to_sleep(self) -> bool:
        if not self._bus.isConnected():
            logger.debug("there is no system bus: waking up will not be noticed")
            return False
        if not self._bus.connect(*_LOGIND, self, _SLEEP_CHANGED):
            logger.debug("the system bus does not tell of sleep: %s", self._bus.lastError().name())
            return False
        return True

    @Slot(bool)
    def _sleep_changed(self, falls_asleep: bool) -> None:
        """logind tells true before sleep and false after it."""
        if not falls_asleep:
            logger.info("the computer has woken")
            self.network_available.emit()
