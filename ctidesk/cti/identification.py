"""Who is calling, as the windows see it wherever it comes from (ux.md, "Incoming call popup")."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from ctidesk.cti.signals import Signal


class Source(StrEnum):
    """Where a match is from."""

    CONTACTS = "contacts"
    DIRECTORY = "directory"
    LOOKUP = "lookup"
    CREATIO = "creatio"


class Match(Struct, frozen=True):
    """Somebody who has the number; text is without control characters and direction marks.

    Attributes:
        source: who says so.
        number_label: what the number is for, or empty.
        id: the contact's, the abonent's or the CRM's id.
        url: where the CRM shows it, or empty; whether it may be opened is decided where it is opened.
    """

    source: Source
    name: str
    company: str = ""
    title: str = ""
    note: str = ""
    email: str = ""
    number_label: str = ""
    id: str = ""
    url: str = ""


class Identification(Struct, frozen=True):
    """What is known so far.

    Attributes:
        number: the number that was asked for.
        matches: those who have it, the most trusted source first; several are a choice for the operator.
        failed: the sources that could not answer.
        is_complete: whether all sources have been asked.
        chosen: the one whom the operator has chosen, or None.
        earlier_calls: how many calls with this number there were before; last_call: when the newest of them began.
    """

    number: str
    matches: tuple[Match, ...] = ()
    failed: frozenset[Source] = frozenset()
    is_complete: bool = False
    chosen: Match | None = None
    earlier_calls: int = 0
    last_call: datetime | None = None

    @property
    def best(self) -> Match | None:
        """The one to show: the chosen one, else the first of the most trusted source; None when nobody is known."""
        return self.chosen or (self.matches[0] if self.matches else None)

    @property
    def name(self) -> str:
        """The name to show; empty when nobody knows."""
        return self.best.name if self.best is not None else ""

    @property
    def choices(self) -> tuple[Match, ...]:
        """Those of the most trusted source when it knows several and nobody is chosen; else none."""
        if self.chosen is not None or not self.matches:
            return ()
        source = self.matches[0].source
        same = tuple(match for match in self.matches if match.source is source)
        return same if len(same) > 1 else ()

    @property
    def is_ambiguous(self) -> bool:
        """Whether the most trusted source knows several."""
        return bool(self.choices)


class TrialFailed(Exception):
    """A source that was tried gave no answer to use; the text says why, for administrators."""


class Callers(Protocol):
    """Who is behind the numbers of the calls, as far as that is known now.

    Signals:
        changed(number): more is known about this number.
    """

    changed: Signal[str]

    def known(self, number: str) -> Identification | None:
        """Return what is known about `number`; None when nobody was asked."""

    def choose(self, number: str, match: Match) -> None:
        """Take note that of those who have `number` it is `match` who calls."""


class NoCallers:
    """Where nobody is asked."""

    def __init__(self) -> None:
        self.changed: Signal[str] = Signal("callers.changed")

    def known(self, number: str) -> Identification | None:
        """Know nothing."""
        return None

    def choose(self, number: str, match: Match) -> None:
        """There is nobody to choose."""
