"""The line in one shape and one line of words: for the tray and wherever else there is no room for more."""

from __future__ import annotations

from ctidesk.cti.call import Call
from ctidesk.cti.durations import duration_text
from ctidesk.cti.model import CtiModel
from ctidesk.cti.presence import Presence
from ctidesk.cti.reconnection import ConnectionPhase
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallDirection, CallState
from ctidesk.ui.components.call_actions import is_ringing_here
from ctidesk.ui.components.call_words import call_seconds, call_word, party_title
from ctidesk.ui.components.people import People
from ctidesk.ui.components.words import presence_word, with_reason
from ctidesk.ui.theme import TrayState
from ctidesk.ui.widgets.bidi import clean

_AGENT_STATES = {
    Presence.READY: TrayState.READY,
    Presence.BREAK: TrayState.BREAK,
    Presence.DND: TrayState.DND,
    Presence.WRAPUP: TrayState.WRAPUP,
    Presence.OFFLINE: TrayState.DND,
    Presence.UNKNOWN: TrayState.READY,
}


def tray_state(model: CtiModel) -> TrayState:
    """Return what the icon shows: what rings, else the connection, else the call, else the operator's state."""
    if not model.is_connected:
        is_trying = model.connection.phase is ConnectionPhase.CONNECTING
        return TrayState.CONNECTING if is_trying else TrayState.DISCONNECTED
    calls = tuple(model.calls.values())
    if any(is_ringing_here(call) for call in calls):
        return TrayState.RINGING
    if any(_is_talk(call) for call in calls):
        return TrayState.TALKING
    if any(call.state is CallState.HOLDED for call in calls):
        return TrayState.HOLD
    return _AGENT_STATES.get(model.agent_state.presence, TrayState.READY)


def tray_words(model: CtiModel, people: People, missed: int) -> str:
    """Return who I am, in which state, and what the call is: one line each, plain text."""
    me = people.me()
    lines = ["ctidesk" if me is None else " · ".join(part for part in (clean(me.name), clean(me.number)) if part)]
    lines.append(state_words(model))
    lines += [_call_line(call, model, people) for call in model.calls.values()]
    if missed:
        lines.append(translate("Tray", "Missed calls: {count}").format(count=missed))
    return "\n".join(line for line in lines if line)


def state_words(model: CtiModel) -> str:
    """Return the operator's state, or how it stands with the connection."""
    if model.is_connected:
        state = model.agent_state
        reason = state.reason.name if state.reason is not None else ""
        return with_reason(state.label or presence_word(state.presence), reason)
    if missing := missing_line(model):
        return missing
    match model.connection.phase:
        case ConnectionPhase.CONNECTING:
            return translate("Tray", "Connecting…")
        case ConnectionPhase.WAITING:
            return translate("Tray", "No connection, trying again")
        case _:
            return translate("Tray", "Not connected")


def is_presence_known(model: CtiModel) -> bool:
    """Whether the PBX tells what the colleagues do: with a usable line, or without one for want of the own phone."""
    return model.is_connected or bool(missing_line(model))


def missing_line(model: CtiModel) -> str:
    """Return why the line does not come although the PBX has let us in: what it says of a phone that is not there."""
    state = model.agent_state
    return state.label if state.code and state.presence is Presence.OFFLINE else ""


def _call_line(call: Call, model: CtiModel, people: People) -> str:
    seconds = duration_text(call_seconds(call, model.clock.monotonic()))
    return f"{call_word(call)} · {party_title(call, people, model.provider.conference)} · {seconds}"


def _is_talk(call: Call) -> bool:
    outgoing = call.state is CallState.ALERTING and call.direction is CallDirection.OUT
    return outgoing or call.state in (CallState.CONNECTED, CallState.CONFERENCED, CallState.BUSY)
