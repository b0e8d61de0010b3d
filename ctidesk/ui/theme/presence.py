"""The ten states that have a shape (look.md, "State colours and shapes")."""

from enum import Enum

from ctidesk.ui.theme.tokens import TokenName


class PresenceState(Enum):
    """Value: the shape's file in `resources/presence`."""

    READY = "ready"
    RINGING = "ringing"
    TALKING = "talking"
    HOLD = "hold"
    BREAK = "break"
    DND = "dnd"
    WRAPUP = "wrapup"
    OFFLINE = "offline"
    UNKNOWN = "unknown"
    CONNECTING = "connecting"

    @property
    def shape_token(self) -> TokenName:
        """Colour of the shape."""
        return _COLORS[self][0]

    @property
    def word_token(self) -> TokenName:
        """Colour of the state's word where it stands in colour; it needs more contrast than the shape."""
        return _COLORS[self][1]


_COLORS: dict[PresenceState, tuple[TokenName, TokenName]] = {
    PresenceState.READY: ("ready", "ready"),
    PresenceState.RINGING: ("accentText", "accentText"),
    PresenceState.TALKING: ("talk", "talk"),
    PresenceState.HOLD: ("talk", "talk"),
    PresenceState.BREAK: ("awayMark", "away"),
    PresenceState.DND: ("awayMark", "away"),
    PresenceState.WRAPUP: ("awayMark", "away"),
    PresenceState.OFFLINE: ("offline", "text3"),
    PresenceState.UNKNOWN: ("offline", "text3"),
    PresenceState.CONNECTING: ("accentText", "accentText"),
}
