"""Calls that go on over a lost connection (webitel-protocol.md, "6.8"; cti-model.md, "5.1 Rules", rule 5)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ctidesk.cti.errors import CtiException
from ctidesk.cti.model import CtiModel
from tests.waiting import settle
from tests.webitel.scripted_pbx import ACCOUNT, CONSULTATION, INCOMING, Frame, Pbx


def row(uuid: str, call_state: str, presence: str = ACCOUNT) -> Frame:
    """Return a row of `show_channel`."""
    return {"uuid": uuid, "callstate": call_state, "presence_id": presence, "state": "CS_EXECUTE"}


def shown(*rows: Frame) -> Frame:
    """Return the reply of `show_channel`; the switch leaves out an empty list."""
    return {"row_count": len(rows), "rows": list(rows)} if rows else {"row_count": 0}


def dumped(base: Frame = INCOMING, /, **changes: Any) -> str:
    """Return the reply of `channel_dump`."""
    fields = dict(base)
    fields["variable_webitel_call_uuid"] = fields.pop("variable_w_account_origination_uuid")
    return json.dumps(fields | changes)


class Line:
    """A scripted client with the model on top."""

    def __init__(self, pbx: Pbx) -> None:
        self.pbx = pbx
        self.model = CtiModel(pbx.provider, pbx.clock)

    async def start(self) -> None:
        self.model.start()
        await settle()
        await self.pbx.log_in()
        await settle()
        await self.pbx.reply("show_channel", shown())
        self.pbx.forget()

    async def return_(self) -> None:
        """Lose the connection and come back up to the question for calls."""
        self.pbx.connection.drop()
        await settle()
        self.pbx.clock.advance(7)
        await settle()
        self.pbx.events.clear()
        await self.pbx.log_in()
        await settle()
        self.pbx.told.clear()

    @property
    def calls(self) -> dict[str, str]:
        return {call.id: call.state.name + ("" if call.confirmed else "?") for call in self.model.calls.values()}


@pytest.fixture
async def over(pbx: Pbx) -> Any:
    line = Line(pbx)
    await line.start()
    yield line
    closing = pbx.start(line.model.close())
    await settle()
    pbx.connection.drop()
    await closing


async def test_a_call_goes_on(over: Line) -> None:
    await over.pbx.talk()
    call = over.model.current_call
    over.pbx.connection.drop()
    await settle()
    assert over.calls == {"k1": "CONNECTED?"}
    over.pbx.clock.advance(7)
    await settle()
    await over.pbx.log_in()
    await settle()
    assert over.pbx.asked("show_channel")["exec-args"] == {"domain": "crm.test"}
    await over.pbx.reply("show_channel", shown(row("b1", "ACTIVE"), row("x1", "ACTIVE", "101@crm.test")))
    assert await over.pbx.reply("channel_dump", dumped()) == {"uuid": "b1"}
    assert over.calls == {"k1": "CONNECTED"}
    assert over.model.current_call is call
    await over.pbx.call("CHANNEL_HANGUP")
    assert over.calls == {}


async def test_a_call_that_ended_meanwhile(over: Line) -> None:
    await over.pbx.talk()
    call = over.model.current_call
    await over.return_()
    over.pbx.names()
    await over.pbx.reply("show_channel", shown())
    assert over.calls == {}
    assert call is not None
    assert call.state_cause == "connection lost"
    assert over.pbx.names() == ["onHangupCall"]


async def test_a_call_that_was_held_meanwhile(over: Line) -> None:
    await over.pbx.talk()
    await over.return_()
    await over.pbx.reply("show_channel", shown(row("b1", "HELD")))
    await over.pbx.reply("channel_dump", dumped())
    assert over.calls == {"k1": "HOLDED"}
    assert over.pbx.words() == ["activeCallSnapshot k1", "[UNHOLD MAKE_CONSULT_CALL DTMF]"]


async def test_a_call_that_was_never_seen(over: Line) -> None:
    await over.return_()
    await over.pbx.reply("show_channel", shown(row("b1", "ACTIVE")))
    await over.pbx.reply("channel_dump", dumped())
    assert over.calls == {"k1": "CONNECTED"}
    assert over.pbx.names()[-1] == "onReady"
    assert over.model.abilities is not None
    await over.pbx.call("CHANNEL_HOLD")
    assert over.calls == {"k1": "HOLDED"}


async def test_a_consultation_goes_on(over: Line) -> None:
    await over.pbx.consult()
    await over.return_()
    await over.pbx.reply("show_channel", shown(row("c1", "ACTIVE"), row("b1", "HELD")))
    await over.pbx.reply("channel_dump", dumped(CONSULTATION, **{"Other-Leg-Unique-ID": "d1"}))
    await over.pbx.reply("channel_dump", dumped())
    assert over.calls == {"k1": "HOLDED", "k3": "CONNECTED"}
    assert over.model.current_call is not None
    assert over.model.current_call.id == "k1"


async def test_the_main_call_is_gone_and_the_consultation_is_left(over: Line) -> None:
    await over.pbx.consult()
    await over.return_()
    await over.pbx.reply("show_channel", shown(row("c1", "ACTIVE")))
    await over.pbx.reply("channel_dump", dumped(CONSULTATION, **{"Other-Leg-Unique-ID": "d1"}))
    assert over.calls == {"k3": "CONNECTED"}


async def test_nobody_is_taken_back_unasked(over: Line) -> None:
    await over.pbx.consult()
    await over.return_()
    await over.pbx.reply("show_channel", shown(row("b1", "HELD")))
    await over.pbx.reply("channel_dump", dumped())
    assert over.calls == {"k1": "HOLDED"}
    assert all(frame["exec-func"] != "unhold" for frame in over.pbx.sent)


@pytest.mark.parametrize(
    ("complete", "response", "is_asked_again"),
    [("-ERR", "-ERR x", True), ("+ERR", "show_channel - not found.", False)],
)
async def test_a_question_that_fails_leaves_the_calls_in_doubt(
    over: Line, complete: str, response: str, is_asked_again: bool
) -> None:
    await over.pbx.talk()
    await over.return_()
    await over.pbx.reply("show_channel", response, complete)
    assert over.calls == {"k1": "CONNECTED?"}
    assert all(name != "onError" for name, _ in over.pbx.events)
    over.pbx.sent.clear()
    over.pbx.clock.advance(6)
    await settle()
    assert bool(over.pbx.sent) is is_asked_again


async def test_a_dump_that_fails_leaves_the_calls_in_doubt(over: Line) -> None:
    await over.pbx.talk()
    await over.return_()
    await over.pbx.reply("show_channel", shown(row("b1", "ACTIVE")))
    await over.pbx.reply("channel_dump", "-ERR: FreeSWITCH server connect close!", "-ERR")
    assert over.calls == {"k1": "CONNECTED?"}


async def test_a_channel_that_ends_between_the_questions(over: Line) -> None:
    await over.pbx.talk()
    await over.return_()
    await over.pbx.reply("show_channel", shown(row("b1", "ACTIVE")))
    await over.pbx.reply("channel_dump", "-ERR No such channel!\n", "-ERR")
    assert over.calls == {}


async def test_a_call_that_begins_during_the_questions(over: Line) -> None:
    await over.return_()
    await over.pbx.call("CHANNEL_CREATE")
    await over.pbx.reply("show_channel", shown())
    assert over.calls == {"k1": "ALERTING"}


async def test_a_channel_that_is_hanging_up_does_not_count(over: Line) -> None:
    await over.pbx.talk()
    await over.return_()
    await over.pbx.reply("show_channel", shown(row("b1", "HANGUP")))
    assert over.calls == {}


@pytest.mark.parametrize("response", [[], {"rows": 5}, "no json", {"rows": [5, {"uuid": []}]}])
async def test_a_list_of_any_shape(over: Line, response: object) -> None:
    await over.return_()
    await over.pbx.reply("show_channel", response)
    assert over.calls == {}
    assert over.model.is_connected


async def test_a_switch_that_cannot_tell_is_asked_again(over: Line) -> None:
    """Right after a restart the server has no link to the switch; a call that is over must not stay for that."""
    await over.pbx.talk()
    await over.return_()
    for _ in range(3):
        await over.pbx.reply("show_channel", "-ERR: FreeSWITCH server connect close!", "-ERR")
        assert over.calls == {"k1": "CONNECTED?"}
        over.pbx.sent.clear()
        over.pbx.clock.advance(5.1)
        await settle()
    await over.pbx.reply("show_channel", shown())
    assert over.calls == {}
    over.pbx.sent.clear()
    over.pbx.clock.advance(40)
    await settle()
    assert all(frame["exec-func"] == "ping" for frame in over.pbx.sent)


async def test_a_new_call_is_not_refused_for_calls_in_doubt(over: Line) -> None:
    second = INCOMING | {"Unique-ID": "b9", "variable_w_account_origination_uuid": "k9"}
    await over.pbx.talk()
    await over.return_()
    await over.pbx.reply("show_channel", "-ERR x", "-ERR")
    over.pbx.sent.clear()
    await over.pbx.call("CHANNEL_CREATE", second)
    assert [frame["exec-func"] for frame in over.pbx.sent] == ["show_channel"]
    await over.pbx.reply("show_channel", shown(row("b9", "RINGING")))
    await over.pbx.reply("channel_dump", dumped(second))
    assert over.calls == {"k9": "ALERTING"}
    assert [frame["exec-func"] for frame in over.pbx.sent] == ["show_channel", "channel_dump"]


async def test_a_new_call_is_refused_when_the_call_in_doubt_goes_on(over: Line) -> None:
    second = INCOMING | {"Unique-ID": "b9", "variable_w_account_origination_uuid": "k9"}
    await over.pbx.talk()
    await over.return_()
    await over.pbx.reply("show_channel", "-ERR x", "-ERR")
    await over.pbx.call("CHANNEL_CREATE", second)
    await over.pbx.reply("show_channel", shown(row("b1", "ACTIVE"), row("b9", "RINGING")))
    await over.pbx.reply("channel_dump", dumped())
    await over.pbx.reply("channel_dump", dumped(second))
    assert over.calls == {"k1": "CONNECTED"}
    assert over.pbx.asked("hangup")["exec-args"] == {"channel-uuid": "b9", "cause": "USER_BUSY"}


async def test_a_call_that_the_switch_does_not_know_is_asked_about(over: Line) -> None:
    await over.pbx.talk()
    task = over.pbx.start(over.model.drop())
    await settle()
    await over.pbx.reply("hangup", "-ERR No such channel!\n", "-ERR")
    with pytest.raises(CtiException):
        await task
    await over.pbx.reply("show_channel", shown())
    assert over.calls == {}


async def test_a_loss_during_the_questions(over: Line) -> None:
    await over.pbx.talk()
    await over.return_()
    await over.return_()
    await over.pbx.reply("show_channel", shown(row("b1", "ACTIVE")))
    await over.pbx.reply("channel_dump", dumped())
    assert over.calls == {"k1": "CONNECTED"}


async def test_without_calls_a_failed_question_is_no_error(line: Pbx) -> None:
    task = line.start(line.provider.query_active_calls())
    await settle()
    await line.reply("show_channel", "-ERR x", "-ERR")
    await task
    assert line.words() == ["activeCallSnapshot"]


async def test_with_calls_a_failed_question_is_one(line: Pbx) -> None:
    await line.talk()
    task = line.start(line.provider.query_active_calls())
    await settle()
    await line.reply("show_channel", "-ERR x", "-ERR")
    with pytest.raises(CtiException):
        await task


async def test_reconnecting_by_hand_keeps_the_calls(over: Line) -> None:
    await over.pbx.talk()
    over.model.reconnect()
    await settle()
    await over.pbx.log_in()
    await settle()
    await over.pbx.reply("show_channel", shown(row("b1", "ACTIVE")))
    await over.pbx.reply("channel_dump", dumped())
    assert over.calls == {"k1": "CONNECTED"}
    assert len(over.pbx.connections) == 2
    assert over.pbx.connections[0].closed_by_client
    assert over.model.is_connected
