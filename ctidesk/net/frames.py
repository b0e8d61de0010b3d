"""The frame log: the last messages in both directions, for diagnostics, without secrets."""

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from ctidesk.net.masking import mask

__all__ = ["Direction", "Frame", "FrameLog", "mask"]

_log = logging.getLogger(__name__)

Direction = Literal["sent", "received"]


class Frame(Struct, frozen=True):
    """One message as the log keeps it."""

    time: float
    """Seconds since 1970 (UTC)."""
    direction: Direction
    text: str
    """Masked, and cut when long."""


class FrameLog:
    """Keeps the newest frames, up to a number and a size.

    Args:
        max_frames: how many frames are kept.
        max_bytes: how large their texts may be together, in UTF-8 bytes.
        enabled: whether frames are recorded; may be switched at any time.
        clock: the time of a frame, in seconds since 1970.
    """

    def __init__(
        self,
        max_frames: int = 2000,
        max_bytes: int = 4 * 2**20,
        *,
        enabled: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.enabled = enabled
        self._max_frames = max_frames
        self._max_bytes = max_bytes
        self._clock = clock
        self._frames: deque[Frame] = deque()
        self._bytes = 0
        self._subscribers: list[Callable[[Frame], None]] = []

    @property
    def frames(self) -> tuple[Frame, ...]:
        """What is kept, the oldest first."""
        return tuple(self._frames)

    def record(self, direction: Direction, text: str) -> None:
        """Mask a message, keep it and tell the subscribers. Does nothing while the log is off."""
        if not self.enabled:
            return
        frame = Frame(self._clock(), direction, mask(text))
        self._frames.append(frame)
        self._bytes += _size(frame)
        while len(self._frames) > self._max_frames or self._bytes > self._max_bytes:
            self._bytes -= _size(self._frames.popleft())
        for subscriber in tuple(self._subscribers):
            try:
                subscriber(frame)
            except Exception:  # noqa: BLE001
                # A viewer's fault must not stop the talk with the PBX.
                _log.exception("a subscriber of the frame log failed")

    def subscribe(self, callback: Callable[[Frame], None]) -> Callable[[], None]:
        """Call `callback` with each frame from now on; the returned callable ends that."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def clear(self) -> None:
        """Forget all frames."""
        self._frames.clear()
        self._bytes = 0


def _size(frame: Frame) -> int:
    return len(frame.text.encode())
