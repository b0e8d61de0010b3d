"""The steps below a WebSocket, one by one, to tell which of them fails."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from ctidesk.net.address import Address
from ctidesk.net.errors import NetError, Reason
from ctidesk.net.handshake import explain
from ctidesk.net.tls import PeerCertificate, client_context, peer_certificate


class CertificateFault(StrEnum):
    """Why a certificate is not trusted."""

    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    SELF_SIGNED = "self-signed"
    UNKNOWN_ISSUER = "unknown-issuer"
    WRONG_NAME = "wrong-name"
    CA_FILE = "ca-file"
    """Our own file of trusted certificates cannot be used."""
    OTHER = "other"


class CertificateError(NetError):
    """A certificate that is not trusted."""

    def __init__(self, fault: CertificateFault, detail: str) -> None:
        super().__init__(Reason.BAD_CERTIFICATE, detail)
        self.fault = fault


# OpenSSL's numbers of verification errors, X509_V_ERR_…
_FAULTS = {
    9: CertificateFault.NOT_YET_VALID,
    10: CertificateFault.EXPIRED,
    18: CertificateFault.SELF_SIGNED,
    19: CertificateFault.UNKNOWN_ISSUER,
    20: CertificateFault.UNKNOWN_ISSUER,
    21: CertificateFault.UNKNOWN_ISSUER,
    62: CertificateFault.WRONG_NAME,
    64: CertificateFault.WRONG_NAME,
}
_PROXY_PORTS = {"http": 80, "https": 443}
_SOCKS_PORT = 1080


def first_hop(address: Address, proxy: str | None) -> tuple[str, int]:
    """Return the host and port that is really connected to: the server's, or the proxy's.

    Raises:
        NetError: BAD_ADDRESS; the proxy's address is wrong.
    """
    if not proxy:
        return address.host, address.port
    try:
        parts = urlsplit(proxy)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host:
        raise NetError(Reason.BAD_ADDRESS, "the proxy address cannot be used")
    return host, port or _PROXY_PORTS.get(parts.scheme, _SOCKS_PORT)


async def look_up(host: str, port: int, limit: float) -> list[str]:
    """Return the IP addresses of a host within `limit` seconds.

    Raises:
        NetError: it has none.
    """
    async with _explained(limit):
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


async def reach(host: str, port: int, limit: float) -> str:
    """Open a TCP connection within `limit` seconds, close it, and return the IP address that took it.

    Raises:
        NetError: nobody takes it.
    """
    async with _explained(limit):
        _, writer = await asyncio.open_connection(host, port)
    peer = writer.get_extra_info("peername")
    writer.transport.abort()
    return str(peer[0]) if peer else ""


async def inspect_certificate(address: Address, ca_file: Path | None, limit: float) -> PeerCertificate | None:
    """Make a TLS connection within `limit` seconds, close it, and return whom the server's certificate names.

    Raises:
        CertificateError: the certificate is not trusted, or the CA file cannot be used.
        NetError: there is no TLS.
    """
    try:
        context = await asyncio.to_thread(client_context, ca_file)
    except NetError as error:
        raise CertificateError(CertificateFault.CA_FILE, error.detail) from error
    async with _explained(limit):
        _, writer = await asyncio.open_connection(
            address.host,
            address.port,
            ssl=context,
            server_hostname=address.host,
            ssl_handshake_timeout=limit + 1.0,  # ours is around it
        )
    certificate = peer_certificate(writer.get_extra_info("ssl_object"))
    writer.transport.abort()
    return certificate


@asynccontextmanager
async def _explained(limit: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(limit):
            yield
    except ssl.SSLCertVerificationError as error:
        fault = _FAULTS.get(error.verify_code, CertificateFault.OTHER)
        raise CertificateError(fault, error.verify_message) from error
    except (OSError, ValueError) as error:
        raise explain(error, proxied=False) from error
