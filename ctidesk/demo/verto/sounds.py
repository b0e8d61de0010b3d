"""What is heard at the other end: tones, music, a voice, each coded once and then repeated."""

from __future__ import annotations

import array
import math
import wave
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Literal

import av
from av.audio.codeccontext import AudioCodecContext
from av.packet import Packet

RATE = 48000
FRAME_MILLISECONDS = 20
FRAME_SAMPLES = RATE * FRAME_MILLISECONDS // 1000
LOUDNESS = 8000
_SYLLABLES = ((120, 0.3, 0.05), (135, 0.25, 0.3), (110, 0.4, 0.05), (125, 0.2, 0.05), (105, 0.35, 0.6))
"""Pitch in Hz, length, and the pause after it in seconds."""

_LIBRARIES: dict[str, Literal["libopus", "pcm_mulaw", "pcm_alaw"]] = {
    "opus": "libopus",
    "pcmu": "pcm_mulaw",
    "pcma": "pcm_alaw",
}


class Coder:
    """Sound to payloads: `array('h')` of 48,000 samples a second, mono. `codec` is one of `sdp.RATES`."""

    def __init__(self, codec: str) -> None:
        narrow = 8000 if codec.lower() != "opus" else RATE
        self._context = _context(codec, "w", narrow)
        if codec.lower() == "opus":
            self._context.options = {"application": "voip"}
            self._context.bit_rate = 32000
        self._resampler = av.AudioResampler("s16", "mono", narrow, frame_size=narrow * FRAME_MILLISECONDS // 1000)

    def encode(self, samples: array.array[int]) -> list[bytes]:
        frame = av.AudioFrame("s16", "mono", len(samples))
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate = RATE
        payloads: list[bytes] = []
        for part in self._resampler.resample(frame):
            part.pts = None
            payloads += [bytes(packet) for packet in self._context.encode(part)]
        return payloads


class Transcoder:
    """From the payloads of one codec to those of another: two phones that have not agreed on one."""

    def __init__(self, source: str, target: str) -> None:
        self._context = _context(source, "r", 8000 if source.lower() != "opus" else RATE)
        self._resampler = av.AudioResampler("s16", "mono", RATE, frame_size=FRAME_SAMPLES)
        self._coder = Coder(target)

    def convert(self, payload: bytes) -> list[bytes]:
        payloads: list[bytes] = []
        for frame in self._context.decode(Packet(payload)):
            frame.pts = None
            for part in self._resampler.resample(frame):
                samples = array.array("h", bytes(part.planes[0])[: part.samples * 2])
                payloads += self._coder.encode(samples)
        return payloads


@lru_cache(maxsize=32)
def sound(name: str, codec: str, talk: Path | None = None) -> Sequence[bytes]:
    """The payloads of one round: `tone` (1004 Hz), `ringback`, `music`, `talk`, `silence`.

    `talk`: a WAV file of 16 bits that is spoken instead of the made-up voice. Raises OSError and wave.Error.
    """
    samples = _samples(name, talk)
    whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
    coder = Coder(codec)
    payloads: list[bytes] = []
    for start in range(0, whole, FRAME_SAMPLES):
        payloads += coder.encode(samples[start : start + FRAME_SAMPLES])
    return tuple(payloads)


def _samples(name: str, talk: Path | None) -> array.array[int]:
    if name == "tone":
        return _tone(1004.0, 1.0)
    if name == "ringback":
        return _tone(425.0, 1.0) + _silence(4.0)
    if name == "music":
        return _music()
    if name == "talk":
        return _voice() if talk is None else _file(talk)
    return _silence(1.0)


def _tone(hertz: float, seconds: float) -> array.array[int]:
    step = 2 * math.pi * hertz / RATE
    return array.array("h", (int(LOUDNESS * math.sin(step * n)) for n in range(int(RATE * seconds))))


def _silence(seconds: float) -> array.array[int]:
    return array.array("h", bytes(int(RATE * seconds) * 2))


def _music() -> array.array[int]:
    notes = array.array("h")
    for hertz in (392.0, 493.88, 587.33, 493.88):
        notes += _tone(hertz, 0.5)
    return notes


def _voice() -> array.array[int]:
    """Syllables: a pitch with overtones that rises and falls, and pauses between the words."""
    spoken = array.array("h")
    for pitch, seconds, pause in _SYLLABLES:
        count = int(RATE * seconds)
        for n in range(count):
            swell = math.sin(math.pi * n / count)
            angle = 2 * math.pi * pitch * n / RATE
            wave_ = sum(math.sin(angle * k) / k for k in (1, 2, 3, 5))
            spoken.append(int(LOUDNESS * 0.5 * swell * wave_))
        spoken += _silence(pause)
    return spoken


def _file(path: Path) -> array.array[int]:
    with wave.open(str(path), "rb") as file:
        channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
        if width != 2:
            raise wave.Error("the file has no samples of 16 bits")
        content = array.array("h", file.readframes(file.getnframes()))
    frame = av.AudioFrame("s16", "mono" if channels == 1 else "stereo", len(content) // channels)
    frame.planes[0].update(content.tobytes())
    frame.sample_rate = rate
    spoken = array.array("h")
    resampler = av.AudioResampler("s16", "mono", RATE)
    for part in (*resampler.resample(frame), *resampler.resample(None)):
        spoken.frombytes(bytes(part.planes[0])[: part.samples * 2])
    return spoken


def _context(codec: str, mode: Literal["r", "w"], rate: int) -> AudioCodecContext:
    context = av.CodecContext.create(_LIBRARIES[codec.lower()], mode)
    assert isinstance(context, AudioCodecContext)
    context.format = av.AudioFormat("s16")
    context.layout = av.AudioLayout("mono")
    context.sample_rate = rate
    if mode == "w":
        context.time_base = Fraction(1, rate)
    return context
