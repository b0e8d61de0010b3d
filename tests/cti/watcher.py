"""What a model has told, for tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ctidesk.cti.call import Call
from ctidesk.cti.errors import CtiError
from ctidesk.cti.events import CtiEvent, ErrorOccurred
from ctidesk.cti.model import CtiModel
from ctidesk.cti.values import CallDirection, CallFeatures, CallState

Value = TypeVar("Value")


class Watcher:
    """Keeps a model's events and counts its changes."""

    def __init__(self, model: CtiModel) -> None:
        self.events: list[CtiEvent] = []
        self.changes = 0
        model.events.subscribe(self.events.append)
        model.changed.subscribe(self._count)

    @property
    def names(self) -> list[str]:
        """The names of the events."""
        return [event.name for event in self.events]

    @property
    def errors(self) -> list[CtiError]:
        """The errors that were told."""
        return [event.error for event in self.events if isinstance(event, ErrorOccurred)]

    def during(self, act: Callable[[], object]) -> list[str]:
        """Return the names of what is told while `act` runs."""
        before = len(self.events)
        act()
        return self.names[before:]

    def _count(self) -> None:
        self.changes += 1


def current(value: Value) -> Value:
    """Return `value`; the type checker does not conclude from an earlier look that it cannot have changed."""
    return value


def incoming(call_id: str = "c1", number: str = "79161234567", **fields: object) -> Call:
    """Return an incoming call that rings."""
    return _call(Call(call_id, CallDirection.IN, state=CallState.ALERTING, caller_id=number, called_id="101"), fields)


def outgoing(call_id: str = "c2", number: str = "102", **fields: object) -> Call:
    """Return an outgoing call that rings at the other end."""
    return _call(Call(call_id, CallDirection.OUT, state=CallState.ALERTING, caller_id="101", called_id=number), fields)


def _call(call: Call, fields: dict[str, object]) -> Call:
    call.features = CallFeatures.CAN_DROP
    for name, value in fields.items():
        setattr(call, name, value)
    return call
