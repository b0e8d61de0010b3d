"""Sound without libraries and devices: descriptions are words, and the test says what becomes of the way."""

from __future__ import annotations

from collections.abc import Callable

from ctidesk.cti.signals import Signal
from ctidesk.verto.media import (
    MediaConnected,
    MediaEngine,
    MediaError,
    MediaEvent,
    MediaProblem,
    MediaReport,
    MediaUnavailableError,
)


class ScriptedSession:
    """One negotiation."""

    def __init__(self, engine: ScriptedEngine, on_event: Callable[[MediaEvent], None]) -> None:
        self._engine = engine
        self.tell = on_event
        self.is_muted = False
        self.is_held = False
        self.is_closed = False
        self.answers: list[str] = []

    async def offer(self) -> str:
        self._refuse()
        return "our offer"

    async def accept(self, answer: str) -> None:
        self._refuse()
        self.answers.append(answer)
        self.tell(MediaConnected())

    async def answer(self, offer: str) -> str:
        self._refuse()
        self.answers.append(offer)
        self.tell(MediaConnected())
        return "our answer"

    def _refuse(self) -> None:
        if self._engine.refuses is not None:
            raise MediaError(self._engine.refuses)

    def set_muted(self, on: bool) -> None:
        self.is_muted = on

    def set_held(self, on: bool) -> None:
        self.is_held = on

    def set_volume(self, volume: float) -> None:
        """Nobody hears it."""

    @property
    def levels(self) -> tuple[float, float]:
        return 0.25, 0.5

    @property
    def report(self) -> MediaReport:
        return MediaReport(codec="opus", received=98, lost=2, jitter=0.004)

    async def close(self) -> None:
        self.is_closed = True


class ScriptedEngine:
    """`refuses`: why no negotiation succeeds; `missing`: which devices there are none of."""

    def __init__(self) -> None:
        self.sessions: list[ScriptedSession] = []
        self.refuses: MediaProblem | None = None
        self.missing: tuple[str, ...] = ()
        self.devices_changed: Signal[()] = Signal("devices")
        self.is_installed = True
        self.is_closed = False

    def open(self, on_event: Callable[[MediaEvent], None]) -> ScriptedSession:
        self.sessions.append(ScriptedSession(self, on_event))
        return self.sessions[-1]

    @property
    def open_sessions(self) -> list[ScriptedSession]:
        return [session for session in self.sessions if not session.is_closed]

    async def close(self) -> None:
        self.is_closed = True

    async def make(self) -> MediaEngine:
        if not self.is_installed:
            raise MediaUnavailableError("No module named 'aiortc'")
        return self
