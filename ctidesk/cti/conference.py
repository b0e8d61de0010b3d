"""The conference of the line: who takes part, as the windows see it whatever PBX it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ctidesk.cti.signals import Signal


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who takes part; name and number may be empty."""

    name: str
    number: str
    is_me: bool = False


class Conference:
    """Filled by the provider; empty while the line is in no conference.

    Signals:
        changed(): the members are others.
    """

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal("conference.changed")
        self._members: tuple[Member, ...] = ()
        self._is_hidden = False

    @property
    def members(self) -> tuple[Member, ...]:
        """Who takes part, in the order of the PBX, the operator included."""
        return self._members

    @property
    def is_hidden(self) -> bool:
        """Whether the operator is there as a supervisor whom the caller does not see."""
        return self._is_hidden

    def has(self, numbers: Iterable[str]) -> bool:
        """Whether somebody with one of `numbers` takes part."""
        wanted = {number for number in numbers if number}
        return any(member.number in wanted for member in self._members)

    def show(self, members: Iterable[Member] = (), *, is_hidden: bool = False) -> None:
        """Take over what the PBX says; for providers."""
        told = (tuple(members), is_hidden)
        if told != (self._members, self._is_hidden):
            self._members, self._is_hidden = told
            self.changed.emit()
