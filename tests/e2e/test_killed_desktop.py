"""The whole desktop application, killed while the phone rings: what scripts were told of is in the journal."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.e2e.processes import DemoPbx, JsonObject, Program, demo_pbx
from tests.leaks.planted import PASSWORD
from tests.waiting import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts follow the line over a local socket")

LIVES = 4
MOST_CALLS = 6


class Script:
    """A program of the operator's own, which follows the line."""

    def __init__(self, stream: asyncio.StreamReader) -> None:
        self._stream = stream

    async def call(self, name: str) -> str:
        """Wait for an event of a call and return the call's record id."""
        while True:
            event: JsonObject = json.loads(await self._stream.readline())
            if event["event"] == name:
                return str(event["args"][0]["recordId"])


def listens(place: Path) -> bool:
    """Whether somebody answers at a socket; for a moment it is there before anybody does."""
    with socket.socket(socket.AF_UNIX) as asking:
        return asking.connect_ex(str(place)) == 0


@asynccontextmanager
async def desktop(folder: Path, pbx: DemoPbx) -> AsyncIterator[tuple[Program, Script]]:
    """Run the application until it is ended, and a script beside it."""
    account = {"CTIDESK_PROVIDER": "oktell", "CTIDESK_URL": pbx.url, "CTIDESK_LOGIN": pbx.login}
    place = Path(os.environ["XDG_RUNTIME_DIR"]) / "ctidesk" / "events.sock"
    place.unlink(missing_ok=True)  # of the life before, which had no time for it
    program = await Program.start("--config", str(folder), environment=account | {"CTIDESK_PASSWORD": PASSWORD})
    try:
        await until(lambda: listens(place) or program.process.returncode is not None)
        assert program.process.returncode is None, program.last_words()
        incoming, outgoing = await asyncio.open_unix_connection(str(place))
        yield program, Script(incoming)
        outgoing.close()
    finally:
        await program.close()


async def test_what_a_script_was_told_of_is_in_the_journal(tmp_path: Path) -> None:
    seed = random.getrandbits(32)
    chance = random.Random(seed)
    (tmp_path / "settings.toml").write_text("[integration]\nevent_socket = true\n")
    rang: list[str] = []
    ended: list[str] = []
    async with demo_pbx() as pbx:
        for life in range(LIVES):
            async with desktop(tmp_path, pbx) as (program, script):
                for number in range(chance.randint(1, MOST_CALLS)):
                    caller = f"7916{life:03}{number:04}"
                    await pbx.direct(f"ring 101 {caller}")
                    rang.append(await script.call("callStarted"))
                    if ended and chance.random() < 0.2:
                        break
                    await pbx.direct(f"abandon {caller}")
                    ended.append(await script.call("callFinished"))
                    caller = ""
                program.process.send_signal(signal.SIGKILL)
            if caller:
                await pbx.direct(f"abandon {caller}")
        async with desktop(tmp_path, pbx) as (program, script):
            await pbx.direct("ring 101 79990000000")
            rang.append(await script.call("callStarted"))  # the journal is open by then, or takes it in at the end
            await pbx.direct("abandon 79990000000")
            ended.append(await script.call("callFinished"))
            assert await program.terminate() == 0
    [path] = tmp_path.glob("journal.db")
    connection = sqlite3.connect(path)
    outcomes = dict(connection.execute("SELECT record_id, outcome FROM calls").fetchall())
    health = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    assert health == ("ok",)
    assert sorted(outcomes) == sorted(rang), f"seed {seed}"
    assert {outcomes[one] for one in ended} == {"missed"}
    assert {outcomes[one] for one in set(rang) - set(ended)} <= {"interrupted"}
