"""The operator's states (oktell-protocol.md, "9. User states")."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.oktell.agent import Agent
from ctidesk.oktell.effects import Ask, Effect, LoseLine, PublicEvent, ReloadLine
from ctidesk.oktell.record import Json, JsonObject, Record
from ctidesk.oktell.values import UserStateCode, UserStatus, WebState
from tests.oktell.json_values import json_values

READY_CC: JsonObject = {"userstateid": 1, "oncallcenter": True}


def agent_with(*steps: JsonObject, dated: int | None = 150520) -> Agent:
    agent = Agent()
    agent.server_dated = dated
    agent.set_break_reasons([Record({"id": 2, "name": "Pause"}), Record({"id": "1", "name": "Lunch"})])
    for step in steps:
        agent.take(Record(step))
    return agent


def told(effects: list[Effect]) -> list[tuple[str, tuple[Json, ...]]]:
    return [(one.name, one.args) for one in effects if isinstance(one, PublicEvent)]


def shown(agent: Agent) -> tuple[str, str, str]:
    return (agent.web_state.text, agent.user_state.value, agent.user_status.value)


# ---- 9.3


def test_the_call_centre_is_told_when_it_changes() -> None:
    agent = agent_with()
    first = told(agent.take(Record({"oncallcenter": False})))
    assert first[0] == ("callCenterStateChange", (False,))
    assert told(agent.take(Record({"oncallcenter": 0}))) == []
    assert told(agent.take(Record({}))) == []
    assert told(agent.take(Record({"oncallcenter": "0"})))[0] == ("callCenterStateChange", (True,))


@pytest.mark.parametrize(
    ("value", "code"),
    [(1, 1), ("3", 3), (7.0, 7), (4, 2), (99, 2), ("x", 2), (None, 2), (True, 2), ([1], 2), (2.5, 2)],
)
def test_codes(value: Json, code: int) -> None:
    agent = agent_with({"userstateid": 2})
    agent.take(Record({"userstateid": value}))
    assert agent.code == code


@pytest.mark.parametrize(
    ("code", "delays", "loses"),
    [(7, [400], True), (5, [400], False), (1, [0, 400], False), (2, [0, 400], False), (0, [0, 400], False)],
)
def test_the_line_is_reloaded(code: int, delays: list[int], loses: bool) -> None:
    agent = agent_with({"userstateid": 6})
    effects = agent.take(Record({"userstateid": code}))
    assert [one.delay for one in effects if isinstance(one, ReloadLine)] == delays
    assert any(isinstance(one, LoseLine) for one in effects) is loses
    again = agent.take(Record({"userstateid": code}))
    assert not [one for one in again if isinstance(one, (ReloadLine, LoseLine))]


def test_missing_fields_keep_their_value() -> None:
    """D32."""
    agent = agent_with({"userstateid": 5, "onlunch": True, "onccmanual": True, "onredirect": True, "oncallcenter": 1})
    agent.take(Record({"userstateid": 5}))
    assert agent.is_manual
    assert shown(agent) == ("redirect", "busy", "redirect")
    agent.take(Record({"onredirect": False}))
    assert shown(agent) == ("break", "busy", "break")


# ---- 9.4 and 9.5

WEB = {1: "ready", 2: "break", 3: "dnd", 5: "ready", 7: "ready"}


@pytest.mark.parametrize("code", [0, 1, 2, 3, 5, 6, 7])
def test_web_states(code: int) -> None:
    before = agent_with({"userstateid": 3})
    before.take(Record({"userstateid": code}))
    assert before.web_state.text == WEB.get(code, "dnd")
    before.take(Record({"onredirect": True}))
    assert before.web_state is WebState.REDIRECT


@pytest.mark.parametrize(("in_call_centre", "text"), [(True, "break"), (False, "ready")])
def test_busy_on_a_break(in_call_centre: bool, text: str) -> None:
    agent = agent_with({"userstateid": 5, "onlunch": True, "oncallcenter": in_call_centre})
    assert agent.web_state.text == text


ready = "readyCCManual"
TABLE = [
    (1, False, False, ready, ready),
    (2, False, False, "break", "break"),
    (3, False, False, "dnd", "dnd"),
    (5, False, False, "busy", ready),
    (6, False, True, "busy", ready),
    (5, True, True, "busyBreak", ready),
    (6, True, True, "busyBreak", ready),
    (5, True, False, "busy", "break"),
    (7, True, True, "noPhone", "noPhone"),
    (0, True, True, "dnd", "dnd"),
]


@pytest.mark.parametrize("redirected", [False, True])
@pytest.mark.parametrize(("code", "on_break", "on_task", "state", "status"), TABLE)
def test_states(code: int, on_break: bool, on_task: bool, state: str, status: str, redirected: bool) -> None:
    agent = agent_with({"userstateid": 3, "oncallcenter": True, "onccmanual": True})
    agent.take(Record({"userstateid": code, "onlunch": on_break, "ontask": on_task, "onredirect": redirected}))
    assert agent.user_state.value == state
    assert agent.user_status.value == ("redirect" if redirected else status)


@pytest.mark.parametrize(
    ("in_call_centre", "manual", "status"),
    [(False, False, "ready"), (False, True, "ready"), (True, False, "readyCC"), (True, True, "readyCCManual")],
)
def test_ready(in_call_centre: bool, manual: bool, status: str) -> None:
    agent = agent_with({"userstateid": 1, "oncallcenter": in_call_centre, "onccmanual": manual})
    assert (agent.user_state.value, agent.user_status.value) == (status, status)


@pytest.mark.parametrize(
    ("dated", "state"), [(150416, "busy"), (150415, "busyBreak"), (150414, "busyBreak"), (None, "busy")]
)
def test_older_servers_do_not_tell_of_tasks(dated: int | None, state: str) -> None:
    """9.3, step 5; D33."""
    assert agent_with({"userstateid": 5, "onlunch": True}, dated=dated).user_state.value == state


# ---- break reasons


@pytest.mark.parametrize(
    ("reason", "shown_reason"),
    [(2, 2), ("2", 2), (None, 1), ("", 1), ("Dentist", "Dentist"), (99, 99)],
)
def test_break_reasons(reason: Json, shown_reason: Json) -> None:
    agent = agent_with({"userstateid": 2, "lunchreasonid": reason})
    assert agent.current_break_reason == shown_reason


def test_no_reason_outside_of_a_break() -> None:
    assert agent_with({"userstateid": 2, "lunchreasonid": 2}, {"userstateid": 1}).current_break_reason is None


def test_the_same_break_is_told_anew_after_work() -> None:
    """D32: the reason that was told last is forgotten with the break."""
    agent = agent_with({"userstateid": 1})
    on, off = Record({"userstateid": 2, "lunchreasonid": 1}), Record({"userstateid": 1})
    assert ("userStateChange", ("break", "break", 1)) in told(agent.take(on))
    assert told(agent.take(on)) == []
    assert ("userStateChange", ("break", "break", 2)) in told(
        agent.take(Record({"userstateid": 2, "lunchreasonid": 2}))
    )
    agent.take(off)
    assert ("userStateChange", ("break", "break", 2)) in told(
        agent.take(Record({"userstateid": 2, "lunchreasonid": 2}))
    )


def test_status_change_has_the_old_one() -> None:
    agent = agent_with()
    assert ("statusChange", ("ready", "")) in told(agent.take(Record({"userstateid": 1})))
    assert ("statusChange", ("dnd", "ready")) in told(agent.take(Record({"userstateid": 3})))


# ---- what was chosen while busy (D30)


@pytest.mark.parametrize(("wanted", "state_id"), [(WebState.DND, 3), (WebState.READY, 1)])
def test_a_wish_is_sent_after_the_call(wanted: WebState, state_id: int) -> None:
    agent = agent_with(READY_CC, {"userstateid": 5})
    agent.after_busy = wanted
    effects = agent.take(Record({"userstateid": 1}))
    assert [(one.method, one.params) for one in effects if isinstance(one, Ask)] == [
        ("setuserstate", {"userstateid": state_id})
    ]
    assert agent.user_state.value == "readyCC"
    assert agent.after_busy is None


def test_a_wish_does_not_come_true_after_some_later_call() -> None:
    agent = agent_with(READY_CC, {"userstateid": 5})
    agent.after_busy = WebState.DND
    for code in (2, 1, 5, 1):
        assert not [one for one in agent.take(Record({"userstateid": code})) if isinstance(one, Ask)]


def test_a_refused_state_changes_nothing() -> None:
    agent = agent_with(READY_CC)
    assert agent.take_reply(Record({"result": False, "userstateid": 2})) == []
    assert agent.code is UserStateCode.READY


names = ("userstateid", "oncallcenter", "onccmanual", "onredirect", "onlunch", "ontask", "lunchreasonid")


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(names, json_values | st.integers(0, 8))), max_size=8))
def test_any_data_can_be_taken(steps: list[JsonObject]) -> None:
    agent = agent_with()
    for step in steps:
        told(agent.take(Record(step)))
        # What was told is what can be asked for.
        assert agent.user_state in UserStatus
        if agent.user_status is not UserStatus.BREAK:
            assert agent.current_break_reason is None


def test_reasons_of_any_shape() -> None:
    agent = Agent()
    items: list[JsonObject] = [{"id": None}, {"id": [1]}, {}, {"id": "3", "name": 5}]
    agent.set_break_reasons([Record(one) for one in items])
    assert agent.break_reasons == {3: "5"}
