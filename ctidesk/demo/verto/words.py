"""What mod_verto says in many of its messages: causes, who talks with whom, and the headers of an event of its own."""

from __future__ import annotations

import time

from ctidesk.demo.webitel.channels import Channel

CODES = {
    "UNALLOCATED_NUMBER": 1,
    "NO_ROUTE_DESTINATION": 3,
    "NORMAL_CLEARING": 16,
    "USER_BUSY": 17,
    "NO_ANSWER": 19,
    "CALL_REJECTED": 21,
    "DESTINATION_OUT_OF_ORDER": 27,
    "BEARERCAPABILITY_NOTAVAIL": 58,
    "INCOMPATIBLE_DESTINATION": 88,
    "INVALID_MSG_UNSPECIFIED": 95,
    "RECOVERY_ON_TIMER_EXPIRE": 102,
    "ORIGINATOR_CANCEL": 487,
    "SYSTEM_SHUTDOWN": 701,
    "LOSE_RACE": 702,
    "USER_NOT_REGISTERED": 806,
}
"""The causes that a client is told, with their codes (verto-protocol.md, "6. Hang-up causes and errors")."""


def ids(channel: Channel) -> dict[str, str]:
    """Names and numbers of both ends, as every message about a call has them."""
    far = channel.bridged
    caller = (channel.caller_name, channel.caller_number)
    callee = (channel.callee_name, channel.callee_number)
    if far is not None:
        own, other = (channel.party.name, channel.party.number), (far.party.name, far.party.number)
        caller, callee = (own, other) if channel.inbound else (other, own)
    return {
        "caller_id_name": caller[0] or caller[1],
        "caller_id_number": caller[1],
        "callee_id_name": callee[0] or "Outbound Call",
        "callee_id_number": callee[1],
    }


def variables(event: str) -> dict[str, str]:
    """What mod_verto puts into `variables`: not variables alone, but the headers of an event of its own."""
    now = time.gmtime()
    return {
        "Event-Name": event,
        "Core-UUID": "27b6b8ce-58b4-4b8d-9068-dc98a4a80f87",
        "FreeSWITCH-Hostname": "pbx.example",
        "FreeSWITCH-Switchname": "pbx.example",
        "FreeSWITCH-IPv4": "127.0.0.1",
        "FreeSWITCH-IPv6": "::1",
        "Event-Date-Local": time.strftime("%Y-%m-%d %H:%M:%S", now),
        "Event-Date-GMT": time.strftime("%a, %d %b %Y %H:%M:%S GMT", now),
        "Event-Date-Timestamp": str(time.time_ns() // 1000),
        "Event-Calling-File": "switch_channel.c",
        "Event-Calling-Function": "switch_channel_event_set_data",
        "Event-Calling-Line-Number": "2644",
        "Event-Sequence": "1024",
        "verto_svar_api_on_answer": "",
    }
