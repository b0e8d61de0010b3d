"""Why calls end, by the switch's names (verto-protocol.md, "6. Hang-up causes and errors").

Causes are compared by name: the codes of the newer ones are others in other versions of the server.
"""

from __future__ import annotations

from ctidesk.cti.text import translate

NORMAL_CLEARING = "NORMAL_CLEARING"
USER_BUSY = "USER_BUSY"
CALL_REJECTED = "CALL_REJECTED"
ORIGINATOR_CANCEL = "ORIGINATOR_CANCEL"
DESTINATION_OUT_OF_ORDER = "DESTINATION_OUT_OF_ORDER"
INCOMPATIBLE_DESTINATION = "INCOMPATIBLE_DESTINATION"
MEDIA_TIMEOUT = "MEDIA_TIMEOUT"
NO_USER_RESPONSE = "NO_USER_RESPONSE"
LOSE_RACE = "LOSE_RACE"
RECOVERY_ON_TIMER_EXPIRE = "RECOVERY_ON_TIMER_EXPIRE"
PUNTED = "PUNTED"
"""Not a cause of the switch: another program has taken the session over."""
LINE_CLOSED = "LINE_CLOSED"
"""Not a cause of the switch: the operator has closed the connection."""

_CODES = {
    NORMAL_CLEARING: 16,
    USER_BUSY: 17,
    NO_USER_RESPONSE: 18,
    CALL_REJECTED: 21,
    DESTINATION_OUT_OF_ORDER: 27,
    INCOMPATIBLE_DESTINATION: 88,
    RECOVERY_ON_TIMER_EXPIRE: 102,
    ORIGINATOR_CANCEL: 487,
    MEDIA_TIMEOUT: 804,
}
"""Those that we send; the server goes by the name."""


def code_of(cause: str) -> int:
    """Return the code that goes with a cause of ours."""
    return _CODES.get(cause, _CODES[NORMAL_CLEARING])


def cause_words(cause: str) -> str:
    """Return a cause in words for the operator; one without words is shown as it is."""
    match cause:
        case "NORMAL_CLEARING" | "MANAGER_REQUEST" | "ATTENDED_TRANSFER" | "BLIND_TRANSFER":
            return translate("WebPhone", "The call has ended.")
        case "USER_BUSY":
            return translate("WebPhone", "The line is busy.")
        case "NO_USER_RESPONSE" | "NO_ANSWER" | "ALLOTTED_TIMEOUT" | "PROGRESS_TIMEOUT":
            return translate("WebPhone", "Nobody answered.")
        case "CALL_REJECTED":
            return translate("WebPhone", "The call was declined.")
        case "UNALLOCATED_NUMBER" | "NO_ROUTE_DESTINATION" | "INVALID_NUMBER_FORMAT":
            return translate("WebPhone", "This number cannot be reached. Check it.")
        case "SUBSCRIBER_ABSENT" | "USER_NOT_REGISTERED":
            return translate("WebPhone", "The phone that was called is not connected.")
        case "ORIGINATOR_CANCEL":
            return translate("WebPhone", "The caller hung up before anyone answered.")
        case "LOSE_RACE" | "PICKED_OFF":
            return translate("WebPhone", "Somebody else answered, or another of your devices did.")
        case "DESTINATION_OUT_OF_ORDER" | "BEARERCAPABILITY_NOTAVAIL" | "MEDIA_TIMEOUT":
            return translate("WebPhone", "There was no connection for the sound. Check the network.")
        case "INCOMPATIBLE_DESTINATION":
            return translate("WebPhone", "The two phones found no common way to send sound.")
        case "BEARERCAPABILITY_NOTAUTH":
            return translate("WebPhone", "The login has expired. Connect again.")
        case "RECOVERY_ON_TIMER_EXPIRE":
            return translate("WebPhone", "The connection was lost, and the call could not be taken up again in time.")
        case "SYSTEM_SHUTDOWN":
            return translate("WebPhone", "The PBX was shut down.")
        case "PUNTED":
            return translate("WebPhone", "The web phone was opened elsewhere.")
        case "LINE_CLOSED":
            return translate("WebPhone", "The web phone was closed during the call.")
        case _:
            return cause
