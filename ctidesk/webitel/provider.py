"""The Webitel PBX for the application (webitel-protocol.md, "15. Mapping to the CTI model")."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ctidesk.cti.agent import AgentStateOption
from ctidesk.cti.call import Call
from ctidesk.cti.clock import Clock, SystemClock
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.events import (
    AgentStateChanged,
    CallCentreStateChanged,
    CallInfoChanged,
    CallStarted,
    CommandExecuted,
    CtiEvent,
    Disconnected,
    ErrorOccurred,
    Initialized,
    LineStateChanged,
)
from ctidesk.cti.provider import BaseCtiProvider
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate
from ctidesk.cti.values import AgentFeatures, CallDirection, CallFeatures, CallState
from ctidesk.net.frames import FrameLog
from ctidesk.webitel.admin import WebitelUserAdministration
from ctidesk.webitel.agent_states import (
    IN_A_CALL,
    NOT_REGISTERED,
    READY,
    agent_state,
    agent_state_options,
    state_code,
)
from ctidesk.webitel.call_commands import NO_NUMBER, dialled, is_gone
from ctidesk.webitel.calls import LINE_CAPABILITIES, WEB_PHONE_CAPABILITIES, CallMapper
from ctidesk.webitel.client import ClientOptions, WebitelClient
from ctidesk.webitel.commands import NO_WEB_PHONE, Commands, account_commands, call_commands
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.fields import Fields, as_text
from ctidesk.webitel.hangup_causes import hangup_cause_text, unusual_end
from ctidesk.webitel.messages import command_error, connection_error, public_error
from ctidesk.webitel.people import People
from ctidesk.webitel.recovery import Recovery
from ctidesk.webitel.results import ErrorType, Result, refusal
from ctidesk.webitel.wishes import Wishes

if TYPE_CHECKING:
    from ctidesk.webitel.web_phone import WebitelWebPhone, WebPhoneOptions
    from ctidesk.webitel.web_phone_calls import WebPhoneCalls

ANSWERED = "NORMAL_CLEARING"
DECLINED = "CALL_REJECTED"

logger = logging.getLogger(__name__)


class WebitelCtiProvider(BaseCtiProvider):
    """Drives the operator's line at a Webitel PBX, with a desk phone or with the web phone.

    A ringing desk phone is picked up by hand: the PBX has no command for it ("7.1 Actions"). While there should be a
    web phone but is none, calls go to the desk phone.

    Attributes:
        client: the PBX's client; commands: its public commands by name.
        user_administration: the accounts of the domain, for an administrator.
    """

    name = "webitel"

    def __init__(
        self,
        options: ClientOptions,
        clock: Clock | None = None,
        frame_log: FrameLog | None = None,
        web_phone: WebPhoneOptions | None = None,
    ) -> None:
        """Create a provider that is not connected.

        Args:
            web_phone: how the web phone works; None for a desk phone.
        """
        super().__init__()
        self.client = WebitelClient(options, clock=clock, frame_log=frame_log)
        self.commands = Commands(self.client, None if web_phone is None else self._answer_by_id)
        self._session = session = self.client.session
        self._phone: WebitelWebPhone | None = None
        self._own_calls: WebPhoneCalls | None = None
        if web_phone is not None:
            self._use_web_phone(web_phone, options, clock)
        self._mapper = CallMapper(self._can_answer, self._can_mute, self._is_away)
        self._calls = call_commands(self.client, session.ask_and_report)
        self._accounts = account_commands(self.client, session.ask_and_report)
        self.directory = People(session, lambda: self._mapper.line_features)
        self.user_administration = WebitelUserAdministration(session, self._accounts)
        self._tasks = TaskOwner("webitel.provider", self._task_failed)
        self._recovery = Recovery(session, clock or SystemClock(), self._tasks, self._tell_calls)
        self._wishes = Wishes(
            self._mapper,
            call_commands(self.client, session.ask_quietly),
            self._own_calls,
            self._tasks,
            lambda: session.channels.is_in_doubt,
            self._confirm_calls,
        )
        self._is_up = False
        self._is_initialized = False
        self._is_told_usable = False
        self._is_reconnecting = False
        self._is_logged_out = False
        self._is_offline_after_the_call = False
        self._told_broken_message = False
        self._in_call_centre: bool | None = None
        session.events.subscribe(self._public_event)
        session.channel_events.subscribe(self._channel_event)

    # ---- connection (15.1)

    async def connect(self) -> None:
        """Connect and log in; already connected it does nothing."""
        self._told_broken_message = False
        result = await self.client.connect()
        if not result.ok:
            error = connection_error(result, self.client.last_network_error)
            self._emit([ErrorOccurred(error)])
            if error.kind is ErrorKind.AUTHENTICATION or self.client.is_closed_by_user:
                self._tell_gone(may_reconnect=False)
            raise CtiException(error)

    async def reconnect(self) -> None:
        """Close what is left of the old connection and connect."""
        self._is_reconnecting = True
        try:
            await self.client.drop()
        finally:
            self._is_reconnecting = False
        await self.connect()

    def check_connection(self) -> None:
        """Ping now."""
        self.client.session.ping_now()
        if self._phone is not None:
            self._phone.check_connection()

    async def close(self) -> None:
        """Log out and end all tasks."""
        self._recovery.stop()
        await self._tasks.close()
        if self._phone is not None:
            # At once: both have to say goodbye within two seconds.
            await asyncio.gather(self._phone.close(), self.client.close())
        else:
            await self.client.close()

    # ---- calls (15.4)

    async def make_call(self, number: str) -> None:
        """Call a number; a desk phone rings first."""
        if self._phone is not None and self._phone.is_registered:
            await self._phone.call(dialled(number))
            self._emit([CommandExecuted(f"call {number}")])
            return
        self._check("call", await self._calls.call(number, answers_by_itself=self.client.options.answers_by_itself))
        self._emit([CommandExecuted(f"call {number}")])

    async def answer(self, call: Call) -> None:
        """Answer by the web phone; a desk phone is picked up by hand."""
        if self._phone is not None and await self._phone.answer(self._uuid(call)):
            return
        text = translate("Webitel", "Your phone cannot be answered from here. Pick it up by hand.")
        raise CtiException(CtiError(ErrorKind.COMMAND_NOT_IMPLEMENTED, text, source="webitel.answer"))

    async def hold_or_unhold(self, call: Call) -> None:
        """Put the other party on hold, or take it back."""
        own = self._own_calls
        if own is None or not await own.hold(call, on=call.state is not CallState.HOLDED):
            self._check("hold", await self._calls.toggle_hold(self._uuid(call)))

    async def drop(self, call: Call) -> None:
        """End a call; one that rings here is declined."""
        rings_here = call.state is CallState.ALERTING and call.direction is CallDirection.IN
        cause = DECLINED if rings_here else ANSWERED
        if self._own_calls is None or not self._own_calls.hang_up(call, cause):
            self._check("hangup", await self._calls.hangup(self._uuid(call), cause))

    async def make_consult_call(self, call: Call, number: str) -> None:
        """Hold the other party, then call a number; without an answer the other party is taken back."""
        was_held = call.state is CallState.HOLDED
        if not dialled(number):
            self._check("consult", refusal("att_xfer2", ErrorType.CALL, NO_NUMBER))
        if not was_held:
            await self._hold("hold", call, on=True)
        if self._own_calls is not None and await self._own_calls.consult(call, dialled(number)):
            return
        result = await self._calls.consult(self._uuid(call), number)
        if not result.ok and not was_held and call in self._mapper.calls:
            await self._wishes.take_back(call)
        self._check("consult", result)
        self._emit([CommandExecuted(f"consult {number}")])

    async def transfer(self, call: Call, consult_call: Call) -> None:
        """Connect the other parties of both calls and leave."""
        if self._own_calls is not None and await self._own_calls.complete_transfer(call, consult_call):
            return
        result = await self._calls.complete_transfer(self._uuid(call), self._uuid(consult_call))
        self._check("transfer", result)

    async def cancel_transfer(self, call: Call, consult_call: Call) -> None:
        """End the consultation; the held party is taken back when it has ended."""
        if self._own_calls is not None and self._own_calls.hang_up(consult_call, ANSWERED):
            return
        result = await self._calls.cancel_transfer(self._uuid(call), self._uuid(consult_call))
        self._check("cancel", result)

    async def blind_transfer(self, call: Call, number: str) -> None:
        """Send the other party to a number and leave."""
        if self._own_calls is not None and await self._own_calls.blind_transfer(call, dialled(number)):
            call.redirecting_id, call.redirection_id = self._mapper.device_id, number
            return
        before = call.redirecting_id, call.redirection_id
        call.redirecting_id, call.redirection_id = self._mapper.device_id, number
        result = await self._calls.transfer(self._uuid(call), number)
        if not result.ok:
            call.redirecting_id, call.redirection_id = before
        self._check("blind_transfer", result)

    async def swap(self, call: Call, consult_call: Call) -> None:
        """Hold the party that talks and take the other one back."""
        talking, held = (consult_call, call) if call.state is CallState.HOLDED else (call, consult_call)
        if talking.state is not CallState.HOLDED:
            await self._hold("swap", talking, on=True)
        await self._hold("swap", held, on=False)

    async def send_dtmf(self, call: Call, digits: str) -> None:
        """Send tones in a call."""
        if self._own_calls is not None and await self._own_calls.send_tones(call, digits):
            return
        self._check("dtmf", await self._calls.dtmf(self._uuid(call), digits))

    async def mute(self, call: Call) -> None:
        """Switch the microphone of the web phone off, or on again; the PBX is told nothing."""
        phone = self._phone
        dialog = None if phone is None else phone.dialog(self._uuid(call))
        if phone is None or dialog is None:
            text = translate("Webitel", "The microphone of this call is not this computer's. Use your phone.")
            raise CtiException(CtiError(ErrorKind.COMMAND_NOT_IMPLEMENTED, text, source="webitel.mute"))
        call.muted = phone.toggle_mute(dialog)
        self._emit([CallInfoChanged(call)])

    # ---- the operator

    async def set_agent_state(self, code: str, reason: str = "") -> None:
        """Take a state; the reason is a text for the colleagues, for a redirection the number.

        Without a connection, or after the state NONREG, the account is logged in first.
        """
        if code == NOT_REGISTERED:
            await self._log_out()
            return
        if not self.client.is_connected:
            await self.connect()
        elif self._is_logged_out:
            self._check("login", await self._session.ask_and_report("login"))
            self._is_logged_out = False
            self._start_web_phone()
        result = await (self._accounts.ready() if code == READY else self._accounts.busy(code, reason))
        self._check("state", result)
        if not self._is_initialized:
            self._tell_own()

    async def set_do_not_disturb(self) -> None:
        """Be called by nobody."""
        await self.set_agent_state("DND")

    async def change_call_centre_state(self, on: bool) -> None:
        """Enter or leave the call centre."""
        status = self.client.options.agent_status
        result = await (self._accounts.enter_call_centre(status) if on else self._accounts.leave_call_centre())
        self._check("callcentre", result)

    # ---- questions

    async def query_line_state(self) -> None:
        """Tell what may be done."""
        self._require_connection("line")
        self._emit([LineStateChanged(self._mapper.line_features)])

    async def query_active_calls(self) -> None:
        """Ask the switch for the calls that there are, and tell them ("6.8 Recovery after (re)connecting")."""
        self._require_connection("snapshot")
        result = await self._recovery.ask()
        if not result.ok and self._mapper.calls:
            raise CtiException(command_error("snapshot", result))
        if not result.ok:
            logger.info("the switch was asked for calls in vain: %s", result.text)
        self._tell_calls()

    async def query_agent_state(self) -> None:
        """Tell the own state."""
        self._require_connection("state")
        self._tell_agent()

    async def query_call_records(self, call_id: str) -> Sequence[str]:
        """Return where the recording of a call is ("10.1 Link by command")."""
        result = await self._accounts.record_link(self._mapper.record_uuid(call_id))
        self._check("records", result)
        link = result.response if isinstance(result.response, str) else ""
        if not link.startswith(("http://", "https://")):
            text = translate("Webitel", "There is no recording of this call.")
            raise CtiException(CtiError(ErrorKind.COMMAND, text, raw=result.text, source="webitel.records"))
        return [link]

    @property
    def capabilities(self) -> tuple[CallFeatures, AgentFeatures]:
        """What the PBX and the phone can do ("15.5 Capabilities"); the call centre is for its agents only."""
        agent = AgentFeatures.CAN_GET_CALL_RECORDS
        line = LINE_CAPABILITIES | (WEB_PHONE_CAPABILITIES if self._can_answer() else CallFeatures.CAN_NOTHING)
        return line, agent | AgentFeatures.HAS_CALL_CENTRE_MODE if self._is_agent else agent

    @property
    def agent_states(self) -> tuple[AgentStateOption, ...]:
        """The states that the operator may choose."""
        return agent_state_options()

    @property
    def agent_logout_code(self) -> str:
        """The state in which no calls come."""
        return NOT_REGISTERED

    @property
    def unreadable_messages(self) -> int:
        """How many messages were dropped, those to the web phone included."""
        return self._session.broken_messages + (0 if self._phone is None else self._phone.broken_messages)

    def cause_text(self, cause: str) -> str:
        """Return a hangup cause in words ("12.3 Hangup causes"); one that has none is shown as it is."""
        return hangup_cause_text(cause)

    def unusual_end(self, call: Call) -> str:
        """Return the hangup cause in words when the operator would wonder why the call has ended."""
        return unusual_end(call, by_web_phone=self._phone is not None and self._phone.is_usable)

    @property
    def _is_agent(self) -> bool:
        own, identity = self._session.users.own, self._session.identity
        return own.agent if own is not None else identity is not None and identity.agent

    # ---- events (15.2, 15.3)

    def _public_event(self, event: PublicEvent) -> None:
        argument = Fields(event.args[0] if event.args else None)
        match event.name:
            case "onConnect":
                self._mapper.device_id = self._session.channels.own_number
                self._is_logged_out = self._is_offline_after_the_call = False
            case "onReady":
                self._is_up = True
                self._start_web_phone()
                if not self._is_initialized:
                    # The line is not usable, but calls of an earlier connection may be over.
                    self._tasks.start(self._confirm_calls())
            case "onDisconnect":
                self._disconnected()
            case "onUserStatusChange" if argument.text("id") == self._session.users.own_number:
                self._tell_own()
            case "onError" if not event.is_reported:
                self._tell_error(argument)
            case name if name.endswith("Call"):
                self._call_event(event)

    def _tell_own(self) -> None:
        """The own account is another one: tell what follows for the line ("15.2 Line state from presence")."""
        user = self._session.users.own
        if user is None or self._is_logged_out:
            return
        if not user.online:
            self._go_offline()
            return
        self._is_offline_after_the_call = False
        is_registered = user.line != NOT_REGISTERED
        was_initialized, self._is_initialized = self._is_initialized, is_registered
        if is_registered and not was_initialized:
            self._is_told_usable = True
            self._emit([Initialized()])
        if self._is_told_usable:
            self._emit(self._mapper.set_usable(is_registered))
        self._tell_agent()
        if self._is_agent and user.in_call_centre != self._in_call_centre:
            self._in_call_centre = user.in_call_centre
            self._emit([CallCentreStateChanged(user.in_call_centre)])

    def _tell_agent(self) -> None:
        user = self._session.users.own
        if user is not None:
            self._emit([AgentStateChanged(agent_state(state_code(user), user.tag))])

    def _go_offline(self) -> None:
        """The account counts as gone; during a call that is told when the call has ended."""
        if self._mapper.calls:
            self._is_offline_after_the_call = True
        elif self._is_initialized:
            self._is_initialized = False
            self._tell_gone(may_reconnect=True)

    def _disconnected(self) -> None:
        """The connection is gone; calls stay as they are until the next one (cti-model.md, 5.1, rule 5)."""
        was_up, self._is_up = self._is_up, False
        self._is_initialized = False
        self._in_call_centre = None
        if was_up and not self._is_reconnecting and not self._is_logged_out:
            self._tell_gone(may_reconnect=not self.client.is_closed_by_user)

    def _tell_gone(self, *, may_reconnect: bool) -> None:
        self._is_told_usable = False
        self._mapper.lose_connection()
        self._emit([Disconnected(may_reconnect=may_reconnect)])

    def _call_event(self, event: PublicEvent) -> None:
        had_calls = bool(self._mapper.calls)
        told = self._mapper.event(event)
        self._emit(told)
        if not had_calls and any(isinstance(one, CallStarted) for one in told):
            self._emit([AgentStateChanged(agent_state(IN_A_CALL))])
        self._wishes.grant()
        if self._is_offline_after_the_call and not self._mapper.calls:
            self._is_offline_after_the_call = False
            self._go_offline()

    def _channel_event(self, name: str, event: Fields) -> None:
        call = self._session.channels.call_of(event.text("Unique-ID")) if name == "CHANNEL_CREATE" else None
        if call is not None and len(call.channels) > 1:
            self._mapper.further_channel(call)
            self._wishes.grant()

    def _tell_error(self, told: Fields) -> None:
        if told.text("errorType") == ErrorType.EVENT:
            if self._told_broken_message:
                return
            self._told_broken_message = True
        self._emit([ErrorOccurred(public_error(told.values_by_name))])

    def _tell_calls(self) -> None:
        self._emit(self._mapper.rebuild(self._session.channels.calls.values()))
        self._wishes.grant()

    def _emit(self, events: Sequence[CtiEvent]) -> None:
        for event in events:
            self.events.emit(event)

    # ---- what calls make necessary

    async def _confirm_calls(self) -> None:
        try:
            await self.query_active_calls()
        except CtiException as exception:
            logger.info("the calls could not be confirmed: %s", exception.error.raw)

    # ---- the web phone

    def _use_web_phone(self, web_phone: WebPhoneOptions, options: ClientOptions, clock: Clock | None) -> None:
        from ctidesk.webitel.web_phone import WebitelWebPhone
        from ctidesk.webitel.web_phone_calls import WebPhoneCalls

        self._phone = phone = WebitelWebPhone(
            self._session, web_phone, options.network, clock=clock, frame_log=self.client.frame_log
        )
        self.web_phone = phone
        self._own_calls = WebPhoneCalls(phone, self._uuid, lambda: self.client.is_connected)
        phone.events.subscribe(self.events.emit)
        phone.calls_changed.subscribe(self._telephone_changed)

    def _start_web_phone(self) -> None:
        identity = self._session.identity
        if self._phone is not None and identity is not None:
            password, url = self.client.options.password or "", as_text(identity.verto)
            is_protected = self.client.is_protected
            self._tasks.start(self._phone.log_in(identity.account, password, url, is_protected=is_protected))

    def _telephone_changed(self) -> None:
        self.client.has_web_phone = self._phone is not None and self._phone.is_registered
        self._emit(self._mapper.refresh())

    def _can_answer(self) -> bool:
        return self._phone is not None and self._phone.is_usable

    def _can_mute(self, call_id: str) -> bool:
        dialog = None if self._phone is None else self._phone.dialog(call_id)
        return dialog is not None and dialog.is_talking

    def _is_away(self, call_id: str) -> bool:
        dialog = None if self._phone is None else self._phone.dialog(call_id)
        return dialog is not None and dialog.is_away

    async def _hold(self, command: str, call: Call, *, on: bool) -> None:
        if self._own_calls is None or not await self._own_calls.hold(call, on=on):
            hold = self._calls.hold if on else self._calls.unhold
            self._check(command, await hold(self._uuid(call)))

    async def _answer_by_id(self, call_id: str) -> Result:
        try:
            answered = self._phone is not None and await self._phone.answer(call_id)
        except CtiException as exception:
            return refusal("answer", ErrorType.CALL, exception.error.raw or exception.error.text)
        return Result("answer") if answered else refusal("answer", ErrorType.CALL, NO_WEB_PHONE)

    # ---- parts of commands

    def _uuid(self, call: Call) -> str:
        return self._mapper.call_uuid(call)

    async def _log_out(self) -> None:
        """Log the account out; it can be called no more, the connection stays."""
        if self._mapper.calls:
            raise _call_prevents_logout()
        if not self.client.is_connected:
            return
        self._check("logout", await self._session.ask_and_report("logout"))
        if self._mapper.calls:
            # One has begun meanwhile, and without a login nothing would be heard of its end.
            self._check("login", await self._session.ask_and_report("login"))
            await self.query_active_calls()
            raise _call_prevents_logout()
        if self._phone is not None:
            await self._phone.log_out()
        self._is_logged_out = True
        self._is_initialized = False
        self._emit([AgentStateChanged(agent_state(NOT_REGISTERED))])
        self._tell_gone(may_reconnect=False)

    def _require_connection(self, command: str) -> None:
        if not self.client.is_connected:
            self._check(command, refusal(command, ErrorType.CONNECTION, "there is no connection"))

    def _check(self, command: str, result: Result) -> None:
        if not result.ok:
            if is_gone(result) and self._mapper.calls:
                self._tasks.start(self._confirm_calls())
            raise CtiException(command_error(command, result))

    def _task_failed(self, error: BaseException) -> None:
        text = translate("Webitel", "Something in this program failed. Calls go on.")
        self._emit([ErrorOccurred(CtiError(ErrorKind.GENERAL, text, raw=type(error).__name__, source="webitel"))])


def _call_prevents_logout() -> CtiException:
    text = translate("Webitel", "There is a call. End it before you log out.")
    return CtiException(CtiError(ErrorKind.COMMAND, text, source="webitel.state"))
