"""Makes the sounds of the application: `python packaging/sounds.py` writes resources/sounds/*.wav anew.

They are made of sines alone, so that nobody else has a right to them: a soft double tone of two bells for the ring,
one short tone for a second call during a talk. 16 bit, mono, 16 kHz: small, and what every device can play.
"""

from __future__ import annotations

import array
import math
import sys
import wave
from collections.abc import Iterable
from pathlib import Path

RATE = 16_000
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sounds"

BELL = ((1.0, 1.0, 1.6), (2.0, 0.35, 2.6), (3.01, 0.12, 4.5))
"""Partials: multiple of the pitch, loudness, how fast it fades."""


def bell(pitch: float, seconds: float, loudness: float) -> list[float]:
    """Return a tone that begins softly and fades away, with nothing left at its end."""
    samples = []
    for index in range(int(seconds * RATE)):
        at = index / RATE
        value = sum(part * math.exp(-fade * at) * math.sin(math.tau * pitch * ratio * at) for ratio, part, fade in BELL)
        attack = min(1.0, at / 0.012)
        release = min(1.0, (seconds - at) / 0.08)
        samples.append(loudness * value * attack * release)
    return samples


def mixed(length: float, tones: Iterable[tuple[float, list[float]]]) -> list[float]:
    """Return `length` seconds in which each tone begins at its time."""
    samples = [0.0] * int(length * RATE)
    for start, tone in tones:
        first = int(start * RATE)
        for index, value in enumerate(tone):
            if first + index < len(samples):
                samples[first + index] += value
    return samples


def write(name: str, samples: list[float]) -> None:
    """Write a WAV file."""
    loudest = max(1.0, *map(abs, samples))
    frames = array.array("h", (round(32767 * value / loudest) for value in samples))
    if sys.byteorder == "big":
        frames.byteswap()
    with wave.open(str(FOLDER / name), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames.tobytes())


def main() -> None:
    """Write all sounds."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    ring = [
        (0.00, bell(659.3, 0.9, 0.30)),
        (0.22, bell(880.0, 0.9, 0.30)),
        (0.62, bell(659.3, 0.9, 0.26)),
        (0.84, bell(880.0, 1.1, 0.26)),
    ]
    write("ring.wav", mixed(3.0, ring))
    write("second-call.wav", mixed(0.45, [(0.0, bell(740.0, 0.45, 0.16))]))


if __name__ == "__main__":
    main()
