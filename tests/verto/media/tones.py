"""Sound for tests: tones, and what is left of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ctidesk.cti.audio import FRAME_SAMPLES, SAMPLE_RATE
from ctidesk.verto.media_codecs import Samples

LOUD = 8000


def tone(hertz: float, frames: int, loud: float = LOUD) -> Samples:
    """Return a sine of so many frames of 20 ms."""
    places = np.arange(frames * FRAME_SAMPLES)
    return (loud * np.sin(2 * np.pi * hertz * places / SAMPLE_RATE)).astype(np.int16)


def frames_of(samples: Samples) -> NDArray[np.int16]:
    """Return the whole frames, one a row."""
    return samples[: samples.size // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)


def pitch(samples: Samples) -> float:
    """Return the strongest frequency, in Hz."""
    spectrum = np.abs(np.fft.rfft(samples.astype(float) * np.hanning(samples.size)))
    return float(np.argmax(spectrum)) * SAMPLE_RATE / samples.size


def loudness(samples: Samples) -> float:
    """Return the root mean square."""
    return float(np.sqrt(np.mean(samples.astype(float) ** 2))) if samples.size else 0.0


def noise(samples: Samples, hertz: float) -> float:
    """Return what is not the tone (within 100 Hz), in decibels below it."""
    spectrum = np.abs(np.fft.rfft(samples.astype(float) * np.hanning(samples.size))) ** 2
    step = SAMPLE_RATE / samples.size
    low, high = int((hertz - 100) / step), int((hertz + 100) / step)
    of_tone = float(spectrum[low:high].sum())
    return float(10 * np.log10((float(spectrum.sum()) - of_tone) / of_tone + 1e-12))


def steps(samples: Samples) -> float:
    """Return the greatest step from one sample to the next: a click is a great one."""
    return float(np.abs(np.diff(samples.astype(float))).max())
