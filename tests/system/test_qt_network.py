"""A network that Qt tells of."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from ctidesk.system.qt_network import QtNetwork, qt_network

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


def heard(network: Network) -> tuple[QtNetwork, list[int]]:
    listening = QtNetwork(cast(QNetworkInformation, network))
    told: list[int] = []
    listening.changed.subscribe(lambda: told.append(1))
    return listening, told


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
    listening, told = heard(network)
    for change in changes:
        network.reachabilityChanged.emit(change)
    assert len(told) == times
    listening.close()
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
    listening, told = heard(network)
    network.transportMediumChanged.emit(medium)
    assert len(told) == times
    listening.close()


def test_qt_may_know_nothing_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QNetworkInformation, "loadBackendByFeatures", lambda _features: False)
    assert qt_network() is None
