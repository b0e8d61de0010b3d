"""Commands by the maker's names (webitel-protocol.md, sections 7 to 10)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.cti.named_commands import UnknownCommandError
from ctidesk.webitel.account_commands import clean_tag
from tests.waiting import settle
from tests.webitel.scripted_pbx import ACCOUNT, CONSULTATION, INCOMING, Pbx

STATUS = {"user": ACCOUNT, "param": "status"}


async def sent_by(line: Pbx, name: str, *arguments: Any) -> list[tuple[str, Any]]:
    """Run a command and return what it sends."""
    line.run(name, *arguments)
    await settle()
    return [(frame["exec-func"], frame.get("exec-args")) for frame in line.sent]


@pytest.mark.parametrize(
    ("command", "sent"),
    [
        (["call", "+380 (67) 123-45-67"], {"extension": "+380671234567", "auto_answer_param": None, "user": ACCOUNT}),
        (["call", "*21#"], {"extension": "*21#", "auto_answer_param": None, "user": ACCOUNT}),
        (["call", 101], {"extension": "101", "auto_answer_param": None, "user": ACCOUNT}),
        (["call", "1", False, True], {"extension": "1", "auto_answer_param": "sip_auto_answer=true", "user": ACCOUNT}),
    ],
)
async def test_calling(line: Pbx, command: list[Any], sent: dict[str, Any]) -> None:
    assert await sent_by(line, *command) == [("call", sent)]


@pytest.mark.parametrize("number", ["", "abc", None, "()"])
async def test_nothing_to_call(line: Pbx, number: str | None) -> None:
    result = await line.run("call", number)
    assert result["status"] == 1
    assert line.sent == []
    assert line.names() == []


@pytest.mark.parametrize(
    ("command", "sent"),
    [
        (["hangup", "k1", "USER_BUSY"], ("hangup", {"channel-uuid": "b1", "cause": "USER_BUSY"})),
        (["hangup", "k1"], ("hangup", {"channel-uuid": "b1"})),
        (["hold", "k1"], ("hold", {"channel-uuid": "b1"})),
        (["unhold", "k1"], ("unhold", {"channel-uuid": "b1"})),
        (["toggleHold", "k1"], ("hold", {"channel-uuid": "b1"})),
        (["dtmf", "k1", "12#"], ("dtmf", {"channel-uuid": "b1", "digits": "12#"})),
        (["transfer", "k1", "104"], ("transfer", {"channel-uuid": "a1", "destination": "104"})),
        (
            ["attendedTransfer", "k1", "101"],
            (
                "att_xfer2",
                {
                    "channel-uuid": "b1",
                    "extension": "101@crm.test",
                    "user": ACCOUNT,
                    "auto_answer_param": ["sip_h_Call-Info=answer-after=0"],
                    "parent_call_uuid": "k1",
                },
            ),
        ),
    ],
)
async def test_operating_a_call(line: Pbx, command: list[Any], sent: tuple[str, Any]) -> None:
    await line.talk()
    assert await sent_by(line, *command) == [sent]


@pytest.mark.parametrize(
    ("command", "sent"),
    [
        (
            ["bridgeTransfer", "k1", "k3"],
            (
                "att_xfer_bridge",
                {"channel-uuid-leg-a": "b1", "channel-uuid-leg-b": "a1", "channel-uuid-leg-c": "d1"},
            ),
        ),
        (
            ["cancelTransfer", "k1", "k3"],
            (
                "att_xfer_cancel",
                {"channel-uuid-leg-a": "b1", "channel-uuid-leg-b": "a1", "channel-uuid-leg-c": "c1"},
            ),
        ),
        (["bridge", "k1", "k3"], ("bridge", {"channel_uuid_A": "a1", "channel_uuid_B": "d1"})),
    ],
)
async def test_two_calls(line: Pbx, command: list[Any], sent: tuple[str, Any]) -> None:
    await line.consult()
    assert await sent_by(line, *command) == [sent]


@pytest.mark.parametrize(
    "command",
    [
        ["hangup", "x"],
        ["hangup"],
        ["hold", "x"],
        ["unhold", None],
        ["toggleHold", 5],
        ["dtmf", "x", "1"],
        ["transfer", "x", "1"],
        ["attendedTransfer", "x", "1"],
        ["bridgeTransfer", "k1", "x"],
        ["cancelTransfer", "x", "k1"],
        ["bridge", "k1", "x"],
        ["answer", "k1"],
        ["attendedTransfer", "k1", ""],
        ["transfer", "k1", ""],
    ],
)
async def test_what_is_refused_here_sends_and_tells_nothing(line: Pbx, command: list[Any]) -> None:
    await line.talk()
    result = await line.run(*command)
    assert result["status"] == 1
    assert result["response"]
    assert line.sent == []
    assert line.names() == []


async def test_the_other_party_must_be_known(line: Pbx) -> None:
    await line.call("CHANNEL_CREATE", CONSULTATION)
    await line.call(
        "CHANNEL_CREATE",
        CONSULTATION | {"Unique-ID": "e1", "variable_w_account_origination_uuid": "k9"},
    )
    line.forget()
    for command in (["transfer", "k3", "1"], ["bridgeTransfer", "k3", "k9"], ["bridge", "k3", "k9"]):
        assert (await line.run(*command))["status"] == 1
    assert line.sent == []
    # The end of a consultation needs nobody else.
    assert await sent_by(line, "cancelTransfer", "k3", "k9") == [
        ("att_xfer_cancel", {"channel-uuid-leg-a": "c1", "channel-uuid-leg-c": "e1"})
    ]


@pytest.mark.parametrize(
    ("call_state", "command"),
    [
        ("ACTIVE", "hold"),
        ("RING_WAIT", "hold"),
        ("UNHELD", "hold"),
        ("HELD", "unhold"),
        ("HOLD", "unhold"),
        ("RINGING", "unhold"),
    ],
)
async def test_toggling(line: Pbx, call_state: str, command: str) -> None:
    await line.talk()
    await line.call("CHANNEL_CALLSTATE", **{"Channel-Call-State": call_state})
    assert await sent_by(line, "toggleHold", "k1") == [(command, {"channel-uuid": "b1"})]


GONE = "-ERR No such channel!\n"


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (["+OK\n", "+OK\n"], 0),
        (["+OK\n", GONE], 0),
        ([GONE, "+OK\n"], 0),
        ([GONE, GONE], 1),
        (["+OK\n", "-ERR Operation failed\n"], 1),
    ],
)
async def test_all_devices_are_hung_up(line: Pbx, answers: list[str], status: int) -> None:
    await line.call("CHANNEL_CREATE")
    await line.call("CHANNEL_CREATE", INCOMING | {"Unique-ID": "b2"})
    line.forget()
    task = line.run("hangup", "k1", "CALL_REJECTED")
    await settle()
    frames = list(line.sent)
    assert [frame["exec-args"]["channel-uuid"] for frame in frames] == ["b1", "b2"]
    for frame, answer in zip(frames, answers, strict=True):
        complete = "+OK" if answer.startswith("+OK") else "-ERR"
        await line.say({"exec-uuid": frame["exec-uuid"], "exec-complete": complete, "exec-response": answer})
    assert (await task)["status"] == status


@pytest.mark.parametrize(
    ("command", "value"),
    [
        (["ready"], "ONHOOK"),
        (["busy", "dnd"], "DND"),
        (["busy", "onbreak", "Lunch break"], "ONBREAK('Lunch break')"),
        (["busy", "CALLFORWARD", "105"], "CALLFORWARD('105')"),
        (["busy", "voicemail", ""], "VOICEMAIL"),
        (["busy", "DND", "a\nb\r\nc"], "DND('a b c')"),
        (["busy", "DND", "x'), [status=ONHOOK] {y}\x00\x1b"], "DND('x) status=ONHOOK y')"),
        (["busy", "DND", "'''"], "DND"),
    ],
)
async def test_the_own_status(line: Pbx, command: list[str], value: str) -> None:
    assert await sent_by(line, *command) == [("api account change", STATUS | {"value": value})]


@given(st.text())
def test_no_text_leaves_its_place(text: str) -> None:
    cleaned = clean_tag(text)
    assert not set(cleaned) & set("'[]{},\n\r\t\x00")
    assert clean_tag(cleaned) == cleaned


@pytest.mark.parametrize("cause", ["nonsense", "", "AGENT", "ONHOOK", None])
async def test_other_causes_are_refused_here(line: Pbx, cause: str | None) -> None:
    assert (await line.run("busy", cause))["status"] == 1
    assert line.sent == []


@pytest.mark.parametrize(
    ("command", "sent"),
    [
        (["loginCallCenter"], ("cc login", {"status": "Available"})),
        (["loginCallCenter", None], ("cc login", {"status": "Available"})),
        (["loginCallCenter", "Available (On Demand)"], ("cc login", {"status": "Available (On Demand)"})),
        (["logoutCallCenter"], ("cc logout", None)),
        (["getTiers"], ("cc tier from user", {})),
        (["userList"], ("api account list", {"domain": "crm.test"})),
        (["userList", "other.test"], ("api account list", {"domain": "other.test"})),
        (["user", "101"], ("api account", {"user": "101@crm.test"})),
        (["userRemove", "105", "crm.test"], ("api account remove", {"user": "105@crm.test"})),
        (
            ["userCreate", "user", "105", "", "crm.test"],
            (
                "api account create",
                {"role": "user", "param": "105@crm.test", "attribute": {"parameters": ["cc-agent=true"]}},
            ),
        ),
        (
            ["userUpdate", "105", "crm.test", "password", "n3w"],
            ("api account change", {"user": "105@crm.test", "param": "password", "value": "n3w"}),
        ),
        (
            ["userUpdate", "105", None, {"variables": ["a=b"]}],
            ("api account change", {"user": "105@crm.test", "param": {"variables": ["a=b"]}}),
        ),
        (["getRecordFileFromUUID", "a1"], ("cdr_get_record_link", {"uuid": "a1"})),
        (["getRecordFileFromUUID", None], ("cdr_get_record_link", {"uuid": None})),
        (["whoami"], ("api whoami", {})),
        (["channelDump", "b1"], ("channel_dump", {"uuid": "b1"})),
    ],
)
async def test_other_commands(line: Pbx, command: list[Any], sent: tuple[str, Any]) -> None:
    assert await sent_by(line, *command) == [sent]


@pytest.mark.parametrize(
    ("response", "tiers"),
    [({"sales": {"queue": "sales@crm.test"}}, [{"queue": "sales@crm.test"}]), ([], []), ({}, [])],
)
async def test_the_queues(line: Pbx, response: Any, tiers: list[Any]) -> None:
    task = line.run("getTiers")
    await settle()
    await line.reply("cc tier from user", response)
    assert await task == tiers


@pytest.mark.parametrize("response", ["-ERR: Permission denied!"])
async def test_refused_queues(line: Pbx, response: str) -> None:
    task = line.run("getTiers")
    await settle()
    await line.reply("cc tier from user", response)
    assert (await task)["status"] == 1
    assert line.events[-1][1]["errorType"] == "AGENT-ERROR"


async def test_replies_that_are_json_inside_of_text(line: Pbx) -> None:
    for text, status in (('{"id":"100@crm.test"}', 0), ("no json", 1)):
        task = line.run("whoami")
        await settle()
        await line.reply("api whoami", text)
        assert (await task)["status"] == status


async def test_who_is_there(line: Pbx) -> None:
    assert (await line.run("account"))["id"] == "100"
    assert [user["id"] for user in await line.run("getAgentsList")] == ["100", "101"]


async def test_unknown_commands(line: Pbx) -> None:
    for name in ("rawapi", "parkCall", "readyCallCenter", "busyCallCenter", "reloadAgents", "deviceList", ""):
        with pytest.raises(UnknownCommandError):
            await line.commands.run(name, [])
        assert name not in line.commands
    with pytest.raises(TypeError, match="ready"):
        await line.commands.run("ready", ["too", "much"])


async def test_a_function_that_the_server_does_not_have(line: Pbx) -> None:
    task = line.run("dtmf", "k1", "1")
    await settle()
    assert (await task)["status"] == 1
    await line.talk()
    task = line.run("dtmf", "k1", "1")
    await settle()
    await line.reply("dtmf", "dtmf - not found.", "+ERR")
    await task
    assert line.events[-1][1]["errorType"] == "COMMAND-ERROR"
    assert line.words() == ["error COMMAND_NOT_IMPLEMENTED"]
