"""A call (cti-model.md, "2. Call")."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from ctidesk.cti.values import CallDirection, CallFeatures, CallState


@dataclass(slots=True, eq=False)
class Call:
    """One call of this line; two calls are the same call when they are the same object or share `record_id`.

    The provider fills in what the PBX says, the model keeps the times. Durations are seconds of a monotonic clock.

    Attributes:
        id: the PBX's id of the call as this client names it; may change during the call.
        record_id: the journal's id; never changes.
        state_cause: the PBX's text for why the state is as it is (hangup cause), or empty.
        device_id: our own number.
        parent: the main call of which this one is the consultation.
        redirecting_id: who transferred the call; redirection_id: to whom.
        line, queue, ivr: where the call came through, if the PBX says.
        comment: free text of the PBX for the operator, shown as plain text.
        declined: whether the operator has sent the call away from here while it rang: then it is no missed call.
        muted: whether the operator's microphone is switched off in this call (web phone).
        confirmed: False after a lost connection until the PBX has said again that the call is there.
    """

    id: str
    direction: CallDirection
    record_id: UUID = field(default_factory=uuid4)
    state: CallState = CallState.NONE
    previous_state: CallState = CallState.NONE
    state_cause: str = ""
    device_id: str = ""
    caller_id: str = ""
    called_id: str = ""
    caller_name: str = ""
    called_name: str = ""
    features: CallFeatures = CallFeatures.CAN_NOTHING
    parent: Call | None = None
    redirecting_id: str = ""
    redirection_id: str = ""
    line: str = ""
    queue: str = ""
    ivr: str = ""
    comment: str = ""
    started: datetime | None = None
    connected: datetime | None = None
    ended: datetime | None = None
    declined: bool = False
    muted: bool = False
    confirmed: bool = True
    # Kept by the model: points on its monotonic clock, and what has been summed up before them.
    started_at: float | None = None
    talking_since: float | None = None
    held_since: float | None = None
    talked: float = 0.0
    held: float = 0.0

    @property
    def abonent_number(self) -> str:
        """The other party's number: the caller's for IN, else the called one's."""
        return self.caller_id if self.direction is CallDirection.IN else self.called_id

    @property
    def abonent_name(self) -> str:
        """The other party's name as the PBX gives it, or empty."""
        return self.caller_name if self.direction is CallDirection.IN else self.called_name

    @property
    def is_active(self) -> bool:
        """Whether the call has not ended."""
        return self.state is not CallState.NONE

    def ring_duration(self, now: float) -> float:
        """Seconds from the start of the call to `now` on the model's monotonic clock."""
        return 0.0 if self.started_at is None else max(0.0, now - self.started_at)

    def talk_duration(self, now: float) -> float:
        """Seconds of talk up to `now` on the model's monotonic clock, holds not included."""
        return self.talked + (0.0 if self.talking_since is None else max(0.0, now - self.talking_since))

    def hold_duration(self, now: float) -> float:
        """Seconds on hold up to `now` on the model's monotonic clock, all holds together."""
        return self.held + (0.0 if self.held_since is None else max(0.0, now - self.held_since))

    def current_hold(self, now: float) -> float:
        """Seconds of the hold that lasts now; 0 when the call is not on hold."""
        return 0.0 if self.held_since is None else max(0.0, now - self.held_since)

    def __repr__(self) -> str:
        return f"Call({self.id!r}, {self.direction.name}, {self.state.name})"
