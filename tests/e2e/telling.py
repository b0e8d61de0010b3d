"""Events in a few words each, so that a test can hold a whole story against them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tests.e2e.processes import Told

LINE_EVENTS = frozenset(
    {
        *("readyStart", "readyStop", "ringStart", "ringStop", "backRingStart", "backRingStop", "callStart", "callStop"),
        *("talkStart", "talkStop", "stateChange", "abonentsChange"),
        *("holdAbonentEnter", "holdAbonentLeave", "holdStateChange"),
    }
)
"""What the PBX's library tells of the line, in an order that is fixed. The user's state has a life of its own."""

USER_EVENTS = frozenset({"statusChange", "userStateChange", "callCenterStateChange"})

CALL_EVENTS = frozenset(
    {
        *("callStarted", "commutationStarted", "hold", "unhold", "callFinished"),
        *("callInfoChanged", "currentCallChanged", "activeCallSnapshot", "initialized", "disconnected"),
    }
)
"""What the model tells of calls."""


def line_story(events: Iterable[Told]) -> list[str]:
    """Return what the PBX's library has told of the line: abonents by their phones, hold by who is held."""
    return [_words(event) for event in events if event.level == "pbx" and event.name in LINE_EVENTS]


def user_story(events: Iterable[Told]) -> list[str]:
    """Return what the PBX's library has told of the user's own state."""
    return [_words(event) for event in events if event.level == "pbx" and event.name in USER_EVENTS]


def call_story(events: Iterable[Told]) -> list[str]:
    """Return what the model has told of calls: direction, number and state of each."""
    return [_words(event) for event in events if event.level == "cti" and event.name in CALL_EVENTS]


def features(events: Iterable[Told]) -> list[str]:
    """Return what may be done at the end of the events, without the names' prefix."""
    told = [event.args[0] for event in events if event.level == "cti" and event.name == "lineStateChanged"]
    return [name.removeprefix("CAN_") for name in told[-1]]


def _words(event: Told) -> str:
    return " ".join([event.name, *map(_word, event.args)])


def _word(value: Any) -> str:
    match value:
        case str():
            return value
        case list():
            return f"[{' '.join(map(_word, value))}]"
        case {"hasHold": True, "abonent": abonent}:
            return f"held {_word(abonent)}"
        case {"hasHold": False}:
            return "free"
        case {"direction": "IN", "callerId": number, "state": state}:
            return f"in {number} {state}"
        case {"direction": "OUT", "calledId": number, "state": state}:
            return f"out {number} {state}"
        case {"phone": phone}:
            return str(phone)
        case {"name": name}:
            return str(name)
        case _:
            return json.dumps(value)
