"""What mod_verto says in many of its messages: causes, who talks with whom, and the headers of an event of its own."""

from __future__ import annotations

import time

from ctidesk.demo.webitel.channels import Channel

CODES = {
    "UNALLOCATED_NUMBER": 1,
    "NO_ROUTE_TRANSIT_NET": 2,
    "NO_ROUTE_DESTINATION": 3,
    "CHANNEL_UNACCEPTABLE": 6,
    "CALL_AWARDED_DELIVERED": 7,
    "NORMAL_CLEARING": 16,
    "USER_BUSY": 17,
    "NO_USER_RESPONSE": 18,
    "NO_ANSWER": 19,
    "SUBSCRIBER_ABSENT": 20,
    "CALL_REJECTED": 21,
    "NUMBER_CHANGED": 22,
    "REDIRECTION_TO_NEW_DESTINATION": 23,
    "EXCHANGE_ROUTING_ERROR": 25,
    "DESTINATION_OUT_OF_ORDER": 27,
    "INVALID_NUMBER_FORMAT": 28,
    "FACILITY_REJECTED": 29,
    "RESPONSE_TO_STATUS_ENQUIRY": 30,
    "NORMAL_UNSPECIFIED": 31,
    "NORMAL_CIRCUIT_CONGESTION": 34,
    "NETWORK_OUT_OF_ORDER": 38,
    "NORMAL_TEMPORARY_FAILURE": 41,
    "SWITCH_CONGESTION": 42,
    "ACCESS_INFO_DISCARDED": 43,
    "REQUESTED_CHAN_UNAVAIL": 44,
    "PRE_EMPTED": 45,
    "FACILITY_NOT_SUBSCRIBED": 50,
    "OUTGOING_CALL_BARRED": 52,
    "INCOMING_CALL_BARRED": 54,
    "BEARERCAPABILITY_NOTAUTH": 57,
    "BEARERCAPABILITY_NOTAVAIL": 58,
    "SERVICE_UNAVAILABLE": 63,
    "BEARERCAPABILITY_NOTIMPL": 65,
    "CHAN_NOT_IMPLEMENTED": 66,
    "FACILITY_NOT_IMPLEMENTED": 69,
    "SERVICE_NOT_IMPLEMENTED": 79,
    "INVALID_CALL_REFERENCE": 81,
    "INCOMPATIBLE_DESTINATION": 88,
    "INVALID_MSG_UNSPECIFIED": 95,
    "MANDATORY_IE_MISSING": 96,
    "MESSAGE_TYPE_NONEXIST": 97,
    "WRONG_MESSAGE": 98,
    "IE_NONEXIST": 99,
    "INVALID_IE_CONTENTS": 100,
    "WRONG_CALL_STATE": 101,
    "RECOVERY_ON_TIMER_EXPIRE": 102,
    "MANDATORY_IE_LENGTH_ERROR": 103,
    "PROTOCOL_ERROR": 111,
    "INTERWORKING": 127,
    "ORIGINATOR_CANCEL": 487,
    "CRASH": 700,
    "SYSTEM_SHUTDOWN": 701,
    "LOSE_RACE": 702,
    "MANAGER_REQUEST": 703,
    "BLIND_TRANSFER": 800,
    "ATTENDED_TRANSFER": 801,
    "ALLOTTED_TIMEOUT": 802,
    "USER_CHALLENGE": 803,
    "MEDIA_TIMEOUT": 804,
    "PICKED_OFF": 805,
    "USER_NOT_REGISTERED": 806,
    "PROGRESS_TIMEOUT": 807,
}
"""The switch's causes, with their codes in its newest versions (verto-protocol.md, "6. Hang-up causes and errors")."""
DEFAULT_CAUSE = "NORMAL_CLEARING"


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


def message_of(sender: str, message: object) -> dict[str, str] | None:
    """What the addressee gets of a message to him; None when it is none. Who has sent it is not taken from it."""
    if not isinstance(message, dict):
        return None
    to, body = message.get("to"), message.get("body")
    if not (isinstance(to, str) and to and isinstance(body, str) and body):
        return None
    user, _, host = sender.partition("@")
    more = {
        name: value
        for name, value in message.items()
        if isinstance(value, str) and value and name.startswith(("from_", "to_"))
    }
    about = {"from_user": user, "from_host": host, "from_full": user, **more}
    return {"from": sender, "to": to.partition("+")[2] or to, "body": body, **about}


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
