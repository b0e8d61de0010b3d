"""From packets to the sound that the speaker asks for.

A plain object without threads or clocks: packets with their time of arrival in, frames out at the speaker's own pace.
Everything that has to be evened out between the two is done here: order, loss, lateness, and two clocks that do not run
equally fast.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import av
import numpy as np
from aiortc.rtp import RtpPacket

from ctidesk.cti.audio import FRAME_SAMPLES, SAMPLE_RATE
from ctidesk.verto.media_codecs import Decoder, Samples, decoder_for
from ctidesk.verto.media_jitter import JitterBuffer
from ctidesk.verto.media_sdp import Codec
from ctidesk.verto.media_stretch import Concealment, lengthen, shorten

logger = logging.getLogger(__name__)

TOO_MUCH = 0.020
"""Seconds over the wished depth from which on a little is cut out."""

FAR_TOO_MUCH = 0.120
"""Seconds over it from which on it is cut without regard to how it sounds."""

TOO_LITTLE = 0.015
"""Seconds under it from which on a little is put in."""

STEADY = 0.05
"""How much of each new depth goes into the mean one: about twenty frames decide."""

LONGEST_QUEUE = 0.6
"""Seconds that wait at most when nobody takes them."""


@dataclass(slots=True)
class Figures:
    """What was done to the sound, in samples.

    Attributes:
        played: given out.
        invented: of these, for lost packets and for packets that were not there in time.
        removed, added: by the adaptation to the other clock.
    """

    played: int = 0
    invented: int = 0
    removed: int = 0
    added: int = 0


class Receiver:
    """The sound of one direction of a call."""

    def __init__(self, codecs: Sequence[Codec]) -> None:
        """Create a receiver for packets with the numbers of these codecs."""
        self._codecs = {codec.payload_type: codec for codec in codecs}
        self._buffer = JitterBuffer(codecs[0].rate)
        self._decoder: tuple[int, Decoder] | None = None
        self._concealment = Concealment()
        self._ready: Samples = np.zeros(0, np.int16)
        self._ssrc: int | None = None
        self._is_playing = False
        self._mean_depth = 0.0
        self.figures = Figures()

    @property
    def buffer(self) -> JitterBuffer:
        """What waits, with its counts."""
        return self._buffer

    @property
    def ssrc(self) -> int | None:
        """The stream that is heard."""
        return self._ssrc

    @property
    def delay(self) -> float:
        """Seconds between a packet's arrival and its giving out, now."""
        return self._buffer.depth + self._ready.size / SAMPLE_RATE

    def take_packet(self, data: bytes, now: float) -> None:
        """Take a packet as it came from the network, decrypted; what is no such packet is left aside.

        `now`: seconds of any steady clock.
        """
        try:
            packet = RtpPacket.parse(data)
        except ValueError:
            logger.debug("a packet that is no RTP was left aside")
            return
        if packet.payload_type not in self._codecs or not packet.payload:
            return  # comfort noise, digits
        if packet.ssrc != self._ssrc:
            # The switch starts anew when it joins the call with somebody else.
            self._buffer.reset()
            self._ssrc = packet.ssrc
            self._is_playing = False
        self._buffer.put(packet.sequence_number, packet.timestamp, packet.payload_type, packet.payload, now)
        while self._buffer.depth > LONGEST_QUEUE:
            self._buffer.take()
            self._buffer.skip_missing()

    def frame(self) -> Samples:
        """Return the next `FRAME_SAMPLES` to be heard; silence when there is nothing."""
        while self._ready.size < FRAME_SAMPLES:
            more = self._more()
            self._ready = np.concatenate((self._ready, more)) if self._ready.size else more
        frame, self._ready = self._ready[:FRAME_SAMPLES], self._ready[FRAME_SAMPLES:]
        self.figures.played += FRAME_SAMPLES
        return frame

    def discard(self) -> None:
        """Drop what waits: nobody listens now."""
        self._buffer.reset()
        self._ready = self._ready[:0]
        self._is_playing = False

    # ---- one step

    def _more(self) -> Samples:
        if not self._is_playing:
            if self._buffer.depth < self._buffer.wished + self._buffer.spacing:
                return self._invent(counts=False)
            self._is_playing = True
            self._mean_depth = self._buffer.depth
            self._buffer.skip_missing()
        packet = self._buffer.take() if self._buffer.depth else None
        if packet is None:
            if not self._buffer.depth and self._concealment.is_silent:
                self._is_playing = False
            return self._invent(counts=True)
        samples = self._decoded(packet.payload_type, packet.payload)
        if samples is None:
            return self._invent(counts=True)
        return self._adapted(self._concealment.hear(samples))

    def _invent(self, *, counts: bool) -> Samples:
        if counts:
            self.figures.invented += FRAME_SAMPLES
        return self._concealment.invent()

    def _decoded(self, payload_type: int, payload: bytes) -> Samples | None:
        if self._decoder is None or self._decoder[0] != payload_type:
            self._decoder = (payload_type, decoder_for(self._codecs[payload_type]))
        try:
            return self._decoder[1].decode(payload)
        except av.FFmpegError as error:
            logger.debug("a packet could not be decoded: %s", type(error).__name__)
            return None

    def _adapted(self, samples: Samples) -> Samples:
        """Keep the depth where it should be: one pitch period goes or comes, at most once in a frame."""
        depth = self.delay
        self._mean_depth += (depth - self._mean_depth) * STEADY
        wished = self._buffer.wished
        before = samples.size
        if self._mean_depth > wished + TOO_MUCH and depth > wished:
            samples = shorten(samples, anyhow=self._mean_depth > wished + FAR_TOO_MUCH)
            self.figures.removed += before - samples.size
        elif self._mean_depth < wished - TOO_LITTLE and depth < wished:
            samples = lengthen(samples)
            self.figures.added += samples.size - before
        self._mean_depth += (samples.size - before) / SAMPLE_RATE
        return samples
