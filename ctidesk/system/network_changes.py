"""That this computer has come into a network, or into another one."""

from __future__ import annotations

import logging
import sys
from typing import Protocol

from ctidesk.cti.signals import Signal

logger = logging.getLogger(__name__)


class NetworkChanges(Protocol):
    """Listens to the system.

    Signals:
        changed(): a network is there, or is another one: what could not be reached may be reachable now, and
            connections over the old one are dead, whether they know it or not.
    """

    changed: Signal[()]

    def close(self) -> None:
        """Stop listening."""


def network_changes() -> NetworkChanges | None:
    """Listen to what this system offers; None when that is nothing."""
    if sys.platform == "linux":
        from ctidesk.system.kernel_network import KernelNetwork

        try:
            return KernelNetwork()
        except OSError as error:
            logger.debug("the kernel does not tell of its network: %s", error)
    from ctidesk.system.qt_network import qt_network

    return qt_network()
