"""Events for the user's own scripts: as `ctidesk watch` prints them, for nobody else, and nobody waits for a reader."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ctidesk.cti.event_arguments import event_arguments
from ctidesk.cti.events import CallInfoChanged, CallStarted, RawMessage
from ctidesk.integration.event_socket import LARGEST_BACKLOG, MOST_READERS, NAME, EventSocket, socket_path
from tests.integration.conftest import Line
from tests.waiting import settle, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such sockets")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / NAME


@pytest.fixture
async def events(line: Line, path: Path) -> AsyncIterator[EventSocket]:
    events = EventSocket(path, line.model)
    await events.start()
    yield events
    await events.close()


async def reader_of(path: Path, events: EventSocket) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    before = events.readers
    reader, writer = await asyncio.open_unix_connection(path)
    await until(lambda: events.readers == before + 1)
    return reader, writer


async def ended(reader: asyncio.StreamReader) -> bool:
    """Whether the other side closes without having said anything."""
    try:
        return await reader.read() == b""
    except ConnectionResetError:
        return True


async def test_events_are_told_as_watch_prints_them(line: Line, events: EventSocket, path: Path) -> None:
    reader, writer = await reader_of(path, events)
    other, other_writer = await reader_of(path, events)
    line.clock.advance(2.5)
    call = line.ring(caller_name='Anna "<b>"\u202e\n')
    told = json.loads(await reader.readline())
    assert told == {
        "t": 2.5,
        "event": "callStarted",
        "args": event_arguments(CallStarted(call), line.clock.monotonic()),
    }
    line.provider.tell(RawMessage("a frame"), CallInfoChanged(call))
    names: list[str] = []
    while not names or names[-1] != "callInfoChanged":
        names.append(json.loads(await reader.readline())["event"])
    assert "rawMessage" not in names
    assert json.loads(await other.readline())["event"] == "callStarted"
    for one in (writer, other_writer):
        one.close()
    await until(lambda: events.readers == 0)


async def test_only_the_user_can_open_it(events: EventSocket, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_another_user_is_sent_away(events: EventSocket, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    me = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: me + 1)
    reader, writer = await asyncio.open_unix_connection(path)
    assert await ended(reader)
    assert events.readers == 0
    writer.close()


async def test_a_folder_that_others_can_enter_is_not_used(line: Line, path: Path) -> None:
    path.parent.mkdir()
    path.parent.chmod(0o755)
    events = EventSocket(path, line.model)
    with pytest.raises(PermissionError):
        await events.start()
    await events.close()


async def test_a_slow_reader_is_dropped_and_nobody_waits(line: Line, events: EventSocket, path: Path) -> None:
    slow = socket.socket(socket.AF_UNIX)
    slow.connect(str(path))
    await until(lambda: events.readers == 1)
    reader, writer = await reader_of(path, events)
    call = line.ring(comment="x" * 1000)
    sent = 1
    while events.readers == 2:
        line.provider.tell(CallInfoChanged(call))
        sent += 1
        assert sent * 1000 < 100 * LARGEST_BACKLOG, "the slow one is never dropped"
        assert json.loads(await reader.readline())
    await until(lambda: events.readers == 1)
    slow.close()
    writer.close()


async def test_what_a_reader_sends_is_nothing(line: Line, events: EventSocket, path: Path) -> None:
    reader, writer = await reader_of(path, events)
    line.provider.commands.clear()
    writer.write(b"answer\nquit\n" * 1000)
    await writer.drain()
    await settle()
    line.ring()
    assert json.loads(await reader.readline())["event"] == "callStarted"
    assert line.provider.commands == []
    writer.close()


async def test_readers_have_a_limit(events: EventSocket, path: Path) -> None:
    writers = [(await reader_of(path, events))[1] for _ in range(MOST_READERS)]
    reader, writer = await asyncio.open_unix_connection(path)
    assert await reader.read() == b""
    assert events.readers == MOST_READERS
    for one in (*writers, writer):
        one.close()


async def test_what_a_crash_has_left_is_replaced_and_a_running_one_is_not(line: Line, path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(path))
    left.close()
    events = EventSocket(path, line.model)
    await events.start()
    second = EventSocket(path, line.model)
    with pytest.raises(FileExistsError):
        await second.start()
    await second.close()
    assert path.is_socket()
    await events.close()
    assert not path.exists()


async def test_closing_with_readers(line: Line, path: Path) -> None:
    events = EventSocket(path, line.model)
    await events.start()
    reader, writer = await reader_of(path, events)
    await events.close()
    assert await ended(reader)
    writer.close()


def test_the_place(tmp_path: Path) -> None:
    assert socket_path(tmp_path, {"XDG_RUNTIME_DIR": "/run/user/1"}) == Path("/run/user/1/ctidesk/events.sock")
    assert socket_path(tmp_path, {}) == tmp_path / "events.sock"
