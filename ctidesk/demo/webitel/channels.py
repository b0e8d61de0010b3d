"""What the switch is made of: parties with telephones, their channels, and what an event says of a channel.

The field names are FreeSWITCH's; webitel-protocol.md, "5.2 Channel events", lists those that the server passes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import Timer
from ctidesk.demo.webitel.accounts import Account

STATE_NUMBERS: Mapping[str, int] = {
    "CS_NEW": 0,
    "CS_INIT": 1,
    "CS_ROUTING": 2,
    "CS_SOFT_EXECUTE": 3,
    "CS_EXECUTE": 4,
    "CS_EXCHANGE_MEDIA": 5,
    "CS_PARK": 6,
    "CS_CONSUME_MEDIA": 7,
    "CS_HIBERNATE": 8,
    "CS_RESET": 9,
    "CS_HANGUP": 10,
    "CS_REPORTING": 11,
    "CS_DESTROY": 12,
}

WITHOUT_VARIABLES = ("CHANNEL_STATE", "CHANNEL_CALLSTATE", "CHANNEL_OUTGOING", "DTMF")
"""Events on which the switch sets no `variable_…` fields."""

_FORWARDED = (
    "Event-Name",
    "Unique-ID",
    "Channel-Call-UUID",
    "Channel-Presence-ID",
    "Channel-State",
    "Channel-State-Number",
    "Channel-Call-State",
    "Original-Channel-Call-State",
    "Answer-State",
    "Call-Direction",
    "Caller-Logical-Direction",
    "Channel-HIT-Dialplan",
    "Caller-Caller-ID-Number",
    "Caller-Caller-ID-Name",
    "Caller-Callee-ID-Number",
    "Caller-Callee-ID-Name",
    "Caller-Destination-Number",
    "Other-Leg-Unique-ID",
    "Bridge-A-Unique-ID",
    "Bridge-B-Unique-ID",
    "Call-Info",
    "DTMF-Digit",
    "Caller-Channel-Created-Time",
    "Caller-Channel-Answered-Time",
    "Caller-Channel-Hangup-Time",
    "variable_originating_leg_uuid",
    "variable_w_jsclient_originate_number",
    "variable_w_jsclient_xtransfer",
    "variable_w_jsclient_auto_answer",
    "variable_w_transfer_result",
    "variable_cc_queue",
    "variable_cc_member_session_uuid",
    "variable_webitel_data",
    "variable_dlr_session_id",
    "variable_sip_call_id",
    "variable_webitel_att_xfer",
    "variable_signal_bond",
)
_ENCODED = ("Channel-Presence-ID", "Caller-Caller-ID-Name", "Caller-Callee-ID-Name", "DTMF-Digit")


@dataclass(eq=False)
class Party:
    """Somebody with a telephone: an account, or an outside number. `channels`: in order of their creation."""

    number: str
    name: str
    behaviour: Behaviour
    account: Account | None = None
    channels: list[Channel] = field(default_factory=list)
    digits: str = ""

    def __repr__(self) -> str:
        return f"Party({self.number})"


@dataclass(eq=False)
class Attempt:
    """Legs that ring together for one party; the first that answers wins.

    `caller`: the leg for which it is made, None when the switch rings by itself. `own`: the party has asked for it, so
    that it is never busy. `answered` gets the winning leg, `failed` the cause when none is left.
    """

    answered: Callable[[Channel], None]
    failed: Callable[[str], None]
    caller: Channel | None = None
    own: bool = False
    legs: list[Channel] = field(default_factory=list)


@dataclass(eq=False)
class Channel:
    """One leg: a telephone's connection to the switch.

    `inbound`: the party called the switch, not the other way round. `other`: the leg that events name as the other
    one, also while it still rings. `bridged`: the leg that it talks with; `is_first`: of the two, the one on which the
    switch reports the bridge. Times in microseconds since 1970, 0 for not yet. `variables`: under the switch's names.
    `when_hung_up`: run once when the leg ends; `when_moved`: before it is taken away from where it waits.
    """

    id: str
    call_id: str
    party: Party
    inbound: bool
    destination: str
    created: int
    caller_number: str = ""
    caller_name: str = ""
    callee_number: str = ""
    callee_name: str = ""
    state: str = "CS_INIT"
    call_state: str = "DOWN"
    answer_state: str = "ringing"
    hit_dialplan: bool = False
    other: Channel | None = None
    bridged: Channel | None = None
    is_first: bool = False
    attempt: Attempt | None = None
    dialling: Attempt | None = None
    answered: int = 0
    hung_up: int = 0
    cause: str = ""
    talking_since: float = 0.0
    variables: dict[str, str] = field(default_factory=dict)
    timers: list[Timer] = field(default_factory=list)
    when_hung_up: list[Callable[[], None]] = field(default_factory=list)
    when_moved: Callable[[], None] | None = None

    @property
    def is_answered(self) -> bool:
        return self.answered > 0

    @property
    def is_ringing(self) -> bool:
        """Whether the party's telephone rings now."""
        return not self.inbound and not self.is_answered and not self.cause

    @property
    def is_held(self) -> bool:
        return self.call_state == "HELD"

    @property
    def is_web_phone(self) -> bool:
        """Whether the switch has called a program that is a telephone (verto-protocol.md, "7. Coupling")."""
        return self.destination.startswith("u:")

    def swap_numbers(self) -> None:
        """What the switch does to a leg that it has called itself when that leg goes through the dialplan."""
        self.caller_number, self.callee_number = self.callee_number, self.caller_number
        self.caller_name, self.callee_name = self.callee_name, self.caller_name
        self.hit_dialplan = True

    def __repr__(self) -> str:
        return f"Channel({self.party.number} {self.call_state})"


def switch_event(channel: Channel, name: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """An event as the switch makes it: raw texts, an unset field is absent. `more`: fields of this event alone."""
    direction = "inbound" if channel.inbound else "outbound"
    event = {
        "Event-Name": name,
        "Unique-ID": channel.id,
        "Channel-Call-UUID": channel.call_id,
        "Channel-State": channel.state,
        "Channel-State-Number": str(STATE_NUMBERS[channel.state]),
        "Channel-Call-State": channel.call_state,
        "Answer-State": channel.answer_state,
        "Call-Direction": direction,
        "Caller-Logical-Direction": direction,
        "Channel-HIT-Dialplan": "true" if channel.hit_dialplan else "false",
        "Caller-Caller-ID-Number": channel.caller_number,
        "Caller-Caller-ID-Name": channel.caller_name,
        "Caller-Callee-ID-Number": channel.callee_number,
        "Caller-Callee-ID-Name": channel.callee_name,
        "Caller-Destination-Number": channel.destination,
        "Caller-Channel-Created-Time": str(channel.created),
        "Caller-Channel-Answered-Time": str(channel.answered),
        "Caller-Channel-Hangup-Time": str(channel.hung_up),
        "Hangup-Cause": channel.cause,
    }
    if channel.party.account is not None:
        event["Channel-Presence-ID"] = channel.party.account.login
    if channel.other is not None:
        event["Other-Leg-Unique-ID"] = channel.other.id
    if channel.bridged is not None:
        event["variable_signal_bond"] = channel.bridged.id
    if name not in WITHOUT_VARIABLES:
        event.update({f"variable_{variable}": value for variable, value in channel.variables.items()})
    event.update(more or {})
    return {name: value for name, value in event.items() if value}


def forwarded(event: Mapping[str, str]) -> dict[str, object]:
    """The event as the server passes it on to the account's sockets."""
    passed: dict[str, object] = {"webitel-event-name": "call"}
    for name in _FORWARDED:
        if name in event:
            passed[name] = quote(event[name], safe="+") if name in _ENCODED else event[name]
    if "variable_webitel_call_uuid" in event:
        passed["variable_w_account_origination_uuid"] = event["variable_webitel_call_uuid"]
    if "variable_originating_leg_uuid" in event:
        passed.setdefault("Other-Leg-Unique-ID", event["variable_originating_leg_uuid"])
    cause = event.get("variable_hangup_cause") or event.get("Hangup-Cause")
    if cause:
        passed["variable_hangup_cause"] = cause
    passed["variable_billsec"] = int(event.get("variable_billsec", "0"))
    return passed


def channel_row(channel: Channel) -> dict[str, str]:
    """The channel's row of `show_channel` (webitel-protocol.md, "4.2 Calls")."""
    account = channel.party.account
    return {
        "uuid": channel.id,
        "direction": "inbound" if channel.inbound else "outbound",
        "created_epoch": str(channel.created // 1_000_000),
        "name": f"sofia/internal/{channel.party.number}",
        "state": channel.state,
        "cid_name": channel.caller_name,
        "cid_num": channel.caller_number,
        "dest": channel.destination,
        "presence_id": account.login if account else "",
        "callstate": channel.call_state,
        "callee_name": channel.callee_name,
        "callee_num": channel.callee_number,
        "call_uuid": channel.call_id,
    }
