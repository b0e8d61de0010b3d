"""A conference that vanishes, a queue of the wrong shape: what is known stays, and the line is untouched."""

from __future__ import annotations

from typing import Any

import pytest

from ctidesk.cti.conference import Member
from ctidesk.cti.errors import CtiException
from ctidesk.cti.supervision import SupervisorMode
from ctidesk.oktell.execution import load_queue
from tests.oktell.operator_desk import Desk, Picture, idle, talk
from tests.oktell.scripted_connection import ME

BORIS: Picture = {"number": "102", "userid": "u102", "username": "Boris"}
IN_CONFERENCE: Picture = {"abonent": {"conferenceid": "conf-1", "isconference": True}}


async def in_conference(desk: Desk) -> None:
    """The operator talks to Boris in a conference."""
    await desk.show(**talk(BORIS))
    members = [{"competitorid": "k1", "number": "101", "userid": ME}, {"competitorid": "k2", **BORIS}]
    desk.answers["getconferenceinfo"] = {"conference": {"id": "conf-1"}, "competitors": members}
    await desk.show(**IN_CONFERENCE)
    assert desk.states() == [("102", "CONFERENCED")]
    desk.forget()


@pytest.mark.parametrize(
    "answer",
    [
        {"result": 0, "errormsg": "Conference not found"},
        {"competitors": "nobody"},
        {"competitors": [None, 5, {"competitorid": {}}], "conference": []},
    ],
)
async def test_a_conference_that_vanishes(desk: Desk, answer: Picture) -> None:
    await in_conference(desk)
    desk.answers["getconferenceinfo"] = answer
    await desk.show(**IN_CONFERENCE)
    assert [call.state.name for call in desk.calls] == ["CONFERENCED"]  # the line still says so
    await desk.show(**idle())
    assert desk.calls == []
    assert desk.provider.conference.members == ()
    assert desk.errors() == []


async def test_nobody_is_taken_away_by_a_failed_look(desk: Desk) -> None:
    """D29."""
    await in_conference(desk)
    desk.answers["getconferenceinfo"] = {"result": 0}
    await desk.show(**IN_CONFERENCE)
    assert [member.number for member in desk.provider.conference.members] == ["101", "102"]


async def test_news_of_another_conference_change_nothing(desk: Desk) -> None:
    await in_conference(desk)
    before = desk.provider.conference.members
    await desk.push("confcompositionchanged", eventinfo={"conferenceid": "conf-2", "competitorlist": []})
    odd: tuple[Any, ...] = (None, "x", {"conferenceid": "conf-1", "competitorlist": "x"})
    await desk.push("confcompetitorstatechanged", eventinfo={"conference": {"id": "conf-1"}, "competitor": 7})
    assert desk.provider.conference.members == before
    for eventinfo in odd[:2]:
        await desk.push("confcompositionchanged", eventinfo=eventinfo)
    assert desk.provider.conference.members == before


@pytest.mark.parametrize("answer", [{"result": 0}, {"competitorlist": "x"}, {"competitorlist": [3, {}]}])
async def test_sending_somebody_out_of_a_conference_that_is_gone(desk: Desk, answer: Picture) -> None:
    await in_conference(desk)
    desk.answers["getconferencecompetitors"] = answer
    with pytest.raises(CtiException) as caught:
        await desk.run(desk.provider.remove_from_conference("102"))
    assert caught.value.error.code == 1103
    assert desk.bodies("confdisconnectcompetitor") == []
    assert desk.states() == [("102", "CONFERENCED")]


async def test_a_conference_is_left_by_number_where_the_server_names_no_users(desk: Desk) -> None:
    await in_conference(desk)
    desk.answers["getconferencecompetitors"] = {"competitorlist": [{"competitorid": "k1", "number": "101"}]}
    await desk.run(desk.provider.drop(desk.calls[0]))
    assert desk.bodies("exitconference") == [{"conferenceid": "conf-1"}]


@pytest.mark.parametrize("mode", list(SupervisorMode))
async def test_the_talk_to_listen_to_has_ended(desk: Desk, mode: SupervisorMode) -> None:
    desk.answers["attachasghost"] = {"result": 0, "error": 1}
    with pytest.raises(CtiException) as caught:
        await desk.run(desk.provider.supervise("102", mode))
    assert caught.value.error.code == 2502
    assert desk.calls == []
    assert desk.provider.conference.supervision is None


@pytest.mark.parametrize(
    "answer",
    [
        {"result": 0},
        {"queue": "full"},
        {"queue": {"number": "1"}},
        {},
    ],
)
async def test_a_queue_of_the_wrong_shape(desk: Desk, answer: Picture) -> None:
    queue = desk.provider.queue
    desk.answers["getcurrentqueue"] = {"queue": [{"number": "7001", "name": "Ann"}]}
    await desk.run(load_queue(desk.session))
    known = queue.waiting
    await desk.show(**talk(BORIS))
    desk.answers["getcurrentqueue"] = answer
    result = await desk.run(load_queue(desk.session))
    assert (result["result"], result["errorCode"]) == (False, 2701)
    assert queue.is_offered
    assert [one.number for one in queue.waiting] == [one.number for one in known] == ["7001"]
    assert desk.states() == [("102", "CONNECTED")]
    assert desk.errors() == []


async def test_callers_of_the_wrong_shape_are_left_out(desk: Desk) -> None:
    odd: list[Any] = [None, 5, "x", [], {}, {"number": None}, {"number": {"a": 1}}, {"number": "7002"}]
    desk.answers["getcurrentqueue"] = {"queue": odd}
    await desk.run(load_queue(desk.session))
    assert "7002" in [one.number for one in desk.provider.queue.waiting]


async def test_a_server_without_a_queue_offers_none(desk: Desk) -> None:
    desk.session.queue.clear()
    desk.answers["getcurrentqueue"] = {"result": 0}
    await desk.run(load_queue(desk.session))
    await desk.show(**idle())
    assert not desk.provider.queue.is_offered


def test_a_member_is_known_by_number_and_id_but_not_by_nothing() -> None:
    member = Member("", "", id="k1")
    assert member.is_known_as("k1")
    assert not member.is_known_as("")
