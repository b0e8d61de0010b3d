"""How a supervisor takes part in somebody's talk."""

from __future__ import annotations

from enum import StrEnum


class SupervisorMode(StrEnum):
    """What the others hear of the supervisor."""

    LISTEN = "listen"
    """Nobody hears the supervisor."""
    WHISPER = "whisper"
    """Only the colleague does."""
    BARGE = "barge"
    """Both parties do."""
