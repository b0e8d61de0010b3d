"""What Qt knows of this computer's network, through a library of the system."""

from __future__ import annotations

import logging

from PySide6.QtNetwork import QNetworkInformation

from ctidesk.cti.signals import Signal

logger = logging.getLogger(__name__)

Reachability = QNetworkInformation.Reachability
_REACHABLE = (Reachability.Local, Reachability.Site, Reachability.Online)
"""A PBX in the office needs no way to the Internet."""


class QtNetwork:
    """Implements `NetworkChanges`."""

    def __init__(self, network: QNetworkInformation) -> None:
        self.changed: Signal[()] = Signal("network.changed")
        self._network = network
        self._was_reachable = network.reachability() is not Reachability.Disconnected
        network.reachabilityChanged.connect(self._reachability_changed)
        network.transportMediumChanged.connect(self._medium_changed)

    def close(self) -> None:
        """Stop listening."""
        self._network.reachabilityChanged.disconnect(self._reachability_changed)
        self._network.transportMediumChanged.disconnect(self._medium_changed)

    def _reachability_changed(self, reachability: Reachability) -> None:
        if reachability is Reachability.Unknown:
            return
        is_reachable = reachability in _REACHABLE
        if is_reachable and not self._was_reachable:
            logger.info("a network is there: %s", reachability.name)
            self.changed.emit()
        self._was_reachable = is_reachable

    def _medium_changed(self, medium: QNetworkInformation.TransportMedium) -> None:
        """From cable to Wi-Fi, say."""
        if self._was_reachable and medium is not QNetworkInformation.TransportMedium.Unknown:
            logger.info("the network is another one: %s", medium.name)
            self.changed.emit()


def qt_network() -> QtNetwork | None:
    """Listen; None when Qt knows nothing of this system's network."""
    if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
        logger.debug("the system does not tell of its network")
        return None
    return QtNetwork(QNetworkInformation.instance())
