"""The states of a dialog and the ways between them (verto-protocol.md, "4. Dialog")."""

from __future__ import annotations

import logging

import pytest

from ctidesk.verto.causes import code_of
from ctidesk.verto.dialog import Dialog, Party
from ctidesk.verto.effects import Ask, CloseMedia, Effect, MakeAnswer, MakeOffer, StateChanged, Subject, TakeAnswer
from ctidesk.verto.errors import Problem
from ctidesk.verto.media import MediaProblem
from ctidesk.verto.states import DialogState as S
from ctidesk.verto.states import is_legal
from ctidesk.verto.wire import JsonObject, Reply
from ctidesk.webitel.hangup_causes import hangup_cause_text
from tests.verto.scripted_line import state_of

LEGAL = {
    S.NEW: "REQUESTING RINGING RECOVERING HANGUP DESTROY",
    S.REQUESTING: "TRYING ACTIVE HANGUP RECOVERING",
    S.TRYING: "EARLY ACTIVE HANGUP RECOVERING",
    S.EARLY: "ACTIVE HANGUP RECOVERING",
    S.RINGING: "ANSWERING HANGUP RECOVERING",
    S.RECOVERING: "ANSWERING HANGUP",
    S.ANSWERING: "ACTIVE HANGUP RECOVERING",
    S.ACTIVE: "HELD HANGUP RECOVERING",
    S.HELD: "ACTIVE HANGUP RECOVERING",
    S.HANGUP: "DESTROY",
    S.PURGE: "DESTROY",
    S.DESTROY: "",
}
"""The table of "4.2 Transitions"; to PURGE any state may go that is not an end."""


@pytest.mark.parametrize("old", S)
@pytest.mark.parametrize("new", S)
def test_exactly_the_ways_of_the_specification_are_legal(old: S, new: S) -> None:
    ends = (S.HANGUP, S.DESTROY, S.PURGE)
    expected = old not in ends if new is S.PURGE else new.name in LEGAL[old].split()
    assert is_legal(old, new) is expected


def outgoing() -> Dialog:
    return Dialog("call", is_outgoing=True, own=Party("Ann", "101"), remote=Party("", "102"))


def incoming(*, state: S = S.RINGING) -> Dialog:
    dialog = Dialog("call", is_outgoing=False, own=Party("Ann", "101"))
    dialog.invited({"sdp": "offer", "caller_id_name": "Bob", "caller_id_number": "102"})
    if state is not S.RINGING:
        dialog.answer()
        (_, _) = dialog.answer_made(dialog.media, "ours")
        if state is S.ACTIVE:
            answered(dialog)
    assert dialog.state is state
    return dialog


def dialling(*, state: S = S.TRYING) -> Dialog:
    dialog = outgoing()
    dialog.call()
    if state is S.NEW:
        return dialog
    dialog.offer_made(dialog.media, "ours")
    if state is S.REQUESTING:
        return dialog
    dialog.replied(ask(Subject.INVITE, dialog.media), ok())
    if state is S.EARLY:
        dialog.media_offered({"sdp": "theirs"})
        dialog.answer_taken(dialog.media)
    if state is S.ACTIVE:
        dialog.answered({"sdp": "theirs"})
        dialog.answer_taken(dialog.media)
    assert dialog.state is state
    return dialog


def ask(subject: Subject, media: int = 0) -> Ask:
    return Ask(subject, {}, media)


def ok(**content: str) -> Reply:
    return Reply(1, True, {**content})


def refused(message: str, code: int = -32002, **more: str | int) -> Reply:
    return Reply(1, False, {"message": message, "code": code, **more})


def answered(dialog: Dialog) -> list[Effect]:
    return dialog.replied(ask(Subject.ANSWER, dialog.media), ok())


def asked(effects: list[Effect]) -> list[tuple[Subject, object]]:
    return [(effect.subject, effect.params.get("cause")) for effect in effects if isinstance(effect, Ask)]


def states(effects: list[Effect]) -> list[S]:
    return [effect.new for effect in effects if isinstance(effect, StateChanged)]


# ---- who ends a call, and what the server is told ("4.3 When a bye is sent")


@pytest.mark.parametrize(
    ("dialog", "bye"),
    [
        (dialling(state=S.NEW), None),
        (dialling(state=S.REQUESTING), "ORIGINATOR_CANCEL"),
        (dialling(state=S.TRYING), "ORIGINATOR_CANCEL"),
        (dialling(state=S.EARLY), "ORIGINATOR_CANCEL"),
        (dialling(state=S.ACTIVE), "NORMAL_CLEARING"),
        (incoming(state=S.RINGING), "CALL_REJECTED"),
        (incoming(state=S.ANSWERING), "NORMAL_CLEARING"),
        (incoming(state=S.ACTIVE), "NORMAL_CLEARING"),
    ],
    ids=lambda value: value.state.name if isinstance(value, Dialog) else str(value),
)
def test_the_operator_ends_a_call_and_the_server_hears_of_it_once(dialog: Dialog, bye: str | None) -> None:
    effects = dialog.hang_up()
    assert asked(effects) == ([] if bye is None else [(Subject.BYE, bye)])
    assert states(effects) == [S.HANGUP, S.DESTROY]
    assert dialog.hang_up() == []
    assert dialog.ended({"cause": "NORMAL_CLEARING"}) == []


def test_a_talk_that_is_taken_up_again_is_not_cancelled_but_ended() -> None:
    dialog = dialling(state=S.ACTIVE)
    away = [dialog.is_away]
    dialog.connection_lost()
    away.append(dialog.is_away)
    dialog.attached({"sdp": "offer"})
    away.append(dialog.is_away)
    assert away == [False, True, True]
    assert state_of(dialog) is S.RECOVERING
    assert asked(dialog.hang_up()) == [(Subject.BYE, "NORMAL_CLEARING")]


@pytest.mark.parametrize("dialog", [dialling(), incoming(), incoming(state=S.ACTIVE)], ids=lambda one: one.state.name)
def test_what_the_server_ends_is_not_ended_back(dialog: Dialog) -> None:
    effects = dialog.ended({"cause": "USER_BUSY", "causeCode": 17})
    assert asked(effects) == []
    assert (dialog.state, dialog.cause, dialog.code) == (S.DESTROY, "USER_BUSY", 17)


@pytest.mark.parametrize(
    ("params", "cause"),
    [
        ({"causeCode": 17}, "USER_BUSY"),
        ({"causeCode": 9999}, "NORMAL_CLEARING"),
        ({"causeCode": True}, "NORMAL_CLEARING"),
        ({"cause": 17}, "17"),
        ({}, "NORMAL_CLEARING"),
    ],
)
def test_an_end_whose_cause_is_not_named(params: JsonObject, cause: str) -> None:
    dialog = dialling()
    dialog.ended(params)
    assert dialog.cause == cause


@pytest.mark.parametrize("dialog", [dialling(state=S.REQUESTING), incoming(state=S.ANSWERING)], ids=["call", "answer"])
def test_a_command_whose_answer_was_lost_with_the_connection_fails_with_words(dialog: Dialog) -> None:
    dialog.connection_lost()
    dialog.not_brought_back()
    assert dialog.failure is not None
    assert dialog.failure.problem is Problem.CONNECTION_LOST


def test_an_offer_that_comes_after_the_hang_up_calls_nobody() -> None:
    dialog = dialling(state=S.NEW)
    media = dialog.media
    assert CloseMedia(media) in dialog.hang_up()
    assert dialog.offer_made(media, "ours") == []


def test_an_answer_that_comes_after_a_rejection_answers_nobody() -> None:
    dialog = incoming()
    dialog.answer()
    media = dialog.media
    dialog.hang_up()
    assert dialog.answer_made(media, "ours") == []


def test_a_call_is_answered_once() -> None:
    dialog = incoming()
    assert [type(effect) for effect in dialog.answer()] == [MakeAnswer]
    assert dialog.answer() == []
    dialog.answer_made(dialog.media, "ours")
    assert dialog.answer() == []


# ---- answers of the server


def test_a_refused_invitation_ends_with_the_cause_of_the_server_and_no_bye() -> None:
    dialog = dialling(state=S.REQUESTING)
    reply = refused("CALL ERROR", causeCode=27, cause="DESTINATION_OUT_OF_ORDER")
    effects = dialog.replied(ask(Subject.INVITE, dialog.media), reply)
    assert asked(effects) == []
    assert (dialog.cause, dialog.code) == ("DESTINATION_OUT_OF_ORDER", 27)


def test_a_refused_answer_that_keeps_ringing_is_ended_by_us() -> None:
    dialog = incoming(state=S.ANSWERING)
    effects = dialog.replied(ask(Subject.ANSWER, dialog.media), refused("CODEC ERROR"))
    assert asked(effects) == [(Subject.BYE, "INCOMPATIBLE_DESTINATION")]


@pytest.mark.parametrize("message", ["CALL DOES NOT EXIST", "MEDIA ERROR"])
def test_a_refused_answer_that_is_over_anyway_is_not(message: str) -> None:
    dialog = incoming(state=S.ANSWERING)
    effects = dialog.replied(ask(Subject.ANSWER, dialog.media), refused(message))
    assert asked(effects) == []
    assert dialog.state is S.DESTROY


@pytest.mark.parametrize("subject", [Subject.INVITE, Subject.ANSWER])
def test_no_reply_ends_the_call_here_and_there(subject: Subject) -> None:
    dialog = dialling(state=S.REQUESTING) if subject is Subject.INVITE else incoming(state=S.ANSWERING)
    effects = dialog.replied(ask(subject, dialog.media), None)
    assert [subject for subject, _ in asked(effects)] == [Subject.BYE]
    assert dialog.failure is not None


# ---- early media ("5.5 Early media, mute, video")


def test_the_answer_comes_in_verto_media_and_verto_answer_has_none() -> None:
    dialog = dialling()
    assert TakeAnswer(dialog.media, "theirs") in dialog.media_offered({"sdp": "theirs"})
    assert states(dialog.answer_taken(dialog.media)) == [S.EARLY]
    assert states(dialog.answered({})) == [S.ACTIVE]


def test_both_in_one_burst_are_taken_one_after_the_other() -> None:
    dialog = dialling()
    dialog.media_offered({"sdp": "theirs"})
    assert states(dialog.answered({})) == []
    assert states(dialog.answer_taken(dialog.media)) == [S.EARLY, S.ACTIVE]


def test_a_second_description_does_not_count() -> None:
    dialog = dialling(state=S.EARLY)
    effects = dialog.answered({"sdp": "another"})
    assert not any(isinstance(effect, TakeAnswer) for effect in effects)
    assert dialog.media_offered({"sdp": "another"}) == []


def test_early_media_without_a_description_means_nothing() -> None:
    dialog = dialling()
    assert dialog.media_offered({}) == []
    assert dialog.state is S.TRYING


# ---- hold: no description of the sound is exchanged ("2.3 verto.modify")


def test_hold_follows_what_the_server_says() -> None:
    dialog = incoming(state=S.ACTIVE)
    (hold,) = dialog.hold()
    assert isinstance(hold, Ask)
    assert hold.params == {"action": "hold", "dialogParams": {"callID": "call"}}
    assert states(dialog.replied(hold, ok(holdState="held"))) == [S.HELD]
    assert states(dialog.replied(hold, ok(holdState="held"))) == []
    (unhold,) = dialog.unhold()
    assert isinstance(unhold, Ask)
    assert states(dialog.replied(unhold, ok(holdState="active"))) == [S.ACTIVE]


@pytest.mark.parametrize(
    "dialog", [dialling(), incoming(), incoming(state=S.ANSWERING)], ids=lambda one: one.state.name
)
def test_only_a_talk_can_be_held_transferred_or_joined(dialog: Dialog) -> None:
    assert dialog.hold() == dialog.unhold() == dialog.transfer("103") == dialog.replace("other") == []


@pytest.mark.parametrize("digits", ["", "1w2", "12 3", "5@200+6", "Ф"])
def test_what_the_server_would_drop_silently_is_not_sent(digits: str) -> None:
    assert incoming(state=S.ACTIVE).send_tones(digits) == []


# ---- what must not happen is logged and changes nothing


@pytest.mark.parametrize(
    ("dialog", "event"),
    [
        (incoming(), "answered"),
        (incoming(state=S.ACTIVE), "answered"),
        (dialling(state=S.ACTIVE), "invited"),
    ],
    ids=lambda value: value.state.name if isinstance(value, Dialog) else value,
)
def test_an_illegal_message_is_logged_and_the_state_stays(
    dialog: Dialog, event: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = dialog.state
    with caplog.at_level(logging.ERROR):
        effects = getattr(dialog, event)({"sdp": "x"})
    assert (dialog.state, states(effects)) == (before, [])
    assert caplog.records


# ---- the sound


@pytest.mark.parametrize(
    ("problem", "cause"),
    [
        (MediaProblem.NO_COMMON_CODEC, "INCOMPATIBLE_DESTINATION"),
        (MediaProblem.BAD_DESCRIPTION, "INCOMPATIBLE_DESTINATION"),
        (MediaProblem.NO_ADDRESS, "DESTINATION_OUT_OF_ORDER"),
        (MediaProblem.NOT_CONNECTED, "DESTINATION_OUT_OF_ORDER"),
    ],
)
def test_a_sound_that_cannot_be_agreed_ends_the_call_with_words(problem: MediaProblem, cause: str) -> None:
    for dialog in (incoming(), dialling()):
        if dialog.is_outgoing:
            dialog.media_offered({"sdp": "theirs"})
        else:
            dialog.answer()
        media = dialog.media
        effects = dialog.media_refused(media, problem)
        assert asked(effects) == [(Subject.BYE, cause)]
        assert CloseMedia(media) in effects
        assert dialog.failure is not None
        assert hangup_cause_text(dialog.cause) != dialog.cause


def test_without_an_address_nothing_was_sent_and_nothing_is_ended() -> None:
    dialog = dialling(state=S.NEW)
    assert asked(dialog.media_refused(dialog.media, MediaProblem.NO_ADDRESS)) == []
    assert dialog.state is S.DESTROY


def test_a_talk_without_sound_is_negotiated_anew_then_connected_anew_then_ended() -> None:
    dialog = incoming(state=S.ACTIVE)
    first = dialog.media
    effects = dialog.media_lost(first)
    offer = next(effect for effect in effects if isinstance(effect, MakeOffer))
    assert CloseMedia(first) in effects
    (update,) = dialog.offer_made(offer.media, "ours")
    assert isinstance(update, Ask)
    assert update.params["action"] == "updateMedia"
    # An older server takes the action for one without effect: a result, but without SDP.
    kinds = [type(effect).__name__ for effect in dialog.replied(update, ok(holdState="active"))]
    assert "Reconnect" in kinds
    dialog.connection_lost()
    dialog.attached({"sdp": "attach"})
    assert asked(dialog.media_lost(dialog.media)) == [(Subject.BYE, "DESTINATION_OUT_OF_ORDER")]


def test_a_new_negotiation_that_works_is_the_first_repair_of_the_next_trouble() -> None:
    dialog = incoming(state=S.ACTIVE)
    dialog.media_lost(dialog.media)
    (update,) = dialog.offer_made(dialog.media, "ours")
    assert isinstance(update, Ask)
    assert TakeAnswer(dialog.media, "theirs") in dialog.replied(update, ok(sdp="theirs"))
    dialog.answer_taken(dialog.media)
    dialog.media_connected(dialog.media)
    assert dialog.state is S.ACTIVE
    assert any(isinstance(effect, MakeOffer) for effect in dialog.media_lost(dialog.media))


def test_news_of_a_sound_that_was_given_up_do_not_count() -> None:
    dialog = incoming(state=S.ACTIVE)
    old = dialog.media
    dialog.media_lost(old)
    assert dialog.media_lost(old) == dialog.media_connected(old) == dialog.answer_taken(old) == []
    assert dialog.media_refused(old, MediaProblem.LOST) == []
    assert not dialog.has_media


# ---- who it is


@pytest.mark.parametrize(
    ("params", "party"),
    [
        ({"display_name": "Eve", "display_number": "103"}, Party("Eve", "103")),
        ({"caller_id_name": "Bob", "caller_id_number": "104", "display_direction": "outbound"}, Party("Bob", "104")),
        ({"callee_id_name": "Eve", "callee_id_number": "105", "display_direction": "inbound"}, Party("Eve", "105")),
        ({"display_name": None, "display_number": None}, Party("Bob", "102")),
        ({"display_name": "", "display_number": "103"}, Party("", "103")),
        ({"display_name": "Outbound Call", "display_number": "103"}, Party("", "103")),
        ({"display_name": "x" * 5000, "display_number": 7}, Party("x" * 200, "7")),
    ],
)
def test_the_other_party_is_whom_the_server_shows(params: dict[str, object], party: Party) -> None:
    dialog = incoming(state=S.ACTIVE)
    dialog.displayed(params)  # type: ignore[arg-type]  # anything may come
    assert dialog.remote == party


def test_causes_go_by_name_and_have_the_codes_of_the_switch() -> None:
    assert [code_of(name) for name in ("NORMAL_CLEARING", "USER_BUSY", "CALL_REJECTED", "ORIGINATOR_CANCEL")] == [
        16,
        17,
        21,
        487,
    ]
