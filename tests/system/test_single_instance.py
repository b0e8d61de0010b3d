"""One application per user: real sockets, real second processes."""

from __future__ import annotations

import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from ctidesk.system import named_pipe, single_instance
from ctidesk.system.local_channel import LONGEST_MESSAGE, MOST_CLIENTS
from ctidesk.system.single_instance import AlreadyRunningError, Handover, Request, SingleInstance

START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ctidesk.system.single_instance import Request, SingleInstance
application = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]), patience=float(sys.argv[3]))
print(instance.claim_or_hand_over(Request(sys.argv[2])).name, flush=True)
sys.stdin.read()
"""


class Second:
    """Another process that starts."""

    def __init__(self, folder: Path, number: str = "", patience: float = 30) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, str(folder), number, str(patience)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def outcome(self) -> Handover:
        assert self.process.stdout is not None
        return Handover[self.process.stdout.readline().strip()]

    def end(self) -> None:
        self.process.communicate()


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Callable[..., Second]]:
    started: list[Second] = []

    def start(number: str = "", folder: Path = tmp_path, patience: float = 30) -> Second:
        started.append(Second(folder, number, patience))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.end()


Start = Callable[..., Second]


@pytest.fixture(params=["as this system has it", "by Qt"])
def instance(
    qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SingleInstance]:
    """The first application; its channel is this system's own, or that of Windows, as far as Qt has it here, too."""
    if request.param == "by Qt":
        monkeypatch.setattr(single_instance, "_channel", lambda: named_pipe)
    one = SingleInstance(tmp_path)
    yield one
    one.close()


def count_of_clients(instance: SingleInstance) -> int:
    assert instance._listener is not None
    return instance._listener.clients


def heard(instance: SingleInstance) -> list[Request]:
    requests: list[Request] = []
    instance.requested.subscribe(requests.append)
    return requests


@pytest.mark.parametrize("number", ["", "+79161234567", "*72#"])
def test_a_second_start_hands_its_request_on(
    qtbot: QtBot, instance: SingleInstance, second: Start, number: str
) -> None:
    requests = heard(instance)
    instance.claim()
    other = second(number)
    qtbot.waitUntil(lambda: bool(requests), timeout=30_000)
    assert requests == [Request(number)]
    assert other.outcome() is Handover.ACCEPTED


def test_without_a_first_one_nobody_takes_the_request(instance: SingleInstance) -> None:
    assert instance.hand_over(Request()) is Handover.NOBODY


def test_only_the_user_can_reach_the_socket(instance: SingleInstance) -> None:
    instance.claim()
    path = Path(instance._name)
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(path.parent.stat().st_mode) & 0o077 == 0


def test_one_that_has_crashed_leaves_the_place_free(qtbot: QtBot, instance: SingleInstance, second: Start) -> None:
    crashed = second()
    assert crashed.outcome() is Handover.NOBODY
    assert Path(instance._name).exists()
    crashed.process.kill()
    crashed.process.wait()
    assert Path(instance._name).exists(), "what this test is about: a socket that nobody listens to"
    assert instance.claim_or_hand_over(Request()) is Handover.NOBODY
    requests = heard(instance)
    next_one = second()
    qtbot.waitUntil(lambda: bool(requests), timeout=30_000)
    assert next_one.outcome() is Handover.ACCEPTED


def test_one_that_runs_keeps_its_place(instance: SingleInstance, second: Start) -> None:
    assert second().outcome() is Handover.NOBODY
    with pytest.raises(AlreadyRunningError):
        instance.claim()
    assert Path(instance._name).exists()


def test_one_that_hangs_is_told(instance: SingleInstance, second: Start) -> None:
    assert second().outcome() is Handover.NOBODY  # it never answers, for it runs no event loop
    assert second(patience=0.1).outcome() is Handover.SILENT


def test_of_many_that_start_at_once_one_wins(second: Start) -> None:
    """Those that lose find a first one that does not answer: it runs no event loop."""
    outcomes = [one.outcome() for one in [second(patience=0.5) for _ in range(5)]]
    assert sorted(outcome.name for outcome in outcomes) == ["NOBODY", *["SILENT"] * 4]


def test_other_settings_are_another_application(instance: SingleInstance, second: Start, tmp_path: Path) -> None:
    instance.claim()
    assert second(folder=tmp_path / "other").outcome() is Handover.NOBODY


def test_the_place_is_free_again_after_the_end(qtbot: QtBot, instance: SingleInstance, tmp_path: Path) -> None:
    instance.claim()
    instance.close()
    instance.close()
    assert not Path(instance._name).exists()
    next_one = SingleInstance(tmp_path)
    next_one.claim()
    next_one.close()


@pytest.mark.parametrize(
    "message",
    [
        b"\n",
        b"show\n",
        b"null\n",
        b"[]\n",
        b'{"command": "show"}\n',
        b'{"command": "show", "number": "1"}\n',
        b'{"command": "dial", "number": ""}\n',
        b'{"command": "dial", "number": 101}\n',
        b'{"command": "dial", "number": "101", "more": 1}\n',
        b'{"command": "dial", "number": "1 0 1"}\n',
        b'{"command": "dial", "number": "<b>101</b>"}\n',
        b'{"command": "dial", "number": "101;rm -rf ~"}\n',
        b'{"command": "dial", "number": "101\\n102"}\n',
        b'{"command": "dial", "number": "' + b"1" * 65 + b'"}\n',
        b'{"command": "quit", "number": ""}\n',
        b'{"command": "dial", "number": "101"',
        b"[" * 1000 + b"\n",
        b"\xff\xfe\n",
        b"1" * 10_000,
        b"1" * 10_000 + b'\n{"command": "dial", "number": "101"}\n',
    ],
)
def test_what_is_no_request_is_refused(qtbot: QtBot, instance: SingleInstance, message: bytes) -> None:
    requests = heard(instance)
    instance.claim()
    client = connected(qtbot, instance)
    with qtbot.waitSignal(client.disconnected, timeout=30_000):
        client.write(message if message.endswith(b"\n") or len(message) > LONGEST_MESSAGE else message + b"\n")
    assert requests == []
    assert client.readAll().data() == b"refused\n"


def test_one_connection_brings_one_request(qtbot: QtBot, instance: SingleInstance) -> None:
    requests = heard(instance)
    instance.claim()
    client = connected(qtbot, instance)
    with qtbot.waitSignal(client.disconnected, timeout=30_000):
        client.write(b'{"command": "dial", "number": "101"}\n' * 3)
    assert requests == [Request("101")]


def test_a_request_may_come_in_pieces(qtbot: QtBot, instance: SingleInstance) -> None:
    requests = heard(instance)
    instance.claim()
    raw = socket.socket(socket.AF_UNIX)
    with raw:
        raw.connect(instance._name)
        raw.sendall(b'{"command": "dial", ')
        qtbot.waitUntil(lambda: count_of_clients(instance) == 1)
        raw.sendall(b'"number": "101"}\n')
        qtbot.waitUntil(lambda: bool(requests))
        qtbot.waitUntil(lambda: count_of_clients(instance) == 0)
        assert raw.recv(100) == b"accepted\n"
    assert requests == [Request("101")]


def test_who_says_nothing_is_sent_away(qtbot: QtBot, tmp_path: Path) -> None:
    instance = SingleInstance(tmp_path, patience=0.05)
    instance.claim()
    try:
        client = connected(qtbot, instance)
        with qtbot.waitSignal(client.disconnected, timeout=30_000):
            client.write(b'{"command": ')
    finally:
        instance.close()


def test_too_many_at_once_do_not_shut_the_others_out_for_ever(
    qtbot: QtBot, instance: SingleInstance, caplog: pytest.LogCaptureFixture
) -> None:
    requests = heard(instance)
    instance.claim()
    clients = [connected(qtbot, instance) for _ in range(MOST_CLIENTS)]
    qtbot.waitUntil(lambda: count_of_clients(instance) == MOST_CLIENTS)
    refused = QLocalSocket()
    refused.connectToServer(instance._name)
    qtbot.waitUntil(lambda: refused.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert caplog.text.count("too many programs") == 1
    clients[0].abort()
    qtbot.waitUntil(lambda: count_of_clients(instance) == MOST_CLIENTS - 1)
    client = connected(qtbot, instance)
    client.write(b'{"command": "show", "number": ""}\n')
    qtbot.waitUntil(lambda: requests == [Request()])


@pytest.mark.parametrize("runtime", ["", "/nonexistent", "shared"])
def test_without_a_folder_of_the_session(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runtime: str
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o777)
    shared.chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(shared) if runtime == "shared" else runtime)
    instance = SingleInstance(tmp_path / "settings")
    instance.claim()
    instance.close()
    assert not list(shared.iterdir())


def test_a_long_path_is_no_hindrance(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    instance = SingleInstance(tmp_path / ("long" * 30))
    instance.claim()
    assert Path(instance._name).parent == home
    instance.close()


def connected(qtbot: QtBot, instance: SingleInstance) -> QLocalSocket:
    client = QLocalSocket()
    client.connectToServer(instance._name)
    qtbot.waitUntil(lambda: client.state() is QLocalSocket.LocalSocketState.ConnectedState)
    return client
