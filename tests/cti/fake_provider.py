"""A provider without a PBX: notes the commands and tells what the test says."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence

from ctidesk.cti.agent import AgentStateOption
from ctidesk.cti.call import Call
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.events import ActiveCallSnapshot, CtiEvent, Disconnected, Initialized
from ctidesk.cti.presence import Presence
from ctidesk.cti.provider import BaseCtiProvider
from ctidesk.cti.supervision import SupervisorMode
from ctidesk.cti.values import AgentFeatures, CallFeatures

LINE = (
    CallFeatures.CAN_DIAL
    | CallFeatures.CAN_ANSWER
    | CallFeatures.CAN_DROP
    | CallFeatures.CAN_HOLD
    | CallFeatures.CAN_UNHOLD
    | CallFeatures.CAN_MAKE_CONSULT_CALL
    | CallFeatures.CAN_COMPLETE_TRANSFER
    | CallFeatures.CAN_BLIND_TRANSFER
    | CallFeatures.CAN_DTMF
    | CallFeatures.CAN_MUTE
)


class FakeProvider(BaseCtiProvider):
    """Accepts everything unless the test says otherwise.

    Attributes:
        commands: what was called, as names with arguments, in order; `connect` and `reconnect` among them.
        refusals: errors to raise, by the name of the command.
        attempts: the outcomes of the next attempts to connect: None for a success, an exception for a failure, or a
            future that decides later; when there are none left, attempts succeed.
        snapshot: the calls told when they are asked for; None to tell nothing.
        records: the answer to `query_call_records`.
        checks: how often it was asked to check its connection.
    """

    name = "fake"

    def __init__(self) -> None:
        super().__init__()
        self.commands: list[tuple[object, ...]] = []
        self.refusals: dict[str, Exception] = {}
        self.attempts: deque[Exception | asyncio.Future[None] | None] = deque()
        self.snapshot: tuple[Call, ...] | None = None
        self.snapshot_main_call: Call | None = None
        self.records: tuple[str, ...] = ()
        self.checks = 0
        self.features = (LINE, AgentFeatures.CAN_WRAP_UP | AgentFeatures.HAS_CALL_CENTRE_MODE)

    def check_connection(self) -> None:
        self.checks += 1

    def tell(self, *events: CtiEvent) -> None:
        """Tell `events` one after the other."""
        for event in events:
            self.events.emit(event)

    def lose_connection(self, may_reconnect: bool = True) -> None:
        """Tell that the connection is gone."""
        self.tell(Disconnected(may_reconnect=may_reconnect))

    @property
    def names(self) -> list[object]:
        """The names of the commands that were given."""
        return [command[0] for command in self.commands]

    async def connect(self) -> None:
        await self._connect("connect")

    async def reconnect(self) -> None:
        await self._connect("reconnect")

    async def close(self) -> None:
        self._note("close")

    async def make_call(self, number: str) -> None:
        self._note("make_call", number)

    async def answer(self, call: Call) -> None:
        self._note("answer", call)

    async def hold_or_unhold(self, call: Call) -> None:
        self._note("hold_or_unhold", call)

    async def drop(self, call: Call) -> None:
        self._note("drop", call)

    async def make_consult_call(self, call: Call, number: str) -> None:
        self._note("make_consult_call", call, number)

    async def transfer(self, call: Call, consult_call: Call) -> None:
        self._note("transfer", call, consult_call)

    async def cancel_transfer(self, call: Call, consult_call: Call) -> None:
        self._note("cancel_transfer", call, consult_call)

    async def blind_transfer(self, call: Call, number: str) -> None:
        self._note("blind_transfer", call, number)

    async def swap(self, call: Call, consult_call: Call) -> None:
        self._note("swap", call, consult_call)

    async def call_other_first(self, number: str) -> None:
        self._note("call_other_first", number)

    async def intercom(self, number: str) -> None:
        self._note("intercom", number)

    async def add_to_conference(self, number: str) -> None:
        self._note("add_to_conference", number)

    async def remove_from_conference(self, number: str) -> None:
        self._note("remove_from_conference", number)

    async def supervise(self, number: str, mode: SupervisorMode) -> None:
        self._note("supervise", number, mode)

    async def send_dtmf(self, call: Call, digits: str) -> None:
        self._note("send_dtmf", call, digits)

    async def mute(self, call: Call) -> None:
        self._note("mute", call)

    async def set_video_state(self, call: Call, on: bool) -> None:
        self._note("set_video_state", call, on)

    async def set_agent_state(self, code: str, reason: str = "") -> None:
        self._note("set_agent_state", code, reason)

    async def set_do_not_disturb(self) -> None:
        self._note("set_do_not_disturb")

    async def set_wrap_up(self, on: bool) -> None:
        self._note("set_wrap_up", on)

    async def change_call_centre_state(self, on: bool) -> None:
        self._note("change_call_centre_state", on)

    async def query_line_state(self) -> None:
        self._note("query_line_state")

    async def query_active_calls(self) -> None:
        self._note("query_active_calls")
        if self.snapshot is not None:
            self.tell(ActiveCallSnapshot(self.snapshot, self.snapshot_main_call))

    async def query_agent_state(self) -> None:
        self._note("query_agent_state")

    async def query_call_records(self, call_id: str) -> Sequence[str]:
        self._note("query_call_records", call_id)
        return self.records

    @property
    def capabilities(self) -> tuple[CallFeatures, AgentFeatures]:
        return self.features

    @property
    def agent_states(self) -> tuple[AgentStateOption, ...]:
        return (AgentStateOption("ready", Presence.READY, "Ready"), AgentStateOption("dnd", Presence.DND, "Busy"))

    def _note(self, *command: object) -> None:
        self.commands.append(command)
        refusal = self.refusals.get(str(command[0]))
        if refusal is not None:
            raise refusal

    async def _connect(self, name: str) -> None:
        self._note(name)
        outcome = self.attempts.popleft() if self.attempts else None
        if isinstance(outcome, Exception):
            raise outcome
        if outcome is not None:
            await outcome
        self.tell(Initialized())


def failure(kind: ErrorKind = ErrorKind.OPEN_CONNECTION, text: str = "It did not work.") -> CtiException:
    """Return an exception with a new error of this kind."""
    return CtiException(CtiError(kind, text, source="fake"))
