"""What a provider tells: typed events (cti-model.md, "4. Provider: events")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ctidesk.cti.agent import AgentState
from ctidesk.cti.call import Call
from ctidesk.cti.errors import CtiError
from ctidesk.cti.values import CallFeatures


@dataclass(frozen=True, slots=True)
class CtiEvent:
    """Base of all events; `name` is the documented one."""

    name: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Initialized(CtiEvent):
    """The line is usable."""

    name: ClassVar[str] = "initialized"


@dataclass(frozen=True, slots=True)
class Disconnected(CtiEvent):
    """The connection is gone; `may_reconnect` False forbids the reconnection."""

    name: ClassVar[str] = "disconnected"
    code: int | str | None = None
    may_reconnect: bool = True


@dataclass(frozen=True, slots=True)
class CallStarted(CtiEvent):
    """A new call, in or out, consultation included."""

    name: ClassVar[str] = "callStarted"
    call: Call


@dataclass(frozen=True, slots=True)
class CallFinished(CtiEvent):
    """The end of a call."""

    name: ClassVar[str] = "callFinished"
    call: Call


@dataclass(frozen=True, slots=True)
class CommutationStarted(CtiEvent):
    """Talking begins (only from ALERTING)."""

    name: ClassVar[str] = "commutationStarted"
    call: Call


@dataclass(frozen=True, slots=True)
class Hold(CtiEvent):
    """The call was put on hold."""

    name: ClassVar[str] = "hold"
    call: Call


@dataclass(frozen=True, slots=True)
class Unhold(CtiEvent):
    """The call was taken back from hold."""

    name: ClassVar[str] = "unhold"
    call: Call


@dataclass(frozen=True, slots=True)
class CallBusy(CtiEvent):
    """The called party is busy."""

    name: ClassVar[str] = "callBusy"
    call: Call


@dataclass(frozen=True, slots=True)
class CurrentCallChanged(CtiEvent):
    """Another call became the main one."""

    name: ClassVar[str] = "currentCallChanged"
    call: Call | None


@dataclass(frozen=True, slots=True)
class CallInfoChanged(CtiEvent):
    """Id, numbers, names or state of a call changed; it is found by its record id."""

    name: ClassVar[str] = "callInfoChanged"
    call: Call


@dataclass(frozen=True, slots=True)
class CallSaved(CtiEvent):
    """The journal has the call."""

    name: ClassVar[str] = "callSaved"
    call: Call


@dataclass(frozen=True, slots=True)
class ActiveCallSnapshot(CtiEvent):
    """All calls after a (re)connection: replaces what the model believed."""

    name: ClassVar[str] = "activeCallSnapshot"
    calls: tuple[Call, ...]
    main_call: Call | None = None


@dataclass(frozen=True, slots=True)
class LineStateChanged(CtiEvent):
    """What may be done now: with the line, or with one call when `call_id` is given."""

    name: ClassVar[str] = "lineStateChanged"
    features: CallFeatures
    call_id: str | None = None


@dataclass(frozen=True, slots=True)
class AgentStateChanged(CtiEvent):
    """The operator's state."""

    name: ClassVar[str] = "agentStateChanged"
    state: AgentState


@dataclass(frozen=True, slots=True)
class CallCentreStateChanged(CtiEvent):
    """Whether the operator takes part in the call centre."""

    name: ClassVar[str] = "callCentreStateChanged"
    active: bool


@dataclass(frozen=True, slots=True)
class DtmfEntered(CtiEvent):
    """Digits were sent or heard."""

    name: ClassVar[str] = "dtmfEntered"
    digits: str


@dataclass(frozen=True, slots=True)
class WebRtcStarted(CtiEvent):
    """The web phone has a session."""

    name: ClassVar[str] = "webRtcStarted"
    session_id: str


@dataclass(frozen=True, slots=True)
class WebRtcVideoStarted(CtiEvent):
    """The web phone's session has video."""

    name: ClassVar[str] = "webRtcVideoStarted"
    session_id: str


@dataclass(frozen=True, slots=True)
class WebRtcDestroyed(CtiEvent):
    """The web phone's session ended."""

    name: ClassVar[str] = "webRtcDestroyed"
    session_id: str


@dataclass(frozen=True, slots=True)
class CommandExecuted(CtiEvent):
    """The PBX accepted a command."""

    name: ClassVar[str] = "commandExecuted"
    result: str


@dataclass(frozen=True, slots=True)
class ErrorOccurred(CtiEvent):
    """Something went wrong."""

    name: ClassVar[str] = "error"
    error: CtiError


@dataclass(frozen=True, slots=True)
class RawMessage(CtiEvent):
    """A frame for the protocol log; secrets are already out of it."""

    name: ClassVar[str] = "rawMessage"
    text: str
