"""What Linux tells of addresses and routes: as bytes, and from a kernel's own network."""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from ctidesk.system.kernel_network import (
    DELETED_ADDRESS,
    DELETED_ROUTE,
    NEW_ADDRESS,
    NEW_ROUTE,
    KernelNetwork,
    Ways,
)
from ctidesk.system.network_changes import network_changes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells it so")

GLOBAL, LINK, HOST = 0, 253, 254
TENTATIVE = 0x40


def attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("=HH", 4 + len(value), kind) + value + bytes(-len(value) % 4)


def message(kind: int, body: bytes) -> bytes:
    return struct.pack("=IHHII", 16 + len(body), kind, 0, 0, 0) + body


def address(kind: int, ip: str, *, scope: int = GLOBAL, flags: int = 0, interface: int = 2) -> bytes:
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    body = struct.pack("=BBBBI", family, 24, flags, scope, interface)
    return message(kind, body + attribute(1, socket.inet_pton(family, ip)) + attribute(3, b"eth0\0"))


def route(kind: int, gateway: str = "10.0.0.1", *, bits: int = 0, leads: int = 1) -> bytes:
    body = struct.pack("=BBBBBBBBI", socket.AF_INET, bits, 0, 0, 254, 3, 0, leads, 0)
    hop = attribute(5, socket.inet_aton(gateway)) if gateway else b""
    return message(kind, body + hop + attribute(4, struct.pack("=I", 2)))


@pytest.mark.parametrize(
    ("datagrams", "news"),
    [
        ([address(NEW_ADDRESS, "10.0.0.5")], [True]),
        ([address(NEW_ADDRESS, "10.0.0.5")] * 2, [True, False]),
        ([address(NEW_ADDRESS, "fd00::5", flags=TENTATIVE), address(NEW_ADDRESS, "fd00::5")], [False, True]),
        ([address(NEW_ADDRESS, "fe80::5", scope=LINK), address(NEW_ADDRESS, "127.0.0.1", scope=HOST)], [False] * 2),
        (
            [address(NEW_ADDRESS, "10.0.0.5"), address(DELETED_ADDRESS, "10.0.0.5"), address(NEW_ADDRESS, "10.0.0.5")],
            [True, False, True],
        ),
        ([address(NEW_ADDRESS, "10.0.0.5"), address(NEW_ADDRESS, "10.0.0.5", interface=3)], [True, True]),
        ([route(NEW_ROUTE), route(NEW_ROUTE), route(DELETED_ROUTE)], [True, False, True]),
        ([route(NEW_ROUTE, ""), route(NEW_ROUTE, "10.0.0.2")], [True, True]),
        ([route(NEW_ROUTE, bits=24), route(NEW_ROUTE, leads=7)], [False, False]),
        ([message(NEW_ROUTE + 100, b"four") + address(NEW_ADDRESS, "10.0.0.5")], [True]),
    ],
)
def test_what_is_news(datagrams: list[bytes], news: list[bool]) -> None:
    ways = Ways()
    assert [ways.take(datagram) for datagram in datagrams] == news


@pytest.mark.parametrize("whole", [address(NEW_ADDRESS, "10.0.0.5"), route(NEW_ROUTE)])
def test_what_is_cut_short_is_no_news(whole: bytes) -> None:
    for length in range(len(whole)):
        assert not Ways().take(whole[:length])
    for position in range(len(whole)):
        for value in (0, 1, 3, 255):
            Ways().take(whole[:position] + bytes([value]) + whole[position + 1 :])


@pytest.fixture
def kernel() -> Iterator[tuple[KernelNetwork, socket.socket]]:
    """Listening, and what the kernel would write to."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    network = KernelNetwork(ours)
    yield network, theirs
    network.close()
    theirs.close()


def test_what_comes_together_is_told_once(qtbot: QtBot, kernel: tuple[KernelNetwork, socket.socket]) -> None:
    network, theirs = kernel
    told: list[int] = []
    network.changed.subscribe(lambda: told.append(1))
    theirs.send(address(NEW_ADDRESS, "10.0.0.5"))
    theirs.send(route(NEW_ROUTE))
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert told == [1]


def test_nothing_is_told_after_the_end(qtbot: QtBot, kernel: tuple[KernelNetwork, socket.socket]) -> None:
    network, theirs = kernel
    theirs.send(address(NEW_ADDRESS, "10.0.0.5"))
    while not network._settling.isActive():
        QCoreApplication.processEvents()
    network.close()
    assert not network._settling.isActive()


def test_linux_needs_no_library_to_tell_of_its_network(qtbot: QtBot) -> None:
    network = network_changes()
    assert isinstance(network, KernelNetwork)
    network.close()


STEPS = [
    "ip link set lo up",
    "ip address add 10.9.0.2/24 dev lo scope global",
    "ip route add default via 10.9.0.1 dev lo",
    "ip route delete default",
]
PROGRAM = f"""
import subprocess
from PySide6.QtCore import QCoreApplication
from ctidesk.system.kernel_network import KernelNetwork

application = QCoreApplication([])
network = KernelNetwork()
told = []
network.changed.subscribe(lambda: told.append(1))
first, *steps = {[step.split() for step in STEPS]}
subprocess.run(first, check=True)
for step in steps:
    expected = len(told) + 1
    subprocess.run(step, check=True)
    while len(told) < expected:
        application.processEvents()
network.close()
print(len(told))
"""


def _may_make_networks() -> bool:
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return False
    tried = subprocess.run(["unshare", "-rn", "ip", "link", "set", "lo", "up"], capture_output=True, check=False)
    return tried.returncode == 0


@pytest.mark.skipif(not _may_make_networks(), reason="this user may not make a network of the test's own")
def test_a_kernel_tells_of_its_addresses_and_routes() -> None:
    ended = subprocess.run(
        ["unshare", "-rn", sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False
    )
    assert (ended.returncode, ended.stdout) == (0, "3\n"), ended.stderr
