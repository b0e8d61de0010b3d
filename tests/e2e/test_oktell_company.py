"""A supervisor and two operators on one demo PBX: conference, listening in, and a break that others see.

oktell-protocol.md, "8.2 Ghost", "8.3 Conference" and "9. User states". The demo operator 101 supervises 102.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.e2e.processes import LIMIT, DemoPbx, Watch, demo_pbx, watch

CALLER = "79161234567"
SUPERVISOR, FIRST, SECOND = "101", "102", "103"


@asynccontextmanager
async def company() -> AsyncIterator[tuple[DemoPbx, Watch, Watch, Watch]]:
    """Run the PBX, the supervisor's line and those of the operators 102 and 103; all are usable."""
    async with (
        demo_pbx() as pbx,
        watch(pbx.url) as supervisor,
        watch(pbx.url, login="u102") as first,
        watch(pbx.url, login="u103") as second,
    ):
        for one in (supervisor, first, second):
            await one.event("cti", "activeCallSnapshot")
        yield pbx, supervisor, first, second


async def talk(pbx: DemoPbx, watched: Watch, number: str) -> None:
    """Have the outside party call one of the three, who answers."""
    await pbx.direct(f"ring {number} {CALLER}")
    await watched.event("cti", "callStarted")
    await watched.carry_out("answer")
    await watched.event("cti", "commutationStarted")


async def members(watched: Watch) -> list[str]:
    """Return the numbers of those who are in the conference of a line."""
    return sorted(one["number"] for one in await watched.carry_out("members"))


async def members_become(watched: Watch, wanted: list[str]) -> None:
    """Wait until these, and nobody else, are in the conference of a line; it is asked anew after each change."""
    while await members(watched) != sorted(wanted):
        await watched.event("pbx", "abonentsChange")


async def test_a_conference_of_three_and_one_leaves() -> None:
    async with company() as (pbx, supervisor, first, second):
        await talk(pbx, first, FIRST)
        await first.carry_out(f"conference {SECOND}")
        await second.event("cti", "callStarted")
        await second.carry_out("answer")
        await members_become(first, [CALLER, FIRST, SECOND])
        await members_become(second, [CALLER, FIRST, SECOND])
        assert [call["state"] for call in await first.carry_out("snapshot")] == ["CONFERENCED"]
        assert [call["state"] for call in await second.carry_out("snapshot")] == ["CONFERENCED"]
        assert await members(supervisor) == []

        await second.carry_out("drop")
        await second.event("cti", "callFinished")
        await members_become(first, [CALLER, FIRST])
        assert await second.carry_out("snapshot") == []
        assert len(await first.carry_out("snapshot")) == 1


async def test_the_one_who_was_asked_is_sent_on_and_the_caller_taken_back() -> None:
    """A transfer with a held caller (section 8.1, `transfer`; row 6 of the action table)."""
    async with company() as (pbx, _supervisor, first, second):
        await talk(pbx, first, FIRST)
        await first.carry_out(f"consult {SECOND}")
        await second.event("cti", "callStarted")
        await second.carry_out("answer")
        await first.event("cti", "commutationStarted")
        offered = await first.carry_out('pbx getPhoneActions ["104"]')
        assert offered == ["transfer"]
        await first.carry_out("blind 104")
        await first.event("cti", "unhold")
        await first.event("cti", "callFinished")
        [kept] = await first.carry_out("snapshot")
        assert (kept["callerId"], kept["state"]) == (CALLER, "CONNECTED")


async def test_one_is_sent_out_of_the_conference() -> None:
    async with company() as (pbx, _supervisor, first, second):
        await talk(pbx, first, FIRST)
        await first.carry_out(f"conference {SECOND}")
        await second.event("cti", "callStarted")
        await second.carry_out("answer")
        await members_become(first, [CALLER, FIRST, SECOND])
        refused = await first.command("kick 999")
        assert refused["ok"] is False
        await first.carry_out(f"kick {SECOND}")
        await second.event("cti", "callFinished")
        await members_become(first, [CALLER, FIRST])


async def test_listen_whisper_barge_and_leave() -> None:
    async with company() as (pbx, supervisor, first, second):
        await talk(pbx, first, FIRST)
        assert (await second.command(f"listen {FIRST}"))["ok"] is False  # not marked as his
        await supervisor.carry_out(f"listen {FIRST}")
        await supervisor.event("cti", "callStarted")
        await members_become(supervisor, [SUPERVISOR, FIRST])
        for mode in ("listen", "whisper", "barge"):
            await supervisor.carry_out(f"{mode} {FIRST}")
            assert await modes(pbx) == [mode_on_the_wire(mode)]
            supervision = await supervisor.carry_out("supervision")
            assert (supervision["number"], supervision["mode"]) == (FIRST, mode)
            assert supervision["modes"] == ["listen", "whisper", "barge"]
        assert await members(first) == []  # the two who talk notice nothing
        assert [call["state"] for call in await first.carry_out("snapshot")] == ["CONNECTED"]
        await supervisor.carry_out("drop")
        await supervisor.event("cti", "callFinished")
        assert await modes(pbx) == []
        assert [call["state"] for call in await first.carry_out("snapshot")] == ["CONNECTED"]


async def test_a_break_with_a_reason_is_seen_by_the_others() -> None:
    async with company() as (_pbx, supervisor, first, second):
        await first.carry_out("state break 2")
        told = await first.event("cti", "agentStateChanged")
        while told.args[0] != "break":
            told = await first.event("cti", "agentStateChanged")
        assert told.args[1]["id"] == "2"
        reason = told.args[1]["name"]
        for other in (supervisor, second):
            async with asyncio.timeout(LIMIT):
                while await seen(other, FIRST) != ("break", reason):
                    pass  # each look is a question to the program and its answer
        await first.carry_out("state readyCC")
        for other in (supervisor, second):
            async with asyncio.timeout(LIMIT):
                while await seen(other, FIRST) != ("ready", ""):
                    pass


async def modes(pbx: DemoPbx) -> list[str]:
    """Return how the supervisors of the PBX take part now."""
    return [one["mode"] for one in (await pbx.direct("state"))["ghosts"]]


def mode_on_the_wire(mode: str) -> str:
    return {"listen": "monitor", "whisper": "help", "barge": "conference"}[mode]


async def seen(watched: Watch, number: str) -> tuple[str, str]:
    """Return what the directory of a line says of a number: what its user is doing, and why."""
    user = next(one for one in await watched.carry_out("users") if one["number"] == number)
    return user["presence"], user.get("detail", "")


async def test_who_waits_in_the_queue() -> None:
    async with company() as (pbx, supervisor, _first, _second):
        assert await supervisor.carry_out("queue") == []
        await pbx.direct(f"queue-ring {FIRST} {CALLER} Support")
        await supervisor.event("pbx", "queueChange")
        (caller,) = await supervisor.carry_out("queue")
        assert (caller["number"], caller["waits"] >= 0) == (CALLER, True)
        await pbx.direct(f"abandon {CALLER}")
        await supervisor.event("pbx", "queueChange")
        assert await supervisor.carry_out("queue") == []
