"""Waking up and finding a network, with a message bus of the test's own."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtDBus import QDBusConnection
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from ctidesk.system.wake import Wake
from tests.system.private_bus import address, bus, logind, tell_of_sleep

__all__ = ["address", "bus", "logind"]

Reachability = QNetworkInformation.Reachability
Medium = QNetworkInformation.TransportMedium


class Network(QObject):
    """A network that changes when the test says so."""

    reachabilityChanged = Signal(object)
    transportMediumChanged = Signal(object)

    def __init__(self, first: Reachability) -> None:
        super().__init__()
        self.first = first

    def reachability(self) -> Reachability:
        return self.first


NO_BUS = "no bus"


def wake_with(network: Network, bus: QDBusConnection | None = None) -> tuple[Wake, list[int]]:
    wake = Wake(bus or QDBusConnection(NO_BUS), cast(QNetworkInformation, network))
    told: list[int] = []
    wake.network_available.subscribe(lambda: told.append(1))
    return wake, told


@pytest.mark.parametrize(
    ("first", "changes", "times"),
    [
        (Reachability.Disconnected, [Reachability.Online], 1),
        (Reachability.Disconnected, [Reachability.Local, Reachability.Site, Reachability.Online], 1),
        (Reachability.Online, [Reachability.Online], 0),
        (Reachability.Online, [Reachability.Disconnected], 0),
        (Reachability.Online, [Reachability.Disconnected, Reachability.Site] * 2, 2),
        (Reachability.Online, [Reachability.Disconnected, Reachability.Unknown, Reachability.Local], 1),
        (Reachability.Unknown, [Reachability.Online], 0),
    ],
)
def test_a_network_that_comes_is_told_once(
    qtbot: QtBot, first: Reachability, changes: list[Reachability], times: int
) -> None:
    network = Network(first)
    wake, told = wake_with(network)
    for change in changes:
        network.reachabilityChanged.emit(change)
    assert len(told) == times
    wake.close()
    network.reachabilityChanged.emit(Reachability.Disconnected)
    network.reachabilityChanged.emit(Reachability.Online)
    assert len(told) == times, "nothing is heard after the end"


@pytest.mark.parametrize(
    ("first", "medium", "times"),
    [
        (Reachability.Online, Medium.WiFi, 1),
        (Reachability.Online, Medium.Unknown, 0),
        (Reachability.Disconnected, Medium.WiFi, 0),
    ],
)
def test_another_network_is_told(qtbot: QtBot, first: Reachability, medium: Medium, times: int) -> None:
    network = Network(first)
    wake, told = wake_with(network)
    network.transportMediumChanged.emit(medium)
    assert len(told) == times
    wake.close()


def test_without_a_bus_and_a_network_nothing_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QNetworkInformation, "loadBackendByFeatures", lambda _features: False)
    wake = Wake(QDBusConnection(NO_BUS))
    wake.close()
    wake.close()


def test_waking_up_is_told_and_falling_asleep_is_not(
    qtbot: QtBot, bus: QDBusConnection, logind: QDBusConnection
) -> None:
    wake, told = wake_with(Network(Reachability.Online), bus)
    tell_of_sleep(logind, True)
    tell_of_sleep(logind, False)
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert told == [1]
    wake.close()


def test_nobody_else_can_wake_the_application(
    qtbot: QtBot, address: str, bus: QDBusConnection, logind: QDBusConnection
) -> None:
    wake, told = wake_with(Network(Reachability.Online), bus)
    stranger = QDBusConnection.connectToBus(address, "stranger")
    try:
        tell_of_sleep(stranger, False)
        tell_of_sleep(logind, True)
        tell_of_sleep(logind, False)
        qtbot.waitUntil(lambda: bool(told), timeout=30_000)
        assert told == [1]
    finally:
        QDBusConnection.disconnectFromBus("stranger")
        wake.close()
