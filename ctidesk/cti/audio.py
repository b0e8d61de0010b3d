"""Sound between a device and a call: how it is counted, and the queue between their threads.

Everywhere inside the application sound is mono, 48,000 samples a second, each 16 bits in the computer's byte order.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

SAMPLE_RATE = 48_000
SAMPLE_BYTES = 2
FRAME_MILLISECONDS = 20
FRAME_SAMPLES = SAMPLE_RATE * FRAME_MILLISECONDS // 1000
FRAME_BYTES = FRAME_SAMPLES * SAMPLE_BYTES
FULL_SCALE = 32768


def milliseconds(size: int) -> float:
    """Return how long `size` bytes of sound last."""
    return size / SAMPLE_BYTES * 1000 / SAMPLE_RATE


def size_of(milliseconds_: float) -> int:
    """Return how many bytes so much sound has, in whole samples."""
    return int(milliseconds_ * SAMPLE_RATE / 1000) * SAMPLE_BYTES


class SampleQueue:
    """Sound that one thread writes and another reads.

    It is bounded: when the reader stands still the oldest sound is dropped, for late speech is worth less than missing
    speech. Whole samples alone go in and come out.
    """

    def __init__(self, capacity: int = size_of(400)) -> None:
        """Create an empty queue for `capacity` bytes."""
        self._capacity = capacity
        self._samples = bytearray()
        self._lock = threading.Lock()
        self._written = 0
        self._dropped = 0

    def __len__(self) -> int:
        """Return the bytes that wait."""
        return len(self._samples)

    @property
    def written(self) -> int:
        """Bytes that have come in ever: what stands still here comes from a device that stands still."""
        return self._written

    @property
    def dropped(self) -> int:
        """Bytes that were thrown away because nobody read them in time."""
        return self._dropped

    def write(self, samples: bytes | bytearray | memoryview) -> None:
        """Append; the oldest goes when there is no room."""
        with self._lock:
            self._samples += samples
            self._written += len(samples)
            excess = len(self._samples) - self._capacity
            if excess > 0:
                del self._samples[:excess]
                self._dropped += excess

    def read(self, size: int) -> bytes:
        """Take up to `size` bytes, the oldest first."""
        with self._lock:
            taken = bytes(self._samples[:size])
            del self._samples[: len(taken)]
            return taken

    def keep(self, size: int) -> None:
        """Drop the oldest until at most `size` bytes wait."""
        with self._lock:
            excess = len(self._samples) - size
            if excess > 0:
                del self._samples[:excess]
                self._dropped += excess

    def clear(self) -> None:
        """Drop all that waits."""
        with self._lock:
            self._samples.clear()


class AudioStream(Protocol):
    """A microphone and a speaker in use, until `close`."""

    @property
    def microphone(self) -> SampleQueue | None:
        """What was said; None while there is no microphone. It may become another one when devices come and go."""

    @property
    def speaker(self) -> SampleQueue | None:
        """What will be heard; None while there is no speaker."""

    def close(self) -> None:
        """Give the devices back; may be called more than once."""


class AudioDevices(Protocol):
    """The microphone and the speaker of the operator's choice. Used in the application's own thread."""

    def open(self) -> AudioStream:
        """Start both. A device that is not there is left out; it joins when it is plugged in."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What there is none of now: `microphone`, `speaker`, both or nothing."""

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` when `missing` may be another one, until the returned function is called."""
