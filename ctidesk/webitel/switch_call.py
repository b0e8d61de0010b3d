"""A call made of channels: direction, numbers, record (webitel-protocol.md, "6.1 Objects and ids" to "6.5")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from ctidesk.webitel.channel import Channel
from ctidesk.webitel.fields import Fields, JsonObject

_LIKE_A_UUID = re.compile(r"u?:?[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}")

_RECORD_FIELDS = {
    "other-leg-unique-id": "Other-Leg-Unique-ID",
    "bridge-A-Unique-ID": "Bridge-A-Unique-ID",
    "bridge-B-Unique-ID": "Bridge-B-Unique-ID",
    "attended-transfer-call-uuid": "variable_w_jsclient_xtransfer",
    "hangup_cause": "variable_hangup_cause",
    "cc_queue": "variable_cc_queue",
    "transferResult": "variable_w_transfer_result",
    "dlr_session_id": "variable_dlr_session_id",
    "call-created-time": "Caller-Channel-Created-Time",
    "call-answered-time": "Caller-Channel-Answered-Time",
    "call-hangup-time": "Caller-Channel-Hangup-Time",
}


class State(IntEnum):
    """The state of a call; the value is its public code."""

    RINGING = 1
    ANSWERED = 2
    HOLD = 3
    ACTIVE = 4
    ENDED = 5


class Direction(StrEnum):
    """Who calls; CALLBACK is an outgoing call for which the own phone rings first."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    CALLBACK = "callback"


@dataclass(slots=True)
class SwitchCall:
    """A call of the own account.

    Attributes:
        id: the call id.
        is_originator: whether its first channel began the call.
        own_number: the account's number.
        channels: its channels, at least one until it has ended; the first one describes the call.
        record_id: where its recording is found, empty before the answer.
    """

    id: str
    is_originator: bool
    own_number: str
    channels: list[Channel] = field(default_factory=list)
    state: State = State.RINGING
    record_id: str = ""

    @property
    def actual(self) -> Channel:
        """The channel that describes the call."""
        return self.channels[0]

    @property
    def direction(self) -> Direction:
        """Who calls; the switch sees it from the other side ("6.2 Direction")."""
        if self.actual.text("variable_w_jsclient_originate_number"):
            return Direction.CALLBACK if self.state is State.RINGING else Direction.OUTBOUND
        into_the_switch = self.actual.text("Caller-Logical-Direction") == "inbound"
        return Direction.OUTBOUND if into_the_switch else Direction.INBOUND

    @property
    def callee_number(self) -> str:
        """The called number ("6.3 Numbers and names")."""
        return self._numbers()[0]

    @property
    def caller_number(self) -> str:
        """The calling number."""
        return self._numbers()[1]

    @property
    def display_number(self) -> str:
        """The other party's number."""
        return self.callee_number if self.is_originator else self.caller_number

    def _numbers(self) -> tuple[str, str]:
        text = self.actual.text
        caller_id, callee_id = text("Caller-Caller-ID-Number"), text("Caller-Callee-ID-Number")
        shown_inbound = self._shows_inbound()
        if self.direction is Direction.INBOUND:
            numbers = (caller_id, callee_id) if shown_inbound else (callee_id, caller_id)
        elif shown_inbound:
            numbers = (callee_id or text("Caller-Destination-Number"), caller_id)
        else:
            numbers = (caller_id, callee_id)
        callee, caller = (self.own_number if _LIKE_A_UUID.fullmatch(one) else one for one in numbers)
        return callee, caller

    def _shows_inbound(self) -> bool:
        text = self.actual.text
        if text("Call-Direction") == "inbound":
            return self.actual.id == text("Channel-Call-UUID")
        return text("Call-Direction") == "outbound" and text("Channel-HIT-Dialplan") == "true"

    def record(self) -> JsonObject:
        """The call as public events carry it ("6.4 Call record"); fields without a value are left out."""
        text = self.actual.text
        callee = self.callee_number
        record: JsonObject = {"uuid": self.id}
        if self.record_id:
            record["dbUuid"] = self.record_id
        record |= {
            "state": int(self.state),
            "direction": self.direction.value,
            "isOriginator": self.is_originator,
            "calleeNumber": callee,
            "calleeName": text("Caller-Callee-ID-Name") or callee,
            "callerNumber": self.caller_number,
            "callerName": text("Caller-Caller-ID-Name").partition("@")[0],
            "displayNumber": self.display_number,
            "call-channel-uuid": self.actual.id,
            "my-uuid": self.actual.id,
        }
        wrapped = text("variable_webitel_data")
        if wrapped and (data := wrapped.replace("'", "")) != "undefined":
            record["data"] = data
        for name, source in _RECORD_FIELDS.items():
            if value := text(source):
                record[name] = value
        return record

    def answered_record_id(self, event: Fields) -> str:
        """Where the recording of the call will be found, as `event`, its answer, tells ("6.5 Record id")."""
        if self.direction is not Direction.INBOUND:
            return event.text("Unique-ID")
        return self._other_record_id(self.actual, event) or event.text("Channel-Call-UUID")

    def ended_record_id(self, channel: Channel, event: Fields) -> str:
        """Where the recording of the call is found, as `event`, the end of its last `channel`, tells; may be empty."""
        if self.direction is not Direction.INBOUND:
            return event.text("Unique-ID")
        return self._other_record_id(channel, event)

    @staticmethod
    def _other_record_id(channel: Channel, event: Fields) -> str:
        return (
            channel.text("variable_originating_leg_uuid")
            or event.text("Other-Leg-Unique-ID")
            or event.text("variable_cc_member_session_uuid")
        )
