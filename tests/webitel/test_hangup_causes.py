"""Why calls end, and when that is said (webitel-protocol.md, "12.3 Hangup causes")."""

from __future__ import annotations

from datetime import UTC, datetime

from ctidesk.cti.call import Call
from ctidesk.cti.values import CallDirection
from ctidesk.webitel.hangup_causes import REFUSING_CAUSES, hangup_cause_text, is_unusual_end, unusual_end

EVERY = (
    *("NORMAL_CLEARING", "ORIGINATOR_CANCEL", "USER_BUSY", "NO_ANSWER", "NO_USER_RESPONSE", "CALL_REJECTED"),
    *("UNALLOCATED_NUMBER", "NO_ROUTE_DESTINATION", "INVALID_NUMBER_FORMAT", "NUMBER_CHANGED"),
    *("USER_NOT_REGISTERED", "SUBSCRIBER_ABSENT", "DESTINATION_OUT_OF_ORDER", "NORMAL_TEMPORARY_FAILURE"),
    *("NORMAL_CIRCUIT_CONGESTION", "RECOVERY_ON_TIMER_EXPIRE", "INCOMPATIBLE_DESTINATION", "OUTGOING_CALL_BARRED"),
    *("MANAGER_REQUEST", "BLIND_TRANSFER", "ATTENDED_TRANSFER", "LOSE_RACE", "PICKED_OFF", "GATEWAY_DOWN"),
    *("NORMAL_UNSPECIFIED", "UNSPECIFIED"),
)
DIALLED_WRONG = {
    *("USER_BUSY", "NO_ANSWER", "NO_USER_RESPONSE", "CALL_REJECTED", "UNALLOCATED_NUMBER", "NO_ROUTE_DESTINATION"),
    *("INVALID_NUMBER_FORMAT", "NUMBER_CHANGED", "USER_NOT_REGISTERED", "SUBSCRIBER_ABSENT"),
    *("DESTINATION_OUT_OF_ORDER", "NORMAL_TEMPORARY_FAILURE", "NORMAL_CIRCUIT_CONGESTION"),
    *("RECOVERY_ON_TIMER_EXPIRE", "INCOMPATIBLE_DESTINATION", "OUTGOING_CALL_BARRED", "MANAGER_REQUEST"),
    *("GATEWAY_DOWN", "NORMAL_UNSPECIFIED", "UNSPECIFIED"),
}


def ended(direction: CallDirection, cause: str, *, talked: bool = False) -> Call:
    return Call("k1", direction, state_cause=cause, connected=datetime.now(UTC) if talked else None)


def test_each_cause_has_words_of_its_own() -> None:
    words = [hangup_cause_text(cause) for cause in EVERY]
    assert all(text.endswith(".") and "_" not in text for text in words)
    assert len(set(words)) == len(EVERY) - 1  # one for both of the last two
    assert set(EVERY) >= REFUSING_CAUSES


def test_a_talk_of_the_web_phone_that_the_switch_has_kept_for_too_long() -> None:
    cut_off = ended(CallDirection.IN, "RECOVERY_ON_TIMER_EXPIRE", talked=True)
    words = unusual_end(cut_off, by_web_phone=True)
    assert "connection" in words
    assert unusual_end(cut_off, by_web_phone=False) == hangup_cause_text("RECOVERY_ON_TIMER_EXPIRE") != words
    assert unusual_end(ended(CallDirection.OUT, "RECOVERY_ON_TIMER_EXPIRE"), by_web_phone=True) != words
    assert unusual_end(ended(CallDirection.IN, "NORMAL_CLEARING", talked=True), by_web_phone=True) == ""


def test_a_call_out_that_found_nobody() -> None:
    assert {cause for cause in EVERY if is_unusual_end(ended(CallDirection.OUT, cause))} == DIALLED_WRONG


def test_a_ring_says_only_that_the_own_phone_has_failed() -> None:
    said = {cause for cause in EVERY if is_unusual_end(ended(CallDirection.IN, cause))}
    assert said == {
        *("NO_USER_RESPONSE", "USER_NOT_REGISTERED", "SUBSCRIBER_ABSENT", "DESTINATION_OUT_OF_ORDER"),
        *("NORMAL_TEMPORARY_FAILURE", "RECOVERY_ON_TIMER_EXPIRE", "INCOMPATIBLE_DESTINATION", "MANAGER_REQUEST"),
    }


def test_a_talk_says_what_has_cut_it_off() -> None:
    said = {cause for cause in EVERY if is_unusual_end(ended(CallDirection.IN, cause, talked=True))}
    assert {"RECOVERY_ON_TIMER_EXPIRE", "MANAGER_REQUEST", "NORMAL_TEMPORARY_FAILURE", "GATEWAY_DOWN"} <= said
    assert said.isdisjoint({"NORMAL_CLEARING", "NORMAL_UNSPECIFIED", "BLIND_TRANSFER", "LOSE_RACE", "USER_BUSY"})


def test_the_own_phone_was_picked_up_and_nobody_reached() -> None:
    said = {cause for cause in EVERY if is_unusual_end(ended(CallDirection.OUT, cause, talked=True))}
    assert said == DIALLED_WRONG - {"NORMAL_UNSPECIFIED", "UNSPECIFIED"}


def test_what_the_operator_has_done_needs_no_words() -> None:
    declined = ended(CallDirection.IN, "MANAGER_REQUEST")
    declined.declined = True
    passed_on = ended(CallDirection.OUT, "USER_BUSY", talked=True)
    passed_on.redirection_id = "102"
    assert not is_unusual_end(declined)
    assert not is_unusual_end(passed_on)


def test_a_cause_without_words_is_shown_as_it_is() -> None:
    assert hangup_cause_text("WRONG_CALL_STATE") == "WRONG_CALL_STATE"
    assert is_unusual_end(ended(CallDirection.OUT, "WRONG_CALL_STATE"))
    assert not is_unusual_end(ended(CallDirection.IN, "WRONG_CALL_STATE"))
    assert not is_unusual_end(ended(CallDirection.OUT, ""))
