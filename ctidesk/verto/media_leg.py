"""The sound of one call: from an SDP to two running directions. Lives in the media thread's loop alone."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ctidesk.cti.audio import FRAME_BYTES, FRAME_MILLISECONDS, FRAME_SAMPLES, FULL_SCALE, AudioStream, size_of
from ctidesk.cti.tasks import TaskOwner
from ctidesk.verto.media_codecs import Samples
from ctidesk.verto.media_receiving import Receiver
from ctidesk.verto.media_reports import REPORT_SECONDS, Reports
from ctidesk.verto.media_sdp import (
    CODECS,
    Codec,
    LocalDescription,
    RemoteDescription,
    parse,
    write_answer,
    write_offer,
)
from ctidesk.verto.media_sending import Sender
from ctidesk.verto.media_stretch import loudness
from ctidesk.verto.media_transport import Certificate, Transport, TransportError

logger = logging.getLogger(__name__)

GATHER_SECONDS = 7.0
"""A server that does not answer is given up by aioice itself after five."""

CONNECT_SECONDS = 10.0
TICK_SECONDS = 0.010
SPEAKER_AHEAD = size_of(30)
"""Sound that waits for the speaker: as much as our own loop may be late."""

MOST_UNSENT = size_of(60)
"""What the microphone has said and was not sent yet; what is older would come too late."""

MICROPHONE_STANDS_STILL = 0.06
"""Seconds without a sample after which silence is sent in its place."""

_SILENCE: Samples = np.zeros(FRAME_SAMPLES, np.int16)


@dataclass(frozen=True, slots=True)
class LegOptions:
    """How the sound is sent.

    Attributes:
        codecs: which are offered and taken, the best first.
        addresses: of this computer, to use these alone; None takes all network cards.
        stun: host and port of a server that tells our outside address.
    """

    codecs: tuple[Codec, ...] = CODECS
    addresses: tuple[str, ...] | None = None
    stun: tuple[str, int] | None = None


class Pace:
    """How many frames a clock of ours would have used since the last question."""

    def __init__(self, now: float) -> None:
        self._due = now

    def frames(self, now: float) -> int:
        """Return the frames that are due; what was missed in a long pause is left out."""
        length = FRAME_MILLISECONDS / 1000
        if now - self._due > 5 * length:
            self._due = now - length
        count = int((now - self._due) / length + 1e-6)
        self._due += count * length
        return count


class Leg:
    """One negotiation, one way, two directions.

    `on_connected`, `on_failed` (whether it was connected before, and the protocol's words) and `on_sound` (the first
    packet of the other side) are called in the media thread, each once at most.
    """

    def __init__(self, certificate: Certificate, options: LegOptions) -> None:
        self._options = options
        self._loop = asyncio.get_running_loop()
        self._transport = Transport(
            certificate, self._take_packet, self._take_report, addresses=options.addresses, stun=options.stun
        )
        self._transport.on_change(self._transport_changed)
        self._ssrc = secrets.randbelow(1 << 32)
        self._tasks = TaskOwner("the sound of a call")
        self._gathering: asyncio.Task[object] | None = None
        self._is_started = False
        self._sender: Sender | None = None
        self._receiver: Receiver | None = None
        self._reports: Reports | None = None
        self._stream: AudioStream | None = None
        self._heard_of_microphone = (0, 0.0)
        self._has_sound = False
        self._has_failed = False
        self._has_connected = False
        self._is_closed = False
        self.codec: Codec | None = None
        self.is_muted = False
        self.is_held = False
        self.volume = 1.0
        self._said = _SILENCE
        self._heard = _SILENCE
        self.on_connected: Callable[[], None] = _nothing
        self.on_failed: Callable[[bool, str], None] = _nothing_said
        self.on_sound: Callable[[], None] = _nothing

    # ---- negotiation

    async def offer(self) -> str:
        """Return our offer, with all addresses in it. Raises TransportError."""
        await self._gather(controlling=True)
        return write_offer(self._local(self._options.codecs, "actpass"))

    def accept(self, answer: str) -> None:
        """Take the answer to our offer and connect. Raises SdpError."""
        if self._is_started or self._is_closed:
            return  # the same answer comes in verto.media and in verto.answer
        remote = parse(answer)
        codec = remote.common_codec(self._options.codecs)
        # FreeSWITCH answers `active` to our `actpass`.
        self._start(remote, codec, active=remote.setup == "passive")

    async def answer(self, offer: str) -> str:
        """Return our answer to an offer, and connect. Raises SdpError and TransportError."""
        remote = parse(offer)
        codec = remote.common_codec(self._options.codecs)
        # Active, unless our handshake could not reach a server with an RSA certificate: then passive, and then
        # FreeSWITCH is the controlled side of ICE although it has made the offer.
        active = remote.setup != "active" and (remote.setup == "passive" or self._transport.certificate.reaches_rsa())
        await self._gather(controlling=not active)
        text = write_answer(self._local((codec,), "active" if active else "passive"), remote)
        self._start(remote, codec, active=active)
        return text

    @property
    def is_connected(self) -> bool:
        return self._transport.is_connected

    @property
    def receiver(self) -> Receiver | None:
        """The direction that is heard, once there is a codec."""
        return self._receiver

    @property
    def sender(self) -> Sender | None:
        """The direction that is spoken, once there is a codec."""
        return self._sender

    @property
    def reports(self) -> Reports | None:
        return self._reports

    @property
    def spoken_level(self) -> float:
        """How loud the last frame of ours was, 0.0 to 1.0. Reckoned only when it is asked for, from any thread."""
        return loudness(self._said) / FULL_SCALE

    @property
    def heard_level(self) -> float:
        """The same of the last frame that was heard."""
        return loudness(self._heard) / FULL_SCALE

    def use(self, stream: AudioStream | None) -> None:
        """Speak into and hear from these devices from now on; None is silence both ways."""
        self._stream = stream

    async def close(self) -> None:
        """End it; may be called at any time, more than once."""
        self._is_closed = True
        self._stream = None
        if self._gathering is not None:
            # Not cancelled: aioice would leave a socket open. It takes a moment, without a server to ask.
            await asyncio.wait([self._gathering])
        await self._tasks.close()
        await self._transport.close()

    # ---- the way

    async def _gather(self, *, controlling: bool) -> None:
        """As a task of its own, which goes on when the one who asked is cancelled: `close` waits for it."""
        if self._is_closed:
            raise TransportError("the call has ended")
        self._gathering = self._tasks.start(self._try_to_gather(controlling))
        problem = await asyncio.shield(self._gathering)
        if self._is_closed:
            raise TransportError("the call has ended")
        if isinstance(problem, TransportError):
            raise problem

    async def _try_to_gather(self, controlling: bool) -> TransportError | None:
        try:
            await self._transport.gather(GATHER_SECONDS, controlling=controlling)
        except TransportError as error:
            return error
        return None

    def _local(self, codecs: Sequence[Codec], setup: str) -> LocalDescription:
        address, port = self._transport.address
        return LocalDescription(
            codecs=tuple(codecs),
            fingerprint=self._transport.certificate.fingerprint,
            setup=setup,
            ice_user=self._transport.ice_user,
            ice_password=self._transport.ice_password,
            candidates=self._transport.candidates,
            address=address,
            port=port,
            ssrc=self._ssrc,
            cname=secrets.token_hex(8),
            session=secrets.randbits(50),
        )

    def _start(self, remote: RemoteDescription, codec: Codec, *, active: bool) -> None:
        self.codec = codec
        self._sender = Sender(codec, self._ssrc)
        # The other side may send what stood in our description under any of its numbers; it sends the chosen one.
        self._receiver = Receiver((codec,))
        self._reports = Reports(codec.rate)
        self._is_started = True
        self._tasks.start(self._run(remote, active=active))

    async def _run(self, remote: RemoteDescription, *, active: bool) -> None:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await self._transport.connect(remote, active=active)
        except TimeoutError:
            self._fail("no connection for the sound")
            return
        except (TransportError, ValueError) as error:
            self._fail(str(error))
            return
        self._has_connected = True
        self.on_connected()
        await self._pump()

    def _transport_changed(self) -> None:
        # Before that the one who connects has the better words.
        if self._transport.has_ended and self._has_connected:
            self._fail("the connection for the sound was lost")

    def _fail(self, words: str) -> None:
        if not self._has_failed and not self._is_closed:
            self._has_failed = True
            self.on_failed(self._has_connected, words)

    def _take_packet(self, data: bytes) -> None:
        if self._receiver is None:
            return
        self._receiver.take_packet(data, self._loop.time())
        if not self._has_sound and self._receiver.ssrc is not None:
            self._has_sound = True
            self.on_sound()

    def _take_report(self, data: bytes) -> None:
        if self._reports is not None:
            self._reports.read(data, self._ssrc, self._loop.time())

    # ---- the two directions

    async def _pump(self) -> None:
        now = self._loop.time()
        spoken, heard, due, report_due = Pace(now), Pace(now), now, now + REPORT_SECONDS
        while not self._transport.has_ended:
            now = self._loop.time()
            for packet in self._spoken(spoken, now):
                await self._transport.send(packet)
            self._hear(heard, now)
            if now >= report_due:
                report_due = now + REPORT_SECONDS
                await self._transport.send(self._report(now))
            due = max(due + TICK_SECONDS, now)
            await asyncio.sleep(due - self._loop.time())

    def _spoken(self, pace: Pace, now: float) -> list[bytes]:
        """Return the packets that are due. The microphone's own clock decides when, ours while it stands still."""
        assert self._sender is not None
        by_clock = pace.frames(now)
        frames = self._frames_of_microphone(by_clock, now)
        if self.is_held:
            # Nothing goes out to a switch that plays music to the other side; mod_verto would drop it.
            self._sender.pass_over(len(frames))
            self._said = _SILENCE
            return []
        packets: list[bytes] = []
        for frame in frames:
            self._said = _SILENCE if self.is_muted else frame
            packets += self._sender.send(self._said)
        return packets

    def _frames_of_microphone(self, by_clock: int, now: float) -> list[Samples]:
        queue = self._stream.microphone if self._stream is not None else None
        if queue is None:
            self._heard_of_microphone = (0, now - MICROPHONE_STANDS_STILL)
            return [_SILENCE] * by_clock
        if queue.written != self._heard_of_microphone[0]:
            self._heard_of_microphone = (queue.written, now)
        elif now - self._heard_of_microphone[1] >= MICROPHONE_STANDS_STILL:
            return [_SILENCE] * by_clock
        queue.keep(MOST_UNSENT)
        frames = []
        while len(queue) >= FRAME_BYTES:
            frames.append(np.frombuffer(queue.read(FRAME_BYTES), np.int16))
        return frames

    def _hear(self, pace: Pace, now: float) -> None:
        """Give the speaker what it has used up. Its own clock decides how much, ours while there is none."""
        assert self._receiver is not None
        by_clock = pace.frames(now)
        queue = self._stream.speaker if self._stream is not None else None
        if queue is None:
            for _ in range(by_clock):
                self._heard = self._receiver.frame()
            return
        while len(queue) < SPEAKER_AHEAD:
            self._heard = frame = self._receiver.frame()
            if self.volume != 1.0:
                frame = np.clip(frame * self.volume, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
            queue.write(frame.tobytes())

    def _report(self, now: float) -> bytes:
        assert self._sender is not None
        assert self._receiver is not None
        assert self._reports is not None
        sender, receiver = self._sender, self._receiver
        return self._reports.write(
            self._ssrc,
            sender.packets,
            sender.octets,
            sender.timestamp,
            receiver.ssrc,
            receiver.buffer.counts,
            now,
        )


def _nothing() -> None:
    """Nobody asked to be told."""


def _nothing_said(_has_connected: bool, _words: str) -> None:
    """Nobody asked to be told."""
