"""The conference of the line: who takes part, as the windows see it whatever PBX it is."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ctidesk.cti.signals import Signal
from ctidesk.cti.supervision import Supervision


class Member(Struct, frozen=True):
    """Somebody who takes part.

    Attributes:
        name, number: may be empty.
        is_me: whether this is the operator.
        id: what tells this member from others, also from one with the same number.
        can_be_removed: whether the operator may send this member out now.
    """

    name: str
    number: str
    is_me: bool = False
    id: str = ""
    can_be_removed: bool = False

    def is_known_as(self, whom: str) -> bool:
        """Whether `whom` is the number or the id of this member."""
        return bool(whom) and whom in (self.number, self.id)


class Conference:
    """Filled by the provider; empty while the line is in no conference.

    Signals:
        changed(): the members are others, or may do something else.
    """

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal("conference.changed")
        self._members: tuple[Member, ...] = ()
        self._supervision: Supervision | None = None

    @property
    def members(self) -> tuple[Member, ...]:
        """Who takes part, in the order of the PBX, the operator included."""
        return self._members

    @property
    def others(self) -> tuple[Member, ...]:
        """Who takes part besides the operator."""
        return tuple(one for one in self._members if not one.is_me)

    @property
    def supervision(self) -> Supervision | None:
        """How the operator takes part in a colleague's talk as a supervisor; None in a conference like any other."""
        return self._supervision

    def has(self, numbers: Iterable[str]) -> bool:
        """Whether somebody with one of `numbers`, or with that id, takes part."""
        wanted = tuple(numbers)
        return any(member.is_known_as(one) for member in self._members for one in wanted)

    def show(self, members: Iterable[Member] = (), *, supervision: Supervision | None = None) -> None:
        """Take over what the PBX says; for providers."""
        told = (tuple(members), supervision)
        if told != (self._members, self._supervision):
            self._members, self._supervision = told
            self.changed.emit()
