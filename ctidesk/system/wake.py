"""The moments at which a connection is worth another try: after sleep, and when a network has come."""

from __future__ import annotations

import logging
from typing import cast

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtNetwork import QNetworkInformation

from ctidesk.cti.signals import Signal

logger = logging.getLogger(__name__)

_LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
# The stubs ask for bytes; what is taken is the text that SLOT makes.
_SLEEP_CHANGED = cast(bytes, SLOT("_sleep_changed(bool)"))
Reachability = QNetworkInformation.Reachability
_REACHABLE = (Reachability.Local, Reachability.Site, Reachability.Online)
"""A PBX in the office needs no way to the Internet."""


class Wake(QObject):
    """Tells when to reconnect at once. What the system does not offer is left out without a word but in the log.

    Signals:
        network_available(): the computer has woken, or a network is there again, or another one.
    """

    def __init__(self, bus: QDBusConnection | None = None, network: QNetworkInformation | None = None) -> None:
        """Begin to listen.

        Args:
            bus: the system's message bus; by default the real one, on Linux.
            network: by default what Qt knows of this computer's network.
        """
        super().__init__()
        self.network_available: Signal[()] = Signal("wake.network_available")
        self._bus = bus or QDBusConnection.systemBus()
        self._hears_sleep = self._listen_to_sleep()
        self._network = network or _network_information()
        self._was_reachable = True
        if self._network is not None:
            self._was_reachable = self._network.reachability() is not Reachability.Disconnected
            self._network.reachabilityChanged.connect(self._reachability_changed)
            self._network.transportMediumChanged.connect(self._medium_changed)

    def close(self) -> None:
        """Stop listening. Can be called again."""
        if self._hears_sleep:
            self._bus.disconnect(*_LOGIND, self, _SLEEP_CHANGED)
            self._hears_sleep = False
        if self._network is not None:
            self._network.reachabilityChanged.disconnect(self._reachability_changed)
            self._network.transportMediumChanged.disconnect(self._medium_changed)
            self._network = None

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

    def _reachability_changed(self, reachability: Reachability) -> None:
        if reachability is Reachability.Unknown:
            return
        is_reachable = reachability in _REACHABLE
        if is_reachable and not self._was_reachable:
            logger.info("a network is there: %s", reachability.name)
            self.network_available.emit()
        self._was_reachable = is_reachable

    def _medium_changed(self, medium: QNetworkInformation.TransportMedium) -> None:
        """From cable to Wi-Fi, say: connections over the old one are dead, whether they know it or not."""
        if self._was_reachable and medium is not QNetworkInformation.TransportMedium.Unknown:
            logger.info("the network is another one: %s", medium.name)
            self.network_available.emit()


def _network_information() -> QNetworkInformation | None:
    if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
        logger.debug("the system does not tell of its network")
        return None
    return QNetworkInformation.instance()
