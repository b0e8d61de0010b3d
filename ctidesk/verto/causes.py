"""Why calls end, by the switch's names (verto-protocol.md, "6. Hang-up causes and errors").

Causes are compared by name: the codes of the newer ones are others in other versions of the server.
"""

from __future__ import annotations

NORMAL_CLEARING = "NORMAL_CLEARING"
USER_BUSY = "USER_BUSY"
CALL_REJECTED = "CALL_REJECTED"
ORIGINATOR_CANCEL = "ORIGINATOR_CANCEL"
DESTINATION_OUT_OF_ORDER = "DESTINATION_OUT_OF_ORDER"
INCOMPATIBLE_DESTINATION = "INCOMPATIBLE_DESTINATION"
MEDIA_TIMEOUT = "MEDIA_TIMEOUT"
NO_USER_RESPONSE = "NO_USER_RESPONSE"
RECOVERY_ON_TIMER_EXPIRE = "RECOVERY_ON_TIMER_EXPIRE"
PUNTED = "PUNTED"
"""Not a cause of the switch: another program has taken the session over."""

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


def name_of(code: int) -> str:
    """Return the cause of a code, for an end that has no other name."""
    return next((cause for cause, number in _CODES.items() if number == code), NORMAL_CLEARING)


def code_of(cause: str) -> int:
    """Return the code that goes with a cause of ours."""
    return _CODES.get(cause, _CODES[NORMAL_CLEARING])
