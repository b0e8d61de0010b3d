"""How a supervisor takes part in somebody's talk."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class SupervisorMode(StrEnum):
    """What the others hear of the supervisor."""

    LISTEN = "listen"
    """Nobody hears the supervisor."""
    WHISPER = "whisper"
    """Only the colleague does."""
    BARGE = "barge"
    """Both parties do."""


class Supervision(Struct, frozen=True):
    """The operator is in a colleague's talk.

    Attributes:
        number: the colleague's number; empty while the PBX has not said whose talk it is.
        name: the colleague's name, may be empty.
        mode: what the others hear; None when the PBX has not said.
        modes: what it may be changed to now.
    """

    number: str = ""
    name: str = ""
    mode: SupervisorMode | None = None
    modes: tuple[SupervisorMode, ...] = ()
