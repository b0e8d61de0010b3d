"""The queue: who waits for an operator, as the windows see it whatever PBX it is."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ctidesk.cti.signals import Signal


class WaitingCaller(Struct, frozen=True):
    """Somebody who waits.

    Attributes:
        key: what tells this caller from others.
        name, number: may be empty.
        through: the queue or the line the call came through, or empty.
        since: from when on the caller is known to wait, on the monotonic clock; the real wait may be longer.
    """

    key: str
    name: str
    number: str
    through: str
    since: float


class Queue:
    """Filled by the provider.

    Signals:
        changed(): others wait, or the PBX turned out to have a queue or none.
    """

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal("queue.changed")
        self._waiting: tuple[WaitingCaller, ...] | None = None

    @property
    def is_offered(self) -> bool:
        """Whether the PBX tells who waits."""
        return self._waiting is not None

    @property
    def waiting(self) -> tuple[WaitingCaller, ...]:
        """Who waits, in the order of the PBX."""
        return self._waiting or ()

    def show(self, waiting: Iterable[WaitingCaller] | None) -> None:
        """Take over what the PBX says, None when it tells nothing; for providers."""
        told = None if waiting is None else tuple(waiting)
        if told != self._waiting:
            self._waiting = told
            self.changed.emit()
