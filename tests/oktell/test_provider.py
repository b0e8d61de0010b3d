"""The provider's commands and what it tells of the operator (oktell-protocol.md, sections 14.4 to 14.7)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from ctidesk.cti.conference import Conference
from ctidesk.cti.errors import CtiException, ErrorKind
from ctidesk.cti.events import (
    AgentStateChanged,
    CallCentreStateChanged,
    Disconnected,
    ErrorOccurred,
    Initialized,
    LineStateChanged,
)
from ctidesk.cti.presence import Presence
from ctidesk.cti.slices import at_once
from ctidesk.cti.supervision import Supervision, SupervisorMode
from ctidesk.cti.values import AgentFeatures, CallFeatures, CallState
from ctidesk.oktell.execution import load_queue
from ctidesk.oktell.provider import SWITCH_LIMIT
from tests.oktell.operator_desk import A, B, Desk, Picture, dial, features, idle, ring, talk
from tests.oktell.scripted_connection import ME
from tests.waiting import settle

ANN, BORIS = "79161234567", "102"
SWITCH, ABORT = {"mode": "switch"}, {"mode": "abort"}


async def consulting(desk: Desk, picture: Picture | None = None) -> None:
    """Ann waits, Boris is called (or talks, with `picture`)."""
    await desk.show(**talk(A))
    await desk.show(**dial(B, "c-0002", held=A))
    if picture is not None:
        await desk.show(**picture)
    desk.forget()


def sent(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    own = [(name, body) for name, body in desk.sent if name.startswith(("pbx", "exit", "conf", "enter", "setuser"))]
    return [(name, {key: body[key] for key in body if key not in ("qid", "userlogin")}) for name, body in own]


async def code_of(desk: Desk, command: Any) -> int | str | None:
    """Run a command that must be refused; returns the error's code."""
    with pytest.raises(CtiException) as caught:
        await desk.run(command)
    assert caught.value.error.text
    assert caught.value.error.source.startswith("oktell.")
    return caught.value.error.code


# ---- calls


async def test_make_call(desk: Desk) -> None:
    await desk.run(desk.provider.make_call("102"))
    assert sent(desk) == [("pbxautocallstart", {"sequence": "user", "number": "102"})]
    desk.answers["pbxautocallstart"] = {"result": False}
    assert await code_of(desk, desk.provider.make_call("102")) == 2107


async def test_answer(desk: Desk) -> None:
    await desk.show(**ring(A))
    answering = asyncio.create_task(desk.provider.answer(desk.call(ANN)))
    await desk.serve()
    await desk.show(**talk(A))
    await answering


async def test_a_phone_that_cannot_be_answered_loses_the_button(desk: Desk) -> None:
    await desk.show(**ring(A))
    call = desk.call(ANN)
    assert CallFeatures.CAN_ANSWER in desk.provider.capabilities[0]
    answering = asyncio.create_task(desk.provider.answer(call))
    await desk.pass_time(3.1)
    with pytest.raises(CtiException) as caught:
        await answering
    assert caught.value.error.code == 2902
    assert features(call) == {"DROP"}
    assert [one.features for one in desk.told if isinstance(one, LineStateChanged)][-1] == CallFeatures.CAN_DROP
    assert CallFeatures.CAN_ANSWER not in desk.provider.capabilities[0]
    await desk.show(**idle())
    await desk.show(**ring(A, "c-0002"))
    assert features(desk.call(ANN)) == {"DROP"}


@pytest.mark.parametrize(
    ("picture", "command"),
    [(ring(A), "pbxdeclinecall"), (talk(A), "pbxabortcall"), (dial(A), "pbxautocallabort")],
)
async def test_drop(desk: Desk, picture: Picture, command: str) -> None:
    await desk.show(**picture)
    desk.forget()
    await desk.run(desk.provider.drop(desk.call(ANN)))
    assert sent(desk) == [(command, {})]


async def test_drop_a_caller_without_a_number(desk: Desk) -> None:
    await desk.show(linestatestr="lsRinging", chainid="c-1", abonent={"isextline": True, "isringing": True})
    desk.forget()
    await desk.run(desk.provider.drop(desk.calls[0]))
    assert sent(desk) == [("pbxdeclinecall", {})]


async def test_drop_a_consultant_without_a_number_does_not_transfer(desk: Desk) -> None:
    nobody = {"isextline": True, "userid": ""}
    await consulting(desk, talk(nobody, "c-0002", held=A))
    desk.forget()
    await desk.run(desk.provider.drop(desk.calls[1]))
    assert sent(desk) == [("pbxmakeflash", ABORT)]


@pytest.mark.parametrize("picture", [None, talk(B, "c-0002", held=A)])
async def test_cancel_transfer(desk: Desk, picture: Picture | None) -> None:
    await consulting(desk, picture)
    await desk.run(desk.provider.cancel_transfer(desk.call(ANN), desk.call(BORIS)))
    assert sent(desk) == [("pbxmakeflash", ABORT)]


async def test_a_cancelled_consultation_is_not_switched_back_twice(desk: Desk) -> None:
    await consulting(desk)
    await desk.run(desk.provider.cancel_transfer(desk.call(ANN), desk.call(BORIS)))
    await desk.show(**idle(held=A))  # on the way back
    await desk.show(**talk(A))
    assert sent(desk) == [("pbxmakeflash", ABORT)]
    assert desk.states() == [(ANN, "CONNECTED")]
    # The next one that is not answered is switched back again.
    await desk.show(**dial(B, "c-0003", held=A))
    await desk.show(**idle(held=A))
    assert sent(desk)[1:] == [("pbxmakeflash", SWITCH)]


async def test_a_refused_cancellation_leaves_the_way_back(desk: Desk) -> None:
    await consulting(desk)
    desk.answers["pbxmakeflash"] = {"result": False}
    assert await code_of(desk, desk.provider.drop(desk.call(BORIS))) == 1103
    await desk.show(**idle(held=A))
    assert sent(desk)[1:] == [("pbxmakeflash", SWITCH)]


async def test_transfer_and_blind_transfer(desk: Desk) -> None:
    await consulting(desk, talk(B, "c-0002", held=A))
    await desk.run(desk.provider.transfer(desk.call(ANN), desk.call(BORIS)))
    await desk.run(desk.provider.blind_transfer(desk.call(BORIS), "103"))
    assert sent(desk) == [("pbxabortcall", {}), ("pbxmaketransfer", {"transferto": "103"})]
    assert [desk.call(one).redirection_id for one in (ANN, BORIS)] == ["102", "103"]


async def test_consult_hold_and_swap(desk: Desk) -> None:
    await desk.show(**talk(A))
    desk.forget()
    await desk.run(desk.provider.make_consult_call(desk.call(ANN), "102"))
    await desk.run(desk.provider.hold_or_unhold(desk.call(ANN)))
    assert sent(desk) == [("pbxautocallstart", {"sequence": "user", "number": "102"}), ("pbxmakeflash", SWITCH)]
    assert await code_of(desk, desk.provider.swap(desk.call(ANN), desk.call(ANN))) == 2402


async def test_leave_a_conference(desk: Desk) -> None:
    me = {"competitorid": "k1", "userid": ME, "number": "101"}
    desk.answers["getconferenceinfo"] = {
        "conference": {"id": "conf-1"},
        "competitors": [me, {"competitorid": "k2", **B}],
    }
    desk.answers["getconferencecompetitors"] = {"competitorlist": [me, {"competitorid": "k2", **B}]}
    await desk.show(linestatestr="lsCommutated", abonent={"conferenceid": "conf-1", "isconference": True})
    desk.forget()
    await desk.run(desk.provider.drop(desk.calls[0]))
    assert sent(desk) == [("exitconference", {"conferenceid": "conf-1"})]


# ---- dropping a held party (D35)


async def test_drop_a_held_party(desk: Desk) -> None:
    await consulting(desk, talk(B, "c-0002", held=A))
    dropping = asyncio.create_task(desk.provider.drop(desk.call(ANN)))
    await desk.serve()
    assert sent(desk) == [("pbxmakeflash", SWITCH)]
    await desk.show(**talk(B, "c-0002", held={**A, "simplename": "Ann"}))  # not yet
    assert len(sent(desk)) == 1
    await desk.show(**talk(A, held=B))
    await dropping
    assert sent(desk) == [("pbxmakeflash", SWITCH), ("pbxmakeflash", ABORT)]


async def test_drop_a_held_user_waits_for_the_switch(desk: Desk) -> None:
    """A user's record is taken anew at each reload; that is no switch."""
    await desk.show(**talk(B))
    await desk.show(**dial(A, "c-0002", held=B))
    await desk.show(**talk(A, "c-0002", held=B))
    desk.forget()
    dropping = asyncio.create_task(desk.provider.drop(desk.call(BORIS)))
    await desk.serve()
    await desk.show(**talk(A, "c-0002", held=B))
    assert sent(desk) == [("pbxmakeflash", SWITCH)]
    await desk.show(**talk(B, held=A))
    await dropping
    assert sent(desk)[1:] == [("pbxmakeflash", ABORT)]


async def test_drop_a_held_party_alone(desk: Desk) -> None:
    await desk.show(**talk(A))
    await desk.show(**idle(held=A))
    desk.forget()
    dropping = asyncio.create_task(desk.provider.drop(desk.call(ANN)))
    await desk.serve()
    await desk.show(**talk(A))
    await dropping
    assert sent(desk) == [("pbxmakeflash", SWITCH), ("pbxabortcall", {})]


async def test_the_held_party_leaves_while_it_is_dropped(desk: Desk) -> None:
    await consulting(desk, talk(B, "c-0002", held=A))
    dropping = asyncio.create_task(desk.provider.drop(desk.call(ANN)))
    await desk.serve()
    await desk.show(**talk(B, "c-0002"))
    await dropping
    assert sent(desk) == [("pbxmakeflash", SWITCH)]  # Boris is not touched
    assert desk.states() == [(BORIS, "CONNECTED")]


async def test_the_switch_does_not_happen(desk: Desk) -> None:
    await consulting(desk, talk(B, "c-0002", held=A))
    dropping = asyncio.create_task(desk.provider.drop(desk.call(ANN)))
    await desk.pass_time(SWITCH_LIMIT + 0.1)
    with pytest.raises(CtiException):
        await dropping
    assert sent(desk) == [("pbxmakeflash", SWITCH)]


async def test_the_connection_is_lost_while_a_held_party_is_dropped(desk: Desk) -> None:
    await consulting(desk, talk(B, "c-0002", held=A))
    dropping = asyncio.create_task(desk.provider.drop(desk.call(ANN)))
    await desk.serve()
    desk.connection.drop()
    await desk.pass_time(SWITCH_LIMIT + 0.1)
    with pytest.raises(CtiException):
        await dropping


@pytest.mark.parametrize(
    "command", ["make_call", "drop", "hold_or_unhold", "query_line_state", "query_active_calls", "query_agent_state"]
)
async def test_no_command_fails_silently_without_a_connection(desk: Desk, command: str) -> None:
    await desk.show(**talk(A))
    call = desk.call(ANN)
    desk.connection.drop()
    await settle()
    given: dict[str, list[object]] = {"make_call": ["102"], "drop": [call], "hold_or_unhold": [call]}
    arguments = given.get(command, [])
    with pytest.raises(CtiException):
        await desk.run(getattr(desk.provider, command)(*arguments))


# ---- the operator


def told_states(desk: Desk) -> list[tuple[str, Presence]]:
    return [(one.state.code, one.state.presence) for one in desk.told if isinstance(one, AgentStateChanged)]


async def test_wrap_up(desk: Desk) -> None:
    desk.answers["setuserstate"] = {}
    await desk.run(desk.provider.set_wrap_up(True))
    await desk.user_state(5)
    assert told_states(desk) == [("busy", Presence.WRAPUP)]
    await desk.run(desk.provider.set_wrap_up(False))
    await desk.user_state(1)
    assert told_states(desk)[-1] == ("ready", Presence.READY)
    assert desk.bodies("setuserstate") == [{"userstateid": 5}, {"userstateid": 1}]


async def test_a_call_is_no_wrap_up(desk: Desk) -> None:
    await desk.user_state(5)
    assert told_states(desk) == []
    assert desk.idle_features() == CallFeatures.CAN_NOTHING
    await desk.user_state(1)
    assert desk.idle_features() == CallFeatures.CAN_DIAL


@pytest.mark.parametrize(("on", "method"), [(True, "entercallcenter"), (False, "exitcallcenter")])
async def test_call_centre_mode(desk: Desk, on: bool, method: str) -> None:
    desk.answers[method] = {}
    await desk.run(desk.provider.change_call_centre_state(on))
    assert method in desk.requests()
    desk.answers[method] = {"result": False}
    assert await code_of(desk, desk.provider.change_call_centre_state(on)) == 1103
    await desk.push("userstatechanged", userstateid=1, oncallcenter=True)
    assert CallCentreStateChanged(True) in desk.told


async def test_agent_states(desk: Desk) -> None:
    codes = [option.code for option in desk.provider.agent_states]
    assert codes == ["ready", "break", "dnd", "busy", "redirect"]
    await desk.user_state(1, oncallcenter=True)
    assert [option.code for option in desk.provider.agent_states][:3] == ["readyCC", "readyCCManual", "break"]
    reasons = next(option.reasons for option in desk.provider.agent_states if option.code == "break")
    assert [(one.id, one.name) for one in reasons] == [("1", "Lunch"), ("2", "Pause")]


async def test_set_agent_state(desk: Desk) -> None:
    desk.answers["setuserstate"] = lambda body: {"userstateid": 3, **body}
    desk.answers["saveredirectrules"] = {}
    await desk.run(desk.provider.set_agent_state("redirect", "555"))
    state = next(one.state for one in reversed(desk.told) if isinstance(one, AgentStateChanged))
    assert (state.code, state.reason.name if state.reason else "") == ("redirect", "555")
    desk.answers["setuserstate"] = {"result": False, "errormsg": "no"}
    with pytest.raises(CtiException) as caught:
        await desk.run(desk.provider.set_agent_state("busy"))
    assert caught.value.error.raw == "no"
    await desk.run(desk.provider.query_agent_state())
    assert told_states(desk)[-1][0] != "busy"


async def test_capabilities(desk: Desk) -> None:
    line, agent = desk.provider.capabilities
    assert CallFeatures.CAN_DTMF not in line
    assert agent == AgentFeatures.CAN_WRAP_UP | AgentFeatures.HAS_CALL_CENTRE_MODE | AgentFeatures.CAN_GET_CALL_RECORDS


async def test_people_follow_the_states_of_numbers(desk: Desk) -> None:
    def presence() -> Presence:
        return desk.provider.directory.abonents["u102"].presence

    changed: list[frozenset[str]] = []
    desk.provider.directory.changed.subscribe(changed.append)
    assert presence() is Presence.READY
    await desk.push("pbxnumberstatechanged", numbers=[{"num": "102", "numstateid": 5}, {"num": "999", "numstateid": 5}])
    assert changed == [frozenset({"u102"})]
    assert presence() is Presence.TALKING
    desk.connection.drop()
    await settle()
    assert presence() is Presence.UNKNOWN


async def test_why_a_colleague_is_on_a_break(desk: Desk) -> None:
    """A server that tells the reason of others does so as with the operator's own state."""

    async def detail(**state: object) -> tuple[Presence, str]:
        await desk.push("pbxnumberstatechanged", numbers=[{"num": "102", **state}])
        boris = desk.provider.directory.abonents["u102"]
        return boris.presence, boris.detail

    assert await detail(numstateid=2) == (Presence.BREAK, "")
    assert await detail(numstateid=2, lunchreasonid=2) == (Presence.BREAK, "Pause")
    assert await detail(numstateid=2, lunchreasonid=99) == (Presence.BREAK, "99")
    assert await detail(numstateid=2, lunchreasonmsg="Dentist") == (Presence.BREAK, "Dentist")
    assert await detail(numstateid=1, lunchreasonid=2) == (Presence.READY, "")


async def test_a_number_changes_before_the_people_are_loaded_anew(desk: Desk) -> None:
    desk.connection.drop()
    await settle()
    users = desk.answers.pop("getallusernumbers")
    again = asyncio.create_task(desk.provider.connect())
    await desk.serve()
    await desk.push("pbxnumberstatechanged", numbers=[{"num": "102", "numstateid": 5}])
    qid = next(body["qid"] for method, body in desk.sent if method == "getallusernumbers")
    desk.connection.put(["getallusernumbers", {"qid": qid, **users}])
    await desk.serve()
    await again
    assert desk.provider.directory.abonents["u102"].presence is Presence.TALKING


# ---- connection


async def test_the_connection_is_told(desk: Desk) -> None:
    desk.connection.drop()
    await settle()
    assert desk.told == [Disconnected(12, True)]
    again = asyncio.create_task(desk.provider.connect())
    await desk.serve()
    await again
    names = [event.name for event in desk.told]
    assert names[1:4] == ["callCentreStateChanged", "initialized", "agentStateChanged"]
    assert Initialized() in desk.told


@pytest.mark.parametrize(
    ("login", "kind"),
    [
        ({"errormsg": "Wrong login/pass combination"}, ErrorKind.AUTHENTICATION),
        ({"errormsg": "Service not available"}, ErrorKind.OPEN_CONNECTION),
        ({"error": 50025}, ErrorKind.OPEN_CONNECTION),
        ({"result": 0}, ErrorKind.OPEN_CONNECTION),
    ],
)
async def test_refused(desk: Desk, login: dict[str, Any], kind: ErrorKind) -> None:
    desk.connection.drop()
    await settle()
    desk.answers["login"] = login
    with pytest.raises(CtiException) as caught:
        await desk.run(desk.provider.connect())
    assert caught.value.error.kind is kind
    assert [one.error for one in desk.told if isinstance(one, ErrorOccurred)] == [caught.value.error]


async def test_no_server(desk: Desk) -> None:
    desk.connection.drop()
    await settle()
    desk.refuses = True
    with pytest.raises(CtiException) as caught:
        await desk.run(desk.provider.connect())
    assert (caught.value.error.kind, caught.value.error.code) == (ErrorKind.CALL_CENTRE_NOT_AVAILABLE, 1200)


async def test_records(desk: Desk) -> None:
    desk.answers["getpbxcalljournal"] = {"calls": [{"recordlink": "/rec/1"}]}
    desk.answers["gettemphttppass"] = {"password": "p"}
    found = await desk.run(desk.provider.query_call_records("c-0001:102"))
    assert found == ["http://pbx.example:4055/rec/1?temppass=p"]
    assert desk.bodies("getpbxcalljournal")[0]["filter"]["idchain"] == "c-0001"
    desk.answers["getpbxcalljournal"] = {"result": False}
    assert await code_of(desk, desk.provider.query_call_records("c-0001")) == 1103


# ---- conference and supervision

CONFERENCE: Picture = {"abonent": {"conferenceid": "conf-1", "isconference": True}}


async def in_conference(desk: Desk, *, is_ghost: bool = False, is_creator: bool = False, **data: str) -> None:
    """The operator and Boris are in a conference that Ann has left."""
    desk.answers["getconferenceinfo"] = {
        "conference": {"id": "conf-1", "isghost": is_ghost, **data},
        "competitors": [
            {"competitorid": "k1", "number": "101", "userid": ME, "isghost": is_ghost, "iscreator": is_creator},
            {"competitorid": "k2", "number": BORIS, "userid": "u102", "username": "Boris", "isghost": is_ghost},
            {"competitorid": "k3", "number": ANN, "confstatestr": "Exited"},
        ],
    }
    await desk.show(**CONFERENCE)


@pytest.mark.parametrize("is_ghost", [False, True])
async def test_members_of_the_conference(desk: Desk, is_ghost: bool) -> None:
    changes = []
    desk.provider.conference.changed.subscribe(lambda: changes.append(desk.provider.conference.members))
    await in_conference(desk, is_ghost=is_ghost)
    members = desk.provider.conference.members
    assert [(one.name, one.number, one.is_me) for one in members] == [("", "101", True), ("Boris", BORIS, False)]
    assert desk.provider.conference.others == members[1:]
    assert (desk.provider.conference.supervision is not None) is is_ghost
    assert desk.provider.conference.has((BORIS,))
    assert not desk.provider.conference.has((ANN, ""))
    await desk.show(**idle())
    assert desk.provider.conference.members == ()
    assert changes[0] == members
    assert changes[-1] == ()


async def test_a_conference_is_gone_with_the_connection(desk: Desk) -> None:
    await in_conference(desk)
    await desk.provider.client.disconnect(keep_session=True)
    assert desk.provider.conference.members == ()


async def test_add_to_conference_and_remove(desk: Desk) -> None:
    await in_conference(desk)
    desk.answers |= {"invitetoconference": {"result": 1}, "confdisconnectcompetitor": {"result": 1}}
    desk.answers["getconferencecompetitors"] = {
        "result": 1,
        "competitorlist": [{"competitorid": "k2", "number": BORIS, "userid": "u102"}],
    }
    desk.forget()
    await desk.run(desk.provider.add_to_conference("103"))
    assert desk.bodies("invitetoconference")[0]["competitors"] == [{"number": "103"}]
    await desk.run(desk.provider.remove_from_conference(BORIS))
    assert desk.bodies("confdisconnectcompetitor")[0]["competitor"] == {"competitorid": "k2"}
    desk.answers["invitetoconference"] = {"result": False}
    assert await code_of(desk, desk.provider.add_to_conference("103")) == 2207


async def test_a_member_without_a_number_is_sent_out_by_id(desk: Desk) -> None:
    desk.answers["confdisconnectcompetitor"] = {"result": 1}
    desk.answers["getconferencecompetitors"] = {"competitorlist": [{"competitorid": "k2"}, {"competitorid": "k3"}]}
    await in_conference(desk)
    desk.forget()
    await desk.run(desk.provider.remove_from_conference("k3"))
    assert desk.bodies("confdisconnectcompetitor") == [{"conferenceid": "conf-1", "competitor": {"competitorid": "k3"}}]


@pytest.mark.parametrize("is_creator", [False, True])
async def test_only_who_made_the_conference_may_send_others_out(desk: Desk, is_creator: bool) -> None:
    await desk.push("userstatechanged", userstateid=5)
    await in_conference(desk, is_creator=is_creator)
    me, boris = desk.provider.conference.members
    assert not me.can_be_removed
    assert boris.can_be_removed is is_creator


async def supervising(desk: Desk) -> None:
    """The operator has attached to the talk of Boris, who is marked as his."""
    for method in ("attachasghost", "confsetghostmode", "confsetvoiceparams"):
        desk.answers[method] = {"result": 1}
    at_once(desk.session.directory.set_users([{"id": "u102", "name": "Boris", "main": BORIS, "sub": True}]))
    await desk.run(desk.provider.supervise(BORIS, SupervisorMode.LISTEN))
    await desk.push("userstatechanged", userstateid=5)
    await in_conference(desk, is_ghost=True)


def mode_of(conference: Conference) -> SupervisorMode | None:
    return None if conference.supervision is None else conference.supervision.mode


async def test_how_a_supervisor_takes_part(desk: Desk) -> None:
    conference = desk.provider.conference
    await supervising(desk)
    assert conference.supervision == Supervision(BORIS, "Boris", SupervisorMode.LISTEN, tuple(SupervisorMode))
    [call] = desk.calls
    assert (call.state, features(call)) == (CallState.CONFERENCED, {"DROP"})
    await desk.run(desk.provider.supervise(BORIS, SupervisorMode.BARGE))
    assert mode_of(conference) is SupervisorMode.BARGE
    desk.answers["confsetvoiceparams"] = {"result": 0}
    assert await code_of(desk, desk.provider.supervise(BORIS, SupervisorMode.WHISPER)) == 2502
    assert mode_of(conference) is SupervisorMode.BARGE
    await desk.show(**idle())
    assert mode_of(conference) is None
    assert desk.calls == []


async def test_the_mode_of_one_talk_is_not_that_of_the_next(desk: Desk) -> None:
    await supervising(desk)
    await desk.show(**idle())
    await in_conference(desk, is_ghost=True)
    assert desk.provider.conference.supervision is not None
    assert mode_of(desk.provider.conference) is None


async def test_a_server_that_tells_the_mode_is_believed_after_a_lost_connection(desk: Desk) -> None:
    await in_conference(desk, is_ghost=True, ghostmode="help")
    assert mode_of(desk.provider.conference) is SupervisorMode.WHISPER


async def test_call_with_the_other_phone_first(desk: Desk) -> None:
    await desk.run(desk.provider.call_other_first("102"))
    assert sent(desk) == [("pbxautocallstart", {"sequence": "abonent", "number": "102"})]


async def test_intercom(desk: Desk) -> None:
    await desk.run(desk.provider.intercom("102"))
    assert sent(desk) == [("pbxautocallstart", {"sequence": "user", "number": "102", "intercom": True})]


async def test_supervising_somebody_unknown_is_refused(desk: Desk) -> None:
    assert await code_of(desk, desk.provider.supervise("999", SupervisorMode.LISTEN)) == 2504


# ---- queue


async def test_who_waits_and_since_when(desk: Desk) -> None:
    queue = desk.provider.queue
    counts = []
    queue.changed.subscribe(lambda: counts.append(len(queue.waiting)))
    first = {"number": "7001", "name": "Ann", "queuename": "Sales"}
    desk.answers["getcurrentqueue"] = {"result": 1, "queue": [first]}
    await desk.run(load_queue(desk.session))
    began = desk.session.clock.monotonic()
    await desk.pass_time(7)
    desk.answers["getcurrentqueue"] = {"result": 1, "queue": [first, {"number": "7002", "extline": "trunk1"}]}
    await desk.run(load_queue(desk.session))
    assert [(one.name, one.number, one.through) for one in queue.waiting] == [
        ("Ann", "7001", "Sales"),
        ("", "7002", "trunk1"),
    ]
    assert queue.waiting[0].since == began
    assert queue.waiting[1].since > began + 6
    desk.answers["getcurrentqueue"] = {"result": 1, "queue": []}
    await desk.run(load_queue(desk.session))
    assert (queue.is_offered, queue.waiting) == (True, ())
    await desk.provider.client.disconnect(keep_session=True)
    assert (queue.is_offered, counts[-4:]) == (False, [1, 2, 0, 0])


@pytest.mark.parametrize("reply", [{"result": 0}, {"result": 1, "queue": "none"}, {"result": 1, "queue": None}])
async def test_a_server_without_a_queue(desk: Desk, reply: dict[str, Any]) -> None:
    desk.session.queue.clear()
    desk.answers["getcurrentqueue"] = reply
    assert (await desk.run(load_queue(desk.session)))["result"] is False
    await desk.show(**idle())
    assert not desk.provider.queue.is_offered
    desk.answers["getcurrentqueue"] = {"result": 1, "queue": [{"number": "7001"}]}
    await desk.run(load_queue(desk.session))
    assert [one.number for one in desk.provider.queue.waiting] == ["7001"]
