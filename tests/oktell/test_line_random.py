"""Whatever the PBX says and the operator does, in whatever order: what the panel shows holds together.

The whole way is played, from the frames of a scripted server to the model: calls, conferences, supervision, the queue,
states, commands that are accepted, refused or never answered, and connections that break.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctidesk.cti.call import Call
from ctidesk.cti.errors import CtiException, ErrorKind
from ctidesk.cti.events import (
    CallFinished,
    CallInfoChanged,
    CallStarted,
    CommutationStarted,
    CtiEvent,
    ErrorOccurred,
    Hold,
    Unhold,
)
from ctidesk.cti.model import CtiModel
from ctidesk.cti.supervision import SupervisorMode
from ctidesk.cti.values import CallDirection, CallFeatures, CallState
from ctidesk.oktell.execution import load_queue
from ctidesk.oktell.line import HANDLED_EVENTS
from ctidesk.oktell.values import LineState
from tests.oktell.operator_desk import Desk, Picture, idle
from tests.oktell.scripted_connection import ME
from tests.waiting import settle

F = CallFeatures
TALKING = F.CAN_HOLD | F.CAN_DROP | F.CAN_MAKE_CONSULT_CALL | F.CAN_BLIND_TRANSFER
ALLOWED: dict[tuple[CallState, bool], tuple[CallFeatures, ...]] = {
    (CallState.ALERTING, True): (F.CAN_DROP, F.CAN_DROP | F.CAN_ANSWER),
    (CallState.ALERTING, False): (F.CAN_DROP,),
    (CallState.CONNECTED, True): (TALKING, F.CAN_COMPLETE_TRANSFER),
    (CallState.CONNECTED, False): (TALKING, F.CAN_COMPLETE_TRANSFER),
    (CallState.HOLDED, True): (F.CAN_UNHOLD, F.CAN_COMPLETE_TRANSFER),
    (CallState.HOLDED, False): (F.CAN_UNHOLD, F.CAN_COMPLETE_TRANSFER),
    (CallState.CONFERENCED, True): (F.CAN_DROP, F.CAN_DROP | F.CAN_BLIND_TRANSFER, F.CAN_COMPLETE_TRANSFER),
    (CallState.CONFERENCED, False): (F.CAN_DROP, F.CAN_DROP | F.CAN_BLIND_TRANSFER, F.CAN_COMPLETE_TRANSFER),
}
"""What may be done with a call, by its state and whether it came in (14.3)."""

EXPECTED_ERRORS = {
    ErrorKind.COMMAND,
    ErrorKind.COMMAND_NOT_IMPLEMENTED,
    ErrorKind.OPEN_CONNECTION,
    ErrorKind.CALL_CENTRE_NOT_AVAILABLE,
}


class Errors(logging.Handler):
    """Keeps what the program logs of its own defects."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


class Panel(Desk):
    """A desk with the model above it, and what an operator would notice."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(monkeypatch)
        self.model = CtiModel(self.provider, self.clock)
        self.model.events.subscribe(self._notice)
        self._there: set[UUID] = set()
        self._gone: set[UUID] = set()
        self._durations: dict[UUID, tuple[float, float]] = {}
        self._commands: list[asyncio.Task[None]] = []
        self.queue: list[Picture] = []
        self.answers["getcurrentqueue"] = lambda _body: {"queue": self.queue}

    # ---- what is told

    def _notice(self, event: CtiEvent) -> None:
        match event:
            case CallStarted(call):
                assert call.record_id not in self._there | self._gone, f"{call} began twice"
                self._there.add(call.record_id)
            case CallFinished(call):
                assert call.record_id in self._there, f"{call} ended and was not there"
                assert call.state is CallState.NONE
                self._there.remove(call.record_id)
                self._gone.add(call.record_id)
            case CommutationStarted(call) | Hold(call) | Unhold(call) | CallInfoChanged(call):
                assert call.record_id in self._there, f"{event.name} of {call}, which is not there"
            case ErrorOccurred(error):
                assert error.kind in EXPECTED_ERRORS, error

    # ---- what is done

    async def play(self, kind: str, value: Any) -> None:
        match kind:
            case "show":
                picture, name = value
                self.answers["getextendedlineinfo"] = picture
                await self.push(name)
            case "event":
                await self.push(value[0], **value[1])
            case "conference":
                self.answers["getconferenceinfo"] = value
            case "answer":
                self.answers[value[0]] = value[1]
            case "queue":
                self.queue = value
                await self.run(load_queue(self.session))
            case "command":
                self._commands.append(asyncio.create_task(self._obey(*value)))
            case "lose":
                self.refuses = value
                self.connection.drop()
                await settle()
            case "pass":
                await self.pass_time(value)

    async def _obey(self, name: str, *arguments: Any) -> None:
        # What is refused is told as an error, too, and looked at there.
        with contextlib.suppress(CtiException):
            command: Coroutine[Any, Any, object] = getattr(self.model, name)(*arguments)
            await command

    async def rest(self) -> None:
        """Let everything come to its end: all reloads, the next attempt to connect."""
        self.refuses = False
        await self.pass_time(1.6)
        if not self.model.is_connected:
            self.model.reconnect()
            await self.pass_time(1.6)

    # ---- what must hold

    def check(self) -> None:
        model, line = self.model, self.session.line
        calls = list(model.calls.values())
        assert {call.record_id for call in calls} == self._there
        assert len(calls) <= 2
        now = self.clock.monotonic()
        for call in calls:
            talked, held = self._durations.get(call.record_id, (0.0, 0.0))
            assert call.talk_duration(now) >= talked
            assert call.hold_duration(now) >= held
            self._durations[call.record_id] = call.talk_duration(now), call.hold_duration(now)
            assert call.started is not None
            assert call.connected is None or call.connected >= call.started
        if not model.is_connected:
            assert model.line_features is F.CAN_NOTHING
            return
        for call in calls:
            comes_in = call.direction is CallDirection.IN
            assert call.features in ALLOWED[call.state, comes_in], (call, call.features)
            assert call.parent is (None if call is model.current_call else model.current_call)
        self._check_abilities(calls)
        in_conference = bool(line.conference.id)
        assert in_conference or not self.provider.conference.members
        assert self.provider.conference.supervision is None or line.conference.is_ghost

    def _check_abilities(self, calls: list[Call]) -> None:
        model, line = self.model, self.session.line
        can = model.abilities
        states = {call.state for call in calls}
        assert not can.call or not calls
        assert not can.answer or CallState.ALERTING in states
        assert not can.hold_or_unhold or states & {CallState.CONNECTED, CallState.HOLDED}
        assert not can.drop or calls or line.state is LineState.BACKRING
        assert not can.complete_transfer or len(calls) == 2
        assert not can.consult or CallState.CONNECTED in states
        if model.current_call is not None:
            assert model.line_features == model.current_call.features

    def check_at_rest(self) -> None:
        """After a quiet moment the line shows what the server says."""
        self.check()
        if not self.model.is_connected:
            # A server that does not answer during the boot.
            return
        line = self.session.line
        if line.is_undecided or (line.conference.id and line.state is not LineState.TALK):
            # Who takes part in the conference was not answered yet, or the line does not show it.
            return
        calls = list(self.model.calls.values())
        on_line = [call for call in calls if call.state is not CallState.HOLDED]
        if line.state in (LineState.READY, LineState.DISCONNECTED, LineState.BACKRING):
            assert on_line == []
        assert len(calls) - len(on_line) <= int(line.hold.held is not None)
        assert len(on_line) <= 1
        if line.conference.id and line.state is LineState.TALK:
            assert all(call.state is CallState.CONFERENCED for call in on_line)
            assert len(self.provider.conference.members) == len(line.abonents)

    async def close(self) -> None:
        for command in self._commands:
            command.cancel()
        done = await asyncio.gather(*self._commands, return_exceptions=True)
        closing = asyncio.create_task(self.model.close())
        await self.serve()
        for _ in range(4):
            self.connection.drop()
            await self.pass_time(0.5)
        await closing
        assert [one for one in done if isinstance(one, Exception)] == []


# ---- what the PBX shows

PARTIES: list[Picture] = [
    {"number": "79161234567", "isextline": True, "simplename": "Ann"},
    {"number": "79160000000", "isextline": True},
    {"number": "102", "userid": "u102", "username": "Boris"},
    {"number": "500"},
    {"isextline": True, "callerid": "anonymous"},
    {"isextline": True},
    {"isivr": True, "ivrname": "Menu"},
]
KINDS: list[tuple[str, Picture]] = [
    ("lsIdle", {}),
    ("lsHookUp", {}),
    ("lsReserved", {}),
    ("lsDisconnected", {}),
    ("lsRinging", {"isringing": True}),
    ("lsRinging", {"isringing": True}),
    ("lsRinging", {"isringing": True, "direction": "acm_callback"}),
    ("lsDialing", {"isautocall": True}),
    ("lsDialing", {"extline": "trunk1"}),
    ("lsCommutated", {"iscommutated": True}),
    ("lsCommutated", {"iscommutated": True}),
    ("lsCommutated", {"conferenceid": "conf-1", "isconference": True}),
    ("lsCommutated", {"conferenceid": "conf-2", "isconference": True}),
]
WITHOUT_PARTY = ("lsIdle", "lsHookUp", "lsReserved", "lsDisconnected")


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    text, flags = draw(st.sampled_from(KINDS))
    lonely = text in WITHOUT_PARTY or "conferenceid" in flags or "direction" in flags
    picture: Picture = {"result": 1, "linestatestr": text, "chainid": draw(st.sampled_from(["c-1", "c-2"]))}
    picture["abonent"] = {**({} if lonely else draw(st.sampled_from(PARTIES))), **flags}
    held = draw(
        st.sampled_from([None, None, None, *PARTIES[:3], {"conferenceid": "conf-7", "conferencename": "Sales"}])
    )
    return picture | ({"isflashing": False} if held is None else {"isflashing": True, "flashed": held})


SELF: Picture = {"competitorid": "k0", "userid": ME, "number": "101"}


@st.composite
def competitors(draw: st.DrawFn) -> list[Picture]:
    others = draw(st.lists(st.integers(0, 3), unique=True, max_size=3))
    state = st.sampled_from(["Commutated", "Commutated", "Exited", "MisInviteBusy"])
    flags = st.fixed_dictionaries(
        {}, optional={name: st.booleans() for name in ("iscreator", "isghost", "isghostmajor", "ishidden")}
    )
    there = [
        {"competitorid": f"k{one + 1}", **PARTIES[one], "confstatestr": draw(state), **draw(flags)} for one in others
    ]
    return draw(st.permutations([SELF | draw(flags), *there]))


@st.composite
def conferences(draw: st.DrawFn) -> Picture | None:
    answer = {"conference": {"isghost": draw(st.booleans())}, "competitors": draw(competitors())}
    return draw(st.sampled_from([answer, answer, answer, {"result": 0}, None]))


@st.composite
def natives(draw: st.DrawFn) -> tuple[str, Picture]:
    conference = draw(st.sampled_from(["conf-1", "conf-2"]))
    kind = draw(st.integers(0, 7))
    match kind:
        case 0:
            return "phoneevent_commstarted", {"isconference": True, "confid": conference}
        case 1:
            return "confcompositionchanged", {
                "eventinfo": {"conferenceid": conference, "competitorlist": draw(competitors())}
            }
        case 2:
            one = draw(competitors())[0]
            return "confcompetitorstatechanged", {"eventinfo": {"conference": {"id": conference}, "competitor": one}}
        case 3:
            return "flashstatechanged", {"flashtypeid": draw(st.sampled_from([1, 2, 3, 4, 4, 5, 8, 99]))}
        case 4:
            state = draw(st.sampled_from([1, 2, 3, 5, 5, 6, 7]))
            flags = draw(
                st.fixed_dictionaries({one: st.booleans() for one in ("oncallcenter", "onlunch", "onredirect")})
            )
            return "userstatechanged", {"userstateid": state, **flags}
        case 5:
            states = st.sampled_from([1, 2, 5, 7])
            return "pbxnumberstatechanged", {"numbers": [{"num": "102", "numstateid": draw(states)}]}
        case 6:
            return "phoneevent_ivrstarted", {"isroutingivr": draw(st.booleans())}
        case _:
            return draw(st.sampled_from(HANDLED_EVENTS)), {}


METHODS = (
    "pbxautocallstart",
    "pbxabortcall",
    "pbxmakeflash",
    "pbxmaketransfer",
    "pbxanswercall",
    "attachasghost",
    "confsetghostmode",
    "confsetvoiceparams",
    "invitetoconference",
    "createnewconference",
    "getconferencecompetitors",
    "setuserstate",
    "getextendedlineinfo",
)
ANSWERS: list[Picture | None] = [{"result": 1}, {"result": 0, "error": 52710}, None]
numbers = st.sampled_from(["102", "103", "500", "79161234567"])
commands = st.one_of(
    st.sampled_from(["answer", "hold_or_unhold", "drop", "complete_transfer", "cancel_transfer", "swap"]).map(
        lambda name: (name,)
    ),
    st.tuples(
        st.sampled_from(["make_call", "consult", "blind_transfer", "intercom", "add_to_conference", "call_by_number"]),
        numbers,
    ),
    st.tuples(st.just("remove_from_conference"), numbers),
    st.tuples(st.just("supervise"), numbers, st.sampled_from(SupervisorMode)),
    st.tuples(st.just("set_agent_state"), st.sampled_from(["ready", "readyCC", "break", "dnd", "busy", "redirect"])),
    st.tuples(st.just("set_wrap_up"), st.booleans()),
    st.sampled_from(["query_active_calls", "query_line_state", "query_agent_state"]).map(lambda name: (name,)),
)
names = st.sampled_from([name for name in HANDLED_EVENTS if not name.startswith("conf")])
waits = st.sampled_from([0.05, 0.3, 0.6, 0.8])
steps = st.one_of(
    st.tuples(st.just("show"), st.tuples(pictures(), names)),
    st.tuples(st.just("show"), st.tuples(pictures(), names)),
    st.tuples(st.just("event"), natives()),
    st.tuples(st.just("conference"), conferences()),
    st.tuples(st.just("command"), commands),
    st.tuples(st.just("pass"), waits),
    st.tuples(st.just("pass"), waits),
    st.tuples(st.just("rest"), st.none()),
    st.tuples(st.just("answer"), st.tuples(st.sampled_from(METHODS), st.sampled_from(ANSWERS))),
    st.tuples(st.just("queue"), st.lists(st.sampled_from(PARTIES[:4]), unique_by=str, max_size=3)),
    st.tuples(st.just("lose"), st.booleans()),
)


async def _play(panel: Panel, played: list[tuple[str, Any]]) -> None:
    panel.model.start()
    await panel.serve()
    assert panel.model.is_connected
    try:
        for kind, value in played:
            if kind == "rest":
                panel.answers["getextendedlineinfo"] = panel.answers["getextendedlineinfo"] or idle()
                await panel.rest()
                panel.check_at_rest()
            else:
                await panel.play(kind, value)
                await panel.serve()
                panel.check()
        panel.answers["getextendedlineinfo"] = idle()
        await panel.rest()
        await panel.push("linestatechanged")
        await panel.rest()
        panel.check_at_rest()
        assert not panel.model.calls
    finally:
        await panel.close()
    assert panel.session.broken_frames == 0


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, max_size=20))
def test_what_is_shown_holds_together(played: list[tuple[str, Any]]) -> None:
    errors = Errors()
    logging.getLogger("ctidesk").addHandler(errors)
    try:
        with pytest.MonkeyPatch.context() as monkeypatch:
            asyncio.run(_in_loop(monkeypatch, played))
    finally:
        logging.getLogger("ctidesk").removeHandler(errors)
    assert errors.texts == []


async def _in_loop(monkeypatch: pytest.MonkeyPatch, played: list[tuple[str, Any]]) -> None:
    await _play(Panel(monkeypatch), played)
