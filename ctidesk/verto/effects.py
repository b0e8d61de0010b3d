"""What a dialog wants to be done: the values that its methods return, carried out in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from ctidesk.verto.states import DialogState
from ctidesk.verto.wire import JsonObject

REPLY_LIMIT = 10.0
"""Seconds to wait for an answer ("2. Methods, client to server")."""
MODIFY_LIMIT = 15.0
"""The same for `verto.modify`: to take a party back may wait for the music to stop."""


class Subject(Enum):
    """What a request of a dialog is about."""

    INVITE = "verto.invite"
    ANSWER = "verto.answer"
    ATTACH = "verto.attach"
    BYE = "verto.bye"
    TONES = "verto.info"
    HOLD = "hold"
    UNHOLD = "unhold"
    HOLD_STATE = "holdState"
    TRANSFER = "transfer"
    REPLACE = "replace"
    UPDATE_MEDIA = "updateMedia"


_METHODS = (Subject.INVITE, Subject.ANSWER, Subject.ATTACH, Subject.BYE, Subject.TONES)


@dataclass(frozen=True, slots=True)
class Ask:
    """Send a request and hand the answer to `Dialog.replied`.

    Attributes:
        media: the number of the negotiation that it belongs to; 0 for none.
    """

    subject: Subject
    params: JsonObject = field(repr=False)
    media: int = 0

    @property
    def method(self) -> str:
        """The name of the request."""
        return self.subject.value if self.subject in _METHODS else "verto.modify"

    @property
    def limit(self) -> float:
        """Seconds to wait for the answer."""
        return REPLY_LIMIT if self.subject in _METHODS else MODIFY_LIMIT


@dataclass(frozen=True, slots=True)
class MakeOffer:
    """Begin a negotiation: hand our offer to `Dialog.offer_made`."""

    media: int


@dataclass(frozen=True, slots=True)
class MakeAnswer:
    """Begin a negotiation with the server's offer: hand our answer to `Dialog.answer_made`."""

    media: int
    offer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TakeAnswer:
    """Give the server's answer to the negotiation; say so to `Dialog.answer_taken`."""

    media: int
    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CloseMedia:
    """End a negotiation and its sound."""

    media: int


@dataclass(frozen=True, slots=True)
class AdjustMedia:
    """Whether the microphone and the sound are switched off may be another than before."""


class TimerName(Enum):
    """The timers of a dialog ("4.5 Timers"), and after how many seconds they expire."""

    MEDIA = "media"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Call `Dialog.expired` after so many seconds; a timer of that name which runs is replaced."""

    timer: TimerName
    seconds: float


@dataclass(frozen=True, slots=True)
class StopTimer:
    """Do not call it."""

    timer: TimerName


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The dialog has another state."""

    old: DialogState
    new: DialogState


@dataclass(frozen=True, slots=True)
class HoldOthers:
    """Put the other party of every other talk on hold: there is one talk at a time ("4.2 Transitions")."""


@dataclass(frozen=True, slots=True)
class PartyChanged:
    """The other party has another name or number."""


@dataclass(frozen=True, slots=True)
class Reconnect:
    """Close the socket and connect anew: the server offers the sound again then ("4.4 Recovery", 6)."""


Effect: TypeAlias = (
    Ask
    | MakeOffer
    | MakeAnswer
    | TakeAnswer
    | CloseMedia
    | AdjustMedia
    | StartTimer
    | StopTimer
    | StateChanged
    | HoldOthers
    | PartyChanged
    | Reconnect
)
