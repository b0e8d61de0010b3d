"""Any method, procedures, events, passwords (oktell-protocol.md, "8.5") and records ("14.6 Call records")."""

from __future__ import annotations

from typing import Any

import pytest

from ctidesk.cti.named_commands import UnknownCommandError
from ctidesk.oktell.commands import Commands
from ctidesk.oktell.execution import change_password, execute, trigger_custom_event
from ctidesk.oktell.records import record_addresses
from tests.oktell.scripted_connection import ME, Pbx


async def test_any_method(line: Pbx) -> None:
    line.answers["getthings"] = {"things": [1]}
    result = await line.run(execute(line.session, "getthings", {"x": 1}))
    assert (result["result"], result["things"]) == (True, [1])
    assert line.bodies("getthings") == [{"x": 1}]


@pytest.mark.parametrize("method", ["", None, {}, [], True])
async def test_no_method(line: Pbx, method: Any) -> None:
    assert (await line.run(execute(line.session, method)))["errorCode"] == 1104


@pytest.mark.parametrize(("code", "expected"), [(None, 1103), (5, 1103), (1101, 1101), (1102, 1102), (1201, 1201)])
async def test_a_refused_method(line: Pbx, code: int | None, expected: int) -> None:
    line.answers["getthings"] = {"result": False, "errorCode": code, "errormsg": "no"}
    result = await line.run(execute(line.session, "getthings"))
    assert (result["errorCode"], result["errormsg"]) == (expected, "no")


async def test_a_procedure(line: Pbx) -> None:
    tables = [[["id", "name"], [1, "Ann"], [2, "Boris"]], [["n"]], [], "x", [[1], "row"]]
    line.answers["execpredefineddbstoredproc"] = {"result": 1, "errorcode": 0, "dataset": tables}
    result = await line.run(execute(line.session, "SP_Clients", {"city": "Omsk"}))
    rows = [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Boris"}]
    assert result == {"result": True, "datasets": [rows, [], [], [], []], "datasetsRaw": tables}
    body = {"procedure": "SP_Clients", "userid": ME, "inputparams": {"city": "Omsk"}}
    assert line.bodies("execpredefineddbstoredproc") == [body]


@pytest.mark.parametrize("params", [None, 5, "x", [1]])
async def test_a_procedure_without_valid_parameters_or_tables(line: Pbx, params: Any) -> None:
    """D8."""
    line.answers["execpredefineddbstoredproc"] = {"result": 1, "errorcode": 0}
    result = await line.run(execute(line.session, "sp_clients", params))
    assert result == {"result": True, "datasets": [], "datasetsRaw": []}
    assert line.bodies("execpredefineddbstoredproc")[0]["inputparams"] == {}


@pytest.mark.parametrize("reply", [{"result": 1}, {"result": 1, "errorcode": 3}, {"result": 2, "errorcode": 0}])
async def test_a_procedure_fails(line: Pbx, reply: dict[str, Any]) -> None:
    line.answers["execpredefineddbstoredproc"] = reply
    assert (await line.run(execute(line.session, "sp_clients")))["errorCode"] == 1105


@pytest.mark.parametrize(
    ("arguments", "fields"),
    [
        (("hello", ["u102"], {"a": 1}, True), {"eventparam": {"a": 1}, "recipients": ["u102"], "sendback": 1}),
        (("hello", "u102", "x"), {"eventparam": "x", "recipients": ["u102"], "sendback": "0"}),
        (("hello",), {"sendback": "0"}),
        (("hello", []), {"sendback": "0"}),
    ],
)
async def test_custom_events(line: Pbx, arguments: Any, fields: dict[str, Any]) -> None:
    assert trigger_custom_event(line.session, *arguments)
    await line.serve()
    assert line.bodies("triggercustomevent") == [{"userid": ME, "eventname": "hello", **fields}]


# ---- passwords


async def test_change_password(line: Pbx) -> None:
    line.answers["changepassword"] = {}
    assert await line.run(change_password(line.session, "Ёлка", "Secret1", True)) == {"result": True}
    assert line.bodies("changepassword") == [
        {
            "newpwdmd5": "9c7844e471b51dee7f4826294f0c57b9",
            "oldpwdmd5": "d6cb2342e44efb6dd628276f36da2359",
            "newpwd": "¨ëêà",
        }
    ]
    await line.run(change_password(line.session, "Ёлка", "Secret1"))
    assert "newpwd" not in line.bodies("changepassword")[1]


@pytest.mark.parametrize(
    ("new", "old", "reply", "code"),
    [
        ("", "x", {}, 2802),
        (None, "x", {}, 2802),
        (5, "x", {}, 2802),
        ("new", None, {}, 2801),
        ("new", "x", {"result": False, "errormsg": "old password is wrong"}, 2801),
        ("new", "x", {"result": False, "errormsg": "too short"}, 2803),
    ],
)
async def test_password_errors(line: Pbx, new: Any, old: Any, reply: dict[str, Any], code: int) -> None:
    line.answers["changepassword"] = reply
    assert (await line.run(change_password(line.session, new, old)))["errorCode"] == code


# ---- records


async def addresses(line: Pbx, url: str = "ws://pbx.example:4055/api") -> Any:
    return await line.run(record_addresses(line.session, url, "c-1"))


async def test_records(line: Pbx, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    passwords = iter(["one&", "two"])
    line.client.frame_log.enabled = True
    line.answers["getpbxcalljournal"] = {
        "calls": [{"recordlink": "/rec/1"}, {"recordlink": "/rec/2?x=1"}, {"recordlink": ""}, {"recordlink": "/rec/1"}]
    }
    line.answers["gettemphttppass"] = lambda _body: {"password": next(passwords)}
    assert await addresses(line, "wss://pbx.example:443/api") == [
        "https://pbx.example:443/rec/1?temppass=one%26",
        "https://pbx.example:443/rec/2?x=1&temppass=two",
    ]
    assert line.bodies("getpbxcalljournal") == [{"filter": {"idchain": "c-1", "showcallcenter": True}}]
    shown = caplog.text + "".join(frame.text for frame in line.client.frame_log.frames)
    assert "one&" not in shown
    assert "temppass=two" not in shown


@pytest.mark.parametrize("link", ["http://elsewhere/rec/1", "//elsewhere/rec/1", "https://pbx.example:4055@elsewhere/"])
async def test_no_password_for_another_server(line: Pbx, link: str) -> None:
    line.answers["getpbxcalljournal"] = {"calls": [{"recordlink": link}]}
    line.answers["gettemphttppass"] = {"password": "p"}
    assert await addresses(line) == []
    assert line.bodies("gettemphttppass") == []


async def test_records_are_refused(line: Pbx) -> None:
    line.answers["getpbxcalljournal"] = {"result": False}
    assert (await addresses(line))["errorCode"] == 1103
    line.answers["getpbxcalljournal"] = {"calls": [{"recordlink": "/rec/1"}]}
    line.answers["gettemphttppass"] = {"result": False}
    assert (await addresses(line))["errorCode"] == 3001
    line.answers["getpbxcalljournal"] = {"calls": "none"}
    assert await addresses(line) == []


# ---- commands by name

GETTERS: dict[str, Any] = {
    "getState": "ready",
    "getUserState": "ready",
    "getUserStatus": "ready",
    "getStatus": "ready",
    "getCurrentBreakReason": None,
    "inCallCenter": False,
    "getAbonents": [],
    "getHoldInfo": {"hasHold": False},
    "conferenceId": False,
    "getTalkLength": 0,
    "getRedirectNumber": "",
    "getBreakReasons": {"1": {"id": 1, "name": "Lunch"}, "2": {"id": 2, "name": "Pause"}},
    "dtmf": False,
}


@pytest.mark.parametrize(("name", "value"), GETTERS.items())
async def test_getters(line: Pbx, name: str, value: Any) -> None:
    assert await Commands(line.client).run(name, []) == value


async def test_unknown_commands(line: Pbx) -> None:
    commands = Commands(line.client)
    assert "call" in commands
    assert "fly" not in commands
    with pytest.raises(UnknownCommandError):
        await commands.run("fly", [])
    with pytest.raises(TypeError):
        await commands.run("call", [1, 2, 3, 4])


async def test_commands_by_name(line: Pbx) -> None:
    commands = Commands(line.client)
    line.answers["pbxautocallstart"] = {}
    assert (await line.run(commands.run("call", ["102"])))["result"] is True
    assert await line.run(commands.run("setUserStateBusy", [])) == {"result": True}
    assert await commands.run("getPhoneActions", ["102"]) != []
    assert await commands.run("onNativeEvent", [["chatmessage"]]) is True
    assert await line.run(commands.run("disconnect", [])) is True
    assert (await line.run(commands.run("call", ["102"])))["result"] is False


async def test_busy_of_ones_own_making(line: Pbx) -> None:
    """9.7: only here, the server is not told."""
    await Commands(line.client).run("setUserStateBusy", [])
    await line.serve()
    assert line.session.agent.code == 5
    assert line.bodies("setuserstate") == []
