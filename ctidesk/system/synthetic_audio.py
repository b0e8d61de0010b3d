"""A microphone that hums and a speaker that nobody hears, for a computer without sound devices, and for tests."""

from __future__ import annotations

import array
import math
import threading
import time
from collections.abc import Callable

from ctidesk.cti.audio import SAMPLE_RATE, AudioDevices, AudioStream, SampleQueue, size_of

BEAT_SECONDS = 0.010
LOUDNESS = 8000
REMEMBERED = size_of(60_000)


class SyntheticAudio:
    """Implements `cti.audio.AudioDevices` by the computer's clock.

    Attributes:
        streams: all that were opened, the last one last.
    """

    def __init__(self, hertz: float = 440.0, *, has_microphone: bool = True, has_speaker: bool = True) -> None:
        """Create devices; the microphone hears a tone of `hertz`."""
        self.streams: list[SyntheticStream] = []
        self._hertz = hertz
        self._has = (has_microphone, has_speaker)

    def open(self) -> SyntheticStream:
        """Start both (`cti.audio.AudioDevices.open`)."""
        stream = SyntheticStream(self._hertz, *self._has)
        self.streams.append(stream)
        return stream

    @property
    def missing(self) -> tuple[str, ...]:
        """What there is none of."""
        return tuple(name for name, there in zip(("microphone", "speaker"), self._has, strict=True) if not there)

    def on_change(self, _callback: Callable[[], None]) -> Callable[[], None]:
        """Nothing ever comes or goes."""
        return _nothing


class SyntheticStream:
    """Implements `cti.audio.AudioStream`. What is heard is kept, the last minute of it."""

    def __init__(self, hertz: float, has_microphone: bool, has_speaker: bool) -> None:
        self._microphone = SampleQueue() if has_microphone else None
        self._speaker = SampleQueue() if has_speaker else None
        self._heard = bytearray()
        self._first_sound: float | None = None
        self._lock = threading.Condition()
        self._ended = threading.Event()
        self._period = _tone(hertz)
        threading.Thread(target=self._run, name="synthetic audio", daemon=True).start()

    @property
    def microphone(self) -> SampleQueue | None:
        """What comes from the microphone: the tone."""
        return self._microphone

    @property
    def speaker(self) -> SampleQueue | None:
        """What nobody hears."""
        return self._speaker

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return not self._ended.is_set()

    @property
    def heard(self) -> bytes:
        """What has come out of the speaker; silence where nothing was there in time."""
        with self._lock:
            return bytes(self._heard)

    @property
    def first_sound(self) -> float | None:
        """When the first sample that is no silence came out, in seconds of `time.monotonic`."""
        return self._first_sound

    def hear(self, milliseconds: float, timeout: float = 30.0) -> bytes:
        """Wait until so much has come out from now on, and return it. Raises TimeoutError."""
        size = size_of(milliseconds)
        with self._lock:
            self._heard.clear()
            if not self._lock.wait_for(lambda: len(self._heard) >= size or self._ended.is_set(), timeout):
                raise TimeoutError("the speaker stands still")
            return bytes(self._heard[:size])

    def close(self) -> None:
        """Stop; may be called more than once."""
        self._ended.set()
        with self._lock:
            self._lock.notify_all()

    def _run(self) -> None:
        size = size_of(BEAT_SECONDS * 1000)
        place = 0
        due = time.monotonic()
        while not self._ended.wait(max(due - time.monotonic(), 0.0)):
            due += BEAT_SECONDS
            if self._microphone is not None:
                self._microphone.write(self._period[place : place + size])
                place = (place + size) % len(self._period)
            if self._speaker is not None:
                self._take(self._speaker.read(size), size)

    def _take(self, samples: bytes, size: int) -> None:
        if self._first_sound is None and any(samples):
            self._first_sound = time.monotonic()
        with self._lock:
            self._heard += samples + bytes(size - len(samples))
            del self._heard[: max(len(self._heard) - REMEMBERED, 0)]
            self._lock.notify_all()


class AudioOrTone:
    """Implements `cti.audio.AudioDevices` by real devices, and by a tone where one of them is missing: for the demo."""

    def __init__(self, real: AudioDevices) -> None:
        self._real = real
        self._tone = SyntheticAudio()

    def open(self) -> AudioStream:
        """Start both (`cti.audio.AudioDevices.open`)."""
        return self._tone.open() if self._real.missing else self._real.open()

    @property
    def missing(self) -> tuple[str, ...]:
        """Nothing: there is always something to hear."""
        return ()

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` when devices come or go; a call takes those that were there at its beginning."""
        return self._real.on_change(callback)


def _tone(hertz: float) -> bytes:
    """One second, in which a whole number of periods ends where it began."""
    step = 2 * math.pi * round(hertz) / SAMPLE_RATE
    return array.array("h", (int(LOUDNESS * math.sin(step * n)) for n in range(SAMPLE_RATE))).tobytes()


def _nothing() -> None:
    """Nobody is told anything."""
