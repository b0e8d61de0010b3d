"""The media library's ICE and DTLS, as FreeSWITCH needs them (verto-protocol.md, "8.3 DTLS and ICE").

This is the one place that knows aiortc's insides. Its building blocks (ICE gatherer, ICE transport, DTLS transport) are
used without its peer connection: that insists on `a=mid`, on its own certificate and on a jitter buffer that stands
still for 300 ms after a lost packet. What has to be different is a subclass here.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence

from aioice import Candidate as IceCandidate
from aioice import Connection as IceConnection
from aioice.ice import CandidatePair, StunProtocol
from aioice.stun import Message
from aiortc import (
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    RTCIceGatherer,
    RTCIceParameters,
    RTCIceTransport,
)
from aiortc.rtcdtlstransport import SRTP_PROFILES, SRTPProtectionProfile, State
from OpenSSL import SSL, crypto

from ctidesk.verto.media_sdp import FINGERPRINTS, RemoteDescription

RSA_SUITE = "ECDHE-RSA-AES128-GCM-SHA256"
CIPHERS = (
    b"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    b"ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    b"ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES256-SHA"
)

Received = Callable[[bytes], None]


class TransportError(Exception):
    """No way for the sound; the text says which step failed."""


class Certificate(RTCCertificate):
    """Our own certificate, whose handshake also offers what a server with an RSA certificate can do.

    aiortc offers ECDHE-ECDSA suites alone. FreeSWITCH's certificate is RSA: as the client, on every call received,
    there would be no common suite, and the call would end with DESTINATION_OUT_OF_ORDER after half a second.
    """

    def _create_ssl_context(self, srtp_profiles: list[SRTPProtectionProfile]) -> SSL.Context:
        context = super()._create_ssl_context(srtp_profiles)
        context.set_cipher_list(CIPHERS)
        return context

    def reaches_rsa(self) -> bool:
        """Return whether our handshake really offers the suites above: the way they get there is aiortc's own."""
        return RSA_SUITE in SSL.Connection(self._create_ssl_context(SRTP_PROFILES)).get_cipher_list()

    @property
    def fingerprint(self) -> str:
        """The hash of the certificate, as it stands in an SDP, by sha-256."""
        return next(one.value for one in self.getFingerprints() if one.algorithm == "sha-256")


class Ice(IceConnection):
    """ICE on chosen addresses, which does not wait for what was sent too early.

    aioice leaves 127.0.0.1 out, and with it every PBX on the same computer: the demo, and tests.
    """

    def __init__(self, *, controlling: bool, addresses: Sequence[str] | None, stun: tuple[str, int] | None) -> None:
        super().__init__(ice_controlling=controlling, components=1, stun_server=stun)
        self._addresses = addresses
        self._checked_again: set[CandidatePair] = set()

    async def get_component_candidates(
        self, component: int, addresses: list[str], timeout: int = 5
    ) -> list[IceCandidate]:
        """Gather on the chosen addresses, or on those of all network cards."""
        chosen = addresses if self._addresses is None else list(self._addresses)
        return await super().get_component_candidates(component, chosen, timeout)

    def check_incoming(self, message: Message, addr: tuple[str, int], protocol: StunProtocol) -> None:
        """Check a pair once more, at once, when the other side begins to check it (RFC 8445, "7.3.1.4").

        FreeSWITCH hears nothing before it has our answer, and so our first check of a call received is lost, which is
        sent as soon as the answer is made. aioice lets a check under way be, whose repetition comes half a second later
        (README of the recordings, "6. aiortc with FreeSWITCH", 9).
        """
        for pair in self._check_list:
            is_it = pair.protocol is protocol and pair.remote_addr == addr
            if is_it and pair.state is CandidatePair.State.IN_PROGRESS and pair not in self._checked_again:
                # Once alone: on a long way the answer to the second check must not be given up for a third.
                self._checked_again.add(pair)
                if pair.task is not None:
                    pair.task.cancel()
                    pair.task = None
                self.check_state(pair, CandidatePair.State.WAITING)
        super().check_incoming(message, addr, protocol)


class Gatherer(RTCIceGatherer):
    """A gatherer with a connection of ours; no server is ever asked that was not given."""

    def __init__(self, connection: Ice) -> None:
        super().__init__(iceServers=[])  # the default would be a public STUN server
        self._connection = connection


class DtlsTransport(RTCDtlsTransport):
    """DTLS and SRTP whose packets go to functions of ours."""

    def __init__(
        self, transport: RTCIceTransport, certificate: Certificate, on_rtp: Received, on_rtcp: Received
    ) -> None:
        super().__init__(transport, [certificate])
        self._on_rtp = on_rtp
        self._on_rtcp = on_rtcp

    async def _handle_rtp_data(self, data: bytes, arrival_time_ms: int) -> None:
        self._on_rtp(data)

    async def _handle_rtcp_data(self, data: bytes) -> None:
        self._on_rtcp(data)

    def _validate_peer_identity(self, remoteParameters: RTCDtlsParameters) -> None:  # noqa: N803 - aiortc's name
        """Compare the peer's certificate with its description, by whichever hash stands there.

        aiortc has the certificate parsed for this, and FreeSWITCH's has the serial number 0: that warns today and is
        refused by a later release of cryptography. The hash needs no parsing.
        """
        assert self._ssl is not None
        certificate = self._ssl.get_peer_certificate()
        encoded = b"" if certificate is None else crypto.dump_certificate(crypto.FILETYPE_ASN1, certificate)
        claimed = [one for one in remoteParameters.fingerprints if one.algorithm in FINGERPRINTS]
        if not encoded or not claimed or any(one.value != fingerprint(encoded, one.algorithm) for one in claimed):
            self._set_state(State.FAILED)


class Transport:
    """One way for the sound of one call: gather, connect, send, close."""

    def __init__(
        self,
        certificate: Certificate,
        on_rtp: Received,
        on_rtcp: Received,
        *,
        addresses: Sequence[str] | None = None,
        stun: tuple[str, int] | None = None,
    ) -> None:
        """Prepare a way.

        Args:
            certificate: ours.
            on_rtp: gets each packet that arrived, decrypted.
            on_rtcp: gets each report.
            addresses: of this computer, to use these alone.
            stun: host and port of a server that tells our outside address; never a default one.
        """
        self._ice = Ice(controlling=False, addresses=addresses, stun=stun)
        self._gatherer = Gatherer(self._ice)
        self._transport = RTCIceTransport(self._gatherer)
        self._dtls = DtlsTransport(self._transport, certificate, on_rtp, on_rtcp)
        self.certificate = certificate
        self.has_ended = False
        """Whether it was connected or connecting and is so no more."""
        self.on_change(self._note_state)

    async def gather(self, timeout: float, *, controlling: bool) -> None:
        """Find our addresses. Raises TransportError when there is none.

        Args:
            timeout: seconds that it may take.
            controlling: we choose the pair of addresses. FreeSWITCH's role follows its place in the handshake, not the
                offer (verto-protocol.md, "5.4 DTLS and ICE roles"). It has to be known now: the other side's first
                check can come before its answer does, and aioice sometimes never connects after changing roles.
        """
        self._ice.ice_controlling = controlling
        try:
            await asyncio.wait_for(self._gatherer.gather(), timeout)
        except TimeoutError as error:
            raise TransportError("finding the own addresses took too long") from error
        if not self._ice.local_candidates:
            raise TransportError("this computer has no address to send sound from")

    @property
    def candidates(self) -> tuple[str, ...]:
        """Our addresses as they stand after `a=candidate:`."""
        return tuple(candidate.to_sdp() for candidate in self._ice.local_candidates)

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of the first of them."""
        first = self._ice.local_candidates[0]
        return first.host, first.port

    @property
    def ice_user(self) -> str:
        return self._ice.local_username

    @property
    def ice_password(self) -> str:
        return self._ice.local_password

    @property
    def is_connected(self) -> bool:
        """Whether packets can be sent."""
        return self._dtls.state == "connected"

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call `callback` whenever `is_connected` or `has_ended` may have changed."""
        self._dtls.on("statechange", callback)
        self._transport.on("statechange", callback)

    async def connect(self, remote: RemoteDescription, *, active: bool) -> None:
        """Find a pair of addresses, shake hands and make keys. Raises TransportError.

        Args:
            remote: the other side's description.
            active: we are the client of the handshake.
        """
        for candidate in remote.candidates:
            await self._ice.add_remote_candidate(IceCandidate.from_sdp(candidate.text))
        # FreeSWITCH's offers do not say where the list ends; nothing ever follows it.
        await self._ice.add_remote_candidate(None)
        await self._transport.start(
            RTCIceParameters(usernameFragment=remote.ice_user, password=remote.ice_password, iceLite=remote.is_ice_lite)
        )
        if self._transport.state != "completed":
            raise TransportError("no connection for the sound")
        self._dtls._set_role("client" if active else "server")
        await self._dtls.start(
            RTCDtlsParameters([RTCDtlsFingerprint(algorithm, value) for algorithm, value in remote.fingerprints])
        )
        if not self.is_connected:
            raise TransportError("the encryption of the sound failed")

    async def send(self, packet: bytes) -> None:
        """Encrypt and send a packet or a report; dropped when there is no connection."""
        try:
            await self._dtls._send_rtp(packet)
        except ConnectionError:
            return

    async def close(self) -> None:
        """End the connection; may be called at any time, more than once."""
        await self._dtls.stop()
        await self._transport.stop()

    def _note_state(self) -> None:
        # Not asked for at each beat: the library makes the words for its states anew each time.
        ended = ("closed", "failed")
        self.has_ended = self._dtls.state in ended or self._transport.state in ended


def fingerprint(encoded: bytes, algorithm: str) -> str:
    """Return the hash of a certificate (DER) as it stands in an SDP; `algorithm` is one of `FINGERPRINTS`."""
    return ":".join(f"{byte:02X}" for byte in hashlib.new(algorithm.replace("-", ""), encoded).digest())
