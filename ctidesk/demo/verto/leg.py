"""One call of one client: its channel in the switch, its media, and what has been told to the client."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine

from ctidesk.demo.scheduler import Scheduler, Timer
from ctidesk.demo.verto.certificate import MediaCertificate
from ctidesk.demo.verto.mouth import Mouth
from ctidesk.demo.verto.options import VertoOptions
from ctidesk.demo.verto.sdp import NUMBERS, Client, Format, Ours, Unusable, read, write
from ctidesk.demo.verto.way import Way
from ctidesk.demo.webitel.channels import Channel

PLAIN, SECURE = "RTP/SAVPF", "UDP/TLS/RTP/SAVPF"


class Leg:
    """`sessid`: the session that the call belongs to, also while its client is away.

    `is_offered`: the client was called. `has_sdp`: it has our answer. `is_ended`: the client was told of the end, or
    told of it.
    """

    def __init__(
        self,
        channel: Channel,
        sessid: str,
        options: VertoOptions,
        certificate: MediaCertificate,
        scheduler: Scheduler,
        *,
        is_offered: bool,
    ) -> None:
        self.channel = channel
        self.sessid = sessid
        self.is_offered = is_offered
        self.has_sdp = False
        self.answer_sdp = ""
        self.is_ended = False
        self.detached: Timer | None = None
        self.loss = 0.0
        self.mouth: Mouth | None = None
        self._options = options
        self._certificate = certificate
        self._scheduler = scheduler
        self._way: Way | None = None
        self._format: Format | None = None
        self._old_ways: list[Way] = []
        self._opening = asyncio.Lock()
        self._ssrc = random.Random(channel.id).getrandbits(32)  # noqa: S311 - a number, no secret

    @property
    def id(self) -> str:
        return self.channel.id

    @property
    def codec(self) -> str:
        return "" if self._format is None else self._format.name

    @property
    def is_connected(self) -> bool:
        return self._way is not None and self._way.is_open

    # ------------------------------------------------------------ descriptions

    async def answer(self, offer: str) -> tuple[str, Client]:
        """Our answer to an offer of the client, and what is needed to connect. Raises Unusable."""
        client = read(offer)
        wanted = [name.lower() for name in self._options.codecs]
        known = [one for one in client.formats if one.name.lower() in wanted]
        if not known:
            raise Unusable("INCOMPATIBLE_DESTINATION")
        chosen = min(known, key=lambda one: wanted.index(one.name.lower()))
        await self._open(chosen, controlling=False)
        quirks = self._options.quirks
        text = write(
            self._ours("active", "sha-256"),
            (chosen,),
            client.profile,
            candidate_ends=True,
            components=1,
            others=client.others,
            mid="" if quirks.no_mid else client.mid,
            bare_refusal=quirks.bare_refusal,
        )
        return text, client

    async def offer(self, codec: str = "") -> str:
        """Our offer of a call; `codec`: the one of the caller's leg, if that is a client too, and no other."""
        names = [name for name in self._options.codecs if not codec or name.lower() == codec.lower()]
        formats = tuple(Format(name, NUMBERS[name.lower()]) for name in names or self._options.codecs)
        await self._open(formats[0], controlling=True)
        quirks = self._options.quirks
        return write(
            self._ours("actpass", "sha-256"),
            formats,
            PLAIN if quirks.savpf else SECURE,
            candidate_ends=False,
            components=2,
            mid="" if quirks.no_mid else "0",
        )

    async def offer_again(self) -> str:
        """Our offer after the client has come back: the codec in use alone, and another kind of fingerprint."""
        assert self._format is not None
        await self._open(self._format, controlling=True)
        quirks = self._options.quirks
        return write(
            self._ours("actpass", "sha-512" if quirks.sha512_attach else "sha-256"),
            (self._format,),
            SECURE,
            candidate_ends=True,
            components=2,
            mid="" if quirks.no_mid else "0",
        )

    def take(self, answer: str) -> Coroutine[None, None, bool]:
        """Takes the client's answer to our offer; the returned work connects. Raises Unusable."""
        client = read(answer)
        wanted = [name.lower() for name in self._options.codecs]
        chosen = next((one for one in client.formats if one.name.lower() in wanted), None)
        if chosen is None:
            raise Unusable("INCOMPATIBLE_DESTINATION")
        self._choose(chosen)
        return self.connect(client, as_client=client.setup == "passive")

    async def connect(self, client: Client, *, as_client: bool) -> bool:
        """Whether sound can flow."""
        way = self._way
        connected = way is not None and await way.connect(client, as_client=as_client)
        return connected or self._way is not way  # a newer negotiation has taken its place

    # ------------------------------------------------------------ ends

    async def stop_media(self) -> None:
        if self.mouth is not None:
            self.mouth.silence()
        async with self._opening:
            ways, self._old_ways = [*self._old_ways, *([self._way] if self._way else [])], []
            self._way = None
            for way in ways:
                await way.close()

    async def _open(self, chosen: Format, *, controlling: bool) -> None:
        # Never broken off half-way: aioice would leave a socket open.
        async with self._opening:
            await self._open_way(controlling=controlling)
        self._choose(chosen)

    async def _open_way(self, *, controlling: bool) -> None:
        if self._way is not None:
            self._old_ways.append(self._way)
        deaf = self._options.quirks.deaf_before_answer
        self._way = Way(self._options.host, self._certificate, self._hear, self._take_report, deaf=deaf)
        await self._way.gather(controlling=controlling)

    def _choose(self, chosen: Format) -> None:
        self._format = chosen
        if self.mouth is None or self.mouth.format != chosen:
            if self.mouth is not None:
                self.mouth.silence()
            self.mouth = Mouth(
                chosen,
                self._scheduler,
                self._send,
                self._ssrc,
                marker_flushes=self._options.quirks.marker_flushes,
                loss=lambda: self.loss,
            )

    def _hear(self, data: bytes) -> None:
        if self.mouth is not None:
            self.mouth.hear(data)

    def _take_report(self, data: bytes) -> None:
        answer = self.mouth.reports.answer(data) if self.mouth is not None else None
        if answer is not None and self._way is not None:
            self._way.send_report(answer)

    def _send(self, data: bytes) -> None:
        if self._way is not None:
            self._way.send(data)

    def _ours(self, setup: str, algorithm: str) -> Ours:
        assert self._way is not None
        address, port = self._way.address
        user, password = self._way.credentials
        return Ours(
            address, port, user, password, algorithm, self._certificate.fingerprint(algorithm), setup, self._ssrc
        )
