"""Trying the microphone and the speaker out: a level, a tone, five seconds recorded and played again."""

from __future__ import annotations

import array
import math
from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QElapsedTimer, QTimer

from ctidesk.cti.audio import FULL_SCALE, SAMPLE_RATE, milliseconds, size_of
from ctidesk.cti.signals import Signal
from ctidesk.system.audio import AudioSettings, SystemAudio, SystemStream

BEAT_MILLISECONDS = 50
RECORD_SECONDS = 5.0
TONE_SECONDS = 1.5
TONE_HERTZ = 523.25
QUIETEST = -60.0
"""Decibels below full scale at which the level begins; speech then stands at about the middle."""

_AHEAD = size_of(200)


class CheckState(Enum):
    """What the check does besides showing the level."""

    IDLE = "idle"
    TONE = "tone"
    RECORDING = "recording"
    PLAYING = "playing"


class AudioCheck:
    """The devices of the draft, tried out. Nothing is open before `start` and after `stop`."""

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal("audio check")
        """The level, the state or the devices are others."""
        self.state = CheckState.IDLE
        self.level = 0.0
        """From 0.0 to 1.0, in steps of decibels as the ear hears them."""
        self._audio: SystemAudio | None = None
        self._stream: SystemStream | None = None
        self._beat: QTimer | None = None
        self._recorded = bytearray()
        self._playing = b""
        self._clock = QElapsedTimer()
        self._unsubscribe: Callable[[], None] = _nothing

    @property
    def microphones(self) -> list[str]:
        """The inputs that are plugged in. The first question loads the sound library."""
        return self._devices().microphones

    @property
    def speakers(self) -> list[str]:
        """The outputs that are plugged in."""
        return self._devices().speakers

    @property
    def current(self) -> tuple[str, str]:
        """The microphone and the speaker that are used now; empty where there is none."""
        return self._devices().current

    @property
    def seconds_left(self) -> float:
        """Of a recording that is made or played."""
        if self.state is CheckState.RECORDING:
            return max(RECORD_SECONDS - milliseconds(len(self._recorded)) / 1000, 0.0)
        if self.state is CheckState.PLAYING:
            return milliseconds(len(self._playing)) / 1000
        return 0.0

    def start(self, settings: AudioSettings) -> None:
        """Listen to the microphone; called again, use others."""
        self._devices().set_up(settings)
        if self._stream is None:
            self._stream = self._devices().open()
            self._beat = QTimer()
            self._beat.setInterval(BEAT_MILLISECONDS)
            self._beat.timeout.connect(self._step)
            self._beat.start()

    def stop(self) -> None:
        """Give the devices back."""
        self._unsubscribe()
        self._unsubscribe = _nothing
        audio, self._audio = self._audio, None
        stream, self._stream = self._stream, None
        beat, self._beat = self._beat, None
        if beat is not None:
            beat.stop()
            beat.deleteLater()
        if stream is not None:
            stream.close()
        if audio is not None:
            audio.close()
            audio.deleteLater()
        self.state, self.level = CheckState.IDLE, 0.0
        self._recorded.clear()
        self._playing = b""

    def play_tone(self) -> None:
        """Let a tone be heard; pressed while something plays, be silent."""
        if self._ends_what_plays():
            return
        self._play(CheckState.TONE, _tone())

    def record(self) -> None:
        """Record for `RECORD_SECONDS` and play it; pressed in the meantime, stop."""
        if self._ends_what_plays() or self._stream is None:
            return
        self._recorded.clear()
        self._clock.start()
        self._set(CheckState.RECORDING)

    # ---- steps

    def _devices(self) -> SystemAudio:
        if self._audio is None:
            self._audio = SystemAudio()
            self._unsubscribe = self._audio.on_change(self.changed.emit)
        return self._audio

    def _step(self) -> None:
        if self._stream is None:
            return
        microphone, speaker = self._stream.microphone, self._stream.speaker
        said = microphone.read(len(microphone)) if microphone is not None else b""
        self.level = level_of(said) if said or microphone is None else self.level
        if self.state is CheckState.RECORDING:
            self._take(said)
        elif self.state in (CheckState.TONE, CheckState.PLAYING) and speaker is not None:
            size = max(_AHEAD - len(speaker), 0)
            speaker.write(self._playing[:size])
            self._playing = self._playing[size:]
        if self.state in (CheckState.TONE, CheckState.PLAYING) and (not self._playing or speaker is None):
            self.state = CheckState.IDLE
        self.changed.emit()

    def _take(self, said: bytes) -> None:
        """The clock ends it as well: a microphone that gives nothing would never."""
        self._recorded += said
        enough = size_of(RECORD_SECONDS * 1000)
        if len(self._recorded) >= enough or self._clock.elapsed() > (RECORD_SECONDS + 1) * 1000:
            self._play(CheckState.PLAYING, bytes(self._recorded[:enough]))

    def _play(self, state: CheckState, samples: bytes) -> None:
        self._playing = samples
        self._set(state)

    def _ends_what_plays(self) -> bool:
        if self.state is CheckState.IDLE:
            return False
        self._playing = b""
        if self._stream is not None and self._stream.speaker is not None:
            self._stream.speaker.clear()
        self._set(CheckState.IDLE)
        return True

    def _set(self, state: CheckState) -> None:
        self.state = state
        self.changed.emit()


def level_of(samples: bytes) -> float:
    """Return how loud it is, 0.0 for `QUIETEST` and less, 1.0 for full scale."""
    if not samples:
        return 0.0
    values = array.array("h", samples)
    mean = sum(value * value for value in values) / len(values)
    if mean < 1:
        return 0.0
    decibels = 10 * math.log10(mean) - 20 * math.log10(FULL_SCALE)
    return min(max(1 - decibels / QUIETEST, 0.0), 1.0)


def _tone() -> bytes:
    count = int(SAMPLE_RATE * TONE_SECONDS)
    fade = SAMPLE_RATE // 50
    step = 2 * math.pi * TONE_HERTZ / SAMPLE_RATE
    loud = FULL_SCALE * 0.25
    samples = (int(loud * min(1.0, n / fade, (count - n) / fade) * math.sin(step * n)) for n in range(count))
    return array.array("h", samples).tobytes()


def _nothing() -> None:
    """Nobody is subscribed."""
