"""Commands for the operator's own state (oktell-protocol.md, sections 8.4, 9.6 and 9.7)."""

from __future__ import annotations

from typing import Any

import pytest

from ctidesk.oktell.agent_commands import set_redirect_number, set_status, set_user_status
from ctidesk.oktell.boot import redirect_rule_id
from ctidesk.oktell.values import WebState
from tests.oktell.scripted_connection import ME, Pbx

CENTRE = {"oncallcenter": True, "onccmanual": False, "onlunch": False, "onredirect": False}


async def chosen(line: Pbx, status: str, reason: Any = None) -> Any:
    line.forget()
    return await line.run(set_user_status(line.session, status, reason))


@pytest.fixture
async def ready(line: Pbx) -> Pbx:
    """Ready in the call centre; the server answers a change with the whole state."""
    await line.user_state(1, **CENTRE)
    line.session.agent.redirect_number = "555"
    line.answers["setuserstate"] = lambda body: {**CENTRE, "userstateid": body.get("userstateid", 1), **body}
    return line


@pytest.mark.parametrize(
    ("status", "body"),
    [
        ("ready", {"userstateid": 1, "oncallcenter": False, "onredirect": False}),
        ("readyCCManual", {"userstateid": 1, "onccmanual": True, "onredirect": False}),
        ("busy", {"userstateid": 5, "onredirect": False}),
        ("dnd", {"userstateid": 3, "oncallcenter": False, "onredirect": False}),
        ("break", {"userstateid": 2, "onredirect": False, "lunchreasonid": 1}),
    ],
)
async def test_bodies(ready: Pbx, status: str, body: dict[str, Any]) -> None:
    result = await chosen(ready, status)
    assert ready.bodies("setuserstate") == [body]
    assert (result["result"], result["userState"]) == (True, ready.session.agent.user_state.value)


async def test_redirect_takes_two_steps(ready: Pbx) -> None:
    assert (await chosen(ready, "redirect"))["result"] is True
    assert ready.bodies("setuserstate") == [{"oncallcenter": False, "userstateid": 3}, {"onredirect": True}]
    assert ready.session.agent.user_status.value == "redirect"


async def test_redirect_stops_at_a_refusal(ready: Pbx) -> None:
    ready.answers["setuserstate"] = {"result": False, "error": 7}
    result = await chosen(ready, "redirect")
    assert (result["result"], result["error"]) == (False, 7)
    assert len(ready.bodies("setuserstate")) == 1


async def test_the_state_that_one_has_is_not_sent(ready: Pbx) -> None:
    assert await chosen(ready, "readyCC") == {"result": True, "userState": "readyCC", "userStatus": "readyCC"}
    assert ready.bodies("setuserstate") == []


async def test_busy_on_a_break_is_left_by_its_own_status(ready: Pbx) -> None:
    await ready.user_state(5, onlunch=True, ontask=True)
    assert ready.session.agent.user_status.value == "readyCC"
    await chosen(ready, "readyCC")
    assert ready.bodies("setuserstate") == [{"userstateid": 1, "onredirect": False}]


async def test_nothing_is_sent_while_busy(ready: Pbx) -> None:
    await ready.user_state(5)
    for status in ("busy", "redirect"):
        assert (await chosen(ready, status))["result"] is True
        assert ready.bodies("setuserstate") == []


@pytest.mark.parametrize(
    ("status", "code"), [("busyBreak", 4002), ("noPhone", 4002), ("away", 4001), ("", 4001), ("disconnected", 4001)]
)
async def test_states_that_cannot_be_set(ready: Pbx, status: str, code: int) -> None:
    assert (await chosen(ready, status))["errorCode"] == code


async def test_redirect_without_a_number(ready: Pbx) -> None:
    ready.session.agent.redirect_number = ""
    assert (await chosen(ready, "redirect"))["errorCode"] == 4003


async def test_reasons(ready: Pbx) -> None:
    await chosen(ready, "break", "2")
    assert ready.bodies("setuserstate")[0]["lunchreasonid"] == 2
    assert ready.session.agent.current_break_reason == 2
    await chosen(ready, "break", 2)
    assert ready.bodies("setuserstate") == []
    # D32: an unknown reason does not become another one.
    await chosen(ready, "break", "99")
    assert "lunchreasonid" not in ready.bodies("setuserstate")[0]


async def test_a_reply_without_the_reason_is_given_it(ready: Pbx) -> None:
    ready.answers["setuserstate"] = {**CENTRE, "userstateid": 2}
    await chosen(ready, "break", 2)
    assert ready.session.agent.current_break_reason == 2


async def test_the_reason_of_another_status_is_kept_for_the_break_that_follows(ready: Pbx) -> None:
    ready.answers["setuserstate"] = {"result": 1, "userstateid": 5}
    await chosen(ready, "busy", 2)
    assert "lunchreasonid" not in ready.bodies("setuserstate")[0]
    await ready.push("userstatechanged", userstateid=6, onlunch=True, ontask=False)
    assert ready.session.agent.current_break_reason == 2


async def test_a_refusal_changes_nothing(ready: Pbx) -> None:
    ready.answers["setuserstate"] = {"result": False, "errormsg": "no"}
    assert await chosen(ready, "dnd") == {"qid": ready.sent[-1][1]["qid"], "result": False, "errormsg": "no"}
    assert ready.session.agent.user_state.value == "readyCC"


async def test_without_a_connection(pbx: Pbx) -> None:
    result = await set_user_status(pbx.session, "dnd")
    assert (result["result"], result["errorCode"]) == (False, 1201)
    assert not set_status(pbx.session, "dnd")


# ---- the older interface


@pytest.mark.parametrize(
    ("code", "status", "body"),
    [
        (3, "READY", {"userstateid": 1}),
        (1, "dnd", {"userstateid": 3}),
        (2, 2, {"userstateid": 3}),
        (1, "redirect", {"onredirect": True}),
        (1, "break", {"userstateid": 2}),
    ],
)
async def test_set_status(ready: Pbx, code: int, status: Any, body: dict[str, Any]) -> None:
    await ready.user_state(code)
    ready.answers.pop("setuserstate")
    ready.forget()
    assert set_status(ready.session, status)
    await ready.serve()
    assert ready.bodies("setuserstate") == [body]
    assert ready.events == []  # D31: told when the PBX confirms it


@pytest.mark.parametrize(
    ("reason", "fields"), [("2", {"lunchreasonid": 2}), ("Dentist", {"lunchreasonmsg": "Dentist"}), ("", {})]
)
async def test_set_status_break(ready: Pbx, reason: str, fields: dict[str, Any]) -> None:
    ready.forget()
    assert set_status(ready.session, "break", reason)
    await ready.serve()
    assert ready.bodies("setuserstate") == [{"userstateid": 2, **fields}]


@pytest.mark.parametrize("status", ["ready", "", "0", "away", None, 1, 9])
async def test_set_status_refuses(ready: Pbx, status: Any) -> None:
    ready.forget()
    assert not set_status(ready.session, status)
    assert ready.bodies("setuserstate") == []


async def test_set_status_redirect_needs_a_number(ready: Pbx) -> None:
    ready.session.agent.redirect_number = ""
    assert not set_status(ready.session, "redirect")


async def test_set_status_waits_for_the_end_of_the_call(ready: Pbx) -> None:
    await ready.user_state(5)
    ready.forget()
    assert set_status(ready.session, "dnd")
    assert ready.bodies("setuserstate") == []
    await ready.user_state(1)
    assert ready.bodies("setuserstate") == [{"userstateid": 3}]


@pytest.mark.parametrize("later", ["break", "redirect"])
async def test_a_later_wish_takes_the_place_of_the_first(ready: Pbx, later: str) -> None:
    await ready.user_state(5)
    set_status(ready.session, "dnd")
    set_status(ready.session, later)
    assert ready.session.agent.after_busy is None
    set_status(ready.session, "dnd")
    await ready.run(set_user_status(ready.session, "readyCCManual"))
    assert ready.session.agent.after_busy is None


async def test_break_outside_of_the_call_centre_is_not_sent(line: Pbx) -> None:
    assert set_status(line.session, "break")
    assert line.bodies("setuserstate") == []


# ---- redirect number


def test_rule_id() -> None:
    assert redirect_rule_id("5b0d0cb2-7c5d-4e0e-9a4b-2b6b4a0c1a11") == "465948af579868f5d802deb0f093edad"
    assert redirect_rule_id("5B0D0CB2-7C5D-4E0E-9A4B-2B6B4A0C1A11") == "465948af579868f5d802deb0f093edad"


async def test_the_own_rule_is_found_at_the_boot(pbx: Pbx) -> None:
    own = "465948AF-5798-68f5-d802-deb0f093edad"
    rules = [{"id": "other", "destinationnumber": "1"}, {"id": own, "destinationnumber": "555"}]
    pbx.answers["getredirectrules"] = {"redirectrules": rules}
    await pbx.boot()
    assert pbx.session.agent.redirect_number == "555"


async def test_a_number_is_saved(line: Pbx) -> None:
    line.answers["saveredirectrules"] = {}
    assert (await line.run(set_redirect_number(line.session, 555)))["result"] is True
    rule = line.bodies("saveredirectrules")[0]["redirectrule"]
    assert isinstance(rule.pop("caption") + rule.pop("description"), str)
    assert rule == {
        "id": redirect_rule_id(ME),
        "priority": 1,
        "userid": ME,
        "isenabled": True,
        "allowcascade": True,
        "state": 2,
        "destinationnumber": "555",
        "onlyforredirectstate": True,
        "definesources": False,
    }
    assert line.session.agent.redirect_number == "555"


async def test_a_number_is_forgotten_and_with_it_the_redirection(ready: Pbx) -> None:
    await ready.user_state(3, onredirect=True)
    assert ready.session.agent.web_state is WebState.REDIRECT
    ready.answers["deleteredirectrules"] = {}
    ready.forget()
    assert (await ready.run(set_redirect_number(ready.session, "")))["result"] is True
    assert ready.bodies("deleteredirectrules") == [{"ids": [redirect_rule_id(ME)]}]
    assert ready.bodies("setuserstate") == [{"userstateid": 1}]
    assert ready.session.agent.redirect_number == ""


@pytest.mark.parametrize("number", ["555", ""])
async def test_refusals(line: Pbx, number: str) -> None:
    line.answers |= {"saveredirectrules": {"result": False}, "deleteredirectrules": {"result": False}}
    line.session.agent.redirect_number = "1"
    assert (await line.run(set_redirect_number(line.session, number)))["errorCode"] == 1103
    assert line.session.agent.redirect_number == "1"
