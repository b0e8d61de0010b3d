"""The decision table and the transition (oktell-protocol.md, "5.4 Decision table" and "5.6 Transition")."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.oktell.record import JsonObject
from ctidesk.oktell.values import LineState
from tests.oktell.line_player import A, B, LinePlayer, events, names, phones, timers

S = LineState
NUMBER: JsonObject = {"number": "79161234567"}
ROWS = [
    # rule, state before, auto, abonent and reply, state after (None: no change)
    (1, S.READY, True, {}, S.BACKRING),
    (1, S.READY, True, {"iscommutated": True}, S.BACKRING),
    (2, S.READY, True, {**NUMBER, "isautocall": True}, S.BACKCALL),
    (2, S.BACKRING, False, {**NUMBER, "isautocall": True, "isringing": True}, S.BACKCALL),
    (3, S.READY, False, {**NUMBER, "isringing": True}, S.RING),
    (3, S.READY, False, {"isringing": True, "direction": "acm_callback"}, S.BACKRING),
    (3, S.BACKRING, False, {"isringing": True}, S.BACKRING),
    (3, S.TALK, False, {**NUMBER, "isringing": True, "iscommutated": True}, S.RING),
    (4, S.RING, False, {**NUMBER, "iscommutated": True}, S.TALK),
    (4, S.READY, False, {**NUMBER, "iswaitinginflash": True}, S.TALK),
    (4, S.READY, False, {"isconference": True}, S.TALK),
    (4, S.READY, False, {"iscommutated": "false"}, S.TALK),
    (4, S.READY, False, {"linestatestr": "lsCommutated", "isivr": True}, S.TALK),
    (4, S.BACKRING, True, {"linestatestr": "lsCommutated", "isivr": True}, S.TALK),
    (9, S.READY, False, {"linestatestr": "lsCommutated", "isivr": True, "iswaitingforanswer": True}, S.READY),
    (9, S.READY, False, {"isivr": True}, S.READY),
    (5, S.READY, False, {**NUMBER}, S.CALL),
    (5, S.READY, False, {"extline": "trunk1"}, S.CALL),
    (5, S.BACKRING, True, {**NUMBER, "iscommutated": True}, S.CALL),
    (6, S.READY, False, {"linestatestr": "lsDisconnected"}, S.DISCONNECTED),
    (9, S.TALK, False, {"linestatestr": "lsHookUp"}, S.READY),
    (9, S.CALL, False, {}, S.READY),
    (9, S.DISCONNECTED, False, {"linestatestr": "lsUnheardOf"}, S.READY),
    (10, S.CALL, False, {"linestatestr": "lsReserved"}, S.CALL),
    (10, S.READY, False, {"linestatestr": "lsReserved"}, S.READY),
]


@pytest.mark.parametrize(("rule", "before", "auto", "fields", "after"), ROWS)
def test_rules(rule: int, before: LineState, auto: bool, fields: JsonObject, after: LineState) -> None:
    player = LinePlayer(before)
    if auto:
        player.event("phoneevent_acmcallstarted")
    player.reload(**fields)
    assert player.line.state is after


def test_a_reply_without_abonent_or_result_leaves_the_state() -> None:
    player = LinePlayer(S.TALK, A)
    assert player.raw({"result": True, "linestatestr": "lsIdle"}) == []
    assert player.raw({"result": True, "linestatestr": "lsIdle", "abonent": None}) == []
    assert player.raw({"result": False, "linestatestr": "lsIdle", "abonent": {}}) == []
    assert player.line.state is S.TALK
    assert [one.phone for one in player.line.abonents] == ["79161234567"]


def test_auto_is_cleared_by_the_autocall() -> None:
    player = LinePlayer(S.READY)
    player.event("phoneevent_acmcallstarted")
    player.reload(NUMBER, isautocall=True)
    player.reload(NUMBER, iscommutated=True)
    assert player.line.state is S.TALK


def test_auto_is_cleared_by_an_idle_line() -> None:
    player = LinePlayer(S.CALL)
    player.event("phoneevent_acmcallstarted")
    player.reload()
    player.reload()
    assert player.line.state is S.READY


def test_auto_is_ignored_for_the_talk_that_goes_on() -> None:
    """D19: an old picture of the present talk is no call, and does not end the wait for the one that begins."""
    player = LinePlayer(S.TALK, A)
    player.event("phoneevent_acmcallstarted")
    states = []
    for party in (A, B):
        player.reload(party, iscommutated=True)
        states.append(player.line.state)
    assert states == [S.TALK, S.CALL]


# ---- the transition


@dataclass(frozen=True)
class Transition:
    before: LineState | None
    after: LineState
    names: tuple[str, ...]


TRANSITIONS = [
    Transition(None, S.READY, ("stateChange", "readyStart")),
    Transition(S.DISCONNECTED, S.READY, ("stateChange", "readyStart")),
    Transition(S.READY, S.RING, ("abonentsChange", "stateChange", "readyStop", "ringStart")),
    Transition(S.RING, S.TALK, ("abonentsChange", "stateChange", "ringStop", "talkStart")),
    Transition(S.BACKRING, S.CALL, ("abonentsChange", "stateChange", "backRingStop", "callStart")),
    Transition(S.BACKCALL, S.CALL, ("abonentsChange", "stateChange", "callStop", "callStart")),
    Transition(S.TALK, S.DISCONNECTED, ("stateChange", "talkStop")),
]
SHOWN: dict[LineState, JsonObject] = {
    S.READY: {},
    S.DISCONNECTED: {"linestatestr": "lsDisconnected"},
    S.RING: {**NUMBER, "isringing": True},
    S.TALK: {**NUMBER, "iscommutated": True},
    S.CALL: {**NUMBER},
}


@pytest.mark.parametrize("case", TRANSITIONS)
def test_events_of_a_transition(case: Transition) -> None:
    player = LinePlayer(case.before)
    assert names(player.reload(**SHOWN[case.after])) == list(case.names)


@pytest.mark.parametrize("state", [S.READY, S.RING, S.CALL])
def test_the_same_state_tells_nothing(state: LineState) -> None:
    player = LinePlayer(state)
    player.reload(**SHOWN[state])
    assert names(player.reload(**SHOWN[state])) == []


def test_stop_and_start_see_the_new_state_and_the_changes_before_the_old_one() -> None:
    player = LinePlayer(S.READY)
    seen = {event.name: event.line for event in events(player.reload(A, isringing=True))}
    assert seen == {
        "abonentsChange": S.READY,
        "stateChange": S.RING,
        "readyStop": S.RING,
        "ringStart": S.RING,
    }


def test_abonents_that_remain_are_cleared_in_the_new_state() -> None:
    player = LinePlayer(S.CALL, A)
    player.event("phoneevent_acmcallstarted")  # keeps the old abonent when the new one is empty
    told = events(player.reload(linestatestr="lsDisconnected"))
    assert [(one.name, one.line) for one in told] == [
        ("abonentsChange", S.DISCONNECTED),
        ("stateChange", S.DISCONNECTED),
        ("callStop", S.DISCONNECTED),
    ]
    assert told[1].args == ("disconnected", "call")
    assert told[2].args == ()


def test_ready_start_carries_those_who_have_left() -> None:
    player = LinePlayer(S.TALK, A)
    told = {event.name: phones(event) for event in events(player.reload())}
    assert told["abonentsChange"] == []
    assert told["talkStop"] == told["readyStart"] == ["79161234567"]


def test_a_talk_between_two_reloads_is_told_by_its_flag() -> None:
    player = LinePlayer(S.TALK, A)
    player.event("phoneevent_commstopped")
    told = events(player.reload(B, iscommutated=True))
    assert [event.name for event in told] == ["abonentsChange", "stateChange", "talkStop", "talkStart"]
    assert [phones(event) for event in told[2:]] == [["79161234567"], ["102"]]
    assert names(player.reload(B, iscommutated=True)) == []


def test_the_timer_stops_with_the_talk() -> None:
    """D18."""
    player = LinePlayer(S.TALK, A)
    assert timers(player.reload(A, iscommutated=True, timertalklensec="17")) == [17]
    assert timers(player.reload(A, iscommutated=True, timertalklensec="soon")) == [0]
    assert timers(player.reload(A, iscommutated=True, timertalklensec="-3")) == [0]
    assert timers(player.reload()) == [None]


# ---- against a model of the tables


@dataclass(frozen=True)
class Picture:
    """What a reload shows."""

    text: str
    party: JsonObject

    def has(self, name: str) -> bool:
        return bool(self.party.get(name))


def model_decision(
    picture: Picture, before: LineState | None, auto: bool, same_party: bool
) -> tuple[LineState | None, bool]:
    """The table of 5.4: the state after (None: no change) and whether the flag *auto* stays."""
    counts = auto and not (before is S.TALK and same_party)
    connected = any(picture.has(name) for name in ("iscommutated", "iswaitinginflash", "isconference"))
    ivr = picture.text == "lsCommutated" and picture.has("isivr") and not picture.has("iswaitingforanswer")
    ring_back = picture.party.get("direction") == "acm_callback" or before is S.BACKRING
    table: list[tuple[bool, LineState | None, bool]] = [
        (counts and not picture.has("isautocall") and before is S.READY, S.BACKRING, auto),
        (picture.has("isautocall"), S.BACKCALL, False),
        (picture.has("isringing") and ring_back, S.BACKRING, auto),
        (picture.has("isringing"), S.RING, auto),
        ((not counts and connected) or ivr, S.TALK, auto),
        (picture.has("extline") or picture.has("number"), S.CALL, False),
        (picture.text == "lsDisconnected", S.DISCONNECTED, auto and before is S.DISCONNECTED),
        (picture.text != "lsReserved", S.READY, False),
        (True, None, auto),
    ]
    return next((state, stays) for holds, state, stays in table if holds)


def model_events(before: LineState | None, after: LineState | None, forced: bool) -> list[str]:
    """The list of 5.6 without the changes of abonents."""
    prefixes = {S.READY: "ready", S.RING: "ring", S.TALK: "talk", S.BACKRING: "backRing"}
    prefixes |= {S.CALL: "call", S.BACKCALL: "call"}
    if after is None or (after is before and not forced):
        return []
    told = ["stateChange"]
    if before in prefixes:
        told.append(f"{prefixes[before]}Stop")
    if after in prefixes:
        told.append(f"{prefixes[after]}Start")
    return told


flags = ("isautocall", "isringing", "iscommutated", "iswaitinginflash", "isconference", "isivr", "iswaitingforanswer")
truth = st.sampled_from([True, 1, "0", "yes", False, 0, "", None])
parties = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(flags, truth),
        "direction": st.sampled_from(["in", "acm_callback"]),
        "number": st.sampled_from(["79161234567", "102", ""]),
        "extline": st.sampled_from(["trunk1", ""]),
    },
)
pictures = st.builds(
    Picture, st.sampled_from(["lsCommutated", "lsDisconnected", "lsHookUp", "lsReserved", "lsIdle", ""]), parties
)


@given(st.lists(st.tuples(pictures, st.sampled_from(["", "phoneevent_acmcallstarted", "phoneevent_commstopped"]))))
def test_any_sequence_agrees_with_the_tables(steps: list[tuple[Picture, str]]) -> None:
    player = LinePlayer(None)
    auto = stopped = False
    for picture, event in steps:
        if event:
            player.event(event)
        auto = auto or event == "phoneevent_acmcallstarted"
        stopped = stopped or event == "phoneevent_commstopped"
        before, had_party = player.line.state, bool(player.line.abonents)
        told = events(player.reload(picture.party, linestatestr=picture.text))
        changed = any(one.name == "abonentsChange" and one.line is before for one in told)
        state, auto = model_decision(picture, before, auto, same_party=had_party and not changed)
        forced = state is S.TALK and stopped
        if state in (S.TALK, S.READY) or (state is S.DISCONNECTED and before is not state):
            stopped = False
        assert player.line.state is (before if state is None else state)
        assert [one.name for one in told if one.name != "abonentsChange"] == model_events(before, state, forced)
        if state in (S.READY, S.DISCONNECTED) and state is not before:
            assert player.line.abonents == ()
