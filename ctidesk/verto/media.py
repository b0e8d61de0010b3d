"""What the dialogs need of the sound of a call (verto-protocol.md, "5. SDP and media", "8. Client with asyncio").

The sound itself lives in a thread and an event loop of its own; everything here is called in the application's loop,
and everything is told there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeAlias

from ctidesk.cti.signals import Signal


class MediaProblem(Enum):
    """Why there is no sound: decides what the other side is told, and in which words the operator."""

    NO_COMMON_CODEC = "no common codec"
    BAD_DESCRIPTION = "the description of the sound cannot be used"
    NO_ADDRESS = "this computer has no network address for the sound"
    NOT_CONNECTED = "no connection for the sound"
    LOST = "the connection for the sound was lost"
    CLOSED = "the call has ended"


class MediaError(Exception):
    """A negotiation that failed. The text is for the log: it holds no credentials of ICE."""

    def __init__(self, problem: MediaProblem, text: str = "") -> None:
        super().__init__(text or problem.value)
        self.problem = problem


class MediaUnavailableError(Exception):
    """The web phone's libraries are not installed (the extra `ctidesk[webphone]`), or cannot be loaded."""


@dataclass(frozen=True, slots=True)
class MediaConnected:
    """The way is there (ICE and DTLS); told once at most."""


@dataclass(frozen=True, slots=True)
class MediaSounding:
    """The first packet of the other side has come: early media or speech; told once at most."""


@dataclass(frozen=True, slots=True)
class MediaFailed:
    """The way was not found (`NOT_CONNECTED`), or was lost in the call (`LOST`); told once at most, the last event."""

    problem: MediaProblem
    text: str = ""


MediaEvent: TypeAlias = MediaConnected | MediaSounding | MediaFailed


@dataclass(frozen=True, slots=True)
class MediaReport:
    """How well the sound goes, since the beginning of the session.

    Attributes:
        codec: its name as in the SDP, for instance `opus`; empty before there is one.
        sent, received: packets.
        lost: packets of the other side that have not come, or too late.
        jitter: how unevenly packets arrive, in seconds.
        delay: the sound that waits inside this program before it is heard, in seconds.
        round_trip: seconds to the other side and back; None while it has not been measured.
        remote_loss: the share of our packets that the other side misses, 0 to 1; None when it does not say.
    """

    codec: str = ""
    sent: int = 0
    received: int = 0
    lost: int = 0
    jitter: float = 0.0
    delay: float = 0.0
    round_trip: float | None = None
    remote_loss: float | None = None


class MediaSession(Protocol):
    """The sound of one negotiation; a call that is negotiated anew gets a new session.

    Either `offer` and later `accept`, or `answer`. Both descriptions are complete: there are no later candidates.
    """

    async def offer(self) -> str:
        """Return our SDP with all addresses in it. Raises MediaError."""

    async def accept(self, answer: str) -> None:
        """Take the SDP that answers our offer, and begin to connect; a second one is ignored. Raises MediaError."""

    async def answer(self, offer: str) -> str:
        """Return our SDP that answers `offer`, and begin to connect. Raises MediaError."""

    def set_muted(self, on: bool) -> None:
        """Send silence in place of the microphone, within 40 ms; packets go on."""

    def set_held(self, on: bool) -> None:
        """Send nothing and let the devices go, for another call or for nobody. Not hearing anything is no failure."""

    def set_volume(self, volume: float) -> None:
        """Set how loud the other side is heard: 1.0 is as it comes."""

    @property
    def levels(self) -> tuple[float, float]:
        """How loud is spoken and heard now, each from 0.0 to 1.0."""

    @property
    def report(self) -> MediaReport:
        """The figures of now."""

    async def close(self) -> None:
        """End it and give the devices back; at any time, more than once. Nothing is told afterwards."""


class MediaEngine(Protocol):
    """Where sessions come from; it owns the thread."""

    def open(self, on_event: Callable[[MediaEvent], None]) -> MediaSession:
        """Return a new session. `on_event` is called in the application's loop, never before this has returned."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Which devices there are none of now: `microphone`, `speaker`, both or nothing."""

    @property
    def devices_changed(self) -> Signal[()]:
        """Emitted when `missing` may be another one."""

    async def close(self) -> None:
        """End all sessions and the thread; it can be called more than once."""


MediaFactory: TypeAlias = Callable[[], Awaitable[MediaEngine]]
"""Makes the engine at the first use, off the application's loop: its libraries take a while to load.

Raises MediaUnavailableError.
"""
