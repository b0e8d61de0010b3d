"""What the client tells: events by the maker's names (webitel-protocol.md, sections 6 and 8)."""

from __future__ import annotations

from dataclasses import dataclass

from ctidesk.webitel.fields import Json


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """An event by its documented name.

    Attributes:
        name: the name.
        args: the arguments in the maker's order and shape, as JSON.
        is_reported: for an `onError`, that whoever gave the command tells the operator of the failure.
        is_documented: the maker's library tells it, too; others are for the application alone.
    """

    name: str
    args: tuple[Json, ...] = ()
    is_reported: bool = False
    is_documented: bool = True
