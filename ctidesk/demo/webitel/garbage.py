"""Broken frames that a client must survive: the director's `garbage KIND` (command-line.md, "`ctidesk pbx`")."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ctidesk.demo.garbage import DEPTH, HUGE_LENGTH
from ctidesk.demo.webitel.session import Session, encode

_STRANGER = "00000000-0000-4000-8000-00000000dead"


def _presence(session: Session) -> str:
    return session.account.login if session.account else "nobody@nowhere"


def _call(session: Session, name: str, **fields: object) -> dict[str, object]:
    """A channel event of the session's own account."""
    event: dict[str, object] = {"webitel-event-name": "call", "Event-Name": name, "variable_billsec": 0}
    return event | {"Channel-Presence-ID": _presence(session), "Unique-ID": _STRANGER} | fields


def _not_json(_session: Session) -> list[str]:
    return ["{this is no JSON", "", '{"webitel-event-name":"call","Event-Name":', "\x00\x01"]


def _bad_shape(_session: Session) -> list[str]:
    frames: list[object] = [None, 1, "text", [], [[]], {}, {"exec-uuid": "x"}, {"exec-complete": "+OK"}]
    frames += [{"webitel-event-name": ""}, {"webitel-event-name": "call"}, {"webitel-event-name": None}]
    frames += [{"exec-uuid": None, "exec-complete": None}, {"webitel-event-name": "user", "Event-Name": None}]
    return [encode(frame) for frame in frames]


def _huge(session: Session) -> list[str]:
    return [encode(_call(session, "CHANNEL_HUGE", variable_webitel_data="я" * HUGE_LENGTH))]


def _deep(_session: Session) -> list[str]:
    return ['{"webitel-event-name":"server","Event-Name":"DEEP","a":' + "[" * DEPTH + "]" * DEPTH + "}"]


def _wrong_types(session: Session) -> list[str]:
    own = session.account.number if session.account else "101"
    status: dict[str, object] = {"webitel-event-name": "ACCOUNT_STATUS", "Event-Name": "ACCOUNT_STATUS"}
    frames: list[object] = [
        _call(session, "CHANNEL_CREATE") | {"Unique-ID": {"a": 1}, "Channel-Call-UUID": []},
        _call(session, "CHANNEL_ANSWER") | {"Unique-ID": 5},
        _call(session, "CHANNEL_STATE") | {"Caller-Caller-ID-Number": 7, "Caller-Callee-ID-Number": None},
        _call(session, "CHANNEL_HANGUP") | {"Channel-Presence-ID": ["101"], "variable_hangup_cause": {}},
        _call(session, "DTMF") | {"DTMF-Digit": 5},
        status | {"Account-User": 101, "Account-Status": [], "Account-User-State": {}},
        status | {"Account-User": own, "Account-Online": "maybe", "Account-Status-Descript": 5},
        {"webitel-event-name": "user", "Event-Name": "ACCOUNT_ONLINE", "User-ID": []},
        {"webitel-event-name": "USER_CREATE", "Event-Name": "USER_CREATE", "User-ID": None, "User-State": 1},
        {"webitel-event-name": "WEBITEL-CUSTOM", "Event-Name": "WEBITEL-CUSTOM-MESSAGE", "body": 5},
        {"webitel-event-name": 5, "Event-Name": ["CHANNEL_CREATE"]},
        {"exec-uuid": 5, "exec-complete": 1, "exec-response": []},
        {"exec-uuid": ["x"], "exec-complete": {}},
    ]
    return [encode(frame) for frame in frames]


def _unknown(session: Session) -> list[str]:
    frames: list[object] = [
        _call(session, "CHANNEL_EXPLODE"),
        _call(session, "CHANNEL_ANSWER"),
        _call(session, "CHANNEL_HANGUP"),
        _call(session, "CHANNEL_CREATE") | {"Channel-Presence-ID": "999@elsewhere.example"},
        {"webitel-event-name": "DOMAIN_CREATE", "Event-Name": "DOMAIN_CREATE", "Domain-Name": "new.example"},
        {"webitel-event-name": "novelty", "Event-Name": "NOVELTY", "a": {"b": [1, 2, 3]}},
        {"webitel-event-name": "user", "Event-Name": "ACCOUNT_ONLINE", "User-ID": "99999", "User-Domain": "x"},
        {"exec-uuid": "an id that nobody waits for", "exec-complete": "+OK", "exec-response": "pong"},
    ]
    return [encode(frame) for frame in frames]


def _duplicate(session: Session) -> list[str]:
    """The last reply and the last event once more."""
    return [text for text in (session.last_reply, session.last_event) if text is not None]


def _out_of_order(session: Session) -> list[str]:
    """A call of nobody's, told from its end to its beginning; its beginning is left out."""
    names = [
        "CHANNEL_DESTROY",
        "CHANNEL_HANGUP_COMPLETE",
        "CHANNEL_UNHOLD",
        "CHANNEL_HOLD",
        "CHANNEL_BRIDGE",
        "CHANNEL_ANSWER",
        "CHANNEL_CALLSTATE",
        "CHANNEL_STATE",
    ]
    return [encode(_call(session, name) | {"Channel-Call-UUID": _STRANGER}) for name in names]


GARBAGE: Mapping[str, Callable[[Session], list[str]]] = {
    "notjson": _not_json,
    "badshape": _bad_shape,
    "huge": _huge,
    "deep": _deep,
    "wrongtypes": _wrong_types,
    "unknown": _unknown,
    "duplicate": _duplicate,
    "outoforder": _out_of_order,
}
