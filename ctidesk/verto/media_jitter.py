"""Packets in order again, and how long to wait for those that are late.

A plain object: packets with their time of arrival in, packets in order out; it reads no clock. Times are seconds.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

SHORTEST_WAIT = 0.020
LONGEST_WAIT = 0.200
RESYNC_AFTER = 200
"""Packets by which the numbering may jump before it is taken for a new stream."""

REMEMBERED = 250
"""Packets, five seconds, whose delays decide how long to wait."""

LATE_ENOUGH = 0.97
"""The share of packets that are waited for."""


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet with sound; `timestamp` counts the codec's clock."""

    sequence: int
    timestamp: int
    payload_type: int
    payload: bytes


@dataclass(slots=True)
class Counts:
    """What has happened since the beginning (RFC 3550, "6.4.1 SR", "A.3", "A.8").

    Attributes:
        received: packets, those that came too late among them.
        lost: packets that have never come, or too late.
        late: packets that came after their place was filled.
        jitter: how unevenly packets arrive, in seconds.
    """

    received: int = 0
    lost: int = 0
    late: int = 0
    jitter: float = 0.0


class JitterBuffer:
    """Gives packets back in the order of their sending.

    How long it waits follows the network: a little more than most packets have been late in the last seconds.
    """

    def __init__(self, rate: int) -> None:
        """Create a buffer for a codec whose clock runs at `rate` Hz."""
        self._rate = rate
        self._waiting: dict[int, Packet] = {}
        self._next: int | None = None
        self._newest = 0
        self._lateness: deque[float] = deque(maxlen=REMEMBERED)
        self._transit: float | None = None
        self._spacing = 0.020
        self._last: tuple[int, int] | None = None
        self.counts = Counts()
        self.wished = SHORTEST_WAIT
        """Seconds of sound that should wait here."""

    def put(self, sequence: int, timestamp: int, payload_type: int, payload: bytes, now: float) -> None:
        """Take a packet that has just arrived.

        Args:
            sequence, timestamp: as they stand in the packet, of 16 and of 32 bits.
            payload_type: decides about the decoder.
            payload: the coded sound.
            now: seconds of any steady clock.
        """
        self.counts.received += 1
        whole = self._unwrapped(sequence)
        if abs(whole - self._newest) > RESYNC_AFTER and self._next is not None:
            self.reset()
            whole = sequence
        self._measure(whole, timestamp, now)
        if self._next is None:
            self._next = self._newest = whole
        if whole < self._next:
            self.counts.late += 1
            return
        self._newest = max(self._newest, whole)
        self._waiting[whole] = Packet(whole, timestamp, payload_type, payload)

    def reset(self) -> None:
        """Forget what waits: another stream begins."""
        self._waiting.clear()
        self._next = None
        self._newest = 0
        self._transit = None
        self._last = None
        self._lateness.clear()

    @property
    def depth(self) -> float:
        """Seconds of sound that wait here, missing packets among them counted."""
        if self._next is None or not self._waiting:
            return 0.0
        return (self._newest - self._next + 1) * self._spacing

    @property
    def spacing(self) -> float:
        """Seconds of sound in one packet."""
        return self._spacing

    def take(self) -> Packet | None:
        """Return the next packet, or None when it is not there; a missing one with later ones is given up."""
        if self._next is None or not self._waiting:
            return None
        packet = self._waiting.pop(self._next, None)
        self._next += 1
        if packet is None:
            self.counts.lost += 1
        return packet

    def skip_missing(self) -> None:
        """Go on to the oldest packet there is, without counting those before it as lost again."""
        if self._waiting:
            self._next = min(self._waiting)

    def _unwrapped(self, sequence: int) -> int:
        """Return the number as if it had never started anew at 65,536."""
        if self._next is None:
            return sequence
        difference = (sequence - self._newest) & 0xFFFF
        return self._newest + (difference - 0x10000 if difference >= 0x8000 else difference)

    def _measure(self, sequence: int, timestamp: int, now: float) -> None:
        if self._last is not None:
            packets = sequence - self._last[0]
            ticks = _signed(timestamp - self._last[1])
            if packets == 1 and 0 < ticks <= self._rate * 0.12:
                self._spacing = ticks / self._rate
            transit = now - timestamp / self._rate
            if self._transit is not None and packets > 0:
                change = abs(transit - self._transit)
                if change < 1.0:  # the timestamps run through their 32 bits, or the sender paused
                    self.counts.jitter += (change - self.counts.jitter) / 16
            if packets <= 0:
                self._note_lateness(transit)
                return
        self._last = (sequence, timestamp)
        self._transit = now - timestamp / self._rate
        self._note_lateness(self._transit)

    def _note_lateness(self, transit: float) -> None:
        if self._lateness and abs(transit - self._lateness[-1]) > 1.0:
            self._lateness.clear()
        self._lateness.append(transit)
        if len(self._lateness) % 10 == 0 or len(self._lateness) < 10:
            ordered = sorted(self._lateness)
            usual = ordered[min(int(len(ordered) * LATE_ENOUGH), len(ordered) - 1)]
            wait = usual - ordered[0] + self._spacing / 2
            self.wished = min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)


def _signed(difference: int) -> int:
    difference &= 0xFFFFFFFF
    return difference - 0x1_0000_0000 if difference >= 0x8000_0000 else difference
