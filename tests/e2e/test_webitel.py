"""The calls of webitel-protocol.md, "14. Wire examples", between a demo PBX and a line without a window."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.e2e.processes import DemoPbx, Watch, demo_pbx, watch
from tests.e2e.processes import line as any_line
from tests.e2e.telling import call_story, features

CALLER = "79161234567"
OTHER = "79037654321"
TALKING = ["DROP", "HOLD", "BLIND_TRANSFER", "MAKE_CONSULT_CALL", "DTMF"]
HELD = ["UNHOLD", "MAKE_CONSULT_CALL", "DTMF"]
CALLS = frozenset(
    {"onNewCall", "onAcceptCall", "onBridgeCall", "onHoldCall", "onUnholdCall", "onUuidCall", "onHangupCall"}
)


@asynccontextmanager
async def line(*arguments: str) -> AsyncIterator[tuple[DemoPbx, Watch]]:
    """Watch the operator's line at a demo Webitel."""
    async with any_line(*arguments, provider="webitel") as (pbx, watched):
        yield pbx, watched


async def answer(pbx: DemoPbx, watched: Watch) -> None:
    """Have the outside party call, and pick the desk phone up."""
    await pbx.direct(f"ring 101 {CALLER}")
    await watched.event("cti", "callStarted")
    await pbx.direct("pickup 101")
    await watched.event("cti", "commutationStarted")
    await can(watched, TALKING)


async def consult(pbx: DemoPbx, watched: Watch) -> None:
    """Consult the colleague 102, who answers."""
    watched.say("consult 102")
    await watched.event("cti", "callStarted", direction="OUT")
    await pbx.direct("pickup 101")
    await watched.event("cti", "commutationStarted")
    await pbx.direct("answer 102")
    await can(watched, ["COMPLETE_TRANSFER"])


async def can(watched: Watch, expected: list[str]) -> None:
    """Wait until just this may be done with the line."""
    await watched.until(lambda: sorted(features(watched.events)) == sorted(expected), f"features {expected}")


def names(watched: Watch, since: int) -> list[str]:
    """Return what the PBX's library has told of calls."""
    return [event.name for event in watched.since("pbx", since) if event.name in CALLS]


async def test_inbound_call() -> None:
    """T2 and T3."""
    async with line() as (pbx, watched):
        before = len(watched.events)
        await answer(pbx, watched)
        await pbx.direct(f"hangup {CALLER}")
        await watched.event("cti", "callFinished")
        await watched.event("pbx", "onHangupCall")
        await can(watched, ["DIAL"])
        told = names(watched, before)
        assert told[:2] == ["onNewCall", "onAcceptCall"]
        assert told[-1] == "onHangupCall"
        story = call_story(watched.events[before:])
        assert story[:2] == [f"callStarted in {CALLER} ALERTING", f"commutationStarted in {CALLER} CONNECTED"]
        assert story[-1] == f"callFinished in {CALLER} NONE"


async def test_a_ringing_desk_phone_is_picked_up_by_hand_and_declined_from_here() -> None:
    async with line() as (pbx, watched):
        await pbx.direct(f"ring 101 {CALLER}")
        rung = (await watched.event("cti", "callStarted")).args[0]
        assert rung["features"] == ["CAN_DROP"]
        answered = await watched.command("answer")
        assert not answered["ok"]
        await watched.carry_out("drop")
        ended = (await watched.event("cti", "callFinished")).args[0]
        assert ended["stateCause"] == "CALL_REJECTED"


async def test_outbound_call_from_a_desk_phone() -> None:
    """T6: the own phone rings first."""
    async with line() as (pbx, watched):
        before = len(watched.events)
        watched.say(f"call {CALLER}")
        await watched.event("cti", "callStarted", direction="OUT")
        await pbx.direct("pickup 101")
        await watched.event("cti", "commutationStarted")
        await pbx.direct(f"answer {CALLER}")
        await can(watched, TALKING)
        await watched.carry_out("drop")
        ended = (await watched.event("cti", "callFinished")).args[0]
        assert (ended["direction"], ended["calledId"]) == ("OUT", CALLER)
        assert names(watched, before)[0] == "onNewCall"


async def test_an_outbound_call_that_nobody_answers() -> None:
    async with line() as (pbx, watched):
        await pbx.direct(f"busy {CALLER} on")
        watched.say(f"call {CALLER}")
        await watched.event("cti", "callStarted", direction="OUT")
        await pbx.direct("pickup 101")
        await watched.event("cti", "callFinished")
        await can(watched, ["DIAL"])


async def test_hold_and_back() -> None:
    """T7."""
    async with line() as (pbx, watched):
        await answer(pbx, watched)
        before = len(watched.events)
        await watched.carry_out("hold")
        await watched.event("cti", "hold")
        await can(watched, HELD)
        await watched.carry_out("hold")
        await watched.event("cti", "unhold")
        await watched.event("pbx", "onUnholdCall")
        await can(watched, TALKING)
        assert [name for name in names(watched, before) if "old" in name] == ["onHoldCall", "onUnholdCall"]


async def test_attended_transfer() -> None:
    """T8 and T9."""
    async with line() as (pbx, watched):
        await answer(pbx, watched)
        before = len(watched.events)
        await consult(pbx, watched)
        await watched.carry_out("transfer")
        await can(watched, ["DIAL"])
        story = call_story(watched.events[before:])
        assert story[0] == f"hold in {CALLER} HOLDED"
        assert [one for one in story if one.startswith("callFinished")] == [
            "callFinished out 102 NONE",
            f"callFinished in {CALLER} NONE",
        ]
        [main] = [one.args[0] for one in watched.since("cti", before) if one.name == "callFinished"][1:]
        assert (main["redirectingId"], main["redirectionId"]) == ("101", "102")
        calls = (await pbx.direct("state"))["calls"]
        assert sorted(one["number"] for one in calls) == ["102", CALLER]


async def test_cancelled_consultation() -> None:
    """T10: the caller is taken back."""
    async with line() as (pbx, watched):
        await answer(pbx, watched)
        await consult(pbx, watched)
        before = len(watched.events)
        await watched.carry_out("cancel")
        await watched.event("cti", "unhold")
        await can(watched, TALKING)
        story = call_story(watched.events[before:])
        assert "callFinished out 102 NONE" in story
        assert story[-1] == f"unhold in {CALLER} CONNECTED"


async def test_blind_transfer() -> None:
    """T11."""
    async with line() as (pbx, watched):
        await answer(pbx, watched)
        await watched.carry_out("blind 102")
        main = (await watched.event("cti", "callFinished")).args[0]
        assert (main["redirectingId"], main["redirectionId"]) == ("101", "102")
        await can(watched, ["DIAL"])


async def test_a_second_call_while_talking_hears_that_the_line_is_busy() -> None:
    """15.3: refused with USER_BUSY, and never a call of ours."""
    async with line() as (pbx, watched):
        await answer(pbx, watched)
        before = len(watched.events)
        await pbx.direct(f"ring 101 {OTHER}")
        refused = (await watched.event("pbx", "onHangupCall", callerNumber=OTHER)).args[0]
        assert refused["hangup_cause"] == "USER_BUSY"
        assert await watched.carry_out("pbx dtmf") is not None  # the line goes on
        assert not any(OTHER in str(event.args) for event in watched.since("cti", before))
        [call] = await watched.carry_out("snapshot")
        assert (call["callerId"], call["state"]) == (CALLER, "CONNECTED")


async def test_presence_of_a_colleague() -> None:
    """T13."""
    async with line() as (pbx, watched):
        before = len(watched.events)
        await pbx.direct("presence 102 dnd")
        await watched.event("pbx", "onUserStatusChange", id="102", away="DND")
        users = {one["number"]: one for one in await watched.carry_out("users")}
        assert users["102"]["presence"] == "dnd"
        await pbx.direct("presence 102 offline")
        await watched.event("pbx", "onUserStatusChange", id="102", state="NONREG")
        users = {one["number"]: one for one in await watched.carry_out("users")}
        assert users["102"]["presence"] == "offline"
        assert call_story(watched.events[before:]) == []


async def test_own_state_with_a_text() -> None:
    """T14."""
    async with line() as (_, watched):
        await watched.carry_out("state ONBREAK обед до 14:00")
        await watched.event("pbx", "onUserStatusChange", id="101", away="ONBREAK")
        state, reason = watched.since("cti")[-1].args
        assert (state, reason["name"]) == ("ONBREAK", "обед до 14:00")
        await watched.carry_out("state ONHOOK")
        await watched.event("pbx", "onUserStatusChange", id="101", away="NONE")
        assert watched.since("cti")[-1].args[0] == "ONHOOK"


async def test_wrong_secret() -> None:
    """T15: said plainly, and not tried again."""
    async with (
        demo_pbx(provider="webitel") as pbx,
        watch(pbx.url, login=pbx.login, password="Planted-7", provider="webitel") as watched,
    ):
        error = (await watched.event("pbx", "onError")).args[0]
        assert error["errorType"] == "AUTH-ERROR"
        await watched.log("ctidesk: The number or the password is wrong.")
        told = (await watched.event("cti", "error")).args[0]
        assert told["kind"] == "AUTHENTICATION"
        assert await watched.end() == 1
        assert [event.name for event in watched.since("pbx")] == ["onDisconnect", "onError"]
        assert "Planted-7" not in "\n".join([*watched.lines, watched.errors])


async def test_a_connection_that_breaks_during_a_call() -> None:
    """T16, and cti-model.md, "5.1 Rules", rule 5: the call is kept and the new connection confirms it."""
    async with line() as (pbx, watched):
        await answer(pbx, watched)
        started = watched.since("cti")
        record = next(event.args[0]["recordId"] for event in started if event.name == "callStarted")
        await pbx.direct("drop-connections")
        await watched.event("cti", "disconnected")
        calls, main = (await watched.event("cti", "activeCallSnapshot")).args
        assert [one["recordId"] for one in calls] == [record]
        assert main["state"] == "CONNECTED"
        assert "unconfirmed" not in main
        await can(watched, TALKING)
        await watched.carry_out("hold")
        await watched.event("cti", "hold")


async def test_a_server_that_restarts_during_a_call() -> None:
    """The server that comes back knows nothing of the call: it has ended."""
    async with demo_pbx(provider="webitel") as pbx:
        port = pbx.url.rstrip("/").rpartition(":")[2]
        async with watch(pbx.url, login=pbx.login, provider="webitel") as watched:
            await watched.event("cti", "activeCallSnapshot")
            await answer(pbx, watched)
            await pbx.terminate()
            await watched.event("cti", "disconnected")
            async with demo_pbx("--port", port, "--seed", "1", provider="webitel") as again:
                ended = (await watched.event("cti", "callFinished")).args[0]
                assert ended["stateCause"] == "connection lost"
                await can(watched, ["DIAL"])
                await again.direct(f"ring 101 {OTHER}")
                await watched.event("cti", "callStarted", callerId=OTHER)


async def test_the_life_of_a_user() -> None:
    """T18: an administrator makes, changes and removes an account; its owner can log in."""
    async with line() as (pbx, watched):
        created = await watched.carry_out('pbx userCreate ["user", "301", "s3cret"]')
        assert created["status"] == 0
        await watched.event("pbx", "onAddUser", id="301")
        exists = await watched.carry_out('pbx userCreate ["user", "301", "s3cret"]')
        assert (exists["status"], "exist" in exists["response"]) == (1, True)
        changed = await watched.carry_out('pbx userUpdate ["301", "", "effective_caller_id_name", "Новый"]')
        assert changed["status"] == 0
        domain = pbx.login.partition("@")[2]
        async with watch(pbx.url, login=f"301@{domain}", password="s3cret", provider="webitel") as newcomer:
            await newcomer.event("pbx", "onReady")
            await watched.event("pbx", "onUserStatusChange", id="301", online=True)
            refused = await newcomer.carry_out('pbx userRemove ["102"]')
            assert refused["status"] == 1
        assert (await watched.carry_out('pbx userRemove ["301"]'))["status"] == 0
        await watched.event("pbx", "onRemoveUser", id="301")
        assert "301" not in {one["number"] for one in await watched.carry_out("users")}


async def test_two_administrators_and_a_user_between_them() -> None:
    """8.5 and 8.6: what one does the other hears of; a removed user's program is cut off and not let in again."""
    async with line() as (pbx, watched):
        domain = pbx.login.partition("@")[2]
        assert (await watched.carry_out('pbx userCreate ["admin", "301", "s3cret"]'))["status"] == 0
        async with watch(pbx.url, login=f"301@{domain}", password="s3cret", provider="webitel") as other:
            await other.event("cti", "activeCallSnapshot")
            assert (await other.carry_out('pbx userCreate ["user", "302"]'))["status"] == 0
            await watched.event("pbx", "onAddUser", id="302")
            assert (await other.carry_out('pbx userUpdate ["302", "", "password", "n3w"]'))["status"] == 0
            async with watch(pbx.url, login=f"302@{domain}", password="302", provider="webitel") as refused:
                await refused.log("ctidesk: The number or the password is wrong.")
                assert await refused.end() == 1
            async with watch(pbx.url, login=f"302@{domain}", password="n3w", provider="webitel") as user:
                await user.event("cti", "activeCallSnapshot")
                assert (await user.carry_out('pbx userCreate ["user", "303"]'))["response"] == "Permission denied!"
                assert (await watched.carry_out('pbx userRemove ["302"]'))["status"] == 0
                await other.event("pbx", "onRemoveUser", id="302")
                await user.event("cti", "disconnected")
                await user.event("pbx", "onError", errorType="AUTH-ERROR")
            assert (await watched.carry_out('pbx userRemove ["101"]'))["status"] == 1
            assert (await other.carry_out('pbx userUpdate ["301", "", "role", "user"]'))["status"] == 1
            told = [str(event) for event in (*watched.events, *other.events)]
            assert "s3cret" not in "".join([*told, watched.errors, other.errors])  # commands are echoed as given
