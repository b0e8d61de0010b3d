"""The Oktell PBX for the application (oktell-protocol.md, "14. Mapping to the CTI model")."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from ctidesk.cti.agent import AgentState, AgentStateOption
from ctidesk.cti.call import Call
from ctidesk.cti.clock import Clock, SystemClock
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.events import (
    AgentStateChanged,
    CallCentreStateChanged,
    CallInfoChanged,
    CommandExecuted,
    CtiEvent,
    Disconnected,
    ErrorOccurred,
    Initialized,
    LineStateChanged,
)
from ctidesk.cti.provider import BaseCtiProvider
from ctidesk.cti.queue import WaitingCaller
from ctidesk.cti.supervision import SupervisorMode
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate
from ctidesk.cti.values import AgentFeatures, CallFeatures, CallState
from ctidesk.net.frames import FrameLog
from ctidesk.oktell import agent_commands, call_commands, conference_commands, execution, ghost_commands
from ctidesk.oktell.abonent import find_abonent
from ctidesk.oktell.agent_states import agent_state, agent_state_options
from ctidesk.oktell.calls import CallMapper
from ctidesk.oktell.client import ClientOptions, OktellClient
from ctidesk.oktell.commands import Commands
from ctidesk.oktell.conference_view import GHOST_MODES, ConferenceView
from ctidesk.oktell.effects import PublicEvent
from ctidesk.oktell.errors import Code, DisconnectReason
from ctidesk.oktell.messages import command_error, connection_error
from ctidesk.oktell.people import People
from ctidesk.oktell.record import Json, JsonObject, Record
from ctidesk.oktell.records import record_addresses
from ctidesk.oktell.values import LineState, UserStateCode, UserStatus

SWITCH_LIMIT = 5.0
"""Seconds within which the PBX has switched to the held party."""

_LINE_CAPABILITIES = (
    CallFeatures.CAN_RECALL
    | CallFeatures.CAN_DIAL
    | CallFeatures.CAN_DROP
    | CallFeatures.CAN_HOLD
    | CallFeatures.CAN_UNHOLD
    | CallFeatures.CAN_COMPLETE_TRANSFER
    | CallFeatures.CAN_BLIND_TRANSFER
    | CallFeatures.CAN_MAKE_CONSULT_CALL
)
_MAY_DIAL = (UserStateCode.READY, UserStateCode.BREAK, UserStateCode.OFF)


class OktellCtiProvider(BaseCtiProvider):
    """Drives the operator's line at an Oktell PBX.

    Attributes:
        client: the PBX's client; commands: its public commands by name.
    """

    name = "oktell"
    has_conferences = True
    can_call_other_first = True

    def __init__(self, options: ClientOptions, clock: Clock | None = None, frame_log: FrameLog | None = None) -> None:
        """Create a provider that is not connected."""
        super().__init__()
        self.client = OktellClient(options, clock=clock or SystemClock(), frame_log=frame_log)
        self.commands = Commands(self.client)
        self._session = session = self.client.session
        self._mapper = CallMapper(session.line, lambda: session.answerable is not False)
        self.directory = self._people = People(session)
        self._conference_view = ConferenceView(session, self.conference)
        self._tasks = TaskOwner("oktell.provider", self._task_failed)
        self._is_initialized = False
        self._wrap_up = False
        self._is_aborting = False
        self._idle_features: CallFeatures | None = None
        self._told_state: AgentState | None = None
        self._waiting_since: dict[str, float] = {}
        session.events.subscribe(self._public_event)
        session.native.subscribe(self._native_event)
        session.settled.subscribe(self._line_settled)

    # ---- connection

    async def connect(self) -> None:
        """Connect, log in and load the line."""
        result = await self.client.connect()
        if result["result"] is not True:
            error = connection_error(result, self.client.last_network_error)
            self._emit([ErrorOccurred(error)])
            raise CtiException(error)

    async def reconnect(self) -> None:
        """Close what is left of the old connection and connect."""
        await self.client.disconnect(silent=True, keep_session=True)
        self._disconnected(None)
        await self.connect()

    def check_connection(self) -> None:
        """Ping now."""
        self.client.check()

    async def close(self) -> None:
        """Log out and end all tasks."""
        await self._tasks.close()
        await self.client.close()

    # ---- calls (14.5)

    async def make_call(self, number: str) -> None:
        """Call a number; the own phone rings first."""
        self._check("call", await call_commands.call(self._session, number, "user"))
        self._emit([CommandExecuted(f"call {number}")])

    async def answer(self, call: Call) -> None:
        """Lift the own phone; one that cannot be lifted from here is known after the first try."""
        result = await self.client.answer()
        self._emit(self._mapper.ring_features_changed())
        self._check("answer", result)

    async def hold_or_unhold(self, call: Call) -> None:
        """Hold the present party, or take the held one back."""
        self._check("hold", await call_commands.hold(self._session))

    async def drop(self, call: Call) -> None:
        """End a call; for a held one the PBX is switched to it first (D35)."""
        line = self._session.line
        if call.state is CallState.HOLDED:
            await self._switch_to_held("drop")
        if not call.is_active:
            return
        whom: Json = call.abonent_number
        if line.conference.id or not find_abonent(line.abonents, whom):
            # A conference is left, not dissolved. A party without a number, or under another one, is the present leg;
            # without any number the PBX would connect it with the held party instead.
            whom = [one for one in (self._session.user_id, line.number) if one]
        self._is_aborting = line.hold.held is not None
        result = await call_commands.end_call(self._session, whom)
        self._is_aborting = self._is_aborting and result["result"] is True
        self._check("drop", result)

    async def make_consult_call(self, call: Call, number: str) -> None:
        """Call a number; the PBX holds the present party by itself."""
        self._check("consult", await call_commands.call(self._session, number, "user"))
        self._emit([CommandExecuted(f"consult {number}")])

    async def transfer(self, call: Call, consult_call: Call) -> None:
        """Connect both parties and leave."""
        number = consult_call.abonent_number
        self._check("transfer", await call_commands.end_call(self._session))
        self._was_transferred(call, number)

    async def cancel_transfer(self, call: Call, consult_call: Call) -> None:
        """End the consultation; the PBX returns to the held party."""
        await self.drop(consult_call)

    async def blind_transfer(self, call: Call, number: str) -> None:
        """Send the present party to a number; a held one is taken back."""
        present = next((one for one in self._mapper.calls if one.state is not CallState.HOLDED), call)
        self._check("blind_transfer", await call_commands.transfer(self._session, number))
        self._was_transferred(present, number)

    async def swap(self, call: Call, consult_call: Call) -> None:
        """Change between the two parties."""
        self._check("swap", await call_commands.toggle(self._session))

    async def call_other_first(self, number: str) -> None:
        """Call a number; the operator's phone rings when it is answered there."""
        self._check("call", await call_commands.call(self._session, number, "abonent"))
        self._emit([CommandExecuted(f"call_other_first {number}")])

    async def intercom(self, number: str) -> None:
        """Call a number, whose phone lifts by itself."""
        self._check("intercom", await call_commands.call(self._session, number, intercom=True))
        self._emit([CommandExecuted(f"intercom {number}")])

    async def add_to_conference(self, number: str) -> None:
        """Invite to the conference, which is made of the present talk or begun when there is none."""
        self._check("conference", await conference_commands.conference(self._session, number))

    async def remove_from_conference(self, number: str) -> None:
        """Send somebody, by number or member id, out of the conference, or leave it."""
        self._check("conference", await conference_commands.kick(self._session, [number]))

    async def supervise(self, number: str, mode: SupervisorMode) -> None:
        """Attach to the talk of somebody who is marked as mine, or change the mode ("8.2 Ghost")."""
        self._check("ghost", await ghost_commands.ghost(self._session, number, GHOST_MODES[mode]))
        self._conference_view.supervises(mode)

    # ---- the operator

    async def set_agent_state(self, code: str, reason: str = "") -> None:
        """Take a user status; for redirect the reason is the number."""
        if code == UserStatus.REDIRECT and reason:
            self._check("redirect", await agent_commands.set_redirect_number(self._session, reason))
        was_wrap_up = self._wrap_up
        self._wrap_up = code == UserStatus.BUSY
        result = await agent_commands.set_user_status(self._session, code, reason)
        if result["result"] is not True:
            self._wrap_up = was_wrap_up
        self._check("state", result)
        self._tell_agent()

    async def set_do_not_disturb(self) -> None:
        """Be called by nobody."""
        await self.set_agent_state(UserStatus.DND)

    async def set_wrap_up(self, on: bool) -> None:
        """Be busy without a call, or ready again."""
        state = UserStateCode.BUSY if on else UserStateCode.READY
        result = await execution.execute(self._session, "setuserstate", {"userstateid": int(state)})
        self._check("wrapup", result)
        self._wrap_up = on
        self._tell_agent()

    async def change_call_centre_state(self, on: bool) -> None:
        """Enter or leave the call centre."""
        method = "entercallcenter" if on else "exitcallcenter"
        self._check("callcentre", await execution.execute(self._session, method))

    # ---- questions

    async def query_line_state(self) -> None:
        """Reload the line and tell what may be done."""
        reply = await self._session.load_line()
        if not reply.true("result"):
            raise CtiException(command_error("line", reply.fields))
        self._idle_features = None
        self._tell_idle_line()

    async def query_active_calls(self) -> None:
        """Tell the calls as the line shows them now."""
        if not self.client.is_connected:
            self._check("snapshot", {"result": False, "errorCode": int(Code.NOT_CONNECTED)})
        self._emit([self._mapper.snapshot()])
        self._tell_idle_line()

    async def query_agent_state(self) -> None:
        """Ask for the user state and tell it."""
        reply = await self._session.ask("getuserstate", {}, self._session.agent.take_reply)
        if not reply.true("result"):
            raise CtiException(command_error("state", reply.fields))
        self._tell_agent(again=True)

    async def query_call_records(self, call_id: str) -> Sequence[str]:
        """Return the addresses of the recordings of a call."""
        found = await record_addresses(self._session, self.client.url, call_id.partition(":")[0])
        if isinstance(found, dict):
            raise CtiException(command_error("records", found))
        return found

    def photo_address(self, abonent_id: str) -> str:
        """Return where a user's photo is on the PBX's web server, and never anywhere else."""
        user = self._session.directory.users.get(abonent_id)
        base = self.client.web_base
        if user is None or not user.photo or not base:
            return ""
        try:
            address = urljoin(f"{base}/", user.photo)
            return address if urlsplit(address)[:2] == urlsplit(base)[:2] else ""
        except ValueError:
            return ""

    @property
    def capabilities(self) -> tuple[CallFeatures, AgentFeatures]:
        """What the PBX and the phone can do ("14.7 Capabilities").

        DTMF is not among it: there is no server method for it, only a SIP phone inside of the client could send it.
        """
        line = _LINE_CAPABILITIES
        if self._session.answerable is not False:
            line |= CallFeatures.CAN_ANSWER
        agent = AgentFeatures.CAN_WRAP_UP | AgentFeatures.CAN_GET_CALL_RECORDS
        return line, agent | AgentFeatures.HAS_CALL_CENTRE_MODE if self._is_operator else agent

    @property
    def agent_states(self) -> tuple[AgentStateOption, ...]:
        """The states that the operator may choose now."""
        return agent_state_options(self._session.agent, is_operator=self._is_operator)

    @property
    def agent_logout_code(self) -> str:
        """The state in which the call centre sends no calls."""
        return UserStatus.DND.value

    @property
    def unreadable_messages(self) -> int:
        """How many frames were dropped."""
        return self._session.broken_frames

    @property
    def _is_operator(self) -> bool:
        if not self.client.options.call_centre:
            return False
        return Record(self._session.my_info).true("isoperator") or bool(self._session.agent.in_call_centre)

    # ---- events

    def _public_event(self, event: PublicEvent) -> None:
        match event.name:
            case "connect":
                self._connected()
            case "queueChange":
                self._show_queue()
            case "disconnect":
                self._disconnected(Record(event.args[0] if event.args else None).number("code"))
            case "callCenterStateChange" if self.client.is_connected:
                self._emit([CallCentreStateChanged(bool(self._session.agent.in_call_centre))])
            case "userStateChange" if self.client.is_connected:
                if self._session.agent.code is not UserStateCode.BUSY:
                    self._wrap_up = False
                self._tell_agent()
                self._conference_view.refresh()
                self._tell_idle_line()
            case _ if self.client.is_connected:
                # Before `connect` the line is being loaded, after the loss of the connection its end means nothing
                # for the calls: in both cases the snapshot decides (14.4).
                self._emit(self._mapper.event(event))
                self._conference_view.refresh()
                self._tell_idle_line()
                if event.name in ("talkStart", "callStart"):
                    self._is_aborting = False
                if self._mapper.wants_toggle:
                    self._mapper.wants_toggle = False
                    # After our own "abort" the PBX returns by itself; a second switch would undo that.
                    if not self._is_aborting:
                        self._tasks.start(self._return_to_held())

    def _native_event(self, name: str, body: Record) -> None:
        if name == "flashstatechanged" and self.client.is_connected:
            self._emit(self._mapper.flash(body))

    def _line_settled(self) -> None:
        if self.client.is_connected:
            self._emit(self._mapper.settle())
            self._conference_view.refresh()
            self._show_queue()
            self._tell_idle_line()

    def _connected(self) -> None:
        session = self._session
        self._is_initialized = True
        self._wrap_up = False
        self._idle_features = None
        self._mapper.device_id = session.line.number
        self._mapper.rebuild()
        self._conference_view.refresh()
        self._show_queue()
        known = session.agent.in_call_centre
        in_call_centre = Record(session.my_info).true("isoperator") if known is None else known
        self._emit([CallCentreStateChanged(in_call_centre), Initialized()])
        self._tell_agent(again=True)
        self._tell_idle_line()

    def _disconnected(self, code: int | None) -> None:
        if not self._is_initialized:
            return
        self._is_initialized = False
        self._people.doubt()
        self._conference_view.clear()
        self._show_queue()
        may_reconnect = code not in (DisconnectReason.CLOSED_BY_US, DisconnectReason.METHOD_MISSING)
        self._emit([Disconnected(code, may_reconnect)])

    def _show_queue(self) -> None:
        """Show who waits; a server that does not say how long is asked often enough to know from when on."""
        queue, clock = self._session.queue, self._session.clock
        if not (queue.is_offered and self.client.is_connected):
            self._waiting_since = {}
            self.queue.show(None)
            return
        now = clock.monotonic()
        self._waiting_since = {one.key: self._waiting_since.get(one.key, now) for one in queue.waiting}
        self.queue.show(
            WaitingCaller(
                one.key,
                "" if one.name == one.phone else one.name,
                one.phone,
                one.source.text("queuename") or one.source.text("extline"),
                self._waiting_since[one.key],
            )
            for one in queue.waiting
        )

    def _tell_agent(self, *, again: bool = False) -> None:
        """Tell the operator's state when it is another one; a call makes the user busy, which is no such change."""
        state = agent_state(self._session.agent, wrap_up=self._wrap_up)
        if again or state != self._told_state:
            self._told_state = state
            self._emit([AgentStateChanged(state)])

    def _tell_idle_line(self) -> None:
        """Without a call the line itself says what may be done; told when it is another thing than before."""
        if self._mapper.calls:
            self._idle_features = None
            return
        features = self._features_without_call()
        if features != self._idle_features:
            self._idle_features = features
            self._emit([LineStateChanged(features)])

    def _features_without_call(self) -> CallFeatures:
        line = self._session.line
        if line.state is LineState.BACKRING:
            return CallFeatures.CAN_DROP
        may_dial = line.state is LineState.READY and self._session.agent.code in _MAY_DIAL
        return CallFeatures.CAN_DIAL if may_dial else CallFeatures.CAN_NOTHING

    def _emit(self, events: Sequence[CtiEvent]) -> None:
        for event in events:
            self.events.emit(event)

    # ---- parts of commands

    def _check(self, command: str, result: JsonObject) -> None:
        if result["result"] is not True:
            raise CtiException(command_error(command, result))

    def _was_transferred(self, call: Call, number: str) -> None:
        """Note to whom a call went; the reload that tells its end comes later than the PBX's answer."""
        call.redirection_id = number
        if call in self._mapper.calls:
            self._emit([CallInfoChanged(call)])

    async def _switch_to_held(self, command: str) -> None:
        """Have the held party on the line; returns when the line shows that it is held no more."""
        line = self._session.line
        switched: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        key = line.hold.held.key if line.hold.held is not None else ""

        def look(*, too_late: bool = False) -> None:
            held = line.hold.held
            is_back = held is None or held.key != key
            if (is_back or too_late) and not switched.done():
                switched.set_result(is_back)

        self._check(command, await call_commands.toggle(self._session))
        unsubscribe = self._session.settled.subscribe(look)
        timer = self._session.clock.call_later(SWITCH_LIMIT, lambda: look(too_late=True))
        try:
            look()
            if await switched:
                return
        finally:
            timer.cancel()
            unsubscribe()
        text = translate("Oktell", "The PBX has not switched to the held caller. Try again.")
        raise CtiException(CtiError(ErrorKind.COMMAND, text, code=int(Code.NO_REPLY), source=f"oktell.{command}"))

    async def _return_to_held(self) -> None:
        """The consultation was not answered: take the held caller back (14.3, `callStop`)."""
        result = await call_commands.toggle(self._session)
        if result["result"] is not True and result.get("errorCode") != Code.NO_HOLD:
            self._emit([ErrorOccurred(command_error("unhold", result))])

    def _task_failed(self, error: BaseException) -> None:
        text = translate("Oktell", "Something in this program failed. Calls go on.")
        self._emit([ErrorOccurred(CtiError(ErrorKind.GENERAL, text, raw=type(error).__name__, source="oktell"))])
