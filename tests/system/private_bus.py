"""A message bus of the test's own, and on it what tells of the computer's sleep."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

MANAGER = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager")


# Without the system's list of services: nobody is started because somebody is called.
CONFIGURATION = """
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@pytest.fixture
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A message bus with nobody on it."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("there is no dbus-daemon")
    configuration = tmp_path_factory.mktemp("bus") / "bus.conf"
    configuration.write_text(CONFIGURATION)
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"],
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
