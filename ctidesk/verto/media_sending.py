"""From the microphone's frames to packets. A plain object without threads or clocks."""

from __future__ import annotations

import secrets

from aiortc.rtp import RtpPacket

from ctidesk.cti.audio import FRAME_MILLISECONDS
from ctidesk.verto.media_codecs import Samples, encoder_for
from ctidesk.verto.media_sdp import Codec


class Sender:
    """The sound of one direction of a call, in packets of 20 ms."""

    def __init__(self, codec: Codec, ssrc: int) -> None:
        """Create a sender that codes by `codec` and names its stream `ssrc`."""
        self._codec = codec
        self._encoder = encoder_for(codec)
        self._ticks = codec.rate * FRAME_MILLISECONDS // 1000
        self._sequence = secrets.randbelow(1 << 15)
        self._timestamp = secrets.randbelow(1 << 31)
        self._is_first = True
        self.ssrc = ssrc
        self.packets = 0
        self.octets = 0

    @property
    def timestamp(self) -> int:
        """The codec's clock at the end of the last packet."""
        return self._timestamp

    def send(self, frame: Samples) -> list[bytes]:
        """Return the packets for one frame."""
        sent = []
        for payload in self._encoder.encode(frame):
            packet = RtpPacket(
                payload_type=self._codec.payload_type,
                # The mark says that talking begins. FreeSWITCH then empties its buffer: a mark on every packet, as the
                # media library sets it, leaves a bridged call without any sound, while an echo still works.
                marker=int(self._is_first),
                sequence_number=self._sequence,
                timestamp=self._timestamp,
                ssrc=self.ssrc,
                payload=payload,
            )
            self._is_first = False
            self._sequence = (self._sequence + 1) & 0xFFFF
            self._timestamp = (self._timestamp + self._ticks) & 0xFFFFFFFF
            self.packets += 1
            self.octets += len(payload)
            sent.append(packet.serialize())
        return sent

    def pass_over(self, frames: int = 1) -> None:
        """Let time go by without a packet: the call is held."""
        self._timestamp = (self._timestamp + frames * self._ticks) & 0xFFFFFFFF
