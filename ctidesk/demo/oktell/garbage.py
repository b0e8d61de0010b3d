"""Broken frames that a client must survive: the director's `garbage KIND` (command-line.md, "`ctidesk pbx`")."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ctidesk.demo.garbage import DEPTH, HUGE_LENGTH
from ctidesk.demo.oktell.frames import encode, multipart
from ctidesk.demo.oktell.session import Session


def _not_json(_session: Session) -> list[str]:
    return ["{this is no JSON", "", '["userstatechanged",{"userstateid":', "\x00\x01"]


def _bad_shape(_session: Session) -> list[str]:
    frames: list[object] = [None, 1, "text", {}, [], ["userstatechanged"], [1, {}], [["userstatechanged"], {}]]
    frames += [["userstatechanged", None], ["userstatechanged", "text"], ["userstatechanged", [1, 2]]]
    frames += [["linestatechanged", 5], ["multipart", None], ["multipart", {}], ["pong", {"qid": None}]]
    return [encode(frame) for frame in frames]


def _huge(_session: Session) -> list[str]:
    return [encode(["hugeevent", {"text": "я" * HUGE_LENGTH}])]


def _deep(_session: Session) -> list[str]:
    return ['["deepevent",{"a":' + "[" * DEPTH + "]" * DEPTH + "}]"]


def _wrong_types(_session: Session) -> list[str]:
    frames: list[object] = [
        ["userstatechanged", {"userstateid": "seven", "oncallcenter": [], "onlunch": {}, "lunchreasonid": {}}],
        ["userstatechanged", {"userstateid": {"a": 1}}],
        ["pbxnumberstatechanged", {"numbers": {"num": 1}}],
        ["pbxnumberstatechanged", {"numbers": [None, 5, {"num": [], "numstateid": {}}]}],
        ["phoneevent_commstarted", {"isconference": True, "confid": 5}],
        ["phoneevent_ivrstarted", {"isroutingivr": "yes"}],
        ["confcompositionchanged", {"eventinfo": 5}],
        ["confcompetitorstatechanged", {"eventinfo": {"conference": [], "competitor": "x"}}],
        ["flashstatechanged", {"flashtypeid": "four", "lineid": 7}],
        ["customevent", {"eventname": 5, "eventparam": None}],
        ["httpresponsecopy", {"response": 200, "password": [], "content": {}}],
        ["multipart", {"message-id": [], "packetcount": "two", "packetnumber": -1, "content": 5}],
        ["multipart", {"message-id": "m", "packetcount": 1, "packetnumber": 0, "content": "@@ no base64 @@"}],
    ]
    return [encode(frame) for frame in frames]


def _unknown(_session: Session) -> list[str]:
    frames: list[object] = [
        ["phoneevent_faxstarted", {"qid": "x"}],
        ["shownotifymessage", {"text": "<b>hello</b>"}],
        ["whoareyou", {"qid": "who"}],
        ["somethingnew", {"a": {"b": [1, 2, 3]}}],
        ["someresult", {"qid": "a qid that nobody waits for", "result": 1}],
        ["flashstatechanged", {"flashtypeid": 99}],
        ["userstatechanged", {"userstateid": 4}],
        ["userstatechanged", {"newfield": True}],
    ]
    return [encode(frame) for frame in frames]


def _duplicate(session: Session) -> list[str]:
    """The last reply and the last event once more, and every part of a message twice."""
    repeated = [text for text in (session.last_reply, session.last_event) if text is not None]
    parts = [encode(part) for part in multipart(encode(["duplicated", {"text": "ё" * 30}]), 20)]
    return repeated + [text for part in parts for text in (part, part)]


def _out_of_order(_session: Session) -> list[str]:
    """A message in parts, the last one first, and a part of one that never becomes whole."""
    parts = [encode(part) for part in multipart(encode(["disordered", {"text": "ї" * 60}]), 20)]
    lost = [encode(part) for part in multipart(encode(["unfinished", {"text": "x" * 60}]), 20)]
    return [*reversed(parts), lost[1]]


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
