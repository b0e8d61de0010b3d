"""What the switch is made of: parties with a telephone, and the connections between them.

A party has at most one *active* connection (what the handset is connected to or rings with) and one *held* one
(put aside by a flash). The same connection object stands at both of its ends.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field

from ctidesk.demo.oktell.directory import Service, User
from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import Timer


class Phase(enum.Enum):
    """How far a call is. The names are those that the director's `state` line prints."""

    OWN_FIRST = "own phone rings first"
    DIALLING = "dialling"
    OWN_LAST = "own phone rings last"
    TALK = "talk"
    ENDED = "ended"


class FlashType(enum.IntEnum):
    """oktell-protocol.md, "15. Open points", flash type."""

    PUT = 1
    RETURN = 2
    ABORT = 3
    LOST = 4
    SWITCH = 5
    INVITE = 6
    BETWEEN = 7
    NEXT = 8
    FLASHED = 11
    RESTORED = 12
    ABORTED = 13


@dataclass(eq=False)
class Party:
    """Somebody with a telephone: a user, an outside number, or a queue or menu of the PBX."""

    number: str
    name: str
    behaviour: Behaviour
    user: User | None = None
    service: Service | None = None
    active: Connection | None = None
    held: Connection | None = None
    digits: str = ""

    @property
    def is_outside(self) -> bool:
        return self.user is None and self.service is None

    @property
    def is_free(self) -> bool:
        return self.active is None and self.held is None

    @property
    def connections(self) -> list[Connection]:
        return [one for one in (self.active, self.held) if one is not None]

    def __repr__(self) -> str:
        return f"Party({self.number})"


@dataclass(eq=False)
class Call:
    """A connection of two parties.

    `autocall`: started by `pbxautocallstart`. `own_last`: its sequence is `abonent`. `queue`: the name of the queue
    or menu that the caller came through.
    """

    chain: str
    caller: Party
    called: Party
    phase: Phase = Phase.DIALLING
    autocall: bool = False
    own_last: bool = False
    intercom: bool = False
    queue: str = ""
    talk_since: float = 0.0
    timers: list[Timer] = field(default_factory=list)

    def other(self, party: Party) -> Party:
        return self.called if party is self.caller else self.caller

    def is_own_ring_of(self, party: Party) -> bool:
        return party is self.caller and self.phase in (Phase.OWN_FIRST, Phase.OWN_LAST)

    def rings(self, party: Party) -> bool:
        """Whether this party's phone rings now."""
        return self.is_own_ring_of(party) or (party is self.called and self.phase is Phase.DIALLING)


@dataclass(eq=False)
class Competitor:
    """A member of a conference; `state` is the text of `confstatestr` (oktell-protocol.md, "6.3 Conference")."""

    id: str
    party: Party
    state: str = "Entered"
    is_creator: bool = False
    is_ghost: bool = False
    is_ghost_major: bool = False


@dataclass(eq=False)
class Conference:
    """`watchers`: ids of the users who asked by `confhandleevent` to hear of its members.

    `waiting`: who is to be called as soon as the creator has picked up.
    """

    id: str
    name: str
    room: int
    chain: str
    since: float
    competitors: list[Competitor] = field(default_factory=list)
    watchers: set[str] = field(default_factory=set)
    waiting: list[Party] = field(default_factory=list)

    @property
    def present(self) -> list[Competitor]:
        return [one for one in self.competitors if one.state == "Entered"]

    def competitor(self, party: Party) -> Competitor | None:
        """The party's present membership; one who was here before has an entry of his own."""
        return next((one for one in self.present if one.party is party), None)


@dataclass(eq=False)
class Invitation:
    """A phone that rings because its owner is asked into a conference; `own`: its owner asked for it himself."""

    conference: Conference
    party: Party
    own: bool
    is_creator: bool
    timers: list[Timer] = field(default_factory=list)


@dataclass(eq=False)
class GhostSession:
    """A supervisor on a colleague's talk (oktell-protocol.md, "8.2 Ghost"). `mode`: monitor, help or conference."""

    id: str
    chain: str
    ghost: Party
    target: Party
    call: Call
    since: float
    ghost_competitor: str
    target_competitor: str
    other_competitor: str
    mode: str = "monitor"

    @property
    def parties(self) -> Iterator[Party]:
        yield from (self.ghost, self.target, self.call.other(self.target))


Connection = Call | Conference | Invitation | GhostSession
