"""What the client tells: events by the maker's names (webitel-protocol.md, sections 6 and 8)."""

from __future__ import annotations

from dataclasses import dataclass

from ctidesk.webitel.fields import Json
from ctidesk.webitel.results import Result


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """An event by its documented name.

    Attributes:
        name: the name.
        args: the arguments in the maker's order and shape, as JSON.
        failed: for an `onError`, the command that failed, unless whoever gave it has been told.
    """

    name: str
    args: tuple[Json, ...] = ()
    failed: Result | None = None
