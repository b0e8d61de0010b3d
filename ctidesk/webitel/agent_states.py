"""The operator's states in the application's terms (webitel-protocol.md, "8.2 Presence model" and "8.4 Own status")."""

from __future__ import annotations

from ctidesk.cti.agent import AgentState, AgentStateOption, Reason
from ctidesk.cti.presence import Presence
from ctidesk.cti.text import translate
from ctidesk.webitel.users import User

READY = "ONHOOK"
IN_A_CALL = "ISBUSY"
NOT_REGISTERED = "NONREG"
NONE = "NONE"

_PRESENCE = {
    READY: Presence.READY,
    IN_A_CALL: Presence.TALKING,
    NOT_REGISTERED: Presence.OFFLINE,
    "ONBREAK": Presence.BREAK,
    "DND": Presence.DND,
    "CALLFORWARD": Presence.DND,
    "VOICEMAIL": Presence.DND,
    "AGENT": Presence.TALKING,
}


def label(code: str) -> str:
    """Return the translated word for a state; a state that nobody knows is shown as it is."""
    match code:
        case "ONHOOK":
            return translate("Webitel", "Ready")
        case "ISBUSY":
            return translate("Webitel", "In a call")
        case "NONREG":
            return translate("Webitel", "Phone not connected")
        case "ONBREAK":
            return translate("Webitel", "Break")
        case "DND":
            return translate("Webitel", "Do not disturb")
        case "CALLFORWARD":
            return translate("Webitel", "Redirect")
        case "VOICEMAIL":
            return translate("Webitel", "Voice mail")
        case "AGENT":
            return translate("Webitel", "In a queue call")
        case _:
            return code


def state_code(user: User) -> str:
    """Return the code of a user's state: what was chosen, else what the line does ("15.2 Line state from presence")."""
    return user.choice if user.choice not in ("", NONE) else user.line


def agent_state(code: str, tag: str = "") -> AgentState:
    """Return the operator's state; `tag` is the text that was given with it."""
    return AgentState(code, _PRESENCE.get(code, Presence.UNKNOWN), label(code), Reason(tag, tag) if tag else None)


def user_presence(user: User) -> Presence:
    """Return what a colleague does, the first that fits."""
    if user.line == NOT_REGISTERED:
        return Presence.OFFLINE
    return _PRESENCE.get(state_code(user), Presence.UNKNOWN)


def agent_state_options() -> tuple[AgentStateOption, ...]:
    """Return the states that the operator may choose; any of them but the first takes a text."""
    return tuple(
        AgentStateOption(
            code,
            _PRESENCE[code],
            label(code),
            needs_number=code == "CALLFORWARD",
            takes_text=code not in (READY, "CALLFORWARD"),
        )
        for code in (READY, "ONBREAK", "DND", "CALLFORWARD", "VOICEMAIL")
    )
