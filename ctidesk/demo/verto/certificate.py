"""The certificate of the media, as FreeSWITCH makes it for itself: RSA, with the serial number 0."""

from __future__ import annotations

import base64
import datetime
import hashlib
import tempfile
from pathlib import Path

from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsFingerprint, SRTPProtectionProfile
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from OpenSSL import SSL

RSA_BITS = 2048
HASHES = {"sha-256": "sha256", "sha-512": "sha512"}
_SHA256_WITH_RSA = bytes.fromhex("300d06092a864886f70d01010b0500")
_SERIAL_ONE = bytes.fromhex("020101")
_SERIAL_ZERO = bytes.fromhex("020100")


class MediaCertificate(RTCCertificate):
    """Handed to the media library, which otherwise makes one of its own kind.

    `odd`: RSA with the serial number 0, and suites for RSA alone. cryptography neither makes nor likes such a number,
    so that the number is put in, and the whole signed anew, by hand.
    """

    def __init__(self, *, odd: bool) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        super().__init__(key, _usual(key))
        self.encoded = self._cert.public_bytes(serialization.Encoding.DER)
        self._files: tuple[bytes, bytes] | None = None
        if odd:
            rsa_key = rsa.generate_private_key(65537, RSA_BITS)
            self.encoded = _with_serial_zero(rsa_key)
            self._files = (
                _pem(self.encoded),
                rsa_key.private_bytes(
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.TraditionalOpenSSL,
                    serialization.NoEncryption(),
                ),
            )

    def fingerprint(self, algorithm: str) -> str:
        """The hash of the certificate as it stands in an SDP; `algorithm` is one of `HASHES`."""
        return ":".join(f"{byte:02X}" for byte in hashlib.new(HASHES[algorithm], self.encoded).digest())

    def getFingerprints(self) -> list[RTCDtlsFingerprint]:
        return [RTCDtlsFingerprint("sha-256", self.fingerprint("sha-256"))]

    def _create_ssl_context(self, srtp_profiles: list[SRTPProtectionProfile]) -> SSL.Context:
        context = super()._create_ssl_context(srtp_profiles)
        if self._files is not None:
            context = SSL.Context(SSL.DTLS_METHOD)
            context.set_options(SSL.OP_NO_TICKET)
            context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *_: True)
            with tempfile.TemporaryDirectory() as folder:
                for name, content in zip(("certificate.pem", "key.pem"), self._files, strict=True):
                    (Path(folder) / name).write_bytes(content)
                context.use_certificate_file(str(Path(folder) / "certificate.pem"))
                context.use_privatekey_file(str(Path(folder) / "key.pem"))
            context.set_cipher_list(b"ECDHE+AESGCM:ECDHE+AES")
            context.set_tlsext_use_srtp(b"SRTP_AES128_CM_SHA1_80")
        return context


def _usual(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    return _builder(key.public_key()).serial_number(x509.random_serial_number()).sign(key, hashes.SHA256())


def _with_serial_zero(key: rsa.RSAPrivateKey) -> bytes:
    signed = _builder(key.public_key()).serial_number(1).sign(key, hashes.SHA256())
    body = signed.tbs_certificate_bytes.replace(_SERIAL_ONE, _SERIAL_ZERO, 1)
    signature = key.sign(body, padding.PKCS1v15(), hashes.SHA256())
    return _der(0x30, body + _SHA256_WITH_RSA + _der(0x03, b"\x00" + signature))


def _builder(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "FreeSWITCH")])
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
    )


def _der(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + content


def _pem(encoded: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(encoded) + b"-----END CERTIFICATE-----\n"
