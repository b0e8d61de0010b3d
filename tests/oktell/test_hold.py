"""The held call (oktell-protocol.md, "7. Hold")."""

from __future__ import annotations

import pytest

from ctidesk.oktell.record import JsonObject
from ctidesk.oktell.values import LineState
from tests.oktell.line_player import LinePlayer, events, names

NUMBER: JsonObject = {"number": "79161234567"}
OTHER: JsonObject = {"number": "79160000000"}
USER: JsonObject = {"number": "102", "userid": "u102", "username": "Boris"}
CONFERENCE: JsonObject = {"conferenceid": "conf-1", "conferencename": "Sales", "conferenceroom": "77"}
OTHER_CONFERENCE: JsonObject = {"conferenceid": "conf-2"}
ENTER, LEAVE, CHANGE = "holdAbonentEnter", "holdAbonentLeave", "holdStateChange"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (None, NUMBER, [ENTER, CHANGE]),
        (None, CONFERENCE, [ENTER, CHANGE]),
        (None, {"username": "nobody"}, []),
        (NUMBER, NUMBER, []),
        (NUMBER, OTHER, [LEAVE, ENTER, CHANGE]),
        (NUMBER, {"username": "nobody"}, []),
        (USER, USER, []),
        (USER, {**USER, "username": "Bob"}, []),
        (NUMBER, CONFERENCE, [LEAVE, ENTER, CHANGE]),
        (CONFERENCE, NUMBER, [LEAVE, ENTER, CHANGE]),
        (CONFERENCE, CONFERENCE, []),
        (CONFERENCE, OTHER_CONFERENCE, [ENTER, CHANGE]),
        (NUMBER, None, [LEAVE, CHANGE]),
        (CONFERENCE, None, [LEAVE, CHANGE]),
        (None, None, []),
    ],
)
def test_changes(old: JsonObject | None, new: JsonObject | None, told: list[str]) -> None:
    player = LinePlayer(LineState.READY)
    player.hold(old)
    assert player.hold(new) == told


def test_info() -> None:
    player = LinePlayer()
    assert player.line.hold.info == {"hasHold": False}
    player.hold(USER)
    info = player.line.hold.info
    assert (info["hasHold"], info["isConference"]) == (True, False)
    assert isinstance(info["abonent"], dict)
    assert info["abonent"]["phone"] == "102"
    player.hold(CONFERENCE)
    assert player.line.hold.info == {
        "hasHold": True,
        "isConference": True,
        "conferenceId": "conf-1",
        "conferenceName": "Sales",
        "conferenceRoom": "77",
    }


def test_events_of_a_held_conference_say_that_it_is_one() -> None:
    player = LinePlayer()
    effects = player.raw({"result": True, "isflashing": True, "flashed": OTHER_CONFERENCE})
    assert [one.args for one in events(effects)] == [
        ({"isConference": True, "conferenceId": "conf-2"},),
        ({"hasHold": True, "isConference": True, "conferenceId": "conf-2"},),
    ]


def test_who_is_held_out_of_a_conference_carries_its_id() -> None:
    player = LinePlayer(LineState.TALK)
    player.line.enter_conference("conf-1")
    enter, _ = events(player.raw({"result": True, "isflashing": True, "flashed": NUMBER}))
    assert enter.abonents[0].properties["conferenceId"] == "conf-1"


def test_a_newer_name_of_the_same_party_is_taken() -> None:
    player = LinePlayer()
    player.hold(USER)
    player.hold({**USER, "username": "Bob"})
    assert player.line.hold.held is not None
    assert player.line.hold.held.abonent is not None
    assert player.line.hold.held.abonent.name == "Bob"


@pytest.mark.parametrize("flashed", [None, {}, [], "x", 5])
def test_a_flag_without_a_record_is_no_hold(flashed: object) -> None:
    player = LinePlayer()
    player.hold(NUMBER)
    assert names(player.raw({"result": True, "isflashing": True, "flashed": flashed})) == [LEAVE, CHANGE]


def test_a_record_without_the_flag_is_no_hold() -> None:
    player = LinePlayer()
    assert names(player.raw({"result": True, "isflashing": False, "flashed": NUMBER})) == []


def test_the_end_of_the_line_ends_the_hold() -> None:
    player = LinePlayer(LineState.READY)
    player.hold(NUMBER)
    told = names(player.line.disconnect())
    assert told == [LEAVE, CHANGE, "stateChange", "readyStop"]


def test_hold_events_see_the_old_state() -> None:
    player = LinePlayer(LineState.TALK, NUMBER)
    told = events(player.reload({}, isflashing=True, flashed=NUMBER, linestatestr="lsHookUp"))
    assert [(one.name, one.line) for one in told if one.name.startswith("hold")] == [
        (ENTER, LineState.TALK),
        (CHANGE, LineState.TALK),
    ]
    assert all(one.has_hold for one in told)
