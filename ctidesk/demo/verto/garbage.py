"""Broken frames that a client must survive: the director's `garbage KIND` (command-line.md, "`ctidesk pbx`")."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from ctidesk.demo.garbage import DEPTH, HUGE_LENGTH
from ctidesk.demo.verto.session import Session

_STRANGER = "00000000-0000-4000-8000-00000000dead"


def _encode(frame: object) -> str:
    return json.dumps(frame, ensure_ascii=False)


def _request(method: object, params: object, id_: object = 77) -> str:
    return _encode({"jsonrpc": "2.0", "id": id_, "method": method, "params": params})


def _not_json(_session: Session) -> list[str]:
    return ["{this is no JSON", "", '{"jsonrpc":"2.0","id":', "\x00\x01", "#SPU 100", "#"]


def _bad_shape(_session: Session) -> list[str]:
    frames: list[object] = [None, 1, "text", [], [[]], {}, {"jsonrpc": "2.0"}, {"jsonrpc": "2.0", "id": 5}]
    frames += [{"jsonrpc": "2.0", "id": 5, "result": None}, {"jsonrpc": "2.0", "id": None, "error": {}}]
    frames += [{"jsonrpc": "2.0", "method": "verto.bye"}, {"jsonrpc": "2.0", "id": {}, "method": "verto.ping"}]
    return [_encode(frame) for frame in frames]


def _huge(_session: Session) -> list[str]:
    return [_request("verto.event", {"data": "я" * HUGE_LENGTH})]


def _deep(_session: Session) -> list[str]:
    return ['{"jsonrpc":"2.0","id":78,"method":"verto.event","params":' + "[" * DEPTH + "]" * DEPTH + "}"]


def _wrong_types(_session: Session) -> list[str]:
    return [
        _request("verto.invite", {"callID": 5, "sdp": "v=0"}),
        _request("verto.invite", {"callID": "a b/../c", "sdp": "v=0"}),
        _request("verto.invite", {"callID": _STRANGER, "sdp": 7, "caller_id_name": []}),
        _request("verto.attach", {"callID": None, "sdp": {}}),
        _request("verto.media", {"callID": {}, "sdp": []}),
        _request("verto.display", {"callID": _STRANGER, "display_name": 5}),
        _request("verto.clientReady", {"reattached_sessions": 5}),
        _request("verto.info", {"msg": 5}),
        _request("verto.ping", {"serno": "x"}),
        _request(["verto.bye"], {"callID": _STRANGER}),
        _request("verto.bye", [1, 2]),
        _encode({"jsonrpc": 2, "id": "x", "result": []}),
    ]


def _unknown(_session: Session) -> list[str]:
    return [
        _request("verto.novelty", {"a": 1}),
        _request("verto.media", {"callID": _STRANGER, "sdp": "v=0"}),
        _request("verto.answer", {"callID": _STRANGER}),
        _request("verto.bye", {"callID": _STRANGER, "cause": "NO_SUCH_CAUSE", "causeCode": 9999}),
        _request("verto.announce", {"msg": ["hello", "world"]}),
        _request("verto.prompt", {"callID": _STRANGER, "type": "dtmf", "text": "?"}),
        _encode({"jsonrpc": "2.0", "id": 987654, "result": {"message": "nobody asked"}}),
        _encode({"jsonrpc": "2.0", "id": 987655, "error": {"unauthorizedChannels": []}}),
    ]


def _duplicate(session: Session) -> list[str]:
    """The last reply and the last event once more."""
    return [text for text in (session.last_reply, session.last_event) if text is not None]


def _out_of_order(_session: Session) -> list[str]:
    """A call of nobody's, told from its end to its beginning; its beginning is left out."""
    params = {"callID": _STRANGER}
    return [_request(method, params) for method in ("verto.bye", "verto.display", "verto.answer", "verto.media")]


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
