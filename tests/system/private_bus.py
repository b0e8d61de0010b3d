"""A message bus of the test's own, and on it what tells of the computer's sleep."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

MANAGER = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager")


@pytest.fixture
def address() -> Iterator[str]:
    """A message bus with nobody on it."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("there is no dbus-daemon")
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.kill()
    daemon.communicate()


@pytest.fixture
def bus(qtbot: QtBot, address: str) -> Iterator[QDBusConnection]:
    """The application's connection."""
    yield QDBusConnection.connectToBus(address, "application")
    QDBusConnection.disconnectFromBus("application")


@pytest.fixture
def logind(qtbot: QtBot, address: str) -> Iterator[QDBusConnection]:
    """The service that tells of sleep."""
    connection = QDBusConnection.connectToBus(address, "logind")
    assert connection.registerService("org.freedesktop.login1")
    yield connection
    QDBusConnection.disconnectFromBus("logind")


def tell_of_sleep(sender: QDBusConnection, falls_asleep: bool) -> None:
    message = QDBusMessage.createSignal(*MANAGER, "PrepareForSleep")
    message.setArguments([falls_asleep])
    assert sender.send(message)
