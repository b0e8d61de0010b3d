"""Conferences and ghosts (oktell-protocol.md, "8.2 Ghost (listen, help, join)" and "8.3 Conference")."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from ctidesk.oktell.call_commands import end_call
from ctidesk.oktell.conference_commands import conference, invite, is_guid
from ctidesk.oktell.ghost_commands import ghost
from tests.oktell.scripted_connection import IDLE, ME, Pbx

GUID = "11111111-2222-3333-4444-555555555555"
A = {"number": "79161234567", "isextline": True}
TALK_A: dict[str, Any] = {"abonent": {**A, "iscommutated": True}}
RING_A: dict[str, Any] = {"abonent": {**A, "isringing": True}}
CONF: dict[str, Any] = {"abonent": {"conferenceid": "conf-1", "isconference": True}}
I_AM = {"competitorid": "k1", "number": "101", "userid": ME, "isghost": True}
BORIS = {"competitorid": "k2", "number": "102", "userid": "u102", "isghost": True}


@pytest.fixture
async def phone(line: Pbx) -> Pbx:
    """An idle line of a server that accepts every command; a conference has me and Boris."""
    for method in (
        "confhandleevent",
        "invitetoconference",
        "confdisconnectcompetitor",
        "exitconference",
        "connecttogathertoconference",
        "createnewconference",
        "attachasghost",
        "confsetvoiceparams",
        "confsetghostmode",
    ):
        line.answers[method] = {"result": 1}
    line.answers["getconferenceinfo"] = {"conference": {"id": "conf-1"}, "competitors": [I_AM, BORIS]}
    return line


async def in_conference(phone: Pbx, **extra: Any) -> Pbx:
    await phone.show(**CONF, **extra)
    phone.forget()
    return phone


# ---- create, build, invite


async def test_create(phone: Pbx) -> None:
    result = await phone.run(conference(phone.session, ["102", GUID]))
    assert result["result"] is True
    body = phone.bodies("createnewconference")[0]
    assert body["competitors"] == [{"userlogin": "op1"}, {"number": "102"}, {"userid": GUID}]
    described = body["conference"]
    assert is_guid(described.pop("id"))
    assert 0 <= described.pop("room") <= 10000
    assert described == {
        "name": "",
        "description": "",
        "accessmode": "free",
        "isselector": False,
        "record": True,
        "recordrights": "selected",
        "everyonecaninvite": True,
        "canvieweachother": True,
    }
    assert phone.requests() == ["createnewconference", "confhandleevent"]
    assert phone.session.line.conference.id
    assert phone.session.line.conference.mine
    phone.session.run(phone.session.line.enter_conference("another"))
    assert not phone.session.line.conference.mine


async def test_older_servers_are_given_internal_numbers(phone: Pbx) -> None:
    phone.session.dated = 140928
    await phone.run(conference(phone.session, "102"))
    assert phone.bodies("createnewconference")[0]["competitors"][1] == {"intnumber": "102"}


async def test_create_is_refused(phone: Pbx) -> None:
    phone.answers["createnewconference"] = {"result": 0}
    assert (await phone.run(conference(phone.session, "102")))["errorCode"] == 2204
    assert phone.session.line.conference.id == ""


@pytest.mark.parametrize(
    ("picture", "user", "numbers", "code"),
    [
        (IDLE, 2, ["102"], 2208),
        (IDLE, 1, [], 2205),
        (IDLE, 1, None, 2205),
        (IDLE, 1, [None, {}], 2205),
        (RING_A, 5, ["102"], 2205),
        (CONF, 5, [], 2201),
    ],
)
async def test_not_now(phone: Pbx, picture: dict[str, Any], user: int, numbers: Any, code: int) -> None:
    await phone.show(**picture)
    await phone.user_state(user)
    assert (await phone.run(conference(phone.session, numbers)))["errorCode"] == code


async def test_build_and_invite(phone: Pbx) -> None:
    await phone.show(**TALK_A)
    phone.forget()
    building = asyncio.create_task(conference(phone.session, ["103"]))
    await phone.serve()
    phone.answers["getextendedlineinfo"] = CONF
    await phone.push("phoneevent_commstarted", isconference=True, confid="conf-1")
    assert (await building)["result"] is True
    assert phone.session.line.conference.mine
    assert phone.bodies("invitetoconference") == [{"conferenceid": "conf-1", "competitors": [{"number": "103"}]}]


async def test_build_takes_too_long(phone: Pbx) -> None:
    await phone.show(**TALK_A)
    building = asyncio.create_task(conference(phone.session))
    await phone.pass_time(1.9)
    assert not building.done()
    await phone.pass_time(0.2)
    assert (await building)["errorCode"] == 2202


async def test_invite(phone: Pbx) -> None:
    await in_conference(phone)
    assert (await phone.run(conference(phone.session, ["103", GUID])))["result"] is True
    invited = [{"number": "103"}, {"userid": GUID}]
    assert phone.bodies("invitetoconference") == [{"conferenceid": "conf-1", "competitors": invited}]


async def test_invitation_failed(phone: Pbx) -> None:
    """D25."""
    await in_conference(phone)
    phone.answers["invitetoconference"] = {"result": False}
    assert (await phone.run(conference(phone.session, "103")))["errorCode"] == 2207


async def test_invite_outside_of_a_conference(phone: Pbx) -> None:
    assert (await phone.run(invite(phone.session, ["103"])))["errorCode"] == 2205


@pytest.mark.parametrize(("can", "code"), [(True, None), (False, 2206), (None, 2206)])
async def test_the_held_party_is_joined(phone: Pbx, can: bool | None, code: int | None) -> None:
    await in_conference(phone, isflashing=True, flashed=A)
    phone.answers["checkcanconnecttogathertoconference"] = {"canconnecttogather": can}
    result = await phone.run(conference(phone.session, ["79161234567", "103"]))
    assert result.get("errorCode") == code
    expected = ["checkcanconnecttogathertoconference"]
    assert phone.requests() == expected + ([] if code else ["connecttogathertoconference", "invitetoconference"])


# ---- kick


async def test_kick_another(phone: Pbx) -> None:
    await in_conference(phone)
    phone.answers["getconferencecompetitors"] = {"competitorlist": [I_AM, BORIS, {"number": "103"}]}
    assert (await phone.run(end_call(phone.session, "102")))["result"] is True
    kicked = {"conferenceid": "conf-1", "competitor": {"competitorid": "k2"}}
    assert phone.bodies("confdisconnectcompetitor") == [kicked]
    assert phone.bodies("exitconference") == []


async def test_oneself_leaves_last_and_once(phone: Pbx) -> None:
    await in_conference(phone)
    phone.answers["getconferencecompetitors"] = {"competitorlist": [I_AM, I_AM, BORIS]}
    await phone.run(end_call(phone.session, ["101", ME, "u102"]))
    assert phone.requests() == ["getconferencecompetitors", "confdisconnectcompetitor", "exitconference"]


async def test_kick_checks_the_reply(phone: Pbx) -> None:
    await in_conference(phone)
    phone.answers["getconferencecompetitors"] = {"result": False, "competitorlist": [I_AM, BORIS]}
    assert (await phone.run(end_call(phone.session, "102")))["result"] is False
    phone.answers["getconferencecompetitors"] = {"competitorlist": [I_AM, BORIS]}
    phone.answers["confdisconnectcompetitor"] = {"result": False}
    assert (await phone.run(end_call(phone.session, "102")))["errorCode"] == 1103


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GUID, True),
        ("a" * 32, True),
        ("A1" * 16, True),
        ("a" * 31, False),
        (f"{GUID}x", False),
        ("102", False),
        ("-" * 36, False),
    ],
)
def test_guid(text: str, expected: bool) -> None:
    assert is_guid(text) is expected


# ---- ghosts


async def as_ghost(phone: Pbx, **target: Any) -> Pbx:
    phone.answers["getconferenceinfo"] = {
        "conference": {"id": "conf-1", "isghost": True},
        "competitors": [I_AM, {**BORIS, **target}],
    }
    return await in_conference(phone)


@pytest.mark.parametrize("target", ["u102", "102", 102])
async def test_listen(phone: Pbx, target: Any) -> None:
    assert (await phone.run(ghost(phone.session, target, "monitor")))["result"] is True
    assert phone.bodies("attachasghost") == [{"ghostedid": "u102"}]


@pytest.mark.parametrize(
    ("target", "mode", "code"),
    [("999", "monitor", 2504), ("", "monitor", 2504), (None, "help", 2504), ("102", "spy", 2503)],
)
async def test_bad_wishes(phone: Pbx, target: Any, mode: str, code: int) -> None:
    assert (await phone.run(ghost(phone.session, target, mode)))["errorCode"] == code


@pytest.mark.parametrize(("error", "code"), [(52710, 2505), ("52710", 2505), (1, 2502), (None, 2502)])
async def test_attaching_is_refused(phone: Pbx, error: Any, code: int) -> None:
    phone.answers["attachasghost"] = {"result": False, "error": error}
    assert (await phone.run(ghost(phone.session, "102", "help")))["errorCode"] == code


@pytest.mark.parametrize(
    ("mode", "major", "method", "fields"),
    [
        ("help", False, "confsetvoiceparams", {"competitor": {"competitorid": "k2", "ghosthelp": True}}),
        ("monitor", False, "confsetvoiceparams", {"competitor": {"competitorid": "k2", "ghosthelp": False}}),
        ("conference", False, "confsetghostmode", {"ghostmode": "conference"}),
        ("help", True, "confsetghostmode", {"ghostmode": "help"}),
        ("monitor", True, "confsetghostmode", {"ghostmode": "monitor"}),
    ],
)
async def test_change_of_mode(phone: Pbx, mode: str, major: bool, method: str, fields: dict[str, Any]) -> None:
    await as_ghost(phone, isghostmajor=major)
    assert (await phone.run(ghost(phone.session, "102", mode)))["result"] is True
    assert phone.bodies(method) == [{"conferenceid": "conf-1", **fields}]
    assert phone.requests() == [method, "getconferenceinfo"]
    phone.answers[method] = {"result": False}
    assert (await phone.run(ghost(phone.session, "102", mode)))["errorCode"] == 2502


async def test_help_follows_the_attaching(phone: Pbx) -> None:
    """D28."""
    helping = asyncio.create_task(ghost(phone.session, "102", "help"))
    await phone.serve()
    ghosts = [I_AM, BORIS]
    phone.answers["getconferenceinfo"] = {"conference": {"id": "conf-1", "isghost": True}, "competitors": ghosts}
    await phone.show(**CONF)
    assert (await helping)["result"] is True
    assert len(phone.bodies("confsetvoiceparams")) == 1


async def test_help_does_not_wait_for_ever(phone: Pbx) -> None:
    helping = asyncio.create_task(ghost(phone.session, "102", "help"))
    await phone.pass_time(0.6)
    assert (await helping)["errorCode"] == 2506
    assert "getconferenceinfo" not in phone.requests()


async def test_no_ghost(phone: Pbx) -> None:
    await in_conference(phone)
    assert (await phone.run(ghost(phone.session, "102", "help")))["errorCode"] == 2506
    await phone.show(**TALK_A)
    assert (await phone.run(ghost(phone.session, "102", "help")))["errorCode"] == 2506


async def test_the_target_is_not_there(phone: Pbx) -> None:
    await as_ghost(phone, isghost=False)
    assert (await phone.run(ghost(phone.session, "102", "help")))["errorCode"] == 2507
