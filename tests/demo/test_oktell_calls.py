"""Calls as frames: the events of oktell-protocol.md, "13. Wire examples", and the line's snapshots beside them."""

from __future__ import annotations

import pytest

from ctidesk.demo.oktell import OktellDemo
from ctidesk.demo.scheduler import ManualScheduler
from tests.demo.pbx_client import PbxClient, client

A = "79161234567"
NO_CHAIN = "00000000-0000-0000-0000-000000000000"

IDLE = {
    "linestatestr": "lsIdle",
    "chainid": NO_CHAIN,
    "isflashing": False,
    "timertalklensec": "0",
    "abonent": {},
}


async def abonent(one: PbxClient) -> dict[str, object]:
    found = (await one.line())["abonent"]
    assert isinstance(found, dict)
    return found


async def number_talked_to(one: PbxClient) -> object:
    found = await abonent(one)
    return found.get("number") if found.get("iscommutated") else None


async def number_held(one: PbxClient) -> object:
    line = await one.line()
    flashed = line.get("flashed")
    assert line["isflashing"] == (flashed is not None)
    return flashed["number"] if isinstance(flashed, dict) else None


async def talk(demo: OktellDemo, one: PbxClient) -> None:
    """The operator talks to A, quietly."""
    assert (await demo.direct(f"ring 101 {A} Иванов"))["ok"]
    await one.ask("pbxanswercall")
    await one.told()


async def consult(demo: OktellDemo, one: PbxClient, number: str = "102") -> None:
    """The operator talks to a consultant, A is held."""
    await talk(demo, one)
    await one.ask("pbxautocallstart", sequence="user", number=number)
    assert (await demo.direct(f"answer {number}"))["ok"]
    await one.told()


async def calls(demo: OktellDemo) -> list[tuple[str, ...]]:
    """Phase and numbers of all calls."""
    found = (await demo.direct("state"))["calls"]
    assert isinstance(found, list)
    return [(call["phase"], *(leg["number"] for leg in call["legs"])) for call in found]


# ------------------------------------------------------------------ incoming


async def test_incoming_answered_ended_by_the_caller(
    demo: OktellDemo, clock: ManualScheduler, operator: PbxClient
) -> None:
    ringing = await demo.direct(f"ring 101 {A} Иванов")
    assert await operator.told() == ["userstatechanged", "phoneevent_ringstarted"]
    line = await operator.line()
    assert (line["linestatestr"], line["chainid"]) == ("lsRinging", ringing["chain"])
    assert line["abonent"] == {
        "number": A,
        "callerid": A,
        "isextline": True,
        "extline": "20001",
        "simplename": "Иванов",
        "isringing": True,
        "direction": "in",
    }
    assert (await operator.ask("pbxanswercall"))["result"] == 1
    assert await operator.told() == ["phoneevent_ringstopped", "phoneevent_commstarted", "linestatechanged"]
    clock.advance(61.5)
    line = await operator.line()
    assert (line["linestatestr"], line["timertalklensec"]) == ("lsCommutated", "61")
    assert (await demo.direct(f"hangup {A}"))["ok"]
    assert await operator.told() == ["phoneevent_commstopped", "linestatechanged", "userstatechanged"]
    assert await operator.line() == IDLE
    assert (await operator.ask("getuserstate"))["userstateid"] == 1


async def test_missed(demo: OktellDemo, operator: PbxClient) -> None:
    await demo.direct(f"ring 101 {A}")
    await operator.told()
    assert (await demo.direct(f"abandon {A}"))["ok"]
    assert await operator.told() == ["phoneevent_ringstopped", "linestatechanged", "userstatechanged"]
    assert await operator.line() == IDLE


async def test_declined(demo: OktellDemo, operator: PbxClient) -> None:
    await demo.direct("ring 101 102")
    found = await abonent(operator)
    assert (found["number"], found["userlogin"], found["isextline"]) == ("102", "u102", False)
    assert (await operator.ask("pbxdeclinecall"))["result"] == 1
    assert await operator.line() == IDLE
    assert await calls(demo) == []


async def test_through_a_queue(demo: OktellDemo, operator: PbxClient) -> None:
    await demo.direct(f"queue-ring 101 {A} 60")
    ringing = await operator.event("phoneevent_ringstarted")
    assert (ringing["istask"], ringing["callerdescription"]) == (True, "Продажи")
    abonent = (await operator.ask("getextendedlineinfo"))["abonent"]
    assert isinstance(abonent, dict)
    assert (abonent["queuename"], "ivrname" in abonent) == ("Продажи", False)
    queue = (await operator.ask("getcurrentqueue"))["queue"]
    assert isinstance(queue, list)
    assert [one["number"] for one in queue] == [A]
    assert (await operator.ask("getuserstate"))["ontask"] is True
    await operator.ask("pbxanswercall")
    assert (await operator.ask("getcurrentqueue"))["queue"] == []


async def test_plain_phone_does_not_answer_from_afar(demo: OktellDemo) -> None:
    async with client(demo, "u109") as one:
        await demo.direct(f"ring 109 {A}")
        assert (await one.ask("pbxanswercall"))["result"] == 1
        assert (await abonent(one))["isringing"] is True
        assert (await demo.direct("pickup 109"))["ok"]
        assert await number_talked_to(one) == A


# ------------------------------------------------------------------ outgoing


async def test_outgoing_own_phone_first(demo: OktellDemo, operator: PbxClient) -> None:
    assert (await operator.ask("pbxautocallstart", sequence="user", number=A))["result"] == 1
    assert await operator.told() == ["phoneevent_acmcallstarted", "userstatechanged", "phoneevent_ringstarted"]
    line = await operator.line()
    assert line == IDLE | {
        "linestatestr": "lsRinging",
        "abonent": {"isringing": True, "direction": "acm_callback"},
    }
    assert (await demo.direct("pickup 101"))["ok"]
    assert await operator.told() == ["phoneevent_ringstopped", "linestatechanged"]
    found = await abonent(operator)
    assert (found["number"], found["isautocall"]) == (A, True)
    assert (await demo.direct(f"answer {A}"))["ok"]
    assert await operator.told() == ["phoneevent_acmcallstopped", "phoneevent_commstarted", "linestatechanged"]
    assert await number_talked_to(operator) == A
    assert (await operator.ask("pbxabortcall"))["result"] == 1
    assert await operator.told() == ["phoneevent_commstopped", "linestatechanged", "userstatechanged"]
    assert await operator.line() == IDLE


async def test_own_ring_tells_whom_it_is_for(operator: PbxClient) -> None:
    await operator.ask("pbxautocallstart", sequence="user", number=A)
    ring = await operator.event("phoneevent_ringstarted")
    assert ring["callerlineid"] == NO_CHAIN
    assert str(ring["callerinfo"]).endswith(A)


async def test_outgoing_the_other_first(demo: OktellDemo, operator: PbxClient) -> None:
    await operator.ask("pbxautocallstart", sequence="abonent", number=A)
    assert await operator.told() == ["phoneevent_acmcallstarted", "userstatechanged"]
    assert (await abonent(operator))["isautocall"] is True
    await demo.direct(f"answer {A}")
    assert await operator.told() == ["phoneevent_ringstarted"]
    found = await abonent(operator)
    assert (found["number"], found["isringing"], found["direction"]) == (A, True, "acm_callback")
    await operator.ask("pbxanswercall")
    assert await operator.told() == [
        "phoneevent_ringstopped",
        "phoneevent_acmcallstopped",
        "phoneevent_commstarted",
        "linestatechanged",
    ]
    assert await number_talked_to(operator) == A


async def test_by_itself(auto_demo: OktellDemo, clock: ManualScheduler) -> None:
    async with client(auto_demo) as one:
        await one.ask("pbxautocallstart", sequence="user", number="103")
        assert (await abonent(one))["direction"] == "acm_callback"
        clock.advance(1.5)
        assert (await abonent(one))["isautocall"] is True
        clock.advance(1.5)
        assert await number_talked_to(one) == "103"


async def test_attended_colleague_does_not_answer_by_himself(auto_demo: OktellDemo, clock: ManualScheduler) -> None:
    async with client(auto_demo) as one, client(auto_demo, "u102") as other:
        await one.ask("pbxautocallstart", sequence="user", number="102")
        clock.advance(60)
        assert (await abonent(other))["isringing"] is True
        await other.ask("pbxanswercall")
        assert (await number_talked_to(one), await number_talked_to(other)) == ("102", "101")


async def test_busy_and_no_answer(demo: OktellDemo, clock: ManualScheduler, operator: PbxClient) -> None:
    await demo.direct(f"busy {A} on")
    await demo.direct("noanswer 104 5")
    for number, seconds in ((A, 0.3), ("104", 5)):
        await operator.ask("pbxautocallstart", sequence="user", number=number)
        await demo.direct("pickup 101")
        assert (await abonent(operator))["number"] == number
        await operator.told()
        clock.advance(seconds - 0.01)
        assert await operator.told() == []
        clock.advance(0.02)
        assert await operator.told() == ["phoneevent_acmcallstopped", "linestatechanged", "userstatechanged"]
        assert await operator.line() == IDLE


async def test_abort_while_dialling(demo: OktellDemo, operator: PbxClient) -> None:
    await operator.ask("pbxautocallstart", sequence="user", number="102")
    await demo.direct("pickup 101")
    assert (await operator.ask("pbxautocallabort"))["result"] == 1
    assert await operator.line() == IDLE
    assert await calls(demo) == []
    assert (await operator.ask("pbxautocallabort"))["result"] == 0


async def test_intercom_is_answered_by_the_phone(demo: OktellDemo, clock: ManualScheduler, operator: PbxClient) -> None:
    await operator.ask("pbxautocallstart", sequence="user", number="102", intercom=True)
    await demo.direct("pickup 101")
    clock.advance(0.2)
    assert await number_talked_to(operator) == "102"


async def test_menu(demo: OktellDemo, clock: ManualScheduler, operator: PbxClient) -> None:
    await operator.ask("pbxautocallstart", sequence="user", number="70")
    await demo.direct("pickup 101")
    await operator.told()
    clock.advance(0.5)
    assert (await operator.event("phoneevent_ivrstarted"))["isroutingivr"] is True
    line = await operator.line()
    assert line["linestatestr"] == "lsCommutated"
    found = await abonent(operator)
    assert (found["isivr"], found["ivrname"]) == (True, "Главное меню")


@pytest.mark.parametrize("number", ["", "101", "999", "12", "no number"])
async def test_numbers_that_cannot_be_called(operator: PbxClient, number: str) -> None:
    assert (await operator.ask("pbxautocallstart", sequence="user", number=number))["result"] == 0
    assert await operator.line() == IDLE


async def test_dialled_on_the_desk_phone(demo: OktellDemo, operator: PbxClient) -> None:
    assert (await demo.direct(f"dial 101 {A}"))["ok"]
    found = await abonent(operator)
    assert (found["iswaitingforanswer"], found["direction"], "isautocall" in found) == (True, "out", False)


# ------------------------------------------------------------------ hold


async def test_hold_and_resume(demo: OktellDemo, operator: PbxClient) -> None:
    await talk(demo, operator)
    before = await operator.line()
    assert (await operator.ask("pbxmakeflash", mode="switch"))["result"] == 1
    flash = await operator.event("flashstatechanged")
    assert flash["flashtypeid"] == 1
    assert await operator.told() == ["phoneevent_commstopped"]
    line = await operator.line()
    assert (line["linestatestr"], line["chainid"], line["abonent"]) == ("lsHookUp", NO_CHAIN, {})
    assert await number_held(operator) == A
    await operator.ask("pbxmakeflash", mode="switch")
    assert (await operator.event("flashstatechanged"))["flashtypeid"] == 2
    assert await operator.told() == ["phoneevent_commstarted", "linestatechanged"]
    assert await operator.line() == before


async def test_held_party_hangs_up_while_idle(demo: OktellDemo, operator: PbxClient) -> None:
    await talk(demo, operator)
    await operator.ask("pbxmakeflash", mode="switch")
    await operator.told()
    await demo.direct(f"hangup {A}")
    assert (await operator.event("flashstatechanged"))["flashtypeid"] == 4
    assert await operator.line() == IDLE


async def test_hanging_up_with_only_a_held_party_drops_it(demo: OktellDemo, operator: PbxClient) -> None:
    await talk(demo, operator)
    await operator.ask("pbxmakeflash", mode="switch")
    assert (await operator.ask("pbxabortcall"))["result"] == 1
    assert await operator.line() == IDLE
    assert await calls(demo) == []


async def test_the_other_party_holds(demo: OktellDemo, operator: PbxClient) -> None:
    await talk(demo, operator)
    assert (await demo.direct(f"hold {A}"))["ok"]
    assert (await operator.event("flashstatechanged"))["flashtypeid"] == 11
    found = await abonent(operator)
    assert (found["iscommutated"], found["iswaitinginflash"]) == (False, True)
    assert not (await demo.direct(f"hold {A}"))["ok"]
    assert (await demo.direct(f"unhold {A}"))["ok"]
    assert (await operator.event("flashstatechanged"))["flashtypeid"] == 12
    assert await number_talked_to(operator) == A


# ------------------------------------------------------------------ consultation and transfer


async def test_consultation_and_transfer(demo: OktellDemo, operator: PbxClient) -> None:
    await talk(demo, operator)
    chain = (await operator.line())["chainid"]
    assert (await operator.ask("pbxautocallstart", sequence="user", number="102"))["result"] == 1
    assert await operator.told() == ["flashstatechanged", "phoneevent_acmcallstarted"]
    found = await abonent(operator)
    assert (found["number"], found["isautocall"]) == ("102", True)
    assert await number_held(operator) == A
    await demo.direct("answer 102")
    assert await operator.told() == ["phoneevent_acmcallstopped", "phoneevent_commstarted", "linestatechanged"]
    assert (await number_talked_to(operator), await number_held(operator)) == ("102", A)
    assert (await operator.line())["chainid"] != chain
    assert (await operator.ask("pbxabortcall"))["result"] == 1
    assert (await operator.event("flashstatechanged"))["flashtypeid"] == 5
    assert await operator.told() == ["phoneevent_commstopped", "linestatechanged", "userstatechanged"]
    assert await operator.line() == IDLE
    assert await calls(demo) == [("talk", A, "102")]


async def test_consultation_given_up(demo: OktellDemo, operator: PbxClient) -> None:
    await consult(demo, operator)
    assert (await operator.ask("pbxmakeflash", mode="abort"))["result"] == 1
    assert await operator.told() == [
        "flashstatechanged",
        "phoneevent_commstopped",
        "phoneevent_commstarted",
        "linestatechanged",
    ]
    assert (await number_talked_to(operator), await number_held(operator)) == (A, None)
    assert await calls(demo) == [("talk", A, "101")]


async def test_toggle_between_the_two(demo: OktellDemo, operator: PbxClient) -> None:
    await consult(demo, operator)
    await operator.ask("pbxmakeflash", mode="switch")
    assert (await operator.event("flashstatechanged"))["flashtypeid"] == 7
    assert (await number_talked_to(operator), await number_held(operator)) == (A, "102")


async def test_next_drops_the_consultant_and_keeps_the_hold(demo: OktellDemo, operator: PbxClient) -> None:
    await consult(demo, operator)
    await operator.ask("pbxmakeflash", mode="next")
    assert (await operator.event("flashstatechanged"))["flashtypeid"] == 8
    assert (await number_talked_to(operator), await number_held(operator)) == (None, A)


async def test_held_party_hangs_up_during_the_consultation(demo: OktellDemo, operator: PbxClient) -> None:
    await consult(demo, operator)
    await demo.direct(f"hangup {A}")
    assert (await operator.event("flashstatechanged"))["flashtypeid"] == 4
    assert await operator.told() == []
    assert (await number_talked_to(operator), await number_held(operator)) == ("102", None)


async def test_consultant_hangs_up(demo: OktellDemo, operator: PbxClient) -> None:
    await consult(demo, operator)
    await demo.direct("hangup 102")
    assert await operator.told() == ["phoneevent_commstopped", "linestatechanged"]
    line = await operator.line()
    assert (line["linestatestr"], line["abonent"]) == ("lsHookUp", {})
    assert await number_held(operator) == A


async def test_consultation_not_answered_leaves_the_hold(demo: OktellDemo, operator: PbxClient) -> None:
    await talk(demo, operator)
    await operator.ask("pbxautocallstart", sequence="user", number="102")
    await operator.ask("pbxabortcall")
    assert await number_held(operator) == A
    assert (await operator.line())["linestatestr"] == "lsHookUp"


async def test_blind_transfer(demo: OktellDemo, operator: PbxClient) -> None:
    await talk(demo, operator)
    chain = (await operator.line())["chainid"]
    assert (await operator.ask("pbxmaketransfer", transferto="103"))["result"] == 1
    assert await operator.told() == ["phoneevent_commstopped", "linestatechanged", "userstatechanged"]
    assert await operator.line() == IDLE
    async with client(demo, "u103") as other:
        line = await other.line()
        assert line["chainid"] == chain
        assert (await abonent(other))["number"] == A
        await other.ask("pbxanswercall")
        assert await number_talked_to(other) == A


async def test_blind_transfer_of_the_consultant_returns_to_the_held(demo: OktellDemo, operator: PbxClient) -> None:
    await consult(demo, operator)
    assert (await operator.ask("pbxmaketransfer", transferto="104"))["result"] == 1
    assert (await number_talked_to(operator), await number_held(operator)) == (A, None)
    assert ("dialling", "102", "104") in await calls(demo)


@pytest.mark.parametrize("number", ["", "101", A, "999"])
async def test_transfers_that_lead_nowhere(demo: OktellDemo, operator: PbxClient, number: str) -> None:
    await talk(demo, operator)
    assert (await operator.ask("pbxmaketransfer", transferto=number))["result"] == 0
    assert await number_talked_to(operator) == A


async def test_commands_without_a_call(operator: PbxClient) -> None:
    for method in ("pbxanswercall", "pbxdeclinecall", "pbxabortcall", "pbxmakeflash", "pbxmaketransfer"):
        assert (await operator.ask(method))["result"] == 0
    assert await operator.told() == []


async def test_two_users_see_the_same_call_from_both_sides(demo: OktellDemo) -> None:
    async with client(demo) as one, client(demo, "u102") as other:
        await one.ask("pbxautocallstart", sequence="user", number="102")
        await one.ask("pbxanswercall")
        assert await other.told() == ["userstatechanged", "phoneevent_ringstarted"]
        await other.ask("pbxanswercall")
        assert (await number_talked_to(one), await number_talked_to(other)) == ("102", "101")
        await other.ask("pbxmakeflash", mode="switch")
        assert (await one.event("flashstatechanged"))["flashtypeid"] == 11
        assert (await abonent(one))["iswaitinginflash"] is True
        await other.ask("pbxabortcall")
        assert (await one.event("flashstatechanged"))["flashtypeid"] == 13
        assert await one.line() == IDLE
