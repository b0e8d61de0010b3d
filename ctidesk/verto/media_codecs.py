"""Coding and decoding of sound for RTP: Opus, PCMU and PCMA, by FFmpeg's libraries (PyAV)."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Protocol

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.packet import Packet
from numpy.typing import NDArray

from ctidesk.cti.audio import FRAME_SAMPLES, SAMPLE_RATE
from ctidesk.verto.media_sdp import OPUS, PCMU, Codec

Samples = NDArray[np.int16]
"""Mono sound, `SAMPLE_RATE` samples a second."""

OPUS_BITS_PER_SECOND = 32_000
EXPECTED_LOSS_PERCENT = 5
"""What the coder is told: it then sends a spare copy of speech with the next packet, if the other side reads it."""

_G711_RATE = 8000
_G711_SAMPLES = 160


class Encoder(Protocol):
    """From frames to the contents of packets."""

    def encode(self, frame: Samples) -> list[bytes]:
        """Code one frame of `FRAME_SAMPLES`; the first frames may not yet give a packet."""


class Decoder(Protocol):
    """From the contents of packets to sound."""

    def decode(self, payload: bytes) -> Samples:
        """Decode one packet. Raises `av.FFmpegError` for what is no such packet."""


def encoder_for(codec: Codec) -> Encoder:
    """Return a coder for one of `media_sdp.CODECS`."""
    return OpusEncoder() if codec.is_like(OPUS) else G711Encoder(_g711_name(codec))


def decoder_for(codec: Codec) -> Decoder:
    """Return a decoder for one of `media_sdp.CODECS`."""
    return OpusDecoder() if codec.is_like(OPUS) else G711Decoder(_g711_name(codec))


class OpusEncoder:
    """Mono speech; the number of channels in the SDP is always 2, whatever is sent."""

    def __init__(self) -> None:
        self._context = _context("libopus", "w", SAMPLE_RATE)
        self._context.bit_rate = OPUS_BITS_PER_SECOND
        self._context.options = {
            "application": "voip",
            "frame_duration": "20",
            "packet_loss": str(EXPECTED_LOSS_PERCENT),
            "fec": "1",
            "compression_level": "7",
        }

    def encode(self, frame: Samples) -> list[bytes]:
        return [bytes(packet) for packet in self._context.encode(_frame(frame, SAMPLE_RATE))]


class OpusDecoder:
    """Stereo is mixed down."""

    def __init__(self) -> None:
        self._context = _context("libopus", "r", SAMPLE_RATE)

    def decode(self, payload: bytes) -> Samples:
        return _joined(self._context.decode(Packet(payload)))


class G711Encoder:
    """8,000 samples a second, by µ-law or A-law."""

    def __init__(self, name: Literal["pcm_mulaw", "pcm_alaw"]) -> None:
        self._context = _context(name, "w", _G711_RATE)
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=_G711_RATE, frame_size=_G711_SAMPLES)

    def encode(self, frame: Samples) -> list[bytes]:
        coded: list[bytes] = []
        for narrow in self._resampler.resample(_frame(frame, SAMPLE_RATE)):
            narrow.pts = None
            coded += [bytes(packet) for packet in self._context.encode(narrow)]
        return coded


class G711Decoder:
    """Comes out at 48,000 samples a second; the resampler keeps a fraction of a millisecond back."""

    def __init__(self, name: Literal["pcm_mulaw", "pcm_alaw"]) -> None:
        self._context = _context(name, "r", _G711_RATE)
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)

    def decode(self, payload: bytes) -> Samples:
        wide: list[av.AudioFrame] = []
        for narrow in self._context.decode(Packet(payload)):
            narrow.pts = None
            wide += self._resampler.resample(narrow)
        return _joined(wide)


def _g711_name(codec: Codec) -> Literal["pcm_mulaw", "pcm_alaw"]:
    return "pcm_mulaw" if codec.is_like(PCMU) else "pcm_alaw"


def _context(name: str, mode: Literal["r", "w"], rate: int) -> AudioCodecContext:
    context = av.CodecContext.create(name, mode)
    assert isinstance(context, AudioCodecContext)
    context.format = av.AudioFormat("s16")
    context.layout = av.AudioLayout("mono")
    context.sample_rate = rate
    if mode == "w":
        context.time_base = Fraction(1, rate)
    return context


def _frame(samples: Samples, rate: int) -> av.AudioFrame:
    assert samples.size == FRAME_SAMPLES
    frame = av.AudioFrame(format="s16", layout="mono", samples=samples.size)
    frame.planes[0].update(samples.tobytes())
    frame.sample_rate = rate
    return frame


def _joined(frames: list[av.AudioFrame]) -> Samples:
    parts = [np.frombuffer(bytes(frame.planes[0]), np.int16, count=frame.samples) for frame in frames]
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, np.int16)
