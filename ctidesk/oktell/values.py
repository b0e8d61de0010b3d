"""Line states, user states and their texts (oktell-protocol.md, "5.1 States" and "9.1 Codes")."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class LineState(IntEnum):
    """The state of the operator's line; before the first reload there is none."""

    DISCONNECTED = -1
    READY = 0
    BACKCALL = 1
    CALL = 2
    RING = 3
    BACKRING = 4
    TALK = 5

    @property
    def text(self) -> str:
        """The public text of the state."""
        return _TEXTS[self]

    @property
    def prefix(self) -> str:
        """What the names of its Start and Stop events begin with; empty when it has none."""
        return _PREFIXES[self]


_TEXTS = {
    LineState.DISCONNECTED: "disconnected",
    LineState.READY: "ready",
    LineState.BACKCALL: "call",
    LineState.CALL: "call",
    LineState.RING: "ring",
    LineState.BACKRING: "backring",
    LineState.TALK: "talk",
}
_PREFIXES = {state: text for state, text in _TEXTS.items() if state is not LineState.DISCONNECTED} | {
    LineState.DISCONNECTED: "",
    LineState.BACKRING: "backRing",
}

IN_CALL = (LineState.BACKCALL, LineState.CALL, LineState.RING, LineState.BACKRING)
"""The line is busy with a call that does not talk yet."""


class UserStateCode(IntEnum):
    """The user's state as the server numbers it."""

    DISCONNECTED = 0
    READY = 1
    BREAK = 2
    OFF = 3
    BUSY = 5
    RESERVED = 6
    NOPHONE = 7


class WebState(IntEnum):
    """The state of the older interface (`statusChange`)."""

    NONE = 0
    READY = 1
    DND = 2
    REDIRECT = 3
    BREAK = 4

    @property
    def text(self) -> str:
        """The public text of the state."""
        return "" if self is WebState.NONE else self.name.lower()


class UserStatus(StrEnum):
    """User statuses and user states, which share their texts."""

    DISCONNECTED = "disconnected"
    READY = "ready"
    REDIRECT = "redirect"
    DND = "dnd"
    READY_CC = "readyCC"
    READY_CC_MANUAL = "readyCCManual"
    BREAK = "break"
    BUSY = "busy"
    BUSY_BREAK = "busyBreak"
    NO_PHONE = "noPhone"


class FlashType(IntEnum):
    """What a `flashstatechanged` tells (oktell-protocol.md, "15. Open points", point 1)."""

    PUT = 1
    RETURN = 2
    ABORT = 3
    LOST = 4
    SWITCH = 5
    INVITE = 6
    BETWEEN = 7
    NEXT = 8
    FLASHED = 11
    RESTORED = 12
    ABORTED = 13
