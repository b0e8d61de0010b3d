"""TLS of the connection: whom it trusts, and what the peer has shown."""

import ssl
from pathlib import Path

from msgspec import Struct

from ctidesk.net.errors import NetError, Reason


def client_context(ca_file: Path | None) -> ssl.SSLContext:
    """A context that checks certificate and host name, TLS 1.2 or newer.

    Reads files: call it outside the event loop.

    Args:
        ca_file: PEM file with further certificates to trust. They are added to the system's own store, they
            do not replace it.

    Raises:
        NetError: BAD_CERTIFICATE when the file cannot be used.
    """
    # Given to create_default_context, the file would be trusted instead of the system's store.
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # Python 3.13 began to refuse certificates with formal faults that office-made ones commonly have (no
    # authority key identifier, for instance). Chain, dates and host name are checked without this flag too.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if ca_file is not None:
        # The file may hold an intermediate authority, or the PBX's very own certificate.
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ValueError) as error:
            raise NetError(Reason.BAD_CERTIFICATE, f"the CA file cannot be used: {_why(error)}") from error
    return context


class PeerCertificate(Struct, frozen=True):
    """What the server showed: names as a list of attributes, and the end of its validity as OpenSSL writes it."""

    subject: str
    issuer: str
    not_after: str


def peer_certificate(ssl_object: ssl.SSLObject) -> PeerCertificate | None:
    """Describe the certificate of an open TLS connection; None if the server showed none."""
    certificate = ssl_object.getpeercert()
    if not certificate:
        return None
    return PeerCertificate(
        subject=_name(certificate.get("subject")),
        issuer=_name(certificate.get("issuer")),
        not_after=str(certificate.get("notAfter", "")),
    )


def _name(distinguished_name: object) -> str:
    """Write a name as getpeercert() gives it, a tuple of tuples of (attribute, value) pairs."""
    if not isinstance(distinguished_name, tuple):
        return ""
    return ", ".join(f"{attribute}={value}" for rdn in distinguished_name for attribute, value in rdn)


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, ssl.SSLError):
        return error.reason or "no certificate in it"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return type(error).__name__
