"""What every PBX's provider must do for the application (cti-model.md, sections 3 and 4)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ctidesk.cti.agent import AgentStateOption
from ctidesk.cti.call import Call
from ctidesk.cti.conference import Conference
from ctidesk.cti.directory import Directory, EmptyDirectory
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.events import CtiEvent
from ctidesk.cti.queue import Queue
from ctidesk.cti.signals import Signal
from ctidesk.cti.supervision import SupervisorMode
from ctidesk.cti.text import translate
from ctidesk.cti.values import AgentFeatures, CallFeatures

if TYPE_CHECKING:
    from ctidesk.cti.administration import UserAdministration
    from ctidesk.cti.web_phone import WebPhone


class BaseCtiProvider(ABC):
    """Connects to one PBX and drives one telephone line.

    Every command returns when the PBX has accepted it and raises `CtiException` when the PBX has refused it or did
    not answer in time; none fails silently. A command that a provider does not have raises COMMAND_NOT_IMPLEMENTED.

    Signals:
        events(event): everything that happens, in order.

    Attributes:
        directory: the people of the PBX.
        conference: who is in the conference of the line.
        queue: who waits for an operator.
        user_administration: the users of the PBX for an administrator; None where the PBX does not have that.
        web_phone: the telephone that is this program itself; None when calls go to a telephone on the desk.
    """

    name: str = ""
    """The provider's name in settings, logs and error sources."""
    has_conferences: bool = False
    """Whether the PBX can make a conference of a call."""
    can_call_other_first: bool = False
    """Whether the PBX can ring the called phone before the operator's own."""

    def __init__(self) -> None:
        self.events: Signal[CtiEvent] = Signal(f"{self.name}.events")
        self.directory: Directory = EmptyDirectory()
        self.conference = Conference()
        self.queue = Queue()
        self.user_administration: UserAdministration | None = None
        self.web_phone: WebPhone | None = None

    # ---- connection

    @abstractmethod
    async def connect(self) -> None:
        """Open the connection and log in; returns when `initialized` was told.

        Raises:
            CtiException: the attempt failed; the error was told as an event, too.
        """

    @abstractmethod
    async def reconnect(self) -> None:
        """Close what is left of the old connection, then do as `connect`."""

    @abstractmethod
    async def close(self) -> None:
        """Log out, close the connection and end all tasks; at most 2 s. Can be called at any time, never raises."""

    def check_connection(self) -> None:  # noqa: B027 - a keep-alive of its own may do
        """Find out soon whether the connection is still there, for something has shaken it; tells when it is not.

        Without it a connection that died while the computer slept looks alive until the keep-alive notices.
        """

    # ---- calls

    @abstractmethod
    async def make_call(self, number: str) -> None:
        """Call `number`."""

    @abstractmethod
    async def answer(self, call: Call) -> None:
        """Answer the ringing `call`."""

    @abstractmethod
    async def hold_or_unhold(self, call: Call) -> None:
        """Put `call` on hold, or take it back."""

    @abstractmethod
    async def drop(self, call: Call) -> None:
        """End `call`; a ringing one is declined."""

    @abstractmethod
    async def make_consult_call(self, call: Call, number: str) -> None:
        """Hold `call` and call `number`."""

    @abstractmethod
    async def transfer(self, call: Call, consult_call: Call) -> None:
        """Connect the parties of both calls and leave."""

    @abstractmethod
    async def cancel_transfer(self, call: Call, consult_call: Call) -> None:
        """End the consultation and return to `call`."""

    @abstractmethod
    async def blind_transfer(self, call: Call, number: str) -> None:
        """Send the other party of `call` to `number` and leave."""

    async def swap(self, call: Call, consult_call: Call) -> None:
        """Talk to the party on hold and hold the other one."""
        raise self.not_implemented("swap")

    async def call_other_first(self, number: str) -> None:
        """Call `number`; the operator's phone rings once somebody there has answered."""
        raise self.not_implemented("call_other_first")

    async def intercom(self, number: str) -> None:
        """Call `number`, whose phone lifts by itself."""
        raise self.not_implemented("intercom")

    async def add_to_conference(self, number: str) -> None:
        """Bring `number` into the conference; without one, make it of the present call or begin a new one."""
        raise self.not_implemented("add_to_conference")

    async def remove_from_conference(self, number: str) -> None:
        """Send `number` out of the conference; the operator's own number leaves it."""
        raise self.not_implemented("remove_from_conference")

    async def supervise(self, number: str, mode: SupervisorMode) -> None:
        """Take part in the talk of the colleague with `number`, or change how; `drop` leaves it."""
        raise self.not_implemented("supervise")

    async def send_dtmf(self, call: Call, digits: str) -> None:
        """Send `digits` (0-9, *, #) in `call`."""
        raise self.not_implemented("send_dtmf")

    async def mute(self, call: Call) -> None:
        """Switch the microphone off, or on again."""
        raise self.not_implemented("mute")

    async def set_video_state(self, call: Call, on: bool) -> None:
        """Switch the camera on or off."""
        raise self.not_implemented("set_video_state")

    # ---- the operator

    async def set_agent_state(self, code: str, reason: str = "") -> None:
        """Take one of `agent_states`, with the id of a reason (or a number where the state needs one)."""
        raise self.not_implemented("set_agent_state")

    async def set_do_not_disturb(self) -> None:
        """Be called by nobody."""
        raise self.not_implemented("set_do_not_disturb")

    async def set_wrap_up(self, on: bool) -> None:
        """Begin or end the work after a call."""
        raise self.not_implemented("set_wrap_up")

    async def change_call_centre_state(self, on: bool) -> None:
        """Enter or leave the call centre."""
        raise self.not_implemented("change_call_centre_state")

    # ---- questions

    @abstractmethod
    async def query_line_state(self) -> None:
        """Have `lineStateChanged` told anew."""

    @abstractmethod
    async def query_active_calls(self) -> None:
        """Have `activeCallSnapshot` told."""

    async def query_agent_state(self) -> None:
        """Have `agentStateChanged` told anew."""
        raise self.not_implemented("query_agent_state")

    async def query_call_records(self, call_id: str) -> Sequence[str]:
        """Return the addresses of the recordings of a call; they hold a one-time password: never log them."""
        raise self.not_implemented("query_call_records")

    def photo_address(self, abonent_id: str) -> str:
        """Return the http address of an abonent's photo; empty when there is none."""
        return ""

    @property
    @abstractmethod
    def capabilities(self) -> tuple[CallFeatures, AgentFeatures]:
        """What this PBX and this phone can do at all."""

    @property
    def agent_states(self) -> tuple[AgentStateOption, ...]:
        """The states that the operator may choose now."""
        return ()

    @property
    def agent_logout_code(self) -> str:
        """The code of the state that the operator has after the working day."""
        return ""

    @property
    def unreadable_messages(self) -> int:
        """How many messages of the PBX could not be read and were left aside, for the diagnostics."""
        return 0

    def cause_text(self, cause: str) -> str:
        """Return a call's `state_cause` in words for the operator; empty when it says nothing."""
        return ""

    def unusual_end(self, call: Call) -> str:
        """Return why `call` has ended, in words, when the operator would wonder; empty when it ended as calls do."""
        return ""

    def not_implemented(self, command: str) -> CtiException:
        """Return the error of a command that this provider does not have."""
        return CtiException(
            CtiError(
                ErrorKind.COMMAND_NOT_IMPLEMENTED,
                translate("Provider", "This PBX has no such command."),
                source=f"{self.name}.{command}",
            )
        )
