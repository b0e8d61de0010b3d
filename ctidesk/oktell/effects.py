"""What the machines ask for: events to tell, requests to send, timers to start.

A machine takes one message and returns a list of effects; the client carries them out in order. So the machines never
wait, never read a clock, and are tested by looking at the list.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from ctidesk.oktell.abonent import Abonent
from ctidesk.oktell.record import Json, JsonObject, Record
from ctidesk.oktell.values import LineState


class PublicEvent(Struct, frozen=True):
    """An event by its documented name (oktell-protocol.md, "3.5 Public events").

    Attributes:
        name: the name.
        args: the arguments in the maker's order and shape, as JSON.
        abonents: the abonents of the event as records, for events that carry some.
        line: the line's state at the moment of the event; None before the first reload.
        has_hold: whether a call was held at that moment.
    """

    name: str
    args: tuple[Json, ...] = ()
    abonents: tuple[Abonent, ...] = ()
    line: LineState | None = None
    has_hold: bool = False


class Ask(Struct, frozen=True):
    """A request; `on_reply` turns its reply into further effects. A lost request has no reply."""

    method: str
    params: JsonObject
    on_reply: Callable[[Record], list[Effect]] | None = None


class ReloadLine(Struct, frozen=True):
    """Ask for the line's state after so many milliseconds."""

    delay: int = 0


class LoseLine(Struct, frozen=True):
    """The phone is gone: the line becomes DISCONNECTED without asking."""


class LineSettled(Struct, frozen=True):
    """A reload has been processed: what the line shows now holds together."""


class TalkTimer(Struct, frozen=True):
    """Begin to count the talk from so many seconds, or stop with None."""

    seconds: int | None


Effect: TypeAlias = PublicEvent | Ask | ReloadLine | LoseLine | LineSettled | TalkTimer
