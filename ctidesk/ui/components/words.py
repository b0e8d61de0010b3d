"""The words of states, the same in the whole application (look.md, "State colours and shapes")."""

from __future__ import annotations

from ctidesk.cti.directory import Abonent
from ctidesk.cti.presence import Presence
from ctidesk.cti.text import translate
from ctidesk.ui.theme import PresenceState
from ctidesk.ui.widgets.bidi import clean


def presence_word(presence: Presence) -> str:
    """Return the word for what a person is doing."""
    match presence:
        case Presence.READY:
            return translate("Presence", "Ready")
        case Presence.RINGING:
            return translate("Presence", "Ringing")
        case Presence.TALKING:
            return translate("Presence", "Talking")
        case Presence.HOLD:
            return translate("Presence", "Caller on hold")
        case Presence.BREAK:
            return translate("Presence", "Break")
        case Presence.DND:
            return translate("Presence", "Do not disturb")
        case Presence.WRAPUP:
            return translate("Presence", "After-call work")
        case Presence.OFFLINE:
            return translate("Presence", "Offline")
        case Presence.UNKNOWN:
            return translate("Presence", "State not known")


def presence_shape(presence: Presence) -> PresenceState:
    """Return the shape of a presence."""
    return PresenceState(presence.value)


def abonent_words(abonent: Abonent) -> str:
    """Return what `abonent` is doing, with whom or why: the second line of a row."""
    detail = clean(abonent.detail)
    word = presence_word(abonent.presence)
    return f"{word} · {detail}" if detail else word


def with_reason(word: str, reason: str) -> str:
    """Return a state's word with its reason, from whoever gives it, on one line."""
    return " · ".join(part for part in (clean(word), clean(reason)) if part)
