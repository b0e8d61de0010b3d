"""A microphone that hums and a speaker whose sound is measured, for talks between programs without people."""

from __future__ import annotations

import array
import asyncio
import math

from ctidesk.cti.audio import FULL_SCALE, SAMPLE_RATE
from ctidesk.cti.json_value import Json
from ctidesk.system.synthetic_audio import SyntheticAudio

HEARD_MILLISECONDS = 300


async def hear(devices: SyntheticAudio) -> Json:
    """Listen to the talk for a moment; return how loud it was, from 0 to 1, and the pitch of a tone in hertz.

    Both are 0 in silence, and when there is no talk.
    """
    talks = [stream for stream in devices.streams if stream.is_open]
    samples = array.array("h")
    if talks:
        samples.frombytes(await asyncio.to_thread(talks[-1].hear, HEARD_MILLISECONDS))
    loudness = math.sqrt(sum(sample * sample for sample in samples) / len(samples)) / FULL_SCALE if samples else 0.0
    return {"level": round(loudness, 4), "hertz": round(_pitch(samples))}


def _pitch(samples: array.array[int]) -> float:
    """Return how often a second the sound crosses zero upwards, from the first crossing to the last one."""
    rises = [place for place in range(1, len(samples)) if samples[place - 1] < 0 <= samples[place]]
    return (len(rises) - 1) * SAMPLE_RATE / (rises[-1] - rises[0]) if len(rises) > 1 else 0.0
