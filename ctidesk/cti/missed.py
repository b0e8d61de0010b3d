"""Which calls count as missed, the same for the tray, the notice and the journal."""

from __future__ import annotations

from ctidesk.cti.active_calls import ENDED_UNSEEN
from ctidesk.cti.call import Call
from ctidesk.cti.model import CLOSED, CONNECTION_LOST
from ctidesk.cti.values import CallDirection

BUSY = "USER_BUSY"
REJECTED = "CALL_REJECTED"
TRANSFERS = frozenset({"BLIND_TRANSFER", "ATTENDED_TRANSFER"})
ANSWERED_ELSEWHERE = frozenset({"LOSE_RACE", "PICKED_OFF", "ANSWERED_ELSEWHERE"})
"""Hangup causes (webitel-protocol.md, "12.3 Hangup causes")."""

_NOT_MISSED = frozenset({ENDED_UNSEEN, CONNECTION_LOST, CLOSED, BUSY, REJECTED}) | TRANSFERS | ANSWERED_ELSEWHERE


def was_missed(call: Call) -> bool:
    """Whether a call that has ended rang here until the caller gave up.

    One whose end nobody has seen may have been answered at the phone, so it is not counted.
    """
    return (
        call.direction is CallDirection.IN
        and call.connected is None
        and not call.declined
        and not call.redirection_id
        and call.state_cause not in _NOT_MISSED
    )
