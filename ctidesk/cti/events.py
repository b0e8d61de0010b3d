"""What a provider tells: typed events (cti-model.md, "4. Provider: events")."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from ctidesk.cti.agent import AgentState
from ctidesk.cti.call import Call
from ctidesk.cti.errors import CtiError
from ctidesk.cti.values import CallFeatures


class CtiEvent(Struct, frozen=True):
    """Base of all events; `name` is the documented one."""

    name: ClassVar[str] = ""


class Initialized(CtiEvent, frozen=True):
    """The line is usable."""

    name: ClassVar[str] = "initialized"


class Disconnected(CtiEvent, frozen=True):
    """The connection is gone; `may_reconnect` False forbids the reconnection."""

    name: ClassVar[str] = "disconnected"
    code: int | str | None = None
    may_reconnect: bool = True


class CallStarted(CtiEvent, frozen=True):
    """A new call, in or out, consultation included."""

    name: ClassVar[str] = "callStarted"
    call: Call


class CallFinished(CtiEvent, frozen=True):
    """The end of a call."""

    name: ClassVar[str] = "callFinished"
    call: Call


class CommutationStarted(CtiEvent, frozen=True):
    """Talking begins (only from ALERTING)."""

    name: ClassVar[str] = "commutationStarted"
    call: Call


class Hold(CtiEvent, frozen=True):
    """The call was put on hold."""

    name: ClassVar[str] = "hold"
    call: Call


class Unhold(CtiEvent, frozen=True):
    """The call was taken back from hold."""

    name: ClassVar[str] = "unhold"
    call: Call


class CallBusy(CtiEvent, frozen=True):
    """The called party is busy."""

    name: ClassVar[str] = "callBusy"
    call: Call


class CurrentCallChanged(CtiEvent, frozen=True):
    """Another call became the main one."""

    name: ClassVar[str] = "currentCallChanged"
    call: Call | None


class CallInfoChanged(CtiEvent, frozen=True):
    """Id, numbers, names or state of a call changed; it is found by its record id."""

    name: ClassVar[str] = "callInfoChanged"
    call: Call


class CallSaved(CtiEvent, frozen=True):
    """The journal has the call."""

    name: ClassVar[str] = "callSaved"
    call: Call


class ActiveCallSnapshot(CtiEvent, frozen=True):
    """All calls after a (re)connection: replaces what the model believed."""

    name: ClassVar[str] = "activeCallSnapshot"
    calls: tuple[Call, ...]
    main_call: Call | None = None


class LineStateChanged(CtiEvent, frozen=True):
    """What may be done now: with the line, or with one call when `call_id` is given."""

    name: ClassVar[str] = "lineStateChanged"
    features: CallFeatures
    call_id: str | None = None


class AgentStateChanged(CtiEvent, frozen=True):
    """The operator's state in the call centre has become another one, or is told for the first time."""

    name: ClassVar[str] = "agentStateChanged"
    state: AgentState


class CallCentreStateChanged(CtiEvent, frozen=True):
    """Whether the operator takes part in the call centre."""

    name: ClassVar[str] = "callCentreStateChanged"
    active: bool


class DtmfEntered(CtiEvent, frozen=True):
    """Digits were sent or heard."""

    name: ClassVar[str] = "dtmfEntered"
    digits: str


class WebRtcStarted(CtiEvent, frozen=True):
    """The web phone has a session."""

    name: ClassVar[str] = "webRtcStarted"
    session_id: str


class WebRtcVideoStarted(CtiEvent, frozen=True):
    """The web phone's session has video."""

    name: ClassVar[str] = "webRtcVideoStarted"
    session_id: str


class WebRtcDestroyed(CtiEvent, frozen=True):
    """The web phone's session ended."""

    name: ClassVar[str] = "webRtcDestroyed"
    session_id: str


class CommandExecuted(CtiEvent, frozen=True):
    """The PBX accepted a command."""

    name: ClassVar[str] = "commandExecuted"
    result: str


class ErrorOccurred(CtiEvent, frozen=True):
    """Something went wrong."""

    name: ClassVar[str] = "error"
    error: CtiError


class RawMessage(CtiEvent, frozen=True):
    """A frame for the protocol log; secrets are already out of it."""

    name: ClassVar[str] = "rawMessage"
    text: str
