"""Login, requests both ways, keep-alive, recovery (verto-protocol.md, sections 1 to 4)."""

from __future__ import annotations

import json
import logging

import pytest

from ctidesk.net.masking import mask
from ctidesk.verto.errors import Problem
from ctidesk.verto.states import DialogState as S
from tests.verto.scripted_line import LOGIN, PASSWORD, SESSID, A, B, ScriptedLine, state_of
from tests.waiting import settle

# ---- login


async def test_the_first_message_is_the_login_of_the_specification() -> None:
    line = ScriptedLine()
    await line.ready()
    assert line.sent[0] == {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "login",
        "params": {
            "login": LOGIN,
            "passwd": PASSWORD,
            "loginParams": {},
            "userVariables": {"verto_user_agent": "Phone/1.0"},
            "sessid": SESSID,
        },
    }
    assert line.told == ["ready"]
    await line.end()


@pytest.mark.parametrize("message", ["Authentication Failure", "Login Incorrect", "Missing passwd"])
async def test_a_refused_login_says_why(message: str) -> None:
    line = ScriptedLine()
    task = line.open()
    await settle()
    line.refuse("login", -32001, message)
    error = await line.failed(task)
    assert (error.problem, error.raw, error.code) == (Problem.WRONG_LOGIN, message, -32001)
    assert PASSWORD not in str(error)
    assert len(line.requests("login")) == 1
    await line.end()


async def test_a_session_of_another_user_gets_a_new_id_and_one_more_attempt() -> None:
    line = ScriptedLine()
    task = line.open()
    await settle()
    line.refuse("login", -32001, "Session in use")
    await settle()
    assert len(line.requests("login")) == 2
    assert line.request("login")["params"]["sessid"] != SESSID
    line.refuse("login", -32001, "Session in use")
    assert (await line.failed(task)).problem is Problem.WRONG_LOGIN
    assert len(line.requests("login")) == 2
    await line.end()


async def test_a_port_that_answers_nothing_does_not_speak_verto() -> None:
    line = ScriptedLine()
    task = line.open()
    await settle()
    line.clock.advance(10)
    assert (await line.failed(task)).problem is Problem.NOT_VERTO
    await line.end()


async def test_an_older_server_says_nothing_and_the_line_is_ready_all_the_same() -> None:
    line = ScriptedLine()
    task = line.open()
    await settle()
    line.answer("login", {"message": "logged in"})
    await task
    assert line.told == []
    line.clock.advance(2)
    assert line.told == ["ready"]
    await line.end()


async def test_the_server_may_say_at_once_that_it_is_ready() -> None:
    line = ScriptedLine()
    task = line.open()
    await settle()
    line.answer("login", {"message": "logged in"})
    line.attach()
    line.tell("verto.clientReady", reattached_sessions=[B])  # all in one moment, before anybody else has run
    assert line.session.is_ready
    await task
    assert line.session.dialogs[B].is_confirmed
    await line.end()


async def test_a_login_that_the_server_has_forgotten_is_renewed_once_for_all(line: ScriptedLine) -> None:
    dialog = await line.talk_in()
    line.session.carry_out(dialog, dialog.hold())
    line.session.carry_out(dialog, dialog.send_tones("1"))
    line.refuse("hold", -32000, "Authentication Required")
    line.refuse("verto.info", -32000, "Authentication Required")
    assert len(line.requests("login")) == 2
    line.answer("login", {"message": "logged in"})
    assert len(line.requests("hold")) == 2
    assert len(line.requests("verto.info")) == 2
    line.refuse("hold", -32000, "Authentication Required")  # the second time is final
    assert len(line.requests("login")) == 2


async def test_a_login_with_an_end_is_renewed_before_it(line: ScriptedLine) -> None:
    until = int(line.clock.now().timestamp()) + 300
    line.tell("verto.ping", **{"serno": 1, "auth-expires": until})
    line.clock.advance(239)
    assert len(line.requests("login")) == 1
    line.clock.advance(2)
    assert len(line.requests("login")) == 2


@pytest.mark.parametrize("days", [30, 1e9, 1e300])
async def test_a_login_with_an_end_far_away_needs_no_timer_that_long(line: ScriptedLine, days: float) -> None:
    line.tell("verto.ping", **{"serno": 1, "auth-expires": line.clock.now().timestamp() + days * 86400})
    assert max(timer.due for timer in line.clock.timers) <= line.clock.monotonic() + 86400


async def test_a_login_with_an_end_far_away_is_renewed_when_it_is_near(line: ScriptedLine) -> None:
    line.tell("verto.ping", **{"serno": 1, "auth-expires": line.clock.now().timestamp() + 3 * 86400})
    logins = []
    for seconds in (3 * 86400 - 70, 20):
        for _ in range(seconds // 10):
            line.clock.advance(10)
            line.tell("verto.ping")  # the server lives
        logins.append(len(line.requests("login")))
    assert logins == [1, 2]


async def test_a_login_that_cannot_be_prolonged_is_not_renewed_again_and_again(line: ScriptedLine) -> None:
    expires = int(line.clock.now().timestamp()) + 30
    line.tell("verto.ping", serno=1, **{"auth-expires": expires})
    line.clock.advance(1)
    assert len(line.requests("login")) == 2
    line.answer("login", {"message": "logged in", "auth-expires": expires})
    line.tell("verto.ping", serno=2, **{"auth-expires": expires})
    line.clock.advance(5)
    assert len(line.requests("login")) == 2


# ---- JSON-RPC: both sides ask, and the ids of both sides collide


async def test_what_has_a_method_is_a_request_whatever_its_id(line: ScriptedLine) -> None:
    dialog = line.session.call("102")
    ours = line.request("verto.invite")["id"]
    frame = {"jsonrpc": "2.0", "id": ours, "method": "verto.media", "params": {"callID": dialog.id, "sdp": "theirs"}}
    line.session.receive(json.dumps(frame))
    assert state_of(dialog) is S.EARLY
    assert line.sent[-1] == {"jsonrpc": "2.0", "id": ours, "result": {"method": "verto.media"}}
    line.answer("verto.invite", {"message": "CALL CREATED"})
    line.tell("verto.answer", callID=dialog.id)
    assert state_of(dialog) is S.ACTIVE


async def test_a_request_of_the_server_is_answered_before_anything_else(line: ScriptedLine) -> None:
    line.tell("verto.unheard.of", anything=[1, 2])
    assert line.sent[-1]["result"] == {"method": "verto.unheard.of"}
    line.tell("verto.bye", callID="of nobody")
    assert line.sent[-1]["result"] == {"method": "verto.bye"}


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[]",
        "7",
        "{}",
        '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid Request"}}',
        '{"jsonrpc":"2.0","id":1,"result":{}}',
        '{"jsonrpc":"2.0","id":99,"error":{}}',
        '{"jsonrpc":"2.0","id":5,"method":"verto.media","params":[1]}',
        '{"jsonrpc":"2.0","id":6,"method":"verto.invite","params":{"callID":"<b>","sdp":"x"}}',
        '{"jsonrpc":"2.0","id":7,"method":"verto.attach","params":{"callID":{"a":1}}}',
        '{"jsonrpc":"2.0","id":8,"method":"verto.bye","params":{"callID":7,"cause":[],"causeCode":"x"}}',
        "#SPB ............",
        "[" * 100_000,
    ],
)
async def test_nothing_that_comes_breaks_the_session(line: ScriptedLine, text: str) -> None:
    line.session.receive(text)
    assert line.session.dialogs == {}
    dialog = await line.talk_in()
    assert dialog.is_talking


async def test_a_refused_invitation_has_its_reason_twice_and_the_last_counts(line: ScriptedLine) -> None:
    dialog = line.session.call("102")
    number = line.request("verto.invite")["id"]
    line.session.receive(
        f'{{"jsonrpc":"2.0","id":{number},"error":{{"message":"SDP missing","causeCode":95,'
        '"cause":"INVALID_MSG_UNSPECIFIED","message":"CALL ERROR","code":-32002}}'
    )
    assert dialog.failure is not None
    assert dialog.failure.raw == "CALL ERROR"
    assert dialog.cause == "INVALID_MSG_UNSPECIFIED"


async def test_an_account_without_the_right_is_told_so(line: ScriptedLine) -> None:
    dialog = line.session.call("102")
    line.refuse("verto.invite", -32601, "Invalid Method, Missing Method or Permission Denied")
    assert dialog.failure is not None
    assert dialog.failure.problem is Problem.NOT_PERMITTED


async def test_a_message_that_would_close_the_connection_is_not_sent(line: ScriptedLine) -> None:
    heard: list[object] = []
    line.session.requests.ask("verto.invite", {"sdp": "x" * 960_000}, heard.append)
    assert heard == [None]
    assert line.requests("verto.invite") == []


async def test_the_filling_of_a_speed_test_is_no_broken_message(line: ScriptedLine) -> None:
    line.session.receive("#SPB ............")
    assert line.session.broken_messages == 0


# ---- keep-alive: this server answers no WebSocket PING


async def test_after_silence_the_server_is_asked_and_any_answer_proves_that_it_lives(line: ScriptedLine) -> None:
    line.clock.advance(25)
    assert len(line.requests("verto.ping")) == 1
    line.refuse("verto.ping", -32601, "Invalid Method, Missing Method or Permission Denied")
    line.clock.advance(24)
    assert len(line.requests("verto.ping")) == 1
    line.clock.advance(1)
    assert len(line.requests("verto.ping")) == 2
    assert "dead" not in line.told


async def test_pings_of_the_server_are_answered_and_are_signs_of_life(line: ScriptedLine) -> None:
    for _ in range(5):
        line.clock.advance(20)
        line.tell("verto.ping", serno=1)
        assert line.sent[-1]["result"] == {"method": "verto.ping"}
    assert line.requests("verto.ping") == []


async def test_a_dead_server_is_noticed_within_35_seconds(line: ScriptedLine) -> None:
    line.clock.advance(34.9)
    assert "dead" not in line.told
    line.clock.advance(0.2)
    assert "dead" in line.told


async def test_a_computer_that_has_woken_asks_at_once_and_once(line: ScriptedLine) -> None:
    line.session.requests.ping_now()
    line.session.requests.ping_now()
    assert len(line.requests("verto.ping")) == 1
    line.answer("verto.ping", {"message": "PONG"})
    line.session.requests.ping_now()
    assert len(line.requests("verto.ping")) == 2
    line.clock.advance(10.1)
    assert "dead" in line.told


# ---- punt


async def test_a_session_that_was_taken_over_ends_all_calls_without_a_word(line: ScriptedLine) -> None:
    talk, ring = await line.talk_in(), line.invite(A)
    before = len(line.requests())
    line.tell("verto.punt")
    assert line.told[-1] == "punted"
    assert (talk.cause, ring.cause) == ("PUNTED", "PUNTED")
    assert S.PURGE in line.states[B]
    assert len(line.requests()) == before
    assert line.session.dialogs == {}
    assert line.open_media == set()


# ---- a lost connection ("4.4 Recovery")


async def test_a_call_that_rings_ends_with_the_connection(line: ScriptedLine) -> None:
    dialog = line.invite()
    line.session.close()
    assert (state_of(dialog), dialog.cause) == (S.DESTROY, "DESTINATION_OUT_OF_ORDER")


async def test_a_talk_is_taken_up_again_with_new_sound_and_keeps_what_it_is(line: ScriptedLine) -> None:
    dialog = await line.talk_out()
    line.session.carry_out(dialog, dialog.set_muted(True))
    line.session.close()
    assert [one.is_confirmed for one in line.session.dialogs.values()] == [False]
    assert line.open_media == set()
    await line.ready(dialog.id)
    assert line.states[dialog.id][-2:] == [S.RECOVERING, S.ANSWERING]
    line.answer("verto.attach")
    assert state_of(dialog) is S.ACTIVE
    assert dialog.is_outgoing
    assert dialog.is_confirmed
    assert dialog.is_muted
    assert len(line.open_media) == 1


async def test_a_party_on_hold_is_still_on_hold_after_the_return(line: ScriptedLine) -> None:
    dialog = await line.talk_in()
    line.session.carry_out(dialog, dialog.hold())
    line.answer("hold", {"holdState": "held"})
    line.session.close()
    await line.ready(B)
    line.answer("verto.attach")
    assert line.request("holdState")["params"]["dialogParams"] == {"callID": B}
    line.answer("holdState", {"holdState": "held"})
    assert state_of(dialog) is S.HELD


@pytest.mark.parametrize("order", ["talk first", "hold first"])
async def test_a_talk_beside_a_party_on_hold_is_still_the_talk_after_the_return(line: ScriptedLine, order: str) -> None:
    waiting = await line.talk_in(B)
    talk = await line.talk_out("103")
    line.answer("hold", {"holdState": "held"})
    line.session.close()
    brought_back = [talk, waiting] if order == "talk first" else [waiting, talk]  # the switch has the newest first
    before = len(line.requests("hold"))
    await line.ready(*(dialog.id for dialog in brought_back))
    attaches = line.requests("verto.attach")[-2:]
    for frame in attaches:
        line.session.receive(json.dumps({"jsonrpc": "2.0", "id": frame["id"], "result": {}}))
    for frame in line.requests("holdState")[-2:]:
        held = "held" if frame["params"]["dialogParams"]["callID"] == waiting.id else "active"
        line.session.receive(json.dumps({"jsonrpc": "2.0", "id": frame["id"], "result": {"holdState": held}}))
    assert len(line.requests("hold")) == before
    assert (state_of(talk), state_of(waiting)) == (S.ACTIVE, S.HELD)


async def test_a_call_that_the_server_does_not_bring_back_has_ended(line: ScriptedLine) -> None:
    dialog = await line.talk_in()
    line.session.close()
    await line.ready()
    assert (state_of(dialog), dialog.cause) == (S.DESTROY, "RECOVERY_ON_TIMER_EXPIRE")
    assert line.requests("verto.bye") == []


async def test_without_a_word_about_it_five_seconds_decide(line: ScriptedLine) -> None:
    dialog = await line.talk_in()
    line.session.close()
    task = line.open()
    await settle()
    line.answer("login", {"message": "logged in"})
    await task
    line.clock.advance(4.9)
    assert B in line.session.dialogs
    line.clock.advance(0.2)
    assert dialog.id not in line.session.dialogs


async def test_after_the_limit_of_the_server_the_call_ends_by_itself(line: ScriptedLine) -> None:
    dialog = await line.talk_in()
    line.session.close()
    line.clock.advance(119)
    assert dialog.is_alive
    line.clock.advance(2)
    assert (state_of(dialog), dialog.cause) == (S.DESTROY, "RECOVERY_ON_TIMER_EXPIRE")


async def test_what_was_hung_up_while_away_is_hung_up_when_it_comes_back(line: ScriptedLine) -> None:
    dialog = await line.talk_in()
    line.session.close()
    line.hang_up(dialog)
    await line.ready(B)
    assert line.session.dialogs == {}
    assert line.request("verto.bye")["params"]["dialogParams"] == {"callID": B}
    assert line.requests("verto.attach") == []


async def test_a_hang_up_that_the_server_has_not_heard_is_said_again(line: ScriptedLine) -> None:
    line.hang_up(await line.talk_in())
    assert len(line.requests("verto.bye")) == 1
    line.session.close()  # the answer was under way
    await line.ready(B)
    assert len(line.requests("verto.bye")) == 2
    assert line.session.dialogs == {}


async def test_a_call_of_an_earlier_run_is_taken_up_with_its_true_direction(line: ScriptedLine) -> None:
    line.attach(A, display_direction="inbound", callee_id_name="Eve", callee_id_number="103")
    line.answer("verto.attach")
    dialog = line.session.dialogs[A]
    assert dialog.is_outgoing
    assert dialog.remote.number == "103"
    assert state_of(dialog) is S.ACTIVE


async def test_sound_that_is_offered_anew_without_a_loss_replaces_the_old_one(line: ScriptedLine) -> None:
    dialog = await line.talk_in()
    before = set(line.open_media)
    line.attach()
    line.answer("verto.attach")
    assert state_of(dialog) is S.ACTIVE
    assert len(line.open_media) == 1
    assert line.open_media != before


async def test_a_connection_lost_again_while_it_is_taken_up(line: ScriptedLine) -> None:
    dialog = await line.talk_in()
    line.session.close()
    await line.ready(B)
    line.session.close()
    assert line.open_media == set()
    await line.ready(B)
    line.answer("verto.attach")
    assert state_of(dialog) is S.ACTIVE
    assert len(line.open_media) == 1


async def test_sound_that_does_not_come_after_the_return_is_negotiated_anew() -> None:
    line = ScriptedLine(is_prompt=False)
    await line.ready()
    line.attach()
    dialog = line.session.dialogs[B]
    line.session.carry_out(dialog, dialog.answer_made(dialog.media, "ours"))
    line.answer("verto.attach")
    line.clock.advance(5)
    line.session.carry_out(dialog, dialog.offer_made(dialog.media, "ours"))
    assert line.request("updateMedia")["params"]["sdp"] == "ours"
    line.refuse("updateMedia", -32002, "no")
    assert line.told[-1] == "reconnect"
    await line.end()


async def test_an_invitation_of_which_no_answer_came_before_the_loss_waits_for_the_server(line: ScriptedLine) -> None:
    dialog = line.session.call("102")
    line.session.close()
    assert dialog.is_alive  # it may have been answered meanwhile
    await line.ready(dialog.id)
    line.answer("verto.attach")
    assert state_of(dialog) is S.ACTIVE


# ---- several calls


async def test_one_talk_at_a_time(line: ScriptedLine) -> None:
    first = await line.talk_in(B)
    second = await line.talk_out("103")
    line.answer("hold", {"holdState": "held"})
    assert (state_of(first), second.state) == (S.HELD, S.ACTIVE)


async def test_more_calls_than_anybody_has_hear_that_the_line_is_busy(line: ScriptedLine) -> None:
    calls = [f"call-{number}" for number in range(9)]
    for call_id in calls[:8]:
        line.invite(call_id)
    line.tell("verto.invite", callID=calls[8], sdp="offer")
    assert calls[8] not in line.session.dialogs
    assert line.request("verto.bye")["params"]["cause"] == "USER_BUSY"


async def test_an_invitation_that_comes_twice_rings_once(line: ScriptedLine) -> None:
    dialog = line.invite()
    line.invite()
    assert line.session.dialogs == {B: dialog}
    assert line.states[B] == [S.NEW, S.RINGING]


# ---- commands and words


async def test_tones_to_a_call_that_the_server_does_not_know_are_answered_by_nothing(line: ScriptedLine) -> None:
    dialog = await line.talk_in()
    line.session.carry_out(dialog, dialog.send_tones("12#"))
    params = line.request("verto.info")["params"]
    assert params == {"dtmf": "12#", "dialogParams": {"callID": B}, "sessid": SESSID}


async def test_messages_are_handed_on_as_text(line: ScriptedLine) -> None:
    line.tell("verto.info", msg={"from": "102", "body": "<b>Lunch?</b>"})
    line.tell("verto.announce", msg=["Maintenance", "at", 12])
    line.tell("verto.prompt", callID=B, type="message", text="Enter your PIN")
    line.tell("verto.info", msg={"body": "x" * 20_000})
    assert line.messages[:3] == ["<b>Lunch?</b>", "Maintenance at 12", "Enter your PIN"]
    assert len(line.messages[3]) == 10_000


async def test_no_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    line = ScriptedLine()
    with caplog.at_level(logging.DEBUG):
        task = line.open()
        await settle()
        line.refuse("login", -32001, "Session in use")
        await settle()
        line.answer("login", {"message": "logged in", "sessid": "another-session-id"})
        await task
        line.session.receive("garbage " + PASSWORD)
        line.tell("verto.clientReady")
        line.session.call("102")
        line.session.close()
    for secret in (PASSWORD, SESSID, "another-session-id"):
        assert secret not in caplog.text
    for frame in line.sent:
        shown = mask(json.dumps(frame))
        assert PASSWORD not in shown
        assert SESSID not in shown
    await line.end()
