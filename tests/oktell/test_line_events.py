"""Native events, the other party and the conference (oktell-protocol.md, sections 4.1, 6.2 and 6.3)."""

from __future__ import annotations

import pytest

from ctidesk.oktell.line import HANDLED_EVENTS
from ctidesk.oktell.record import JsonObject
from ctidesk.oktell.values import LineState
from tests.oktell.line_player import A, B, LinePlayer, asked, events, names, phones, reloads, timers

ME: JsonObject = {"competitorid": "k1", "userid": "u101", "number": "101", "iscreator": True}
ANN: JsonObject = {"competitorid": "k2", "number": "79161234567"}
BOB: JsonObject = {"competitorid": "k3", "number": "102", "userid": "u102"}
GONE = (
    "Exited",
    "MisInviteBusy",
    "MisInviteNotRespond",
    "MisInviteTimeout",
    "MisInviteStop",
    "MisInviteAbort",
    "MisInviteRefuse",
)

# ---- native events


@pytest.mark.parametrize(
    ("name", "delays", "timer"),
    [
        ("linestatechanged", [500], []),
        ("flashstatechanged", [500], []),
        ("phoneevent_acmcallstarted", [0], []),
        ("phoneevent_acmcallstopped", [700], []),
        ("phoneevent_ringstarted", [0], []),
        ("phoneevent_ringstopped", [0], []),
        ("phoneevent_commstarted", [700], [0]),
        ("phoneevent_commstopped", [700], [None]),
        ("phoneevent_faxstarted", [], []),
        ("whoareyou", [], []),
    ],
)
def test_reloads(name: str, delays: list[int], timer: list[int | None]) -> None:
    effects = LinePlayer().event(name)
    assert reloads(effects) == delays
    assert timers(effects) == timer
    assert asked(effects) == []


@pytest.mark.parametrize(
    ("value", "state", "delays"),
    [
        (True, LineState.READY, [0]),
        (True, LineState.TALK, []),
        (False, LineState.READY, []),
        (1, LineState.READY, []),
        (None, LineState.READY, []),
    ],
)
def test_ivr(value: object, state: LineState, delays: list[int]) -> None:
    assert reloads(LinePlayer(state).event("phoneevent_ivrstarted", isroutingivr=value)) == delays


def test_the_ring_is_remembered_until_the_line_is_idle() -> None:
    player = LinePlayer()
    player.event("phoneevent_ringstarted", callerinfo="Callback")
    player.reload(A, isringing=True)
    assert player.line.ring.text("callerinfo") == "Callback"
    player.reload()
    assert player.line.ring.text("callerinfo") == ""


@pytest.mark.parametrize("name", HANDLED_EVENTS)
@pytest.mark.parametrize("state", [None, *LineState])
def test_no_event_changes_the_state_by_itself(name: str, state: LineState | None) -> None:
    player = LinePlayer(state)
    player.event(name, eventinfo="?", confid=5, isconference=False)
    assert player.line.state is state


# ---- the other party (6.2)


def test_the_same_key_is_replaced_silently() -> None:
    player = LinePlayer(LineState.TALK, A)
    assert names(player.reload(A, iscommutated=True, chainid="c-2", simplename="Ann")) == []
    assert (player.line.abonents[0].name, player.line.abonents[0].chain_id) == ("Ann", "c-2")


def test_another_key_is_told() -> None:
    player = LinePlayer(LineState.TALK, A)
    told = events(player.reload(B, iscommutated=True))
    assert [(one.name, phones(one)) for one in told] == [("abonentsChange", ["102"])]


def test_no_key_empties_the_list() -> None:
    player = LinePlayer(LineState.TALK, A)
    assert names(player.reload(linestatestr="lsReserved")) == ["abonentsChange"]
    assert names(player.reload(linestatestr="lsReserved")) == []


def test_no_key_keeps_the_old_one_while_the_pbx_begins_a_call() -> None:
    player = LinePlayer(LineState.CALL, A)
    player.event("phoneevent_acmcallstarted")
    assert names(player.reload(linestatestr="lsReserved")) == []
    assert [one.phone for one in player.line.abonents] == ["79161234567"]


def test_an_ivr_without_a_key_keeps_one_through_its_session() -> None:
    """D22."""
    player = LinePlayer()
    assert "abonentsChange" in names(player.reload(isivr=True, linestatestr="lsCommutated"))
    first = player.line.abonents[0].key
    assert names(player.reload(isivr=True, linestatestr="lsCommutated")) == []
    player.reload()
    player.reload(isivr=True, linestatestr="lsCommutated")
    assert player.line.abonents[0].key != first


def test_the_called_id_stands_in_for_the_callers() -> None:
    player = LinePlayer()
    player.reload(calledid="102", chainid="c-7", isringing=True)
    assert player.line.abonents[0].phone == "102"
    player.reload({"callerid": "103"}, calledid="102", isringing=True)
    assert player.line.abonents[0].phone == "103"


# ---- the conference (6.3)


def in_conference(*members: JsonObject, **data: object) -> LinePlayer:
    """A line that talks in a conference of these members."""
    player = LinePlayer(LineState.TALK, A)
    player.event("phoneevent_commstarted", isconference=True, confid="conf-1")
    conference = {"id": "conf-1", "isghost": False, **data}
    player.answer("getconferenceinfo", result=1, conference=conference, competitors=list(members))
    player.effects.clear()
    return player


def members(player: LinePlayer) -> list[str]:
    return [one.key for one in player.line.abonents]


def handled(handle: bool, conference: str = "conf-1") -> tuple[str, JsonObject]:
    return ("confhandleevent", {"conferenceid": conference, "eventtype": "competitors", "handle": handle})


def test_a_talk_becomes_a_conference() -> None:
    player = LinePlayer(LineState.TALK, A)
    effects = player.event("phoneevent_commstarted", isconference=True, confid="conf-1")
    assert asked(effects) == [handled(True), ("getconferenceinfo", {"conferenceid": "conf-1"})]
    effects = player.answer("getconferenceinfo", result=1, conference={"id": "conf-1"}, competitors=[ME, ANN])
    assert names(effects) == ["conferenceAbonentEnter", "conferenceAbonentEnter", "abonentsChange"]
    assert reloads(effects) == [0]
    assert members(player) == ["k1", "k2"]


def test_an_unchanged_list_is_not_told_again() -> None:
    """D29."""
    player = in_conference(ME, ANN)
    effects = player.event("confcompositionchanged", eventinfo={"conferenceid": "conf-1", "competitorlist": [ME, ANN]})
    assert names(effects) == []
    assert reloads(effects) == [0]


def test_the_composition_changes() -> None:
    player = in_conference(ME, ANN)
    effects = player.event("confcompositionchanged", eventinfo={"conferenceid": "conf-1", "competitorlist": [ME, BOB]})
    assert names(effects) == ["conferenceAbonentEnter", "conferenceAbonentLeave", "abonentsChange"]
    assert members(player) == ["k1", "k3"]


def test_known_competitors_are_refreshed() -> None:
    """D29."""
    player = in_conference(ME, ANN)
    renamed = {**ANN, "simplename": "Ann"}
    player.event("confcompositionchanged", eventinfo={"conferenceid": "conf-1", "competitorlist": [ME, renamed]})
    assert player.line.abonents[1].name == "Ann"


def test_other_conferences_do_not_concern_the_line() -> None:
    player = in_conference(ME, ANN)
    other = {"conferenceid": "conf-2", "conference": {"id": "conf-2"}, "competitorlist": [], "competitor": BOB}
    assert player.event("confcompositionchanged", eventinfo=other) == []
    assert player.event("confcompetitorstatechanged", eventinfo=other) == []
    assert LinePlayer(LineState.TALK, A).event("confcompositionchanged", eventinfo={"conferenceid": ""}) == []


def test_a_failed_load_leaves_the_list() -> None:
    """D29."""
    player = in_conference(ME, ANN)
    player.event("phoneevent_ringstarted")
    assert player.answer("getconferenceinfo", result=False) == []
    assert members(player) == ["k1", "k2"]


def test_one_competitor_comes_and_goes() -> None:
    """D27."""
    player = in_conference(ME, ANN)
    info = {"conference": {"id": "conf-1"}, "competitor": BOB}
    assert names(player.event("confcompetitorstatechanged", eventinfo=info)) == [
        "conferenceAbonentEnter",
        "abonentsChange",
    ]
    assert player.event("confcompetitorstatechanged", eventinfo=info) == []
    gone = {**info, "competitor": {**BOB, "confstatestr": "Exited"}}
    assert names(player.event("confcompetitorstatechanged", eventinfo=gone)) == [
        "conferenceAbonentLeave",
        "abonentsChange",
    ]
    assert player.event("confcompetitorstatechanged", eventinfo=gone) == []
    assert members(player) == ["k1", "k2"]


def test_what_an_event_of_one_competitor_leaves_out_is_as_it_was() -> None:
    player = in_conference(ME, ANN)
    changed: JsonObject = {"competitorid": "k1", "number": "101", "username": "Anna"}
    info = {"conference": {"id": "conf-1"}, "competitor": changed}
    assert player.event("confcompetitorstatechanged", eventinfo=info) == []
    first = player.line.abonents[0]
    assert (first.name, first.properties["isConferenceCreator"]) == ("Anna", True)


@pytest.mark.parametrize("state", GONE)
def test_those_who_have_left_are_not_taken(state: str) -> None:
    assert members(in_conference(ME, {**ANN, "confstatestr": state})) == ["k1"]


def test_a_ghost_sees_itself_and_other_ghosts() -> None:
    ghost: JsonObject = {"competitorid": "k9", "number": "109", "isghost": True}
    me_by_number: JsonObject = {"competitorid": "k1", "number": "101"}
    assert members(in_conference(ME, ANN, ghost, isghost=True)) == ["k1", "k9"]
    assert members(in_conference(me_by_number, ANN, isghost=True)) == ["k1"]
    assert members(in_conference(ME, ANN, ghost)) == ["k1", "k2", "k9"]


def test_members_come_and_go_silently_outside_of_a_talk() -> None:
    player = LinePlayer(LineState.READY)
    player.event("phoneevent_commstarted", isconference=True, confid="conf-1")
    assert names(player.answer("getconferenceinfo", result=1, conference={}, competitors=[ME])) == ["abonentsChange"]


def test_a_reload_tells_of_the_conference() -> None:
    player = LinePlayer(LineState.TALK, A)
    effects = player.reload(conferenceid="conf-1", isconference=True, timertalklensec="4")
    assert asked(effects) == [handled(True), ("getconferenceinfo", {"conferenceid": "conf-1"})]
    assert names(effects) == []
    effects = player.answer("getconferenceinfo", result=1, conference={"id": "conf-1"}, competitors=[ME, ANN])
    assert names(effects)[-1] == "abonentsChange"
    assert timers(effects) == [4]


def test_the_decision_waits_for_the_conference_but_not_after_a_newer_reload() -> None:
    player = LinePlayer(LineState.TALK, A)
    player.reload(conferenceid="conf-1", isconference=True)
    assert "talkStop" in names(player.reload())
    assert names(player.answer("getconferenceinfo", result=1, competitors=[ME])) == []
    assert player.line.state is LineState.READY


def test_another_conference_takes_the_place() -> None:
    player = in_conference(ME, ANN)
    effects = player.reload(conferenceid="conf-2", isconference=True)
    assert asked(effects)[:2] == [handled(False), handled(True, "conf-2")]


def test_the_conference_is_left_for_a_simple_talk() -> None:
    player = in_conference(ME, ANN)
    effects = player.reload(A, iscommutated=True)
    assert asked(effects) == [handled(False)]
    assert player.line.abonents[0].properties["conferenceId"] is False  # D29
    assert player.line.conference.id == ""


def test_ready_leaves_the_conference_and_forgets_its_maker() -> None:
    player = in_conference(ME, ANN)
    player.line.conference.mine = True
    player.reload()
    assert (player.line.conference.id, player.line.conference.mine) == ("", False)


def test_a_ring_in_a_conference_refreshes_it() -> None:
    player = in_conference(ME, ANN)
    assert asked(player.event("phoneevent_ringstarted")) == [("getconferenceinfo", {"conferenceid": "conf-1"})]
    assert asked(LinePlayer().event("phoneevent_ringstarted")) == []
