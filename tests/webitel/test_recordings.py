"""Events that a real switch has sent, wrapped as the PBX's server wraps them.

The recordings are of three users; each is looked at with the eyes of user 1001.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ctidesk.webitel.calls import CallMapper
from ctidesk.webitel.channels import Channels
from ctidesk.webitel.fields import Fields
from tests.webitel.consistency import check_mapper
from tests.webitel.scripted_pbx import in_words

FOLDER = Path(__file__).resolve().parents[3] / "shared/recordings/freeswitch/esl"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the recordings are not here")

FORWARDED = {
    "Unique-ID",
    "Channel-Call-UUID",
    "Channel-Presence-ID",
    "Channel-Call-State",
    "Channel-State",
    "Channel-State-Number",
    "Answer-State",
    "Original-Channel-Call-State",
    "Call-Direction",
    "Caller-Logical-Direction",
    "Channel-HIT-Dialplan",
    "Caller-Caller-ID-Number",
    "Caller-Caller-ID-Name",
    "Caller-Callee-ID-Number",
    "Caller-Callee-ID-Name",
    "Caller-Destination-Number",
    "Other-Leg-Unique-ID",
    "variable_originating_leg_uuid",
    "Bridge-A-Unique-ID",
    "Bridge-B-Unique-ID",
    "variable_w_transfer_result",
    "variable_cc_queue",
    "variable_hangup_cause",
    "Caller-Channel-Created-Time",
    "Caller-Channel-Answered-Time",
    "Caller-Channel-Hangup-Time",
    "DTMF-Digit",
    "Event-Name",
}


def wrapped(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event of the switch as the server forwards it (5.2)."""
    forwarded: dict[str, Any] = {
        name: value for name, value in event.items() if name in FORWARDED and isinstance(value, str)
    }
    # This switch had no application on it that gives calls their id.
    forwarded["variable_w_account_origination_uuid"] = f"call of {event['Unique-ID']}"
    forwarded["webitel-event-name"] = "call"
    forwarded.setdefault("Other-Leg-Unique-ID", event.get("variable_originating_leg_uuid", ""))
    forwarded.setdefault("variable_hangup_cause", event.get("Hangup-Cause", ""))
    forwarded["variable_billsec"] = 0
    return {name: value for name, value in forwarded.items() if value != ""}


@cache
def recorded(name: str) -> list[dict[str, Any]]:
    """Return the channel events of user 1001 in a recording."""
    (file,) = FOLDER.glob(f"{name}_*.events.jsonl")
    events = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [wrapped(one) for one in events if one.get("Channel-Presence-ID") == "1001@pbx.example"]


def play(name: str) -> tuple[list[str], list[str], Channels]:
    """Return the public events and the CTI events of a recording, and the channels after it."""
    channels = Channels()
    channels.log_in("1001@pbx.example")
    mapper = CallMapper(can_answer=lambda: False)
    mapper.device_id = "1001"
    ids: dict[str, str] = {}
    public: list[str] = []
    told: list[str] = []
    for event in recorded(name):
        for one in channels.take(event["Event-Name"], Fields(event)):
            record = Fields(one.args[0])
            uuid = record.text("uuid") or record.fields("call").text("uuid")
            number = ids.setdefault(uuid, str(len(ids) + 1))
            public.append(f"{one.name.removeprefix('on').removesuffix('Call')} {number}")
            told += [in_words(cti).split()[0] for cti in mapper.event(one)]
            check_mapper(mapper)
    return public, [one for one in told if not one.startswith("[")], channels


ANSWERED = ["New 1", "Accept 1", "Bridge 1"]
ENDED = ["Uuid 1", "Hangup 1"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a1", [*ANSWERED, *ENDED]),
        ("a2", [*ANSWERED, *ENDED]),
        ("a3", [*ANSWERED, *ENDED]),
        ("c1", [*ANSWERED, "Hold 1", "Unhold 1", *ENDED]),
        ("c2", [*ANSWERED, "Hold 1", "Unhold 1", *ENDED]),
        ("c3", [*ANSWERED, *ENDED]),
        ("e1", [*ANSWERED, *ENDED]),
        ("e3", [*ANSWERED, *ENDED]),
        ("g1", ["New 1", *ENDED]),
        ("h1", ["New 1", *ENDED]),
        ("h2", ["New 1", *ENDED]),
        ("h3", []),
        ("h4", ["New 1", *ENDED]),
        ("i2", ["New 1", "Hangup 1"]),
        ("k2", [*ANSWERED, *ENDED]),
        ("l1", []),
    ],
)
def test_calls_of_a_recording(name: str, expected: list[str]) -> None:
    public, _, channels = play(name)
    # Which numbers a real switch shows when is its own affair.
    assert without_repeated_bridges(public) == without_repeated_bridges(expected)
    assert not channels.calls


def without_repeated_bridges(events: list[str]) -> list[str]:
    """Leave out how often it was told that numbers have changed."""
    kept: list[str] = []
    for one in events:
        if not (one.startswith(("Bridge", "UnBridge")) and (one in kept or "Accept 1" not in kept)):
            kept.append(one)
    return [one for one in kept if not one.startswith("UnBridge")]


def test_a_recorded_talk_for_the_application() -> None:
    _, told, _ = play("c1")
    assert [one for one in told if one != "callInfoChanged"] == [
        "callStarted",
        "commutationStarted",
        "hold",
        "unhold",
        "callFinished",
    ]


@pytest.mark.parametrize("name", ["d1", "d2"])
def test_a_recorded_attended_transfer(name: str) -> None:
    public, told, channels = play(name)
    assert [one for one in public if one.startswith(("New", "Accept", "Hold", "Unhold", "Hangup"))] == [
        *("New 1", "Accept 1", "Hold 1", "New 2", "Accept 2"),
        *("Hangup 2", "Unhold 1", "Hangup 1"),
    ]
    assert [one for one in told if one != "callInfoChanged"] == [
        *("callStarted", "commutationStarted", "hold", "callStarted", "commutationStarted"),
        *("callFinished", "currentCallChanged", "unhold", "callFinished"),
    ]
    assert not channels.calls


def test_recorded_tones_are_those_of_the_own_leg() -> None:
    public, _, _ = play("f1")
    assert public.count("Dtmf 1") == 4


@pytest.mark.parametrize(("name", "marks"), [("j1", 0), ("j2", 1)])
def test_recorded_marks_of_a_recording(name: str, marks: int) -> None:
    public, _, _ = play(name)
    # In j1 the other leg is recorded; in j2 the call ends before its recording.
    assert [public.count("StartRecord 1"), public.count("StopRecord 1")] == [marks, 0]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.events.jsonl")), ids=lambda file: file.name.partition("_")[0])
def test_every_recording_ends_without_calls(file: Path) -> None:
    public, _, channels = play(file.name.partition("_")[0])
    assert not channels.calls
    names = [one.split()[0] for one in public]
    assert names.count("New") == names.count("Hangup")
