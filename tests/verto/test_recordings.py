"""What a real switch has said replays to the states that the README of the recordings gives (sections 5 and 8)."""

from __future__ import annotations

import json

import pytest

from ctidesk.webitel.hangup_causes import hangup_cause_text
from tests.verto.recorded import FOLDER, Replay

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the recordings are not here")

OUT = "new requesting trying active"
EARLY = "new requesting trying early active"
IN = "new ringing answering active"
CLEARED = "NORMAL_CLEARING"

CALLS: dict[str, list[tuple[str, str]]] = {
    "v03_call_9196_echo_opus": [(OUT, CLEARED)],
    "v04_call_9197_tone": [(OUT, CLEARED)],
    "v05_incoming_call_answered_then_remote_hangup": [(IN, CLEARED)],
    "v06_incoming_call_from_sip_1002_answered_caller_hangs_up": [(IN, CLEARED)],
    "v07_incoming_call_rejected_busy": [("new ringing", "USER_BUSY")],
    "v08_incoming_call_caller_abandons": [("new ringing", "ORIGINATOR_CANCEL")],
    "v09_outgoing_to_sip_1002_local_hangup": [(EARLY, CLEARED)],
    "v10_outgoing_to_sip_1002_remote_hangup": [(EARLY, CLEARED)],
    "v11_hold_unhold_togglehold": [(f"{EARLY} held active held active", CLEARED)],
    "v12_dtmf": [(EARLY, CLEARED)],
    "v13_blind_transfer_by_modify": [(EARLY, CLEARED)],
    "v14_blind_transfer_of_an_incoming_call": [(IN, CLEARED)],
    "v15_attended_transfer_by_modify_replace": [(f"{EARLY} held", CLEARED), (EARLY, CLEARED)],
    "v16_transfer_of_a_call_that_is_not_bridged": [(OUT, CLEARED)],
    "v17_websocket_dropped_then_reattach": [(f"{OUT} recovering answering active", CLEARED)],
    "v18_websocket_dropped_during_a_bridged_call_then_reattach": [(f"{EARLY} recovering answering active", CLEARED)],
    "v19_websocket_dropped_while_ringing": [("new ringing", "DESTINATION_OUT_OF_ORDER")],
    "v21_early_media_then_busy": [("new requesting trying early", "USER_BUSY")],
    "v22_callee_busy_and_no_such_number": [
        ("new requesting trying", "USER_BUSY"),
        ("new requesting trying", "NO_ROUTE_DESTINATION"),
    ],
    "v23_verto_to_verto": [(EARLY, CLEARED)],
    "v23_verto_to_verto.1002": [(IN, CLEARED)],
    "v24_caller_cancels_before_answer": [("new requesting trying early", "ORIGINATOR_CANCEL")],
    "v25_subscribe_and_broadcast": [],
    "v25_subscribe_and_broadcast.1002": [(EARLY, CLEARED)],
    "v26_call_waiting_two_incoming_calls": [(f"{IN} held active", CLEARED), (IN, CLEARED)],
    "v27_invite_params_missing": [("new requesting trying", "INCOMPATIBLE_DESTINATION")],
    "v28_call_9196_echo_pcmu_only": [(OUT, CLEARED)],
    "v29_sip_party_puts_the_call_on_hold": [(EARLY, CLEARED)],
    "v30_logged_in_twice_two_devices_one_answers": [(IN, CLEARED)],
    "v30_logged_in_twice_two_devices_one_answers.second": [("new ringing", "LOSE_RACE")],
    "v31_sip_refer_of_a_verto_leg_fails_on_codecs": [(EARLY, "INCOMPATIBLE_DESTINATION")],
    "v32_conference": [(IN, CLEARED)],
    "v32_conference.1002": [(IN, CLEARED)],
    "v33_websocket_dropped_and_never_reconnected": [(EARLY, "RECOVERY_ON_TIMER_EXPIRE")],
    "v36_offer_with_audio_and_video": [(OUT, CLEARED)],
    "v37_update_media_renegotiation": [(OUT, CLEARED)],
    "v38_marker_bit_on_every_packet": [(EARLY, CLEARED), (OUT, CLEARED)],
    "v99_server_shuts_down_during_a_call": [(OUT, "SYSTEM_SHUTDOWN")],
}
"""The states of each call up to its end, and why it has ended."""


@pytest.mark.parametrize("name", CALLS)
async def test_calls_go_through_the_states_of_the_recording(name: str) -> None:
    replay = await Replay(name).play()
    expected = [(f"{states} hangup destroy".split(), cause) for states, cause in CALLS[name]]
    assert [(states, replay.causes[call_id]) for call_id, states in replay.states.items()] == expected
    assert replay.session.dialogs == {}
    assert replay.session.broken_messages == 0


@pytest.mark.parametrize("name", CALLS)
async def test_every_request_of_the_server_is_answered_and_none_with_an_error(name: str) -> None:
    asked: list[tuple[object, str]] = []
    replay = Replay(name)
    for line in (FOLDER / f"{name}.jsonl").read_text().splitlines():
        entry = json.loads(line)
        if entry["dir"] == "s2c" and "method" in entry["frame"]:
            asked.append((entry["frame"]["id"], entry["frame"]["method"]))
    await replay.play()
    answers = [frame for frame in replay.sent if "method" not in frame]
    assert [(one["id"], one["result"]["method"]) for one in answers] == asked
    assert not any("error" in frame for frame in replay.sent)


@pytest.mark.parametrize("name", CALLS)
async def test_whatever_a_call_ended_by_has_words(name: str) -> None:
    replay = await Replay(name).play()
    for cause in replay.causes.values():
        assert hangup_cause_text(cause) != cause


async def test_refused_logins_leave_the_connection_and_the_right_one_is_taken() -> None:
    replay = await Replay("v02_login_wrong_password_then_right").play()
    assert replay.errors[:4] == [
        "Authentication Required",
        "Authentication Failure",
        "Login Incorrect",
        "Missing passwd",
    ]
    assert replay.errors[4:] == [
        "Invalid Method, Missing Method or Permission Denied",
        "CALL DOES NOT EXIST",
        "Dialog data missing",
    ]


async def test_a_second_socket_with_the_same_session_takes_it_over() -> None:
    assert (await Replay("v20_same_sessid_on_a_second_socket_punt").play()).was_punted
    assert not (await Replay("v20_same_sessid_on_a_second_socket_punt.second").play()).was_punted


async def test_an_idle_socket_answers_the_pings_of_the_server() -> None:
    replay = await Replay("v34_idle_socket_server_ping").play()
    answered = [frame["result"]["method"] for frame in replay.sent if "result" in frame]
    assert answered == ["verto.clientReady", "verto.ping", "verto.ping"]


async def test_the_other_party_is_who_the_switch_says() -> None:
    replay = await Replay("v06_incoming_call_from_sip_1002_answered_caller_hangs_up").play()
    (dialog,) = replay.dialogs.values()
    assert not dialog.is_outgoing
    assert dialog.remote.number == "1002"
    replay = await Replay("v23_verto_to_verto").play()
    (dialog,) = replay.dialogs.values()
    assert dialog.is_outgoing
    assert dialog.remote.number == "1002"


@pytest.mark.parametrize(
    "name",
    [
        "v17_websocket_dropped_then_reattach",
        "v18_websocket_dropped_during_a_bridged_call_then_reattach",
    ],
)
async def test_a_call_is_in_doubt_only_while_the_connection_is_gone(name: str) -> None:
    seen: list[bool] = []

    def watch(replay: Replay) -> None:
        for dialog in replay.session.dialogs.values():
            if not seen or seen[-1] is not dialog.is_confirmed:
                seen.append(dialog.is_confirmed)

    await Replay(name).play(watch=watch)
    assert seen == [True, False, True]


async def test_errors_of_a_transfer_leave_the_call_as_it_was() -> None:
    replay = await Replay("v16_transfer_of_a_call_that_is_not_bridged").play()
    assert replay.errors == ["call is not bridged", "destination missing"]
