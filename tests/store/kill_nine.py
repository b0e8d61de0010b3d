"""Kills a busy journal with signal 9 at random moments and looks at what it has left; run by `test_kill_nine`.

    python -m tests.store.kill_nine FOLDER LIVES SEED journal|demo

`journal` writes the calls of a line that is not there, as fast as it can; `demo` those of a line of the demo PBX, over
its protocol.

This process stays without threads, so that it can fork: each life of the journal is a process of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable, Coroutine
from itertools import count
from pathlib import Path

from ctidesk.cti.call import Call
from ctidesk.cti.events import CallFinished, CallStarted, CommutationStarted, CtiEvent, Hold, Unhold
from ctidesk.cti.model import CtiModel
from ctidesk.cti.values import CallDirection, CallState
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.oktell.client import ClientOptions
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.store.call_archive import CallArchive
from ctidesk.store.database import Database
from ctidesk.store.journal import Journal
from ctidesk.store.schema import JOURNAL
from tests.cti.fake_provider import FakeProvider
from tests.waiting import settle, until_told

LIVES_OF_A_FILE = 20
Write = Callable[[Path, int, int], Coroutine[object, object, None]]
"""Writes calls into the journal at a path, in this one of the lives, and tells of them through a file descriptor."""


def main(folder: Path, lives: int, seed: int, busy: str) -> None:
    """Let `lives` processes write and die; print what was found as JSON."""
    write, longest = LIVES[busy]
    chance = random.Random(seed)
    rang: set[str] = set()
    ended: set[str] = set()
    everything: set[str] = set()
    deaths = {"lives": 0, "while calls went on": 0, "calls": 0}
    for life in range(lives):
        path = folder / f"{life // LIVES_OF_A_FILE}" / "journal.db"
        if life % LIVES_OF_A_FILE == 0:
            rang, ended = set(), set()
        told = live_and_die(write, path, life, chance.uniform(0, longest))
        now_rang = {record_id for word, record_id in told if word == "rang"}
        now_ended = {record_id for word, record_id in told if word == "ended"}
        rang |= now_rang
        ended |= now_ended
        everything |= rang
        deaths["lives"] += 1
        deaths["while calls went on"] += bool(now_rang - now_ended)
        look(path, rang, ended)
    deaths["calls"] = len(everything)
    print(json.dumps(deaths))


def live_and_die(write: Write, path: Path, life: int, seconds: float) -> list[list[str]]:
    """Let a process write for `seconds`, kill it, and return what it had told of its calls."""
    reading, writing = os.pipe()
    child = fork(lambda: asyncio.run(write(path, life, writing)))
    os.close(writing)
    told = b""
    while b"begins" not in told:
        told += os.read(reading, 1 << 16)
    os.set_blocking(reading, False)
    time.sleep(seconds)  # the moment is what is tried out; nothing is waited for
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while part := os.read(reading, 1 << 16):
        told += part
    os.close(reading)
    return [line.decode().split() for line in told.splitlines()]


def look(path: Path, rang: set[str], ended: set[str]) -> None:
    """Start anew on what the dead process has left; end this program when something is missing, doubled or broken."""
    child = fork(lambda: asyncio.run(check(path, rang, ended)))
    _, status = os.waitpid(child, 0)
    if status != 0:
        sys.exit(f"the journal has lost something; see above (status {status})")


def fork(work: Callable[[], None]) -> int:
    """Do `work` in a process of its own and return its id."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


async def write_calls(path: Path, life: int, told: int) -> None:
    """Take call after call until the end, and tell those that rang and those that have ended."""
    os.write(told, b"begins now\n")
    provider = FakeProvider()
    model = CtiModel(provider)
    database = Database(path, JOURNAL)
    journal = Journal(model, database)
    opening = asyncio.ensure_future(journal.open())
    model.start()
    await settle()
    await opening
    number = 0
    while True:
        number += 1
        direction = CallDirection.IN if number % 3 else CallDirection.OUT
        call = Call(f"{life}-{number}", direction, state=CallState.ALERTING, caller_id=f"7916{number:07}")
        provider.tell(CallStarted(call))
        os.write(told, f"rang {call.record_id}\n".encode())
        if number % 4:
            call.state = CallState.CONNECTED
            provider.tell(CommutationStarted(call))
            await asyncio.sleep(0.001 * (number % 3))
            call.state = CallState.HOLDED
            provider.tell(Hold(call))
            call.state = CallState.CONNECTED
            provider.tell(Unhold(call))
        await asyncio.sleep(0)
        provider.tell(CallFinished(call))
        os.write(told, f"ended {call.record_id}\n".encode())


async def write_demo_calls(path: Path, life: int, told: int) -> None:
    """Lead the calls of a line of the demo PBX until the end, and tell those that rang and those that have ended."""
    async with OktellDemo(OktellOptions(seed=life, quiet=True)) as demo:
        provider = OktellCtiProvider(ClientOptions(demo.url, demo.operator_login, demo.password))
        model = CtiModel(provider)
        archive = CallArchive(model, path.parent)

        def tell(event: CtiEvent) -> None:
            match event:
                case CallStarted(call):
                    os.write(told, f"rang {call.record_id}\n".encode())
                case CallFinished(call):
                    os.write(told, f"ended {call.record_id}\n".encode())

        model.events.subscribe(tell)
        archive.start()
        model.start()
        await until_told(lambda: model.is_connected, model.changed)
        for number in count():
            caller = f"7916{life:03}{number:04}"
            await demo.direct(f"ring {demo.operator_number} {caller} Caller {number}")
            await until_told(lambda: model.ringing_call is not None, model.changed)
            if number % 3:
                await model.answer()
                await until_told(lambda: model.talking_call is not None and model.ringing_call is None, model.changed)
            await demo.direct(f"hangup {caller}" if number % 3 else f"abandon {caller}")
            await until_told(lambda: model.current_call is None, model.changed)
            if number == 0:  # the line settles before it takes its first call
                os.write(told, b"begins now\n")


async def check(path: Path, rang: set[str], ended: set[str]) -> None:
    """Open the journal as the next start does and compare."""
    model = CtiModel(FakeProvider())
    database = Database(path, JOURNAL)
    set_aside: list[Path] = []
    journal = Journal(model, database)
    database.set_aside = set_aside.append
    await journal.open()

    def read(connection: sqlite3.Connection) -> tuple[str, list[tuple[str, str]], list[str]]:
        health: str = connection.execute("PRAGMA integrity_check").fetchone()[0]
        for table in ("call_words", "call_digits"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        rows = connection.execute("SELECT record_id, outcome FROM calls").fetchall()
        twice = [row[0] for row in connection.execute("SELECT call_id FROM calls GROUP BY call_id HAVING count(*) > 1")]
        return health, rows, twice

    health, rows, twice = await database.run(read)
    await journal.close()
    await database.close()
    assert not set_aside, "the file was taken for damaged"
    assert health == "ok"
    outcomes = dict(rows)
    assert len(outcomes) == len(rows)
    assert not twice
    assert not rang - outcomes.keys(), f"{len(rang - outcomes.keys())} of {len(rang)} calls that rang are missing"
    undone = [one for one in ended if outcomes[one] in ("interrupted", "ongoing")]
    assert not undone, f"the end of {len(undone)} calls is missing"
    assert "ongoing" not in outcomes.values()


LIVES: dict[str, tuple[Write, float]] = {"journal": (write_calls, 0.1), "demo": (write_demo_calls, 0.1)}
"""What is written, and the most seconds that a life lasts: the opening of the file included, that of the line not."""

if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
