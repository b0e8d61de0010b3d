"""Whatever happens at the switch, on the way and at the desk, the line tells the truth (webitel-protocol.md, 15)."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.events import CtiEvent, ErrorOccurred
from ctidesk.cti.model import CtiModel
from ctidesk.cti.values import CallState
from ctidesk.webitel.switch_call import State
from tests.waiting import settle
from tests.webitel.consistency import check_mapper
from tests.webitel.scripted_pbx import Frame, Pbx, status_event
from tests.webitel.small_switch import Leg, SmallSwitch

CAUSES = ("NORMAL_CLEARING", "ORIGINATOR_CANCEL", "LOSE_RACE", "USER_BUSY", "BLIND_TRANSFER")
REFUSALS = ("-ERR No such channel!\n", "-ERR Operation failed\n", "Permission denied!")
STATES = {
    State.RINGING: CallState.ALERTING,
    State.ANSWERED: CallState.CONNECTED,
    State.ACTIVE: CallState.CONNECTED,
    State.HOLD: CallState.HOLDED,
}
STEPS = 60


class Story:
    """Tells one story by chance.

    Attributes:
        errors: what the operator was told.
    """

    def __init__(self, pbx: Pbx, chance: random.Random) -> None:
        self.pbx = pbx
        self.chance = chance
        self.model = CtiModel(pbx.provider, pbx.clock, jitter=random.Random(1))
        self.switch = SmallSwitch(pbx, chance, loss=chance.choice([0.0, 0.0, 0.1]))
        self.errors: list[CtiError] = []
        self._commands: list[asyncio.Task[None]] = []
        self.model.events.subscribe(self._told)

    def _told(self, event: CtiEvent) -> None:
        if isinstance(event, ErrorOccurred):
            self.errors.append(event.error)

    async def begin(self) -> None:
        """Let the application connect."""
        self.model.start()
        await self.switch.answer_questions()

    async def step(self) -> None:
        """Let something happen."""
        happenings: list[tuple[int, Callable[[], None]]] = [
            (14, self._a_channel_begins),
            (42, self._a_channel_changes),
            (16, self._the_operator_acts),
            (14, self._the_pbx_replies),
            (7, self._the_phone_changes),
            (3, lambda: self.pbx.clock.advance(self.chance.choice([1, 11, 40, 95]))),
            (3, lambda: self.pbx.connection.drop()),
        ]
        weights = [weight for weight, _ in happenings]
        self.chance.choices([happen for _, happen in happenings], weights)[0]()
        await self.switch.answer_questions()
        for command in [one for one in self._commands if one.done()]:
            self._commands.remove(command)
            assert isinstance(command.exception(), CtiException | None)

    async def end(self) -> None:
        """Come back when the connection is gone, and let all calls be over."""
        for _ in range(8):
            self.pbx.clock.advance(6 if self.pbx.session.is_ready else 200)
            await self.switch.answer_questions()
        for leg in tuple(self.switch.legs.values()):
            self.switch.end(leg)
        await self.switch.answer_questions()

    async def close(self) -> None:
        """End everything."""
        for command in self._commands:
            command.cancel()
        await asyncio.gather(*self._commands, return_exceptions=True)
        closing = asyncio.ensure_future(self.model.close())
        await settle()
        self.pbx.connection.drop()
        await closing

    # ---- what happens

    def _a_channel_begins(self) -> None:
        legs = tuple(self.switch.legs.values())
        if len(legs) < 4:
            joins = bool(legs) and self.chance.random() < 0.15
            call = self.chance.choice(legs).call if joins else ""
            self.switch.begin(rings_here=self.chance.random() < 0.7, call=call)

    def _a_channel_changes(self) -> None:
        if not self.switch.legs:
            return
        leg = self.chance.choice(tuple(self.switch.legs.values()))
        match leg.state:
            case _ if self.chance.random() < 0.3:
                self.switch.end(leg, self.chance.choice(CAUSES))
            case "RINGING":
                self.switch.change(leg, "ACTIVE", "CHANNEL_ANSWER", "CHANNEL_CALLSTATE")
            case "HELD":
                self.switch.change(leg, "UNHELD", "CHANNEL_CALLSTATE")
                self.switch.change(leg, "ACTIVE", "CHANNEL_UNHOLD")
            case _ if self.chance.random() < 0.5:
                self.switch.change(leg, "HELD", "CHANNEL_CALLSTATE", "CHANNEL_HOLD")
            case _:
                leg.other = leg.other or f"o-{leg.uuid}"
                self.switch.change(leg, leg.state, "CHANNEL_BRIDGE")

    def _the_phone_changes(self) -> None:
        self.switch.state = self.chance.choice(["ONHOOK", "ISBUSY", "NONREG"])
        self.switch.tell(status_event(state=self.switch.state))

    def _the_operator_acts(self) -> None:
        model = self.model
        acts: list[Callable[[], Awaitable[None]]] = [
            model.hold_or_unhold,
            model.drop,
            model.complete_transfer,
            model.cancel_transfer,
            model.swap,
            lambda: model.consult("103"),
            lambda: model.blind_transfer("104"),
            lambda: model.call_by_number("105"),
            lambda: model.send_dtmf("1"),
            lambda: model.set_agent_state(self.chance.choice(["ONHOOK", "DND", "NONREG"]), ""),
        ]
        self._commands.append(asyncio.ensure_future(_done(self.chance.choice(acts)())))

    def _the_pbx_replies(self) -> None:
        asked = self.switch.asked()
        if not asked:
            return
        command = self.chance.choice(asked)
        if self.chance.random() < 0.3:
            self.switch.reply(command, "-ERR", self.chance.choice(REFUSALS))
            return
        self._carry_out(command["exec-func"], command.get("exec-args") or {})
        self.switch.reply(command, "+OK", "+OK\n")

    def _carry_out(self, command: str, arguments: Frame) -> None:
        legs = self.switch.legs
        leg = legs.get(arguments.get("channel-uuid", "")) or legs.get(arguments.get("channel-uuid-leg-a", ""))
        match command:
            case "call" | "att_xfer2":
                own = self.switch.begin(rings_here=False)
                self.switch.change(own, "ACTIVE", "CHANNEL_ANSWER")
            case "hangup" | "att_xfer_bridge" if leg is not None:
                self.switch.end(leg, arguments.get("cause", "NORMAL_CLEARING"))
            case "hold" if leg is not None:
                self.switch.change(leg, "HELD", "CHANNEL_HOLD")
            case "unhold" if leg is not None:
                self.switch.change(leg, "ACTIVE", "CHANNEL_UNHOLD")
            case "att_xfer_cancel" if isinstance(consulting := legs.get(arguments["channel-uuid-leg-c"]), Leg):
                self.switch.end(consulting)

    # ---- what holds

    def check(self) -> None:
        """Assert that the calls are those of the line, and that what may be done fits them."""
        assert not [one for one in self.errors if one.kind in (ErrorKind.EVENT_HANDLER, ErrorKind.GENERAL)]
        session, mapper = self.pbx.session, self.pbx.provider._mapper
        check_mapper(mapper)
        assert [one.record_id for one in mapper.calls] == [one.record_id for one in self.model.calls.values()]
        if session.is_ready:
            for call in mapper.calls:
                assert STATES[session.channels.calls[mapper.call_uuid(call)].state] is call.state
            if self.model.is_connected:
                assert self.model.line_features == mapper.line_features
            self._check_refused()

    def _check_refused(self) -> None:
        """Assert that no device rings for a call for which there was no place."""
        session, mapper = self.pbx.session, self.pbx.provider._mapper
        shown = {mapper.call_uuid(call) for call in mapper.calls}
        sent = [frame for connection in self.pbx.connections for frame in connection.sent]
        refused = {one["exec-args"]["channel-uuid"] for one in sent if one["exec-func"] == "hangup"}
        for uuid, call in session.channels.calls.items():
            if uuid not in shown and call.state is State.RINGING and not session.channels.is_in_doubt:
                assert refused >= {one.id for one in call.channels}


async def _done(act: Awaitable[None]) -> None:
    await act


@pytest.mark.parametrize("seed", range(60))
async def test_any_story(pbx: Pbx, seed: int) -> None:
    story = Story(pbx, random.Random(seed))
    await story.begin()
    try:
        for _ in range(STEPS):
            await story.step()
            story.check()
        await story.end()
        if pbx.session.is_ready:  # else the operator has logged out
            story.check()
            assert not story.model.calls, "a call stays after its channels are gone"
            assert not pbx.session.channels.calls
    finally:
        await story.close()
