"""What the server tells a client of how its sound arrives (RTCP receiver reports)."""

from __future__ import annotations

import struct

SENDER_REPORT, RECEIVER_REPORT = 200, 201
_SENDER = struct.Struct("!BBHLQ")
_REPLY = struct.Struct("!BBHLLLLLLL")


class ReceiverReports:
    """Answers each sender report of the client at once; `ssrc`: our own stream."""

    def __init__(self, ssrc: int) -> None:
        self._ssrc = ssrc
        self._first: int | None = None
        self._highest = 0
        self._received = 0
        self._before = (0, 0)

    def count(self, sequence: int) -> None:
        """A packet of the client has arrived."""
        if self._first is None:
            self._first = self._highest = sequence
        ahead = (sequence - self._highest) & 0xFFFF
        if ahead < 0x8000:
            self._highest += ahead
        self._received += 1

    def answer(self, data: bytes) -> bytes | None:
        """Our report, to what begins with a sender report; None to anything else."""
        if len(data) < _SENDER.size or data[1] != SENDER_REPORT or self._first is None:
            return None
        _head, _kind, _length, ssrc, ntp = _SENDER.unpack_from(data)
        expected = self._highest - self._first + 1
        lost = max(expected - self._received, 0)
        new_expected, new_lost = expected - self._before[0], lost - self._before[1]
        self._before = (expected, lost)
        share = min(max(new_lost, 0) * 256 // new_expected, 255) if new_expected > 0 else 0
        last = (ntp >> 16) & 0xFFFFFFFF
        losses = share << 24 | min(lost, 0x7FFFFF)
        return _REPLY.pack(0x81, RECEIVER_REPORT, 7, self._ssrc, ssrc, losses, self._highest & 0xFFFFFFFF, 0, last, 0)
