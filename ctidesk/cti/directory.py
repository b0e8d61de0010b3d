"""The people of the PBX, as the windows see them whatever PBX it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from ctidesk.cti.presence import Presence
from ctidesk.cti.signals import Signal


class AbonentAction(StrEnum):
    """What may be done with a person now."""

    CALL = "call"
    CALL_OTHER_FIRST = "call_other_first"
    INTERCOM = "intercom"
    CONSULT = "consult"
    TRANSFER = "transfer"
    CONFERENCE = "conference"
    ANSWER = "answer"
    END = "end"
    HOLD = "hold"
    RESUME = "resume"
    TOGGLE = "toggle"
    COMPLETE = "complete"
    LISTEN = "listen"
    WHISPER = "whisper"
    BARGE = "barge"


class Abonent(Struct, frozen=True):
    """A person or a number of the PBX.

    Attributes:
        id: the PBX's id, stable over a connection.
        name: the name, may be empty; number: the main number; numbers: all of them.
        presence: what the person is doing; detail: with whom, which break reason, or empty.
        group: department, or empty.
        is_me: whether this is the operator.
        is_person: whether somebody is behind the number; a queue, a menu or a mailbox is nobody.
    """

    id: str
    name: str
    number: str
    numbers: tuple[str, ...] = ()
    presence: Presence = Presence.UNKNOWN
    detail: str = ""
    group: str = ""
    is_me: bool = False
    is_person: bool = True


class Directory(Protocol):
    """The abonent list of a provider.

    Signals:
        reset(): the list is another one; read it anew.
        changed(ids): these abonents have changed; all other entries are as they were.
    """

    reset: Signal[()]
    changed: Signal[frozenset[str]]

    @property
    def abonents(self) -> Mapping[str, Abonent]:
        """All abonents by id, in the order in which the PBX gave them."""

    def actions(self, abonent_id: str) -> tuple[AbonentAction, ...]:
        """Return what may be done with this abonent now, the natural action first; empty when nothing."""


class EmptyDirectory:
    """The directory of a provider that has none."""

    def __init__(self) -> None:
        self.reset: Signal[()] = Signal("directory.reset")
        self.changed: Signal[frozenset[str]] = Signal("directory.changed")

    @property
    def abonents(self) -> Mapping[str, Abonent]:
        """No abonents."""
        return {}

    def actions(self, abonent_id: str) -> tuple[AbonentAction, ...]:
        """Nothing may be done."""
        return ()
