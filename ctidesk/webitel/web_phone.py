"""The web phone beside the Webitel line (verto-protocol.md, "7. Coupling with Webitel").

Webitel's events decide what the panel shows; the web phone's dialogs give the sound. They meet by their id: a dialog's
call id is the id of the switch's channel.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from ctidesk.cti.call import Call
from ctidesk.cti.clock import Clock, SystemClock
from ctidesk.cti.errors import CtiException
from ctidesk.cti.events import CtiEvent, ErrorOccurred, WebRtcDestroyed, WebRtcStarted
from ctidesk.cti.signals import Signal
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.web_phone import CallSound, WebPhonePhase, WebPhoneStatus
from ctidesk.net.errors import NetError
from ctidesk.net.frames import FrameLog
from ctidesk.net.options import ConnectionOptions
from ctidesk.verto import causes
from ctidesk.verto.addresses import own_addresses, verto_url
from ctidesk.verto.client import Phase, VertoClient, VertoOptions
from ctidesk.verto.dialog import Dialog
from ctidesk.verto.errors import Problem, VertoError
from ctidesk.verto.media import MediaFactory
from ctidesk.verto.messages import missing_devices_error, web_phone_error
from ctidesk.verto.states import DialogState
from ctidesk.webitel.account_commands import parsed
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.fields import Fields, JsonObject
from ctidesk.webitel.session import Session
from ctidesk.webitel.unannounced import PATIENCE, UnannouncedCalls

REMEMBERED_CHANNELS = 200
ORIGINATED = "variable_w_jsclient_originate_number"
"""A leg that was called on our behalf: for an outgoing call, a callback or a consultation."""
AUTO_ANSWER = "variable_w_jsclient_auto_answer"

_NOBODY_WAITS = (DialogState.TRYING, DialogState.EARLY, DialogState.ACTIVE, DialogState.HELD)
"""States in which no command waits to hear how it went."""

logger = logging.getLogger(__name__)


class AutoAnswer(StrEnum):
    """Which calls are answered without the operator."""

    OFF = "off"
    """Only those that were called on our behalf."""
    ALWAYS = "always"
    WHEN_ASKED = "when-asked"
    """Those for which the PBX asks for it."""


@dataclass(frozen=True, slots=True)
class WebPhoneOptions:
    """How the web phone works.

    Attributes:
        media: gives what makes its sound, for the addresses of this computer that may be used (None: all).
        sessid: by which the server knows this installation and account; private.
        address: where it connects; empty takes what the server says.
        secure: whether an address without a scheme means TLS.
        user_agent: the product and its version.
        auto_answer: which calls are answered without the operator.
        needs_microphone: whether a call without a microphone is refused; else it is one in silence.
        tells_missing_devices: whether the operator is told at the beginning of a talk that there is no microphone or
            no speaker.
    """

    media: Callable[[tuple[str, ...] | None], MediaFactory]
    sessid: str = field(repr=False)
    address: str = ""
    secure: bool = True
    user_agent: str = "ctidesk"
    auto_answer: AutoAnswer = AutoAnswer.OFF
    needs_microphone: bool = False
    tells_missing_devices: bool = True


class WebitelWebPhone:
    """The web phone of a Webitel line.

    Signals:
        changed(): `status` is another one.
        events(event): CTI events for the provider to tell.
        calls_changed(): what may be done with a call may be another thing.
    """

    def __init__(
        self,
        session: Session,
        options: WebPhoneOptions,
        network: ConnectionOptions,
        *,
        clock: Clock | None = None,
        frame_log: FrameLog | None = None,
    ) -> None:
        """Create a web phone that is off; it listens to the channels of `session`."""
        self.changed: Signal[()] = Signal("web_phone.changed")
        self.events: Signal[CtiEvent] = Signal("web_phone.events")
        self.calls_changed: Signal[()] = Signal("web_phone.calls_changed")
        self._session = session
        self._options = options
        self._network = network
        self._clock = clock
        self._frame_log = frame_log
        self._client: VertoClient | None = None
        self._account = ("", "", "")
        self._error: VertoError | None = None
        self._channels: dict[str, Fields] = {}
        self._started: set[str] = set()
        self._tasks = TaskOwner("webitel.web_phone")
        self._was_registered = False
        self._unannounced = UnannouncedCalls(session, clock or SystemClock(), self.calls_changed.emit)
        self._one_at_a_time = asyncio.Lock()
        self._unsubscribe = session.channel_events.subscribe(self._channel_event)
        self._told_missing: frozenset[str] = frozenset()

    # ---- the connection

    async def log_in(self, account: str, password: str, url: str, *, is_protected: bool) -> None:
        """Connect as an account; already there it goes on, or tries at once when it waits.

        Args:
            account: `number@domain`.
            password: the one of the login; empty after a login by token, which Verto does not know.
            url: what the server says about where web phones connect.
            is_protected: whether it has said so under TLS: then the password does not leave without, either.
        """
        async with self._one_at_a_time:
            await self._log_in(account, password, url, is_protected=is_protected)

    def connect(self) -> None:
        """Try to connect at once because the operator wants it (`web_phone.WebPhone.connect`)."""
        if self._client is not None:
            self._client.start()

    def check_connection(self) -> None:
        """Find out soon whether the connection is still there (`BaseCtiProvider.check_connection`)."""
        if self._client is not None:
            self._client.check()

    async def log_out(self) -> None:
        """End all calls of the web phone and disconnect it."""
        async with self._one_at_a_time:
            await self._end_client()
        self._error = None
        self.changed.emit()

    async def close(self) -> None:
        """Log out and end all tasks."""
        self._unsubscribe()
        self._unannounced.close()
        await self._tasks.close()
        await self._end_client()

    @property
    def status(self) -> WebPhoneStatus:
        """How it stands with the connection (`web_phone.WebPhone.status`)."""
        client = self._client
        if client is None:
            error, phase = self._error, WebPhonePhase.OFF if self._error is None else WebPhonePhase.STOPPED
        else:
            error, phase = client.error, WebPhonePhase(client.phase.value)
        return WebPhoneStatus(phase, None if error is None else web_phone_error(error, "connect"))

    @property
    def broken_messages(self) -> int:
        """How many messages could not be read since the last login."""
        return 0 if self._client is None else self._client.session.broken_messages

    @property
    def is_registered(self) -> bool:
        """Whether calls can be made by the web phone and come to it."""
        return self._client is not None and self._client.is_ready

    @property
    def is_usable(self) -> bool:
        """Whether it is registered or may be so again by itself: else calls go to a desk phone."""
        return self.status.phase not in (WebPhonePhase.OFF, WebPhonePhase.STOPPED)

    # ---- calls

    def dialog(self, call_id: str) -> Dialog | None:
        """Return the dialog of a call: of whichever of its channels."""
        call = self._session.channels.calls.get(call_id)
        if self._client is None or call is None:
            return None
        dialogs = self._client.dialogs
        return next((dialogs[channel.id] for channel in call.channels if channel.id in dialogs), None)

    def first_dialog(self, call_id: str) -> Dialog | None:
        """Return the dialog of a call when it is the one of the channel that describes the call."""
        call = self._session.channels.calls.get(call_id)
        return None if self._client is None or call is None else self._client.dialogs.get(call.actual.id)

    def is_unannounced(self, dialog: Dialog) -> bool:
        """Whether the line knows the call from here alone: then it cannot do anything about it."""
        return dialog in self._unannounced

    async def call(self, number: str) -> None:
        """Call a number. Raises CtiException."""
        with _told("call"):
            await self._connected().call(number)

    async def answer(self, call_id: str) -> bool:
        """Answer a call; False when the web phone does not ring for it.

        The invitation may be a moment later than the event that shows the call: it is waited for.

        Raises:
            CtiException: it rings here but cannot be answered.
        """
        dialog = self.dialog(call_id) or await self._invitation(call_id)
        if dialog is None:
            return False
        with _told("answer"):
            await self._connected().answer(dialog)
        return True

    async def set_held(self, dialog: Dialog, on: bool) -> None:
        """Put the other party on hold, or take it back. Raises CtiException."""
        with _told("hold"):
            await self._connected().set_held(dialog, on)

    def hang_up(self, dialog: Dialog, cause: str) -> None:
        """End a call by the web phone itself."""
        self._connected().hang_up(dialog, cause)

    async def send_tones(self, dialog: Dialog, digits: str) -> None:
        """Send tones by the web phone itself. Raises CtiException."""
        with _told("dtmf"):
            await self._connected().send_tones(dialog, digits)

    async def transfer(self, dialog: Dialog, number: str) -> None:
        """Send the other party to a number by the web phone itself. Raises CtiException."""
        with _told("transfer"):
            await self._connected().transfer(dialog, number)

    async def connect_parties(self, dialog: Dialog, other: Dialog) -> None:
        """Connect the other parties of two calls by the web phone itself. Raises CtiException."""
        with _told("transfer"):
            await self._connected().connect_parties(dialog, other)

    def toggle_mute(self, dialog: Dialog) -> bool:
        """Switch the microphone off in a call, or on; returns whether it is off now."""
        self._connected().set_muted(dialog, not dialog.is_muted)
        return dialog.is_muted

    def sound(self, call: Call) -> CallSound | None:
        """Return how the sound of a call goes (`web_phone.WebPhone.sound`)."""
        dialog = self.dialog(call.id)
        report = None if dialog is None or self._client is None else self._client.report(dialog)
        if dialog is None or report is None or self._client is None:
            return None
        spoken, heard = self._client.levels(dialog)
        expected = report.received + report.lost
        return CallSound(
            codec=report.codec,
            spoken_level=spoken,
            heard_level=heard,
            received=report.received,
            loss=report.lost / expected if expected else 0.0,
            remote_loss=report.remote_loss,
            jitter=report.jitter,
            delay=report.delay,
            round_trip=report.round_trip,
        )

    # ---- news of the web phone

    def _client_changed(self) -> None:
        client = self._client
        if client is None:
            return
        if client.is_ready is not self._was_registered:
            self._was_registered = client.is_ready
            name = "onRegisterWebRTC" if client.is_ready else "onUnRegisterWebRTC"
            self._session.tell([PublicEvent(name)])
        if client.phase is Phase.STOPPED and client.error is not None:
            self._tell_error(client.error)
        self.changed.emit()
        self.calls_changed.emit()

    def _dialog_changed(self, dialog: Dialog, old: DialogState, new: DialogState) -> None:
        self._unannounced.follow(dialog, old, new)
        if old is DialogState.NEW and dialog.is_alive:
            self._started.add(dialog.id)
            self.events.emit(WebRtcStarted(dialog.id))
            self._session.tell([PublicEvent("onNewWebRTCCall", (_public(dialog),))])
        if new is DialogState.ACTIVE and old is not DialogState.HELD and dialog.media == 1:
            self._told_missing = frozenset()
            self._tell_missing_devices()  # not again when the call is taken up again
        match new:
            case DialogState.RINGING:
                self._decide(dialog)
            case DialogState.ACTIVE if dialog.last_state is DialogState.ANSWERING:
                if dialog.id not in self._channels and not self._session.channels.has(dialog.id):
                    self._tasks.start(self._recover(dialog))
            case DialogState.HANGUP if dialog.failure is not None and old in _NOBODY_WAITS:
                # The line will know the cause of the switch alone, which sounds like a fault of the other side.
                self.events.emit(ErrorOccurred(web_phone_error(dialog.failure, "sound")))
            case DialogState.DESTROY if dialog.id in self._started:
                self._started.discard(dialog.id)
                self.events.emit(WebRtcDestroyed(dialog.id))
                self._session.tell([PublicEvent("onDestroyWebRTCCall", (_public(dialog),))])
        self.calls_changed.emit()

    def _message(self, text: str) -> None:
        self._session.tell([PublicEvent("onNewMessage", (text,))])

    # ---- news of the line

    def _channel_event(self, name: str, event: Fields) -> None:
        uuid = event.text("Unique-ID")
        self._unannounced.announced(uuid)
        dialog = None if self._client is None else self._client.dialogs.get(uuid)
        match name:
            case "CHANNEL_CREATE":
                while len(self._channels) >= REMEMBERED_CHANNELS:
                    del self._channels[next(iter(self._channels))]
                self._channels[uuid] = event
                if dialog is not None:
                    self._decide(dialog)
            case "CHANNEL_HOLD" | "CHANNEL_UNHOLD" if dialog is not None and self._client is not None:
                # Webitel can hold and take back, too: the sound has to follow whoever has done it.
                self._client.session.carry_out(dialog, dialog.hold_changed(name == "CHANNEL_HOLD"))
            case "CHANNEL_HANGUP_COMPLETE" | "CHANNEL_DESTROY":
                self._channels.pop(uuid, None)
                if dialog is not None and self._client is not None:
                    self._client.hang_up(dialog, event.text("variable_hangup_cause") or causes.NORMAL_CLEARING)

    def _decide(self, dialog: Dialog) -> None:
        """Answer an invitation or let it ring: when both the invitation and its channel's event are there."""
        channel = self._channels.get(dialog.id)
        if channel is None or dialog.state is not DialogState.RINGING or dialog.is_being_answered:
            return
        wanted = self._options.auto_answer
        # In another call it would put that one on hold; the line refuses such a call.
        is_free = len(self._connected().dialogs) == 1
        is_asked = wanted is AutoAnswer.WHEN_ASKED and channel.text(AUTO_ANSWER) == "true"
        if channel.text(ORIGINATED) or (is_free and (wanted is AutoAnswer.ALWAYS or is_asked)):
            self._tasks.start(self._answer_by_itself(dialog))
            return
        told: JsonObject = {"channel": channel.values_by_name, "dialog": _public(dialog)}
        self._session.tell([PublicEvent("onWebRTCDoAnswer", (told,))])

    async def _answer_by_itself(self, dialog: Dialog) -> None:
        try:
            with _told("answer"):
                await self._connected().answer(dialog)
        except CtiException as exception:
            self.events.emit(ErrorOccurred(exception.error))

    async def _recover(self, dialog: Dialog) -> None:
        """Make a call of a dialog that was taken up again and of which the line knows nothing."""
        dump = parsed(await self._session.ask_quietly("channel_dump", {"uuid": dialog.id}))
        self._unannounced.announce(dialog, Fields(dump.response).values_by_name if dump.ok else None)

    async def _invitation(self, call_id: str) -> Dialog | None:
        """Wait for the invitation of a call that the line shows already."""
        client = self._client
        if client is None or not client.is_ready or call_id not in self._session.channels.calls:
            return None
        come = asyncio.Event()

        def look(_dialog: Dialog, _old: DialogState, _new: DialogState) -> None:
            if self.dialog(call_id) is not None:
                come.set()

        unsubscribe = client.session.changed.subscribe(look)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await come.wait()
        finally:
            unsubscribe()
        return self.dialog(call_id)

    # ---- parts

    async def _log_in(self, account: str, password: str, url: str, *, is_protected: bool) -> None:
        try:
            address = verto_url(self._options.address or url, secure=self._options.secure)
        except NetError:
            address = ""
        client = self._client
        if client is not None and self._account == (account, password, address):
            if client.error is None or client.error.problem is not Problem.OPENED_ELSEWHERE:
                client.start()  # by itself it does not take the session back from another program
            return
        await self._end_client()
        self._account = (account, password, address)
        if not address:
            self._fail(VertoError(Problem.BAD_ADDRESS))
            return
        if is_protected and not self._options.address and address.startswith("ws:"):
            self._fail(VertoError(Problem.NO_SECURE_CONNECTION, "the server names an address without TLS"))
            return
        if not password:
            self._fail(VertoError(Problem.WRONG_LOGIN, "no password"))
            return
        own = self._session.users.own
        number = account.partition("@")[0]
        options = VertoOptions(
            address,
            account,
            password,
            self._options.sessid,
            name=own.name if own is not None else number,
            number=number,
            user_agent=self._options.user_agent,
            needs_microphone=self._options.needs_microphone,
            network=self._network,
        )
        self._error = None
        media = self._options.media(own_addresses(address))
        self._client = client = VertoClient(options, media, clock=self._clock, frame_log=self._frame_log)
        client.changed.subscribe(self._client_changed)
        client.devices_changed.subscribe(self._devices_changed)
        client.session.changed.subscribe(self._dialog_changed)
        client.session.party_changed.subscribe(self._unannounced.show_party)
        client.session.message.subscribe(self._message)
        client.start()

    def _connected(self) -> VertoClient:
        if self._client is None:
            raise CtiException(web_phone_error(self._error or VertoError(Problem.NOT_CONNECTED), "connect"))
        return self._client

    async def _end_client(self) -> None:
        client = self._client
        if client is not None:
            await client.close()
            if self._client is client:
                self._client = None
        self._account = ("", "", "")

    def _fail(self, error: VertoError) -> None:
        self._error = error
        logger.warning("the web phone is off: %s", error.problem.value)
        self._tell_error(error)
        self.changed.emit()
        self.calls_changed.emit()

    def _devices_changed(self) -> None:
        if self._client is not None and any(dialog.is_talking for dialog in self._client.dialogs.values()):
            self._tell_missing_devices()

    def _tell_missing_devices(self) -> None:
        """Say what is missing, each device once in a call: one that comes and goes would be told again and again."""
        missing = () if self._client is None else self._client.missing_devices
        news = not self._told_missing.issuperset(missing)
        self._told_missing = self._told_missing.union(missing)
        if news and self._options.tells_missing_devices:
            self.events.emit(ErrorOccurred(missing_devices_error(missing)))

    def _tell_error(self, error: VertoError) -> None:
        self.events.emit(ErrorOccurred(web_phone_error(error, "connect")))


@contextlib.contextmanager
def _told(command: str) -> Iterator[None]:
    """Raise what the web phone could not do as the application knows it."""
    try:
        yield
    except VertoError as error:
        raise CtiException(web_phone_error(error, command)) from error


def _public(dialog: Dialog) -> JsonObject:
    """The dialog as public events carry it."""
    return {
        "callID": dialog.id,
        "state": dialog.state.name.lower(),
        "direction": "outbound" if dialog.is_outgoing else "inbound",
        "remoteName": dialog.remote.name,
        "remoteNumber": dialog.remote.number,
    }
