"""Presence: what a person is doing, in the words that the whole application shares (ux.md, "Panel")."""

from __future__ import annotations

from enum import StrEnum


class Presence(StrEnum):
    """The state of a person's line; the value is the name of its shape."""

    READY = "ready"
    RINGING = "ringing"
    TALKING = "talking"
    HOLD = "hold"
    BREAK = "break"
    DND = "dnd"
    WRAPUP = "wrapup"
    OFFLINE = "offline"
    UNKNOWN = "unknown"
