"""Waking up and finding a network, with a message bus of the test's own."""

from __future__ import annotations

import pytest
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from ctidesk.cti.signals import Signal
from ctidesk.system import wake as wake_module
from ctidesk.system.wake import Wake
from tests.system.private_bus import address, bus, logind, tell_of_sleep

__all__ = ["address", "bus", "logind"]


class Network:
    """A network that changes when the test says so."""

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal("network.changed")
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True


NO_BUS = "no bus"


def wake_with(network: Network, bus: QDBusConnection | None = None) -> tuple[Wake, list[int]]:
    wake = Wake(bus or QDBusConnection(NO_BUS), network)
    told: list[int] = []
    wake.network_available.subscribe(lambda: told.append(1))
    return wake, told


def test_a_network_that_comes_is_told(qtbot: QtBot) -> None:
    network = Network()
    wake, told = wake_with(network)
    network.changed.emit()
    assert told == [1]
    wake.close()
    assert network.is_closed


def test_without_a_bus_and_a_network_nothing_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wake_module, "network_changes", lambda: None)
    wake = Wake(QDBusConnection(NO_BUS))
    told: list[int] = []
    wake.network_available.subscribe(lambda: told.append(1))
    wake.close()
    wake.close()
    assert told == []


def test_waking_up_is_told_and_falling_asleep_is_not(
    qtbot: QtBot, bus: QDBusConnection, logind: QDBusConnection
) -> None:
    wake, told = wake_with(Network(), bus)
    tell_of_sleep(logind, True)
    tell_of_sleep(logind, False)
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert told == [1]
    wake.close()


def test_nobody_else_can_wake_the_application(
    qtbot: QtBot, address: str, bus: QDBusConnection, logind: QDBusConnection
) -> None:
    wake, told = wake_with(Network(), bus)
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
