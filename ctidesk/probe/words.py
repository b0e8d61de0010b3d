"""What a step that failed in the network means, and what to do about it."""

from __future__ import annotations

from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.probing import Fault, StepName
from ctidesk.cti.text import translate
from ctidesk.net.errors import NetError, Reason
from ctidesk.net.probing import CertificateError, CertificateFault


def network_error(error: NetError, step: StepName, host: str, port: int) -> tuple[CtiError, Fault]:
    """Return the error in words, and the setting that it puts in doubt.

    Args:
        error: what has failed.
        step: where.
        host, port: what was connected to.
    """
    kind = ErrorKind.CALL_CENTRE_NOT_AVAILABLE if error.retryable else ErrorKind.CONNECTION_CONFIG
    words, fault = _words(error, step)
    text = words.format(host=host, port=port)
    return CtiError(kind, text, raw=str(error), source=f"probe.{step}"), fault


def _words(error: NetError, step: StepName) -> tuple[str, Fault]:
    match error.reason:
        case Reason.BAD_CERTIFICATE:
            return _certificate_words(error), Fault.CERTIFICATE
        case Reason.PROXY_FAILED:
            return (
                translate("Probe", "The proxy does not let the connection through. Check its address, or do without."),
                Fault.PROXY,
            )
        case Reason.TIMED_OUT:
            return _silence_words(step), Fault.ADDRESS
        case _:
            return _reason_words(error.reason), Fault.ADDRESS


def _reason_words(reason: Reason) -> str:
    match reason:
        case Reason.BAD_ADDRESS:
            return translate("Probe", "The address cannot be used. Check it for a typing mistake.")
        case Reason.NAME_NOT_FOUND:
            return translate(
                "Probe", "The name {host} was not found. Check it for a typing mistake, and check the network."
            )
        case Reason.REFUSED:
            return translate(
                "Probe",
                "The computer {host} is there, but nothing listens on port {port}. Check the port, and whether the "
                "PBX is running.",
            )
        case Reason.UNREACHABLE:
            return translate("Probe", "There is no way to {host}. Check the network, the cable or the VPN.")
        case Reason.TLS_FAILED:
            return translate(
                "Probe", "Port {port} does not speak TLS. Check the port, or write ws:// instead of wss://."
            )
        case Reason.NOT_A_WEBSOCKET:
            return translate(
                "Probe", "Something answers on port {port}, but it is no PBX. Check the port and the address."
            )
        case Reason.WRONG_SUBPROTOCOL:
            return translate(
                "Probe", "Something answers on port {port}, but it is another kind of server. Check PBX and port."
            )
        case Reason.FORBIDDEN:
            return translate("Probe", "The server does not let this computer in. Ask your administrator.")
        case Reason.SERVER_BUSY:
            return translate("Probe", "The server answers that it is not ready. Try again in a minute.")
        case _:
            return translate(
                "Probe", "The server hangs up at once. Check the port, and whether it needs wss:// instead of ws://."
            )


def _silence_words(step: StepName) -> str:
    match step:
        case StepName.ADDRESS:
            return translate("Probe", "The look-up of {host} takes too long. Check the network.")
        case StepName.TCP:
            return translate(
                "Probe",
                "Nobody answers at {host}, port {port}. Check the address; the server may be off, or a firewall in "
                "between.",
            )
        case _:
            return translate(
                "Probe",
                "Port {port} takes the connection, but says nothing. Check the port, and whether it is ws:// or "
                "wss://.",
            )


def _certificate_words(error: NetError) -> str:
    match error.fault if isinstance(error, CertificateError) else None:
        case CertificateFault.EXPIRED:
            return translate(
                "Probe",
                "The server's certificate has expired. Check the date of this computer; if it is right, ask your "
                "administrator to renew the certificate.",
            )
        case CertificateFault.NOT_YET_VALID:
            return translate(
                "Probe", "The server's certificate is not valid yet. Check the date and time of this computer."
            )
        case CertificateFault.SELF_SIGNED:
            return translate(
                "Probe",
                "The server vouches for itself: its certificate is self-signed. Ask your administrator for the "
                "certificate file and choose it as your own CA file.",
            )
        case CertificateFault.UNKNOWN_ISSUER:
            return translate(
                "Probe",
                "This computer does not know who issued the server's certificate. Ask your administrator for the "
                "certificate file and choose it as your own CA file.",
            )
        case CertificateFault.WRONG_NAME:
            return translate(
                "Probe",
                "The server's certificate is for another name than {host}. Use the name that the certificate is for, "
                "or ask your administrator.",
            )
        case CertificateFault.CA_FILE:
            return translate("Probe", "Your own CA file cannot be used. Choose a file with certificates (PEM).")
        case _:
            return translate(
                "Probe",
                "The server's certificate cannot be trusted, so nothing was sent. Ask your administrator for the "
                "right address or certificate file.",
            )
