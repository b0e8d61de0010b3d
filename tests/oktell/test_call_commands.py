"""Call control (oktell-protocol.md, "8.1 Call control")."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from ctidesk.oktell import call_commands
from ctidesk.oktell.values import LineState
from tests.oktell.scripted_connection import IDLE, ME, Pbx
from tests.waiting import settle

S = LineState
A: dict[str, Any] = {"number": "79161234567", "isextline": True}
B: dict[str, Any] = {"number": "102", "userid": "u102"}
TALK_A: dict[str, Any] = {"chainid": "c-1", "abonent": {**A, "iscommutated": True}}
RING_A: dict[str, Any] = {"chainid": "c-1", "abonent": {**A, "isringing": True}}
HOLD_A: dict[str, Any] = {"isflashing": True, "flashed": A, "abonent": {}}
TALK_B: dict[str, Any] = {"chainid": "c-2", "abonent": {**B, "iscommutated": True}}
TALK_B_HOLD_A: dict[str, Any] = {**TALK_B, "isflashing": True, "flashed": A}
CALL_A: dict[str, Any] = {"chainid": "c-1", "abonent": A}
DIAL_A: dict[str, Any] = {"chainid": "c-1", "abonent": {**A, "isautocall": True}}
OWN_RING: dict[str, Any] = {"abonent": {"isringing": True, "direction": "acm_callback"}}
GONE: dict[str, Any] = {"linestatestr": "lsDisconnected", "abonent": {}}
LINES: dict[LineState, dict[str, Any]] = {
    S.READY: IDLE,
    S.TALK: TALK_A,
    S.RING: RING_A,
    S.CALL: CALL_A,
    S.BACKCALL: DIAL_A,
    S.BACKRING: OWN_RING,
    S.DISCONNECTED: GONE,
}
ACCEPTED = ("pbxautocallstart", "pbxmakeflash", "pbxabortcall", "pbxautocallabort", "pbxdeclinecall", "pbxmaketransfer")


@pytest.fixture
async def phone(line: Pbx) -> Pbx:
    """An idle line of a server that accepts every command."""
    line.answers |= {key: {"result": 1} for key in ACCEPTED}
    return line


async def on(phone: Pbx, picture: dict[str, Any]) -> Pbx:
    await phone.show(**picture)
    phone.forget()
    return phone


def commands(phone: Pbx) -> list[tuple[str, dict[str, Any]]]:
    """The commands that were sent."""
    return [(name, phone.bodies(name)[0]) for name in phone.requests() if name in (*ACCEPTED, "pbxanswercall")]


# ---- call


@pytest.mark.parametrize(
    ("sequence", "sent"), [(None, "user"), ("user", "user"), ("abonent", "abonent"), ("both", "user"), (5, "user")]
)
async def test_call(phone: Pbx, sequence: Any, sent: str) -> None:
    assert (await phone.run(call_commands.call(phone.session, 102, sequence)))["result"] is True
    assert commands(phone) == [("pbxautocallstart", {"number": "102", "sequence": sent})]


async def test_intercom(phone: Pbx) -> None:
    await phone.run(call_commands.call(phone.session, "102", "abonent", intercom=True))
    assert commands(phone) == [("pbxautocallstart", {"number": "102", "sequence": "user", "intercom": True})]


async def test_a_talk_becomes_a_consultation(phone: Pbx) -> None:
    await on(phone, TALK_A)
    assert (await phone.run(call_commands.call(phone.session, "102")))["result"] is True


@pytest.mark.parametrize(
    ("picture", "user", "number", "code"),
    [
        (IDLE, 1, "", 2106),
        (IDLE, 0, "102", 2001),
        (GONE, 1, "102", 2002),
        (TALK_B_HOLD_A, 5, "103", 2101),
        (RING_A, 5, "102", 2103),
        (CALL_A, 5, "102", 2103),
        (DIAL_A, 5, "102", 2103),
        (OWN_RING, 5, "102", 2103),
        (IDLE, 5, "102", 2104),
        (TALK_A, 5, "79161234567", 2105),
        (GONE, 0, "", 2002),
        (IDLE, 5, "", 2104),
    ],
)
async def test_call_is_refused(phone: Pbx, picture: dict[str, Any], user: int, number: str, code: int) -> None:
    await phone.show(**picture)
    await phone.user_state(user)
    phone.forget()
    result = await phone.run(call_commands.call(phone.session, number))
    assert result["errorCode"] == code
    assert commands(phone) == []


async def test_busy_with_a_hold_may_call(phone: Pbx) -> None:
    await phone.show(**HOLD_A)
    await phone.user_state(5)
    assert (await phone.run(call_commands.call(phone.session, "102")))["result"] is True


async def test_call_in_a_conference(phone: Pbx) -> None:
    phone.answers["getconferenceinfo"] = {"result": False}
    await on(phone, {"abonent": {"conferenceid": "conf-1", "isconference": True}})
    assert (await phone.run(call_commands.call(phone.session, "102")))["errorCode"] == 2102


async def test_the_reason_of_2103_names_the_state(phone: Pbx) -> None:
    await on(phone, RING_A)
    assert "ring" in (await phone.run(call_commands.call(phone.session, "102")))["errorMessage"]


async def test_call_refused_by_the_pbx(phone: Pbx) -> None:
    phone.answers["pbxautocallstart"] = {"result": False, "error": 9}
    result = await phone.run(call_commands.call(phone.session, "102"))
    assert (result["result"], result["errorCode"], result["error"]) == (False, 2107, 9)


async def test_call_before_the_line_is_known(phone: Pbx) -> None:
    phone.session.line.state = None
    assert (await phone.run(call_commands.call(phone.session, "102")))["errorCode"] == 2108


# ---- answer


@pytest.mark.parametrize(("before", "after"), [(RING_A, TALK_A), (OWN_RING, CALL_A), (OWN_RING, DIAL_A)])
async def test_answer(phone: Pbx, before: dict[str, Any], after: dict[str, Any]) -> None:
    await on(phone, before)
    answering = asyncio.create_task(phone.client.answer())
    await phone.serve()
    assert commands(phone) == [("pbxanswercall", {})]
    await phone.show(**after)
    assert await answering == {"result": True}
    assert phone.session.answerable is True
    assert phone.clock.timers == [] or all(timer.due - phone.clock.monotonic() <= 1 for timer in phone.clock.timers)


@pytest.mark.parametrize("state", [S.READY, S.TALK, S.CALL, S.DISCONNECTED])
async def test_nothing_to_answer(phone: Pbx, state: LineState) -> None:
    await on(phone, LINES[state])
    assert (await phone.client.answer())["errorCode"] == 2901


async def test_two_answers_are_one(phone: Pbx) -> None:
    """D24."""
    await on(phone, RING_A)
    first, second = asyncio.create_task(phone.client.answer()), asyncio.create_task(phone.client.answer())
    await phone.serve()
    assert len(commands(phone)) == 1
    await phone.show(**TALK_A)
    assert await first == await second == {"result": True}


async def test_a_phone_that_does_not_lift(phone: Pbx) -> None:
    await on(phone, RING_A)
    answering = asyncio.create_task(phone.client.answer())
    await phone.pass_time(2.9)
    assert not answering.done()
    assert phone.session.answerable is None
    await phone.pass_time(0.2)
    assert (await answering)["errorCode"] == 2902
    assert (await phone.client.answer())["errorCode"] == 2902


async def test_a_caller_who_hangs_up_says_nothing_of_the_phone(phone: Pbx) -> None:
    """D24."""
    await on(phone, RING_A)
    answering = asyncio.create_task(phone.client.answer())
    await phone.serve()
    await phone.show(**IDLE)
    assert (await answering)["errorCode"] == 2901
    assert phone.session.answerable is None
    await phone.pass_time(4)
    assert phone.session.answerable is None


async def test_answering_ends_with_the_connection_and_is_forgotten(phone: Pbx) -> None:
    await on(phone, RING_A)
    answering = asyncio.create_task(phone.client.answer())
    await phone.serve()
    phone.connection.drop()
    await settle()
    assert (await answering)["errorCode"] == 1201
    phone.session.answerable = False
    await phone.boot()
    assert phone.session.answerable is None


async def test_an_old_server_cannot_lift(pbx: Pbx) -> None:
    pbx.answers["getversion"] = {"version": {"dated": 130601}}
    await pbx.boot(**RING_A)
    assert (await pbx.client.answer())["errorCode"] == 2902
    assert pbx.requests() == []


# ---- end


@pytest.mark.parametrize(
    ("state", "sent"),
    [
        (S.TALK, "pbxabortcall"),
        (S.CALL, "pbxabortcall"),
        (S.BACKCALL, "pbxautocallabort"),
        (S.RING, "pbxdeclinecall"),
        (S.BACKRING, "pbxdeclinecall"),
        (S.READY, None),
        (S.DISCONNECTED, None),
    ],
)
@pytest.mark.parametrize("numbers", [None, "", "101", ME, ["101", "5"]])
async def test_end_everything_or_by_the_own_number(
    phone: Pbx, state: LineState, sent: str | None, numbers: Any
) -> None:
    await on(phone, LINES[state])
    assert (await phone.run(call_commands.end_call(phone.session, numbers)))["result"] is True
    assert [name for name, _ in commands(phone)] == ([sent] if sent else [])


@pytest.mark.parametrize(
    ("state", "sent"),
    [(S.TALK, "pbxabortcall"), (S.CALL, "pbxabortcall"), (S.BACKCALL, "pbxautocallabort"), (S.RING, "pbxdeclinecall")],
)
async def test_end_by_number(phone: Pbx, state: LineState, sent: str) -> None:
    await on(phone, LINES[state])
    await phone.run(call_commands.end_call(phone.session, "5"))
    assert commands(phone) == []
    await phone.run(call_commands.end_call(phone.session, ["5", 79161234567]))
    assert [name for name, _ in commands(phone)] == [sent]


@pytest.mark.parametrize(
    ("picture", "numbers", "sent"),
    [
        (HOLD_A, None, [("pbxabortcall", {})]),
        (TALK_B_HOLD_A, None, [("pbxabortcall", {})]),
        (TALK_B_HOLD_A, "102", [("pbxmakeflash", {"mode": "abort"})]),
        (TALK_B_HOLD_A, "u102", [("pbxmakeflash", {"mode": "abort"})]),
        (TALK_B_HOLD_A, "101", [("pbxmakeflash", {"mode": "abort"})]),
        (TALK_B_HOLD_A, "79161234567", []),
        (HOLD_A, "79161234567", []),
    ],
)
async def test_end_with_a_hold(phone: Pbx, picture: dict[str, Any], numbers: Any, sent: list[Any]) -> None:
    await on(phone, picture)
    await phone.run(call_commands.end_call(phone.session, numbers))
    assert commands(phone) == sent


@pytest.mark.parametrize("numbers", [["102", None], [{}], {"number": "102"}, True, [["102"]]])
async def test_end_refuses_what_is_no_number(phone: Pbx, numbers: Any) -> None:
    """D35: it must not end everything."""
    await on(phone, TALK_B_HOLD_A)
    assert (await phone.run(call_commands.end_call(phone.session, numbers)))["result"] is False
    assert commands(phone) == []


async def test_end_refused_by_the_pbx(phone: Pbx) -> None:
    await on(phone, TALK_A)
    phone.answers["pbxabortcall"] = {"result": False, "errormsg": "no"}
    result = await phone.run(call_commands.end_call(phone.session))
    assert (result["errorCode"], result["errormsg"]) == (1103, "no")


@pytest.mark.parametrize(("picture", "sent"), [(TALK_B_HOLD_A, 1), (HOLD_A, 0), (TALK_A, 0), (IDLE, 0)])
async def test_commutate(phone: Pbx, picture: dict[str, Any], sent: int) -> None:
    await on(phone, picture)
    await phone.run(call_commands.commutate(phone.session))
    assert commands(phone) == [("pbxabortcall", {})] * sent


# ---- hold and toggle (7.4)

SWITCH = ("pbxmakeflash", {"mode": "switch"})


@pytest.mark.parametrize(
    ("picture", "hold", "toggle"),
    [
        (TALK_A, [SWITCH], 2402),
        (HOLD_A, [SWITCH], None),
        (TALK_B_HOLD_A, [SWITCH], None),
        (IDLE, [], 2402),
        (RING_A, [], 2402),
    ],
)
async def test_hold_and_toggle(phone: Pbx, picture: dict[str, Any], hold: list[Any], toggle: int | None) -> None:
    await on(phone, picture)
    assert (await phone.run(call_commands.hold(phone.session)))["result"] is True
    assert commands(phone) == hold
    phone.forget()
    result = await phone.run(call_commands.toggle(phone.session))
    assert result.get("errorCode") == toggle
    assert commands(phone) == ([] if toggle else [SWITCH])


async def test_toggle_tells_of_a_refusal(phone: Pbx) -> None:
    """D26: success is reported after the reply."""
    await on(phone, HOLD_A)
    phone.answers["pbxmakeflash"] = {"result": False}
    assert (await phone.run(call_commands.toggle(phone.session)))["errorCode"] == 1103


# ---- transfer


@pytest.mark.parametrize(
    ("picture", "number", "code", "sent"),
    [
        (IDLE, "103", 2303, []),
        (HOLD_A, "103", 2303, []),
        (RING_A, "103", 2303, []),
        (TALK_B_HOLD_A, "", None, [("pbxabortcall", {})]),
        (TALK_B_HOLD_A, "79161234567", None, [("pbxabortcall", {})]),
        (TALK_B_HOLD_A, "103", None, [("pbxmaketransfer", {"transferto": "103"})]),
        (TALK_A, 103, None, [("pbxmaketransfer", {"transferto": "103"})]),
        (TALK_A, "", 2304, []),
        (IDLE, "", 2304, []),
    ],
)
async def test_transfer(phone: Pbx, picture: dict[str, Any], number: Any, code: int | None, sent: list[Any]) -> None:
    await on(phone, picture)
    result = await phone.run(call_commands.transfer(phone.session, number))
    assert result.get("errorCode") == code
    assert commands(phone) == sent
