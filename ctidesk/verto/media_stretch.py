"""Sound where there is none, and a little more or less of it than there is, without a click.

Speech and tones repeat themselves from one pitch period to the next. A lost packet is bridged by going on with the last
period, softly fading; a whole period more or less is not heard either, which is how the buffer of a call follows a
clock on the other side that runs faster or slower than ours. The method is that of ITU-T G.711 Appendix I and of the
waveform-similarity methods for changing the speed of speech.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from ctidesk.cti.audio import FRAME_SAMPLES, SAMPLE_RATE
from ctidesk.verto.media_codecs import Samples

SHORTEST_PERIOD = SAMPLE_RATE // 400
LONGEST_PERIOD = SAMPLE_RATE // 66
LONGEST_CUT = FRAME_SAMPLES // 2
"""Samples of the longest period that can be cut out of one frame."""

SIMILAR_ENOUGH = 0.85
"""Correlation of two neighbouring periods from which on one of them may go."""

SILENCE = 60.0
"""Loudness (root mean square) below which any place is good for a cut."""

FADE_STARTS = SAMPLE_RATE * 2 // 100
FADE_ENDS = SAMPLE_RATE * 10 // 100
"""Samples after which invented sound gets softer, and after which it is silent."""

BLEND = SAMPLE_RATE // 200
"""Samples in which invented sound gives way to real sound."""

_TEMPLATE = SAMPLE_RATE // 100

_HISTORY = LONGEST_PERIOD + _TEMPLATE
_REMEMBERED = 16
"""Pieces of sound: enough for `_HISTORY` also in packets of 2.5 ms."""

Real = NDArray[np.float32]


class Concealment:
    """Remembers the last sound and goes on from it when nothing comes."""

    def __init__(self) -> None:
        self._heard: deque[Samples] = deque(maxlen=_REMEMBERED)
        """Put together only when something is missing, which is seldom."""
        self._cycle: Real | None = None
        self._place = 0
        self._invented = 0

    @property
    def is_silent(self) -> bool:
        """Whether so much has been invented that nothing is left of the last sound."""
        return self._invented >= FADE_ENDS

    def hear(self, samples: Samples) -> Samples:
        """Take real sound and return it; after invented sound its beginning is blended over."""
        if samples.size == 0:
            return samples
        if self._cycle is not None:
            blend = min(BLEND, samples.size)
            invented = self._continue(blend)
            rising = np.linspace(0.0, 1.0, blend, dtype=np.float32)
            mixed = samples.astype(np.float32)
            mixed[:blend] = invented * (1.0 - rising) + mixed[:blend] * rising
            samples = _whole(mixed)
            self._cycle = None
            self._invented = 0
        self._heard.append(samples)
        return samples

    def invent(self, count: int = FRAME_SAMPLES) -> Samples:
        """Return `count` samples that follow from what was heard."""
        if self._cycle is None:
            history = self._history()
            period = best_period(history, LONGEST_PERIOD)[0]
            # The end of the cycle is blended into what stood before its beginning, or each repetition would click.
            overlap = period // 4
            cycle = history[-period:]
            before = history[-period - overlap : -period]
            rising = np.linspace(0.0, 1.0, overlap, dtype=np.float32)
            cycle[-overlap:] = cycle[-overlap:] * (1.0 - rising) + before * rising
            self._cycle = cycle
            self._place = 0
            self._invented = 0
            # The first repetition follows the real end of the sound, not the blended one.
        return _whole(self._continue(count))

    def _continue(self, count: int) -> Real:
        assert self._cycle is not None
        places = (self._place + np.arange(count)) % self._cycle.size
        passed = self._invented + np.arange(count, dtype=np.float32)
        loudness = np.clip((FADE_ENDS - passed) / (FADE_ENDS - FADE_STARTS), 0.0, 1.0)
        self._place = (self._place + count) % self._cycle.size
        self._invented += count
        continued: Real = (self._cycle[places] * loudness).astype(np.float32)
        return continued

    def _history(self) -> Real:
        """Return the last `_HISTORY` samples; before the first sound there was silence."""
        heard = np.concatenate((np.zeros(_HISTORY, np.int16), *self._heard))
        return heard[-_HISTORY:].astype(np.float32)


def shorten(samples: Samples, *, anyhow: bool = False) -> Samples:
    """Return the sound without one of its pitch periods, or as it is when no period can go unheard.

    `anyhow`: rather a small blemish than sound that comes later and later.
    """
    period = _movable(samples, anyhow)
    if not period:
        return samples
    real = samples.astype(np.float32)
    falling = np.linspace(1.0, 0.0, period, dtype=np.float32)
    blended = real[:period] * falling + real[period : 2 * period] * (1.0 - falling)
    return np.concatenate((_whole(blended), samples[2 * period :]))


def lengthen(samples: Samples) -> Samples:
    """Return the sound with one of its pitch periods twice, or as it is."""
    period = _movable(samples, anyhow=False)
    if not period:
        return samples
    real = samples.astype(np.float32)
    falling = np.linspace(1.0, 0.0, period, dtype=np.float32)
    blended = real[period : 2 * period] * falling + real[:period] * (1.0 - falling)
    return np.concatenate((samples[:period], _whole(blended), samples[period:]))


def best_period(real: Real, longest: int) -> tuple[int, float]:
    """Return after how many samples the end of `real` repeats what stands before it, and how well (1 is exactly)."""
    template = real[-_TEMPLATE:]
    # Each place where the template could also stand, from `longest` samples before the end to SHORTEST_PERIOD.
    searched = real[-_TEMPLATE - longest : -SHORTEST_PERIOD]
    products = np.correlate(searched, template, "valid")
    squares = np.concatenate(([0.0], np.cumsum(searched.astype(np.float64) ** 2)))
    energies = squares[_TEMPLATE:] - squares[:-_TEMPLATE]
    own = float(np.dot(template, template))
    quality = products / np.sqrt(np.maximum(energies * own, 1.0))
    # Of equally good ones the shortest, which is the last: several periods of a tone are one just as well.
    best = quality.size - 1 - int(np.argmax(quality[::-1]))
    return longest - best, float(quality[best])


def loudness(samples: Samples) -> float:
    """Return the root mean square."""
    if samples.size == 0:
        return 0.0
    real = samples.astype(np.float32)
    return float(np.sqrt(np.dot(real, real) / real.size))


def _movable(samples: Samples, anyhow: bool) -> int:
    """Return the period at the beginning of the sound that can be taken out or repeated, 0 when there is none."""
    if samples.size < FRAME_SAMPLES:
        return 0
    if loudness(samples) < SILENCE:
        return LONGEST_CUT
    period, quality = best_period(samples[:FRAME_SAMPLES].astype(np.float32), LONGEST_CUT)
    return period if anyhow or quality >= SIMILAR_ENOUGH else 0


def _whole(real: Real) -> Samples:
    return np.clip(np.rint(real), -32768, 32767).astype(np.int16)
