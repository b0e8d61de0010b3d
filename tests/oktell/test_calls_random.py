"""Whatever the line shows, in whatever order: the calls are never in contradiction with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from ctidesk.cti.call import Call
from ctidesk.cti.events import CallFinished, CallStarted, CommutationStarted, CtiEvent
from ctidesk.cti.values import CallState
from ctidesk.oktell.calls import CallMapper
from ctidesk.oktell.effects import Ask, Effect, PublicEvent
from ctidesk.oktell.line import HANDLED_EVENTS, Line
from ctidesk.oktell.record import Record
from ctidesk.oktell.values import LineState
from tests.oktell.json_values import json_values

S = LineState
ME = "u101"


@dataclass
class Watch:
    """A line and its calls, and what was told of them."""

    line: Line = field(default_factory=Line)
    active: list[Call] = field(default_factory=list)
    finished: set[Call] = field(default_factory=set)
    waiting: list[Ask] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.line.user_id, self.line.number = ME, "101"
        self.mapper = CallMapper(self.line, lambda: True)

    def run(self, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, PublicEvent):
                self.hear(self.mapper.event(effect))
            elif isinstance(effect, Ask) and effect.on_reply is not None:
                self.waiting.append(effect)

    def hear(self, events: list[CtiEvent]) -> None:
        for event in events:
            if isinstance(event, CallStarted):
                assert event.call not in self.active
                assert event.call not in self.finished
                self.active.append(event.call)
                assert len(self.active) <= 2
            elif isinstance(event, CallFinished):
                self.active.remove(event.call)
                self.finished.add(event.call)
                assert event.call.state is CallState.NONE
            elif isinstance(event, CommutationStarted):
                assert event.call in self.active
                assert event.call.previous_state is CallState.ALERTING
        assert set(self.mapper.calls) == set(self.active)

    def reload(self, reply: dict[str, Any]) -> None:
        self.run(self.line.line_info(Record(reply)))
        self.hear(self.mapper.settle())

    def answer(self, reply: dict[str, Any]) -> None:
        """The oldest `getconferenceinfo` is answered."""
        if self.waiting:
            asked = self.waiting.pop(0)
            assert asked.on_reply is not None
            self.run(asked.on_reply(Record(reply)))

    def check(self) -> None:
        """The calls are what the line shows."""
        line = self.line
        holds = line.hold.held is not None
        talking = [one for one in self.active if one.state is not CallState.HOLDED]
        assert all(one.state is not CallState.NONE for one in self.active)
        assert len(self.active) - len(talking) <= 1
        if not holds:
            assert len(talking) == len(self.active)
        if line.state in (S.READY, S.DISCONNECTED):
            assert talking == []
            assert len(self.active) <= int(holds)
        if line.conference.id or len(line.abonents) != 1:
            return
        party = line.abonents[0]
        is_held = line.hold.held is not None and line.hold.held.key == party.key
        if not party.phone or party.is_ivr or is_held:
            return
        if line.state in (S.TALK, S.RING, S.CALL, S.BACKCALL):
            assert [one.abonent_number for one in talking] in ([], [party.phone])
            expected = CallState.CONNECTED if line.state is S.TALK else CallState.ALERTING
            assert all(one.state is expected for one in talking)
        if line.state in (S.CALL, S.BACKCALL) or (line.state in (S.RING, S.TALK) and party.is_external):
            assert party.phone in [one.abonent_number for one in self.active]


PARTIES: list[dict[str, Any]] = [
    {"number": "79161234567", "isextline": True, "extline": "trunk1"},
    {"number": "79160000000", "isextline": True},
    {"number": "102", "userid": "u102", "username": "Boris"},
    {"number": "500"},
    {"isextline": True, "callerid": "777"},
    {"isextline": True},
    {"isivr": True, "ivrname": "Menu"},
    {},
]
KINDS: list[tuple[str, dict[str, Any]]] = [
    ("lsIdle", {}),
    ("lsHookUp", {}),
    ("lsReserved", {}),
    ("lsDisconnected", {}),
    ("lsRinging", {"isringing": True}),
    ("lsRinging", {"isringing": True, "direction": "acm_callback"}),
    ("lsCommutated", {"iscommutated": True}),
    ("lsDialing", {"isautocall": True}),
    ("lsCommutated", {"iscommutated": True, "conferenceid": "conf-1", "isconference": True}),
]
held = st.sampled_from([None, None, *PARTIES[:4], {"conferenceid": "conf-7"}])


@st.composite
def replies(draw: st.DrawFn) -> dict[str, Any]:
    """A picture that a server could show, or something like it."""
    text, flags = draw(st.sampled_from(KINDS))
    party = {} if text in ("lsIdle", "lsHookUp", "lsDisconnected") else draw(st.sampled_from(PARTIES))
    reply = {"result": 1, "linestatestr": text, "chainid": draw(st.sampled_from(["c-1", "c-2", ""]))}
    reply["abonent"] = {**party, **flags}
    if draw(st.integers(0, 9)) == 0:
        del reply["abonent"]
    on_hold = draw(held)
    if on_hold is not None:
        reply |= {"isflashing": True, "flashed": on_hold}
    return reply


competitors = [{"competitorid": f"k{number}", **party} for number, party in enumerate(PARTIES[:4])]
conferences = st.fixed_dictionaries(
    {
        "result": st.booleans(),
        "conference": st.just({"id": "conf-1"}),
        "competitors": st.lists(st.sampled_from([*competitors, {"competitorid": "me", "userid": ME}]), max_size=3),
    }
)
steps = st.one_of(
    replies().map(lambda reply: ("reload", reply)),
    replies().map(lambda reply: ("reload", reply)),
    st.sampled_from([*HANDLED_EVENTS, "flashstatechanged"]).map(lambda name: ("event", name)),
    conferences.map(lambda reply: ("answer", reply)),
    st.sampled_from([1, 2, 3, 4, 5, 8, 99]).map(lambda kind: ("flash", kind)),
    st.just(("lost", None)),
)


@example(
    # The held party leaves while the own phone rings.
    [
        ("reload", {"result": 1, "linestatestr": "lsReserved", "chainid": "c-1", "abonent": PARTIES[0]}),
        ("reload", {"result": 1, "isflashing": True, "flashed": PARTIES[0], "abonent": {}}),
        ("event", "phoneevent_acmcallstarted"),
    ]
)
@given(st.lists(steps, max_size=25))
def test_calls_agree_with_the_line(played: list[tuple[str, Any]]) -> None:
    watch = Watch()
    for kind, value in played:
        match kind:
            case "reload":
                watch.reload(value)
                watch.check()
            case "event":
                begins = value == "phoneevent_commstarted"
                body: dict[str, Any] = {"isconference": True, "confid": "conf-1"} if begins else {}
                watch.run(watch.line.native_event(value, Record(body)))
            case "answer":
                watch.answer(value)
            case "flash":
                watch.hear(watch.mapper.flash(Record({"flashtypeid": value})))
            case "lost":
                watch.run(watch.line.disconnect())
                watch.check()
    watch.reload({"result": True, "linestatestr": "lsIdle", "abonent": {}})
    assert watch.active == []


names = st.sampled_from(
    ["result", "linestatestr", "chainid", "calledid", "timertalklensec", "isflashing", "flashed", "abonent", "x"]
)
parts = st.sampled_from(
    ["number", "userid", "callerid", "isextline", "isringing", "iscommutated", "isautocall", "isivr", "conferenceid"]
)
odd = st.dictionaries(names, json_values | st.dictionaries(parts, json_values, max_size=4), max_size=6)


@given(st.lists(st.tuples(odd, st.sampled_from(HANDLED_EVENTS), json_values), max_size=10))
def test_nothing_raises(played: list[tuple[dict[str, Any], str, Any]]) -> None:
    watch = Watch()
    for reply, event, body in played:
        watch.reload({"result": 1, **reply})
        watch.run(watch.line.native_event(event, Record(body)))
        watch.hear(watch.mapper.flash(Record(body)))
        watch.answer(reply)
    watch.reload({"result": True, "linestatestr": "lsIdle", "abonent": {}})
    assert watch.active == []
