"""Why calls end, in words for the operator (webitel-protocol.md, "12.3 Hangup causes")."""

from __future__ import annotations

from ctidesk.cti.call import Call
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallDirection

REFUSING_CAUSES = frozenset(
    {
        "NO_ANSWER",
        "NO_USER_RESPONSE",
        "USER_BUSY",
        "CALL_REJECTED",
        "UNALLOCATED_NUMBER",
        "NO_ROUTE_DESTINATION",
        "INVALID_NUMBER_FORMAT",
        "NUMBER_CHANGED",
        "DESTINATION_OUT_OF_ORDER",
        "NORMAL_TEMPORARY_FAILURE",
        "NORMAL_CIRCUIT_CONGESTION",
        "RECOVERY_ON_TIMER_EXPIRE",
        "INCOMPATIBLE_DESTINATION",
        "OUTGOING_CALL_BARRED",
        "GATEWAY_DOWN",
    }
)
"""Causes with which the server refuses a command to call."""

_EXPECTED = frozenset(
    {
        "",
        "NORMAL_CLEARING",
        "ORIGINATOR_CANCEL",
        "BLIND_TRANSFER",
        "ATTENDED_TRANSFER",
        "LOSE_RACE",
        "PICKED_OFF",
    }
)
"""Ends that the operator brings about, or sees for what they are."""
_NOT_BACK_IN_TIME = "RECOVERY_ON_TIMER_EXPIRE"
_NO_CAUSE = frozenset({"NORMAL_UNSPECIFIED", "UNSPECIFIED"})
_OF_THE_NEXT_LEG = frozenset({"NO_ANSWER", "USER_BUSY", "CALL_REJECTED"})
"""What has become of a caller whom somebody has passed on, and no news of the talk here."""
_OWN_PHONE_FAILED = frozenset(
    {
        "NO_USER_RESPONSE",
        "USER_NOT_REGISTERED",
        "SUBSCRIBER_ABSENT",
        "DESTINATION_OUT_OF_ORDER",
        "NORMAL_TEMPORARY_FAILURE",
        "RECOVERY_ON_TIMER_EXPIRE",
        "INCOMPATIBLE_DESTINATION",
        "MANAGER_REQUEST",
    }
)
"""What the operator wants to know of a ring that nobody has answered; all else the missed call says."""


def hangup_cause_text(cause: str) -> str:
    """Return a hangup cause in words for the operator; one without words is shown as it is."""
    return _cause_text(cause) or cause


def unusual_end(call: Call, *, by_web_phone: bool) -> str:
    """Return in words why `call` has ended when the operator would wonder, else nothing.

    Args:
        by_web_phone: whether it went through this program itself, whose lost connection the switch waits for.
    """
    if not is_unusual_end(call):
        return ""
    if by_web_phone and call.connected is not None and call.state_cause == _NOT_BACK_IN_TIME:
        return translate("Webitel", "The connection of the web phone was lost for too long, so the call has ended.")
    return hangup_cause_text(call.state_cause)


def is_unusual_end(call: Call) -> bool:
    """Whether the operator would wonder why `call` has ended."""
    cause = call.state_cause
    if cause in _EXPECTED or call.declined or call.redirection_id:
        return False
    if call.direction is CallDirection.IN:
        if call.connected is None:
            return cause in _OWN_PHONE_FAILED
        return cause not in _NO_CAUSE | _OF_THE_NEXT_LEG
    # The own phone counts as connected before anybody else has been reached ("6.6 Server event → public events").
    return call.connected is None or cause not in _NO_CAUSE


def _cause_text(cause: str) -> str:
    match cause:
        case "NORMAL_CLEARING":
            return translate("Webitel", "The call ended normally.")
        case "ORIGINATOR_CANCEL":
            return translate("Webitel", "The caller hung up before anyone answered.")
        case "USER_BUSY":
            return translate("Webitel", "The line is busy.")
        case "NO_ANSWER":
            return translate("Webitel", "The phone rang but nobody answered.")
        case "NO_USER_RESPONSE":
            return translate("Webitel", "The phone or its network did not react.")
        case "CALL_REJECTED":
            return translate("Webitel", "The call was declined.")
        case "UNALLOCATED_NUMBER":
            return translate("Webitel", "There is no such number.")
        case "NO_ROUTE_DESTINATION":
            return translate("Webitel", "No way to reach this number; check it or ask the administrator.")
        case "INVALID_NUMBER_FORMAT":
            return translate("Webitel", "The number is incomplete or mistyped.")
        case "NUMBER_CHANGED":
            return translate("Webitel", "The number is no longer in use.")
        case "USER_NOT_REGISTERED":
            return translate("Webitel", "The phone is not connected to the PBX.")
        case "SUBSCRIBER_ABSENT":
            return translate("Webitel", "The person called cannot be reached now (phone off or out of coverage).")
        case "DESTINATION_OUT_OF_ORDER":
            return translate("Webitel", "The other side has a line fault.")
        case "NORMAL_TEMPORARY_FAILURE":
            return translate("Webitel", "A passing network fault; try again.")
        case "NORMAL_CIRCUIT_CONGESTION":
            return translate("Webitel", "All lines are busy; try later.")
        case "RECOVERY_ON_TIMER_EXPIRE":
            return translate("Webitel", "Signalling got no answer in time; often a network or NAT problem.")
        case "INCOMPATIBLE_DESTINATION":
            return translate("Webitel", "The two phones found no common codec.")
        case "OUTGOING_CALL_BARRED":
            return translate("Webitel", "Outgoing calls are not allowed from this number.")
        case "MANAGER_REQUEST":
            return translate("Webitel", "A supervisor or program ended the call.")
        case "BLIND_TRANSFER":
            return translate("Webitel", "The call was passed on.")
        case "ATTENDED_TRANSFER":
            return translate("Webitel", "The call was passed on after a consultation.")
        case "LOSE_RACE":
            return translate("Webitel", "Somebody else answered, or another of your devices did.")
        case "PICKED_OFF":
            return translate("Webitel", "The call was picked up from another extension.")
        case "MEDIA_TIMEOUT" | "BEARERCAPABILITY_NOTAVAIL":
            return translate("Webitel", "There was no connection for the sound. Check the network.")
        case "SYSTEM_SHUTDOWN":
            return translate("Webitel", "The PBX was shut down.")
        case "PUNTED":
            return translate("Webitel", "The web phone was opened elsewhere; the call has gone there.")
        case "GATEWAY_DOWN":
            return translate("Webitel", "The trunk is down.")
        case "NORMAL_UNSPECIFIED" | "UNSPECIFIED":
            return translate("Webitel", "The call ended without a stated reason.")
        case _:
            return ""
