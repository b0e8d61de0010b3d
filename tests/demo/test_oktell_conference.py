"""Conferences and ghosts as frames (oktell-protocol.md, "8.2 Ghost", "8.3 Conference", "13.11")."""

from __future__ import annotations

import pytest

from ctidesk.demo.oktell import OktellDemo
from ctidesk.demo.scheduler import ManualScheduler
from tests.demo.pbx_client import PbxClient, client

A = "79161234567"
CONFERENCE = "0f8fad5b-d9cb-469f-a165-70867728950e"


async def members(one: PbxClient, conference: object) -> list[str]:
    """Numbers of those who are in the conference now."""
    info = await one.ask("getconferenceinfo", conferenceid=conference)
    listed = info["competitors"]
    assert isinstance(listed, list)
    return [member["number"] for member in listed if member["confstatestr"] == "Entered"]


async def competitor_id(one: PbxClient, conference: object, number: str) -> str:
    listed = (await one.ask("getconferencecompetitors", conferenceid=conference))["competitorlist"]
    assert isinstance(listed, list)
    return next(str(member["competitorid"]) for member in listed if member["number"] == number)


async def conference_of_line(one: PbxClient) -> object:
    found = (await one.line())["abonent"]
    assert isinstance(found, dict)
    return found.get("conferenceid")


async def build(demo: OktellDemo, one: PbxClient) -> object:
    """A conference made of the operator's talk with A; returns its id."""
    await demo.direct(f"ring 101 {A}")
    await one.ask("pbxanswercall")
    await one.told()
    assert (await one.ask("buildconferencefromcommutation"))["result"] == 1
    started = await one.event("phoneevent_commstarted")
    assert started["isconference"] is True
    await one.ask("confhandleevent", conferenceid=started["confid"], eventtype="competitors", handle=True)
    return started["confid"]


async def test_built_from_the_present_talk(demo: OktellDemo, operator: PbxClient) -> None:
    await demo.direct(f"ring 101 {A}")
    await operator.ask("pbxanswercall")
    await operator.told()
    await operator.ask("buildconferencefromcommutation")
    assert await operator.told() == ["phoneevent_commstopped", "phoneevent_commstarted", "linestatechanged"]
    line = await operator.line()
    assert line["linestatestr"] == "lsCommutated"
    conference = await conference_of_line(operator)
    info = await operator.ask("getconferenceinfo", conferenceid=conference)
    assert isinstance(info["conference"], dict)
    assert (info["conference"]["id"], info["conference"]["isghost"]) == (conference, False)
    assert await members(operator, conference) == ["101", A]


async def test_invite_and_kick(demo: OktellDemo, operator: PbxClient) -> None:
    conference = await build(demo, operator)
    reply = await operator.ask(
        "invitetoconference", conferenceid=conference, competitors=[{"number": "102"}, {"number": "103"}]
    )
    assert reply["result"] == 1
    assert await members(operator, conference) == ["101", A]
    await demo.direct("answer 102")
    composition = (await operator.event("confcompositionchanged"))["eventinfo"]
    assert isinstance(composition, dict)
    assert composition["conferenceid"] == conference
    single = (await operator.event("confcompetitorstatechanged"))["eventinfo"]
    assert isinstance(single, dict)
    assert single["competitor"]["number"] == "102"
    await demo.direct("hangup 103")
    refused = (await operator.event("confcompetitorstatechanged"))["eventinfo"]
    assert isinstance(refused, dict)
    assert refused["competitor"]["confstatestr"] == "MisInviteRefuse"
    assert await members(operator, conference) == ["101", A, "102"]
    kicked = {"competitorid": await competitor_id(operator, conference, "102")}
    reply = await operator.ask("confdisconnectcompetitor", conferenceid=conference, competitor=kicked)
    assert reply["result"] == 1
    assert await members(operator, conference) == ["101", A]


async def test_invitation_times_out(demo: OktellDemo, clock: ManualScheduler, operator: PbxClient) -> None:
    conference = await build(demo, operator)
    await operator.ask("invitetoconference", conferenceid=conference, competitors=[{"number": "102"}])
    async with client(demo, "u102") as other:
        found = (await other.line())["abonent"]
        assert isinstance(found, dict)
        assert (found["conferenceid"], found["isringing"]) == (conference, True)
        clock.advance(31)
        assert (await other.line())["abonent"] == {}
    assert await members(operator, conference) == ["101", A]


async def test_the_last_one_is_let_go(demo: OktellDemo, operator: PbxClient) -> None:
    conference = await build(demo, operator)
    await operator.told()
    await demo.direct(f"hangup {A}")
    assert (await operator.told())[-3:] == ["phoneevent_commstopped", "linestatechanged", "userstatechanged"]
    assert await conference_of_line(operator) is None
    assert (await operator.ask("getconferenceinfo", conferenceid=conference))["result"] == 0


async def test_exit(demo: OktellDemo, operator: PbxClient) -> None:
    conference = await build(demo, operator)
    await operator.told()
    assert (await operator.ask("exitconference", conferenceid=conference))["result"] == 1
    assert await operator.told() == ["phoneevent_commstopped", "linestatechanged", "userstatechanged"]
    assert (await operator.ask("exitconference", conferenceid=conference))["result"] == 0


async def test_created_by_the_client(demo: OktellDemo, operator: PbxClient) -> None:
    reply = await operator.ask(
        "createnewconference",
        conference={"id": CONFERENCE, "room": 77, "name": ""},
        competitors=[{"userlogin": "operator"}, {"number": "102"}, {"number": A}],
    )
    assert reply["result"] == 1
    found = (await operator.line())["abonent"]
    assert isinstance(found, dict)
    assert (found["direction"], found["isringing"]) == ("acm_callback", True)
    async with client(demo, "u102") as other:
        assert (await other.line())["abonent"] == {}
        await operator.ask("pbxanswercall")
        assert await conference_of_line(other) == CONFERENCE
        await other.ask("pbxanswercall")
        await demo.direct(f"answer {A}")
        assert await members(operator, CONFERENCE) == ["101", "102", A]


async def test_held_party_is_brought_in(demo: OktellDemo, operator: PbxClient) -> None:
    await demo.direct(f"ring 101 {A}")
    await operator.ask("pbxanswercall")
    await operator.ask("pbxautocallstart", sequence="user", number="102")
    await demo.direct("answer 102")
    await operator.ask("buildconferencefromcommutation")
    conference = await conference_of_line(operator)
    assert (await operator.ask("checkcanconnecttogathertoconference"))["canconnecttogather"] is True
    assert (await operator.ask("connecttogathertoconference"))["result"] == 1
    assert await members(operator, conference) == ["101", "102", A]
    assert (await operator.line())["isflashing"] is False
    assert (await operator.ask("checkcanconnecttogathertoconference"))["canconnecttogather"] is False


async def test_conference_can_be_held(demo: OktellDemo, operator: PbxClient) -> None:
    conference = await build(demo, operator)
    await operator.ask("pbxmakeflash", mode="switch")
    line = await operator.line()
    assert isinstance(line["flashed"], dict)
    assert line["flashed"]["conferenceid"] == conference
    await operator.ask("pbxautocallstart", sequence="user", number="102")
    await demo.direct("answer 102")
    assert (await operator.ask("pbxabortcall"))["result"] == 1
    assert await conference_of_line(operator) is None
    async with client(demo, "u102") as other:
        assert await members(other, conference) == [A, "102"]


async def test_transfer_gives_ones_place_away(demo: OktellDemo, operator: PbxClient) -> None:
    conference = await build(demo, operator)
    async with client(demo, login="u103") as watcher:
        await operator.ask("pbxmaketransfer", transferto="102")
        assert (await operator.line())["abonent"] == {}
        await demo.direct("answer 102")
        assert await members(watcher, conference) == [A, "102"]
        info = await watcher.ask("getconferenceinfo", conferenceid=conference)
        assert isinstance(info["competitors"], list)
        present = [one for one in info["competitors"] if one["confstatestr"] == "Entered"]
        assert [one["number"] for one in present if one["iscreator"]] == ["102"]


async def test_who_gives_the_place_away_returns_to_the_held_party(demo: OktellDemo, operator: PbxClient) -> None:
    await demo.direct(f"ring 101 {A}")
    await operator.ask("pbxanswercall")
    await operator.ask("pbxautocallstart", number="102", sequence="user")
    await demo.direct("answer 102")
    await operator.ask("buildconferencefromcommutation")
    await operator.ask("pbxmaketransfer", transferto="103")
    line = await operator.line()
    assert isinstance(line["abonent"], dict)
    assert (line["abonent"]["number"], line["abonent"]["iscommutated"], line["isflashing"]) == (A, True, False)


@pytest.mark.parametrize("number", ["101", "102"])
async def test_the_place_is_not_given_to_somebody_who_cannot_take_it(
    demo: OktellDemo, operator: PbxClient, number: str
) -> None:
    conference = await build(demo, operator)
    await demo.direct("presence 102 talking")
    refused = await operator.ask("pbxmaketransfer", transferto=number)
    assert refused["result"] == 0
    assert await members(operator, conference) == ["101", A]


async def test_a_conference_whose_new_member_never_comes_ends(
    demo: OktellDemo, clock: ManualScheduler, operator: PbxClient
) -> None:
    conference = await build(demo, operator)
    await demo.direct("noanswer 102")
    await operator.ask("pbxmaketransfer", transferto="102")
    clock.advance(60)
    assert (await operator.ask("getconferenceinfo", conferenceid=conference))["result"] == 0


async def test_the_held_party_stays_in_the_conference_when_one_leaves(demo: OktellDemo, operator: PbxClient) -> None:
    await demo.direct(f"ring 101 {A}")
    await operator.ask("pbxanswercall")
    await operator.ask("pbxautocallstart", number="102", sequence="user")
    await demo.direct("answer 102")
    await operator.ask("buildconferencefromcommutation")
    conference = await conference_of_line(operator)
    await operator.ask("pbxabortcall")
    assert await members(operator, conference) == ["102", A]
    assert (await operator.line())["isflashing"] is False


async def test_ghost_listens_to_a_subordinate(demo: OktellDemo, operator: PbxClient) -> None:
    users = {user.number: user.id for user in demo.desk.directory.users}
    refused = await operator.ask("attachasghost", ghostedid=users["103"])
    assert (refused["result"], refused["error"]) == (0, 52710)
    assert (await operator.ask("attachasghost", ghostedid=users["102"]))["result"] == 0
    await demo.direct("presence 102 talking")
    assert (await operator.ask("attachasghost", ghostedid=users["102"]))["result"] == 1
    started = await operator.event("phoneevent_commstarted")
    conference = started["confid"]
    info = await operator.ask("getconferenceinfo", conferenceid=conference)
    assert isinstance(info["conference"], dict)
    assert isinstance(info["competitors"], list)
    assert info["conference"]["isghost"] is True
    ghosts = {one["number"]: (one["isghost"], one["isghostmajor"]) for one in info["competitors"]}
    assert ghosts["101"] == (True, False)
    assert ghosts["102"] == (True, True)
    reply = await operator.ask("confsetghostmode", conferenceid=conference, ghostmode="help")
    assert reply["result"] == 1
    reply = await operator.ask("confsetghostmode", conferenceid=conference, ghostmode="shout")
    assert reply["result"] == 0
    await operator.told()
    await demo.direct("presence 102 ready")
    assert await operator.told() == ["phoneevent_commstopped", "linestatechanged", "userstatechanged"]


@pytest.mark.parametrize("method", ["getconferenceinfo", "invitetoconference", "confdisconnectcompetitor"])
async def test_unknown_conference(operator: PbxClient, method: str) -> None:
    reply = await operator.ask(method, conferenceid="conf-9", competitors=[{"number": "102"}])
    assert (reply["result"], reply["error"]) == (0, 52000)
