"""One media connection of the server: ICE, DTLS and SRTP, without what runs over it."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import struct
from collections.abc import Callable
from dataclasses import dataclass

from aioice import Candidate, Connection
from aioice.ice import StunProtocol
from aioice.stun import Message
from aiortc import (
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    RTCIceGatherer,
    RTCIceParameters,
    RTCIceTransport,
)

from ctidesk.demo.verto.certificate import MediaCertificate
from ctidesk.demo.verto.sdp import Client

_log = logging.getLogger(__name__)

CONNECT_SECONDS = 10.0
_HEADER = struct.Struct("!BBHLL")


@dataclass(frozen=True)
class Rtp:
    """One packet with sound."""

    marker: bool
    number: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes

    def encode(self) -> bytes:
        second = (0x80 if self.marker else 0) | self.number
        return _HEADER.pack(0x80, second, self.sequence & 0xFFFF, self.timestamp & 0xFFFFFFFF, self.ssrc) + self.payload


def decode(data: bytes) -> Rtp | None:
    """None for what is no RTP without padding."""
    if len(data) < _HEADER.size or data[0] >> 6 != 2 or data[0] & 0x20:
        return None
    first, second, sequence, timestamp, ssrc = _HEADER.unpack_from(data)
    start = _HEADER.size + 4 * (first & 0x0F)
    if first & 0x10:
        if len(data) < start + 4:
            return None
        start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4], "big")
    return Rtp(bool(second & 0x80), second & 0x7F, sequence, timestamp, ssrc, data[start:])


class Way:
    """`gather`, then `connect`; `receive` gets each packet, `report` each RTCP.

    `host`: where the server listens. `deaf`: what comes before `connect` is lost.
    """

    def __init__(
        self,
        host: str,
        certificate: MediaCertificate,
        receive: Callable[[bytes], None],
        report: Callable[[bytes], None],
        *,
        deaf: bool,
    ) -> None:
        self._ice = _Ice(host, is_deaf=deaf)
        gatherer = RTCIceGatherer(iceServers=[])
        gatherer._connection = self._ice
        self._gatherer = gatherer
        self._transport = RTCIceTransport(gatherer)
        self._dtls = _Dtls(self._transport, certificate, receive, report)

    async def gather(self, *, controlling: bool) -> None:
        """`controlling`: in ICE. It follows the role in DTLS: the server of the handshake controls."""
        self._ice.ice_controlling = controlling
        await self._gatherer.gather()

    @property
    def address(self) -> tuple[str, int]:
        first = self._ice.local_candidates[0]
        return first.host, first.port

    @property
    def credentials(self) -> tuple[str, str]:
        return self._ice.local_username, self._ice.local_password

    @property
    def is_open(self) -> bool:
        return self._dtls.state == "connected"

    async def connect(self, client: Client, *, as_client: bool) -> bool:
        """Whether it came about."""
        self._ice.ice_controlling = not as_client
        self._ice.is_deaf = False
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                for candidate in client.candidates:
                    await self._ice.add_remote_candidate(Candidate.from_sdp(candidate))
                await self._ice.add_remote_candidate(None)
                await self._transport.start(
                    RTCIceParameters(usernameFragment=client.ice_user, password=client.ice_password)
                )
                if self._transport.state != "completed":
                    return False
                self._dtls._set_role("client" if as_client else "server")
                prints = [RTCDtlsFingerprint(algorithm, value) for algorithm, value in client.fingerprints]
                await self._dtls.start(RTCDtlsParameters(prints))
        except (TimeoutError, ConnectionError, ValueError) as error:
            _log.debug("no media connection: %s", error)
            return False
        return self.is_open

    def send(self, data: bytes) -> None:
        """Encrypts and sends; nothing happens without a connection."""
        if self.is_open:
            self._ice.send_now(self._dtls.protect(data))

    def send_report(self, data: bytes) -> None:
        """The same for RTCP."""
        if self.is_open:
            self._ice.send_now(self._dtls.protect_report(data))

    async def close(self) -> None:
        """Without a goodbye, as FreeSWITCH does it: a client that hears of the end here alone notices it late."""
        self._dtls.abandon()
        await self._transport.stop()


class _Ice(Connection):
    """On the server's own address, also when that is 127.0.0.1."""

    def __init__(self, host: str, *, is_deaf: bool) -> None:
        super().__init__(ice_controlling=False, components=1)
        self._host = host
        self.is_deaf = is_deaf

    async def get_component_candidates(self, component: int, addresses: list[str], timeout: int = 5) -> list[Candidate]:
        return await super().get_component_candidates(component, self._chosen(addresses), timeout)

    def request_received(self, message: Message, addr: tuple[str, int], protocol: StunProtocol) -> None:
        if not self.is_deaf:
            super().request_received(message, addr, protocol)

    def send_now(self, data: bytes) -> None:
        pair = self._nominated.get(1)
        if pair is not None:
            pair.protocol.transport.sendto(data, pair.remote_addr)

    def _chosen(self, addresses: list[str]) -> list[str]:
        try:
            address = ipaddress.ip_address(self._host)
        except ValueError:
            return ["127.0.0.1"] if self._host == "localhost" else addresses
        return addresses if address.is_unspecified else [self._host]


class _Dtls(RTCDtlsTransport):
    def __init__(
        self,
        transport: RTCIceTransport,
        certificate: MediaCertificate,
        receive: Callable[[bytes], None],
        report: Callable[[bytes], None],
    ) -> None:
        super().__init__(transport, [certificate])
        self._receive = receive
        self._report = report

    def protect(self, data: bytes) -> bytes:
        protected: bytes = self._tx_srtp.protect(data)
        return protected

    def protect_report(self, data: bytes) -> bytes:
        protected: bytes = self._tx_srtp.protect_rtcp(data)
        return protected

    def abandon(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _handle_rtp_data(self, data: bytes, arrival_time_ms: int) -> None:
        self._receive(data)

    async def _handle_rtcp_data(self, data: bytes) -> None:
        self._report(data)
