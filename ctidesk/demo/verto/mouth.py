"""What one leg hears and what it says to its client: the sound of the far end, a tone, music, an echo, or nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from ctidesk.demo.scheduler import Scheduler, Timer
from ctidesk.demo.verto.reports import ReceiverReports
from ctidesk.demo.verto.sdp import Format
from ctidesk.demo.verto.sounds import FRAME_MILLISECONDS, Transcoder
from ctidesk.demo.verto.way import Rtp, decode

_FRAME_SECONDS = FRAME_MILLISECONDS / 1000


class Mouth:
    """The sound of one leg.

    `send`: sends a packet to the client. `marker_flushes`: in a bridge, what comes with a marker is lost. `loss`: asked
    for the share of packets that get lost, each way.

    Attributes: `received`: packets of the client. `flushed`: of these, lost to a marker in a bridge. `far`: the leg
    that hears the client in a bridge.
    """

    def __init__(
        self,
        format_: Format,
        scheduler: Scheduler,
        send: Callable[[bytes], None],
        ssrc: int,
        *,
        marker_flushes: bool,
        loss: Callable[[], float],
    ) -> None:
        self.format = format_
        self.received = 0
        self.flushed = 0
        self.sent = 0
        self.far: Mouth | None = None
        self.reports = ReceiverReports(ssrc)
        self._scheduler = scheduler
        self._send = send
        self._ssrc = ssrc
        self._marker_flushes = marker_flushes
        self._loss = loss
        self._chance = random.Random(ssrc)  # noqa: S311 - which packets get lost
        self._sequence = 0
        self._timestamp = 0
        self._ticks = format_.rate * FRAME_MILLISECONDS // 1000
        self._has_begun = False
        self._echoes = False
        self._plays: Sequence[bytes] = ()
        self._place = 0
        self._due = 0.0
        self._timer: Timer | None = None
        self._transcoder: tuple[str, Transcoder] | None = None

    # ------------------------------------------------------------ what the client hears

    def play(self, payloads: Sequence[bytes]) -> None:
        """Repeats these from now on; the same ones go on where they are."""
        self._echoes, self.far = False, None
        if payloads is self._plays and self._timer is not None:
            return
        self._stop()
        self._plays, self._place = payloads, 0
        if payloads:
            self._due = self._scheduler.now()
            self._tick()

    def echo(self) -> None:
        self._stop()
        self._echoes, self.far = True, None

    def join(self, far: Mouth) -> None:
        """What the client says goes to the far leg, and what that one's client says comes here, by its own `join`."""
        if self.far is not far:
            self._stop()
            self._echoes, self.far = False, far
            self._has_begun = False

    def silence(self) -> None:
        """Nothing is sent at all."""
        self._stop()
        self._echoes, self.far = False, None

    def say(self, payload: bytes) -> None:
        """Sends one payload of this leg's own codec."""
        packet = Rtp(self.sent == 0, self.format.number, self._sequence, self._timestamp, self._ssrc, payload)
        self._sequence += 1
        self._timestamp += self._ticks
        self.sent += 1
        if self._chance.random() >= self._loss():
            self._send(packet.encode())

    def say_in(self, codec: str, payload: bytes) -> None:
        """Sends one payload of another leg's codec."""
        if codec.lower() == self.format.name.lower():
            self.say(payload)
            return
        if self._transcoder is None or self._transcoder[0] != codec:
            self._transcoder = (codec, Transcoder(codec, self.format.name))
        for converted in self._transcoder[1].convert(payload):
            self.say(converted)

    # ------------------------------------------------------------ what the client says

    def hear(self, data: bytes) -> None:
        packet = decode(data)
        if packet is None or packet.number != self.format.number or self._chance.random() < self._loss():
            return
        self.received += 1
        self.reports.count(packet.sequence)
        if self._echoes:
            self.say(packet.payload)
        elif self.far is not None:
            if packet.marker and self._has_begun and self._marker_flushes:
                self.flushed += 1
                return
            self._has_begun = True
            self.far.say_in(self.format.name, packet.payload)

    # ------------------------------------------------------------ the beat

    def _tick(self) -> None:
        self.say(self._plays[self._place])
        self._place = (self._place + 1) % len(self._plays)
        now = self._scheduler.now()
        self._due = max(self._due + _FRAME_SECONDS, now - 5 * _FRAME_SECONDS)
        self._timer = self._scheduler.later(max(self._due - now, 0.0), self._tick)

    def _stop(self) -> None:
        self._plays = ()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
