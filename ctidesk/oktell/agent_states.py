"""The operator's states in the application's terms."""

from __future__ import annotations

from ctidesk.cti.agent import AgentState, AgentStateOption, Reason
from ctidesk.cti.presence import Presence
from ctidesk.cti.text import translate
from ctidesk.oktell.agent import Agent
from ctidesk.oktell.record import as_number, as_text
from ctidesk.oktell.values import UserStatus

_PRESENCE = {
    UserStatus.DISCONNECTED: Presence.OFFLINE,
    UserStatus.READY: Presence.READY,
    UserStatus.READY_CC: Presence.READY,
    UserStatus.READY_CC_MANUAL: Presence.READY,
    UserStatus.BREAK: Presence.BREAK,
    UserStatus.DND: Presence.DND,
    UserStatus.REDIRECT: Presence.DND,
    UserStatus.BUSY: Presence.WRAPUP,
    UserStatus.BUSY_BREAK: Presence.BREAK,
    UserStatus.NO_PHONE: Presence.OFFLINE,
}


def label(status: UserStatus) -> str:
    """Return the translated word for a status."""
    match status:
        case UserStatus.READY | UserStatus.READY_CC:
            return translate("Oktell", "Ready")
        case UserStatus.READY_CC_MANUAL:
            return translate("Oktell", "Ready, calls by hand")
        case UserStatus.BREAK | UserStatus.BUSY_BREAK:
            return translate("Oktell", "Break")
        case UserStatus.DND:
            return translate("Oktell", "Do not disturb")
        case UserStatus.REDIRECT:
            return translate("Oktell", "Redirect")
        case UserStatus.BUSY:
            return translate("Oktell", "After-call work")
        case UserStatus.NO_PHONE:
            return translate("Oktell", "Phone not connected")
        case UserStatus.DISCONNECTED:
            return translate("Oktell", "Offline")


def agent_state(agent: Agent, *, wrap_up: bool) -> AgentState:
    """Return the operator's state for the header; a call does not change it (ux.md, "Panel").

    Args:
        wrap_up: the operator has chosen to be busy; else being busy only means that there is a call.
    """
    status = UserStatus.BUSY if wrap_up else agent.user_status
    reason = None
    if status is UserStatus.BREAK:
        current = agent.current_break_reason
        number = as_number(current)
        if number is not None and number in agent.break_reasons:
            reason = Reason(str(number), agent.break_reasons[number])
        elif current is not None:
            reason = Reason(as_text(current), as_text(current))
    elif status is UserStatus.REDIRECT and agent.redirect_number:
        reason = Reason(agent.redirect_number, agent.redirect_number)
    return AgentState(status.value, _PRESENCE[status], label(status), reason)


def agent_state_options(agent: Agent, *, is_operator: bool) -> tuple[AgentStateOption, ...]:
    """Return the states that the operator may choose.

    Args:
        is_operator: whether the user may take part in the call centre, where breaks and manual distribution belong.
    """
    reasons = tuple(Reason(str(number), name) for number, name in sorted(agent.break_reasons.items()))
    statuses = [UserStatus.READY_CC if agent.in_call_centre else UserStatus.READY]
    if is_operator and agent.in_call_centre:
        statuses.append(UserStatus.READY_CC_MANUAL)
    if is_operator:
        statuses.append(UserStatus.BREAK)
    statuses += [UserStatus.DND, UserStatus.BUSY, UserStatus.REDIRECT]
    return tuple(
        AgentStateOption(
            status.value,
            _PRESENCE[status],
            label(status),
            reasons if status is UserStatus.BREAK else (),
            status is UserStatus.REDIRECT,
        )
        for status in statuses
    )
