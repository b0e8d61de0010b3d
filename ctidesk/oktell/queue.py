"""Who waits in the queue (oktell-protocol.md, "8.7 Queue and the rest")."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from ctidesk.oktell.abonent import Abonent, build_abonent, find_abonent
from ctidesk.oktell.effects import Effect, PublicEvent
from ctidesk.oktell.record import Record


class Queue:
    """The waiting callers, refreshed by a poll.

    Attributes:
        is_offered: whether the server tells who waits; None before it was asked.
    """

    def __init__(self) -> None:
        self.is_offered: bool | None = None
        self._waiting: dict[str, Abonent] = {}
        self._told: dict[str, Abonent] = {}

    @property
    def waiting(self) -> tuple[Abonent, ...]:
        """The callers in the order of the server."""
        return tuple(self._waiting.values())

    @property
    def told(self) -> tuple[Abonent, ...]:
        """Those of whose waiting `queueAbonentEnter` has told: without who was on the line already."""
        return tuple(self._told.values())

    def take(self, queue: Iterable[Record], on_line: Iterable[Abonent]) -> list[Effect]:
        """Process a poll's reply. Who is on the line already stays in the list but causes no events."""
        self.is_offered = True
        present = tuple(on_line)
        built = (build_abonent(one, ivr_key=lambda: str(uuid4())) for one in queue)
        new = {one.key: one for one in built if one is not None}
        entered = [one for key, one in new.items() if key not in self._told and find_abonent(present, key) is None]
        left = [one for key, one in self._told.items() if key not in new]
        self._waiting = new
        self._told = {key: new[key] for key in self._told if key in new} | {one.key: one for one in entered}
        effects: list[Effect] = [
            PublicEvent(name, (dict(one.properties),), (one,))
            for name, members in (("queueAbonentEnter", entered), ("queueAbonentLeave", left))
            for one in members
        ]
        if effects:
            effects.append(PublicEvent("queueChange", ([dict(one.properties) for one in self.waiting],), self.waiting))
        return effects

    def refuse(self) -> list[Effect]:
        """The server gave no queue: it has none, or this look has failed and changes nothing."""
        if self.is_offered is None:
            self.is_offered = False
        return []

    def clear(self) -> None:
        """The connection is gone: nobody is known to wait."""
        self.is_offered = None
        self._waiting, self._told = {}, {}
