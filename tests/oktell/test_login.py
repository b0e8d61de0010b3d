"""Login and boot (oktell-protocol.md, sections 2 and 3.1)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from ctidesk.oktell.client import ClientOptions
from tests.oktell.scripted_connection import Pbx
from tests.waiting import settle


def told(pbx: Pbx) -> list[tuple[str, Any]]:
    """The events of the connection with their codes."""
    found: list[tuple[str, Any]] = []
    for event in pbx.events:
        if event.name in ("connecting", "connect", "connectError", "disconnect"):
            argument = event.args[0] if event.args else {}
            assert isinstance(argument, dict)
            found.append((event.name, argument.get("errorCode", argument.get("code"))))
    return found


async def refused(pbx: Pbx, **login: Any) -> Any:
    pbx.answers["login"] = login
    return await pbx.run(pbx.client.connect())


@pytest.mark.parametrize(
    ("reply", "code", "void"),
    [
        ({"error": 50093, "errormsg": "Wrong login/pass combination"}, 1204, False),
        ({"error": "50025"}, 1214, False),
        ({"errormsg": "Service not available"}, 1215, False),
        ({"errormsg": "Wrong login/pass combination", "error": 1}, 1202, True),
        ({"errormsg": "Bad request. Session does not exist"}, 1212, True),
        ({"errormsg": "Bad request. Invalid session user"}, 1212, True),
        ({"errormsg": "Something new"}, 1000, False),
        ({"error": 7, "result": 1}, 1000, False),
        ({"result": 0}, 1211, True),
        ({"result": 2}, 1211, True),
        ({"result": None}, 1211, True),
    ],
)
async def test_refusals(pbx: Pbx, reply: dict[str, Any], code: int, void: bool) -> None:
    pbx.client._session_id = "old"
    result = await refused(pbx, **reply)
    assert (result["result"], result["errorCode"]) == (False, code)
    assert result.get("serverErrorMessage") == reply.get("errormsg")
    assert told(pbx) == [("connecting", None), ("connectError", code), ("disconnect", 13)]
    assert pbx.names()[-2:] == ["stateChange", "disconnect"]
    assert ("logout" in pbx.requests()) is (code == 1211)
    assert bool(pbx.client._session_id) is not void
    assert pbx.connection.closed_by_client
    assert pbx.clock.timers == []


@pytest.mark.parametrize("result", [1, True, "1"])
async def test_accepted(pbx: Pbx, result: Any) -> None:
    pbx.answers["login"] = {"result": result, "userid": "u", "sessionid": "s"}
    await pbx.boot()
    assert pbx.client.is_connected


async def test_the_session_is_used_without_a_password(pbx: Pbx) -> None:
    await pbx.boot()
    await pbx.client.disconnect(keep_session=True)
    attempt = asyncio.create_task(pbx.client.connect(ClientOptions("pbx", "op1", None)))
    await pbx.serve()
    assert (await attempt)["result"] is True
    assert pbx.bodies("login") == [{"showid": 1, "usewebrtc": False, "sessionid": "session-1"}]


async def test_logging_out_forgets_the_session(pbx: Pbx) -> None:
    await pbx.boot()
    await pbx.client.disconnect()
    result = await pbx.client.connect(ClientOptions("pbx", "op1", None))
    assert result["errorCode"] == 1213
    assert len(pbx.connections) == 1


async def test_an_empty_password_is_one(pbx: Pbx) -> None:
    pbx.client.options = ClientOptions("pbx", "op1", "")
    await pbx.run(pbx.client.connect())
    assert pbx.bodies("login")[0]["Password"] == "d41d8cd98f00b204e9800998ecf8427e"


async def test_no_answer_to_the_login(pbx: Pbx) -> None:
    del pbx.answers["login"]
    attempt = asyncio.create_task(pbx.client.connect())
    await pbx.serve()
    await pbx.pass_time(20.1)
    assert (await attempt)["errorCode"] == 1211


@pytest.mark.parametrize("urls", ["", [], "http://pbx"])
async def test_no_address(pbx: Pbx, urls: Any) -> None:
    result = await pbx.client.connect(ClientOptions(urls, "op1", "x"))
    assert result["errorCode"] == 1205
    assert told(pbx) == [("connecting", None), ("connectError", 1205)]


async def test_no_server(pbx: Pbx) -> None:
    pbx.refuses = True
    pbx.client.options = ClientOptions(["a", "b"], "op1", "x")
    result = await pbx.client.connect()
    assert result["errorCode"] == 1200
    assert told(pbx) == [("connecting", None), ("connectError", 1200)]


# ---- the boot's steps

NEEDED = [
    ("getversion", 1206, 11),
    ("getmyuserinfo", 1210, 14),
    ("getuserstate", 1209, 14),
    ("getextendedlineinfo", 1207, 14),
]
NOT_NEEDED = ("cc_getlunchtypes", "getredirectrules", "getpbxnumbers", "getallusernumbers", "getalluserphotolink")


@pytest.mark.parametrize(("method", "code", "reason"), NEEDED)
async def test_a_needed_step_fails(pbx: Pbx, method: str, code: int, reason: int) -> None:
    """D12, D13, D15."""
    pbx.answers[method] = {"result": False}
    result = await pbx.run(pbx.client.connect())
    assert result["errorCode"] == code
    assert told(pbx) == [("connecting", None), ("connectError", code), ("disconnect", reason)]
    assert pbx.requests()[-1] == "logout"
    assert pbx.client._session_id == ""
    assert pbx.session.line.state is not None
    assert pbx.session.line.state.text == "disconnected"


@pytest.mark.parametrize("method", [*NOT_NEEDED, "getcurrentqueue", "subscribeevent"])
@pytest.mark.parametrize("reply", [{"result": False}, {"items": 5, "numbers": {}, "users": "x", "links": None}])
async def test_the_others_may_fail(pbx: Pbx, method: str, reply: dict[str, Any]) -> None:
    pbx.answers[method] = reply
    await pbx.boot()
    assert pbx.client.is_connected


async def test_the_photos_are_not_asked_for_without_users(pbx: Pbx) -> None:
    pbx.answers["getallusernumbers"] = {"result": False}
    attempt = asyncio.create_task(pbx.client.connect())
    await pbx.serve()
    await attempt
    assert "getalluserphotolink" not in pbx.requests()


async def test_an_old_server_is_not_asked_for_what_it_lacks(pbx: Pbx) -> None:
    pbx.answers["getversion"] = {"version": {"dated": 120101}}
    result = await pbx.run(pbx.client.connect())
    assert result["errorCode"] == 1210
    assert told(pbx)[-1] == ("disconnect", 10)


async def test_what_an_earlier_connection_told_is_dropped(pbx: Pbx) -> None:
    """D16."""
    await pbx.boot()
    assert set(pbx.session.directory.numbers) == {"101", "102"}
    pbx.connection.drop()
    await settle()
    pbx.answers["getpbxnumbers"] = pbx.answers["getallusernumbers"] = {"result": False}
    await pbx.boot()
    assert (pbx.session.directory.numbers, pbx.session.directory.users) == ({}, {})


async def test_a_line_in_a_conference_is_known_before_the_connection_is_told(pbx: Pbx) -> None:
    """3.1, step 13: without the composition of the conference the state of the line does not follow (5.3, step 5)."""
    conference = {"conferenceid": "conf-1", "isconference": True}
    pbx.answers["getuserstate"] = {"userstateid": 5}
    pbx.answers["getextendedlineinfo"] = {"linestatestr": "lsCommutated", "abonent": conference}
    pbx.answers["getconferenceinfo"] = {"competitors": [{"competitorid": "k1", "number": "102"}]}
    assert await pbx.run(pbx.client.connect()) == {"result": True}
    assert pbx.names()[-3:] == ["stateChange", "talkStart", "connect"]


async def test_a_connection_that_breaks_before_the_conference_is_known(pbx: Pbx) -> None:
    conference = {"conferenceid": "conf-1", "isconference": True}
    pbx.answers["getextendedlineinfo"] = {"linestatestr": "lsCommutated", "abonent": conference}
    attempt = asyncio.create_task(pbx.client.connect())
    await pbx.serve()
    assert pbx.requests()[-1] == "getconferenceinfo"
    pbx.connection.drop()
    assert (await attempt)["errorCode"] == 1200


async def test_a_procedure_that_is_not_allowed(pbx: Pbx) -> None:
    pbx.answers["getversion"] = {"version": {"dated": 150520}, "alloweddbstoredprocs": {"SP_a": 1, "sp_b": 0}}
    await pbx.boot()
    assert pbx.session.procedures == {"sp_a"}


async def test_own_info(line: Pbx) -> None:
    assert line.session.my_info["number"] == line.session.line.number == "101"
    assert line.session.my_info["login"] == "op1"
    assert line.session.my_info["isoperator"] is True
    assert line.client.web_base == "http://pbx.example:4057"
    assert line.session.procedures == {"sp_clients"}


async def test_no_secret_is_shown(pbx: Pbx, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    pbx.client.frame_log.enabled = True
    await pbx.boot()
    pbx.connection.put('["broken"')
    await pbx.push("unheardof", password="Secret1")
    pbx.connection.drop()
    await settle()
    shown = "\n".join(
        [
            caplog.text,
            repr(pbx.client.options),
            repr(pbx.client.__dict__.get("_link")),
            *(frame.text for frame in pbx.client.frame_log.frames),
        ]
    )
    for secret in ("Secret1", "session-1", "d6cb2342e44efb6dd628276f36da2359", "e52d98c459819a11775936d8dfbb7929"):
        assert secret not in shown
