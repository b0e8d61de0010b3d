"""One channel of the switch, as its events have described it (webitel-protocol.md, "5.2 Channel events")."""

from __future__ import annotations

from dataclasses import dataclass, field

from ctidesk.webitel.fields import Fields, decode

_KEPT = frozenset(
    {
        "Unique-ID",
        "Channel-Call-UUID",
        "variable_w_account_origination_uuid",
        "Channel-Call-State",
        "Call-Direction",
        "Caller-Logical-Direction",
        "Channel-HIT-Dialplan",
        "Caller-Caller-ID-Number",
        "Caller-Caller-ID-Name",
        "Caller-Callee-ID-Number",
        "Caller-Callee-ID-Name",
        "Caller-Destination-Number",
        "Other-Leg-Unique-ID",
        "variable_originating_leg_uuid",
        "Bridge-A-Unique-ID",
        "Bridge-B-Unique-ID",
        "variable_w_jsclient_originate_number",
        "variable_w_jsclient_xtransfer",
        "variable_hangup_cause",
        "variable_w_transfer_result",
        "variable_cc_queue",
        "variable_cc_member_session_uuid",
        "variable_webitel_data",
        "variable_dlr_session_id",
        "Caller-Channel-Created-Time",
        "Caller-Channel-Answered-Time",
        "Caller-Channel-Hangup-Time",
    }
)


def field_text(name: str, fields: Fields) -> str:
    """Return a field of a channel event, decoded where names and numbers may be encoded; empty when absent."""
    text = fields.text(name)
    return decode(text) if name.startswith("Caller-") else text


@dataclass(slots=True)
class Channel:
    """A channel; each event overwrites the fields that it has.

    Attributes:
        id: the switch's id of the channel.
        call_id: the call to which it belongs (6.1).
        values: the last value of every field that is of use.
    """

    id: str
    call_id: str
    values: dict[str, str] = field(default_factory=dict)

    def merge(self, fields: Fields) -> None:
        """Take the fields of an event."""
        for name in fields:
            if name in _KEPT and (text := field_text(name, fields)):
                self.values[name] = text

    def text(self, name: str) -> str:
        """The last value of a field, empty when it has never been there."""
        return self.values.get(name, "")
