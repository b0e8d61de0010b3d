"""Callers whose names a test knows."""

from __future__ import annotations

from msgspec.structs import replace

from ctidesk.cti.call import Call
from ctidesk.cti.identification import Identification, Match, Source
from ctidesk.cti.signals import Signal


class FakeCallers:
    """Knows what the test says."""

    def __init__(self) -> None:
        self.changed: Signal[str] = Signal("callers.changed")
        self.answers: dict[str, Identification] = {}

    def known(self, number: str) -> Identification | None:
        return self.answers.get(number)

    def choose(self, number: str, match: Match) -> None:
        self.learn(replace(self.answers[number], chosen=match))

    def learn(self, known: Identification) -> None:
        """Have something become known."""
        self.answers[known.number] = known
        self.changed.emit(known.number)


class FakeCards:
    """Offers cards, and notes which were opened."""

    def __init__(self, offered: bool = True) -> None:
        self.offered = offered
        self.opened: list[Call] = []

    def offers(self, call: Call) -> bool:
        return self.offered

    def open(self, call: Call) -> None:
        self.opened.append(call)


def contact(name: str, **fields: str) -> Match:
    """Return somebody out of the contacts."""
    return Match(Source.CONTACTS, name, **fields)
