"""The calls of oktell-protocol.md, "13. Wire examples", between a demo PBX and a line without a window."""

from __future__ import annotations

from tests.e2e.processes import DemoPbx, Watch, line
from tests.e2e.telling import call_story, features, line_story, user_story

CALLER = "79161234567"
TALKING = ["DROP", "HOLD", "BLIND_TRANSFER", "MAKE_CONSULT_CALL"]


async def answer(pbx: DemoPbx, watched: Watch) -> None:
    """Have the outside party call, and answer."""
    await pbx.direct(f"ring 101 {CALLER}")
    await watched.event("pbx", "ringStart")
    await watched.carry_out("answer")
    await watched.event("pbx", "talkStart")


async def consult(pbx: DemoPbx, watched: Watch) -> None:
    """Consult the colleague 102, who answers."""
    await watched.carry_out("consult 102")
    await watched.event("pbx", "callStart")
    await pbx.direct("answer 102")
    await watched.event("pbx", "talkStart")


async def test_incoming_call() -> None:
    """13.2."""
    async with line() as (pbx, watched):
        before = len(watched.events)
        await answer(pbx, watched)
        assert features(watched.events) == TALKING
        await pbx.direct(f"hangup {CALLER}")
        await watched.event("pbx", "readyStart")
        told = watched.events[before:]
        assert line_story(told) == [
            f"abonentsChange [{CALLER}]",
            "stateChange ring ready",
            "readyStop []",
            f"ringStart [{CALLER}]",
            "stateChange talk ring",
            f"ringStop [{CALLER}]",
            f"talkStart [{CALLER}]",
            "abonentsChange []",
            "stateChange ready talk",
            f"talkStop [{CALLER}]",
            f"readyStart [{CALLER}]",
        ]
        assert user_story(told) == ["userStateChange busy ready null", "userStateChange ready ready null"]
        assert call_story(told) == [
            f"callStarted in {CALLER} ALERTING",
            f"commutationStarted in {CALLER} CONNECTED",
            f"callFinished in {CALLER} NONE",
        ]
        assert features(told) == ["DIAL"]


async def test_a_call_tells_its_fields() -> None:
    """cti-model.md, "2. Call"."""
    async with line() as (pbx, watched):
        await pbx.direct(f"ring 101 {CALLER} Пётр Ёлкин")
        rung = (await watched.event("cti", "callStarted")).args[0]
        assert rung["features"] == ["CAN_ANSWER", "CAN_DROP"]
        assert (rung["deviceId"], rung["calledId"], rung["callerName"]) == ("101", "101", "Пётр Ёлкин")
        assert rung["id"].endswith(f":{CALLER}")
        assert "connected" not in rung
        assert await watched.carry_out("snapshot") == [rung]
        await pbx.direct(f"abandon {CALLER}")
        finished = (await watched.event("cti", "callFinished")).args[0]
        assert (finished["recordId"], finished["started"]) == (rung["recordId"], rung["started"])
        assert finished["ended"] >= rung["started"]
        assert await watched.carry_out("snapshot") == []


async def test_outgoing_call() -> None:
    """13.3."""
    async with line() as (pbx, watched):
        before = len(watched.events)
        await watched.carry_out(f"call {CALLER}")
        await watched.event("pbx", "backRingStart")
        await pbx.direct("pickup 101")
        await watched.event("pbx", "callStart")
        await pbx.direct(f"answer {CALLER}")
        await watched.event("pbx", "talkStart")
        await watched.carry_out(f"drop {CALLER}")
        await watched.event("pbx", "readyStart")
        told = watched.events[before:]
        assert line_story(told) == [
            "stateChange backring ready",
            "readyStop []",
            "backRingStart []",
            f"abonentsChange [{CALLER}]",
            "stateChange call backring",
            "backRingStop []",
            f"callStart [{CALLER}]",
            "stateChange talk call",
            f"callStop [{CALLER}]",
            f"talkStart [{CALLER}]",
            "abonentsChange []",
            "stateChange ready talk",
            f"talkStop [{CALLER}]",
            f"readyStart [{CALLER}]",
        ]
        assert call_story(told) == [
            f"callStarted out {CALLER} ALERTING",
            f"commutationStarted out {CALLER} CONNECTED",
            f"callFinished out {CALLER} NONE",
        ]


async def test_hold_and_resume() -> None:
    """13.4."""
    async with line() as (pbx, watched):
        await answer(pbx, watched)
        before = len(watched.events)
        await watched.carry_out("hold")
        await watched.event("pbx", "readyStart")
        assert features(watched.events) == ["UNHOLD"]
        await watched.carry_out("hold")
        await watched.event("pbx", "talkStart")
        told = watched.events[before:]
        assert line_story(told) == [
            f"holdAbonentEnter {CALLER}",
            f"holdStateChange held {CALLER}",
            "abonentsChange []",
            "stateChange ready talk",
            f"talkStop [{CALLER}]",
            f"readyStart [{CALLER}]",
            f"holdAbonentLeave {CALLER}",
            "holdStateChange free",
            f"abonentsChange [{CALLER}]",
            "stateChange talk ready",
            "readyStop []",
            f"talkStart [{CALLER}]",
        ]
        assert call_story(told) == [f"hold in {CALLER} HOLDED", f"unhold in {CALLER} CONNECTED"]
        assert features(told) == TALKING


async def test_consultation_and_transfer() -> None:
    """13.5."""
    async with line() as (pbx, watched):
        await answer(pbx, watched)
        before = len(watched.events)
        await consult(pbx, watched)
        assert features(watched.events) == ["COMPLETE_TRANSFER"]
        await watched.carry_out("transfer")
        await watched.event("pbx", "readyStart")
        told = watched.events[before:]
        assert line_story(told) == [
            f"holdAbonentEnter {CALLER}",
            f"holdStateChange held {CALLER}",
            "abonentsChange [102]",
            "stateChange call talk",
            f"talkStop [{CALLER}]",
            "callStart [102]",
            "stateChange talk call",
            "callStop [102]",
            "talkStart [102]",
            f"holdAbonentLeave {CALLER}",
            "holdStateChange free",
            "abonentsChange []",
            "stateChange ready talk",
            "talkStop [102]",
            "readyStart [102]",
        ]
        calls = call_story(told)
        assert calls[:3] == [
            f"hold in {CALLER} HOLDED",
            "callStarted out 102 ALERTING",
            "commutationStarted out 102 CONNECTED",
        ]
        assert [one for one in calls if one.startswith("callFinished")] == [
            "callFinished out 102 NONE",
            f"callFinished in {CALLER} NONE",
        ]
        assert features(told) == ["DIAL"]
        talks = (await pbx.direct("state"))["calls"]
        assert [sorted(leg["number"] for leg in talk["legs"]) for talk in talks] == [["102", CALLER]]


async def test_cancelled_consultation() -> None:
    """13.5, the variant: the operator gives up the consultation."""
    async with line() as (pbx, watched):
        await answer(pbx, watched)
        await consult(pbx, watched)
        consultation = (await watched.event("cti", "callStarted", direction="OUT")).args[0]
        main = watched.since("cti")[-1]
        assert main.args[1].endswith(f":{CALLER}")
        assert consultation["parentCall"] == main.args[1]
        before = len(watched.events)
        await watched.carry_out("cancel")
        await watched.event("pbx", "talkStart")
        told = watched.events[before:]
        assert line_story(told) == [
            f"holdAbonentLeave {CALLER}",
            "holdStateChange free",
            f"abonentsChange [{CALLER}]",
            "stateChange talk talk",
            "talkStop [102]",
            f"talkStart [{CALLER}]",
        ]
        assert call_story(told)[:2] == [f"unhold in {CALLER} CONNECTED", "callFinished out 102 NONE"]
        assert features(told) == TALKING


async def test_held_caller_hangs_up_during_the_consultation() -> None:
    """13.6 a."""
    async with line() as (pbx, watched):
        await answer(pbx, watched)
        await consult(pbx, watched)
        before = len(watched.events)
        await pbx.direct(f"hangup {CALLER}")
        await watched.event("pbx", "holdStateChange", hasHold=False)
        told = watched.events[before:]
        assert line_story(told) == [f"holdAbonentLeave {CALLER}", "holdStateChange free"]
        assert call_story(told) == [
            f"unhold in {CALLER} CONNECTED",
            f"callFinished in {CALLER} NONE",
            "currentCallChanged out 102 CONNECTED",
        ]
        assert features(told) == TALKING
        await watched.carry_out("drop")
        await watched.event("cti", "callFinished", calledId="102")


async def test_held_caller_hangs_up_while_nobody_talks() -> None:
    """13.6 b."""
    async with line() as (pbx, watched):
        await answer(pbx, watched)
        await watched.carry_out("hold")
        await watched.event("pbx", "readyStart")
        before = len(watched.events)
        await pbx.direct(f"hangup {CALLER}")
        await watched.event("pbx", "holdStateChange", hasHold=False)
        told = watched.events[before:]
        assert line_story(told) == [f"holdAbonentLeave {CALLER}", "holdStateChange free"]
        assert call_story(told)[-1] == f"callFinished in {CALLER} NONE"
        assert features(told) == ["DIAL"]


async def test_break_and_back() -> None:
    """13.7."""
    async with line() as (_, watched):
        await watched.carry_out("callcentre on")
        await watched.event("cti", "agentStateChanged")
        assert watched.since("cti")[-1].args == ["readyCC"]
        before = len(watched.events)
        answered = await watched.carry_out('pbx setUserStatus ["break", 1]')
        assert answered == {"result": True, "userState": "break", "userStatus": "break"}
        state, reason = (await watched.event("cti", "agentStateChanged")).args
        assert (state, reason["id"]) == ("break", "1")
        assert reason["name"]
        await watched.carry_out("state readyCC")
        assert (await watched.event("cti", "agentStateChanged")).args == ["readyCC"]
        assert user_story(watched.events[before:]) == [
            "statusChange break ready",
            "userStateChange break break 1",
            "statusChange ready break",
            "userStateChange readyCC readyCC null",
        ]


async def test_phone_that_cannot_be_answered_from_afar() -> None:
    """13.10; the user 109 of the demo company has such a phone."""
    async with line(login="u109") as (pbx, watched):
        await pbx.direct(f"ring 109 {CALLER}")
        rung = (await watched.event("cti", "callStarted")).args[0]
        assert "CAN_ANSWER" in rung["features"]
        await watched.event("pbx", "ringStart")
        before = len(watched.events)
        for _ in range(2):
            refused = await watched.command("answer")
            assert (refused["ok"], refused["kind"], refused["code"]) == (False, "COMMAND", 2902)
            assert refused["text"]
        assert line_story(watched.events[before:]) == []
        assert features(watched.events) == ["DROP"]
        await pbx.direct("pickup 109")
        await watched.event("cti", "commutationStarted")


async def test_conference_out_of_a_call() -> None:
    """13.11."""
    async with line() as (pbx, watched):
        await answer(pbx, watched)
        before = len(watched.events)
        assert await watched.carry_out("pbx conference") == {"result": True}
        await watched.event("pbx", "talkStart")
        told = watched.events[before:]
        assert line_story(told) == [
            f"abonentsChange [101 {CALLER}]",
            "stateChange talk talk",
            f"talkStop [101 {CALLER}]",
            f"talkStart [101 {CALLER}]",
        ]
        assert set(call_story(told)) == {f"callInfoChanged in {CALLER} CONFERENCED"}


async def test_commands_do_not_wait_for_one_another() -> None:
    """command-line.md, "`ctidesk watch`"."""
    async with line(login="u109") as (pbx, watched):
        await pbx.direct(f"ring 109 {CALLER}")
        await watched.event("cti", "callStarted")
        watched.say("answer")  # takes three seconds to be refused
        assert await watched.carry_out("pbx getState") == "ring"
        assert not any('"answer"' in text for text in watched.lines)
        assert (await watched.command("answer"))["code"] == 2902
