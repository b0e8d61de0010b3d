"""What the operator reads of errors (webitel-protocol.md, "12. Errors")."""

from __future__ import annotations

from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.text import translate
from ctidesk.net.errors import NetError, Reason
from ctidesk.webitel.call_commands import NO_CALL, NO_NUMBER, NO_OTHER_PARTY
from ctidesk.webitel.client import BAD_ADDRESS
from ctidesk.webitel.fields import Fields, Json
from ctidesk.webitel.hangup_causes import REFUSING_CAUSES, hangup_cause_text
from ctidesk.webitel.results import NOT_FOUND, ErrorType, Result


def connection_error(result: Result, network: NetError | None) -> CtiError:
    """Return the error of an attempt to connect.

    Args:
        result: what `connect` returned.
        network: why no server was found or the connection broke, when that was the cause.
    """
    kind, text = _connection_kind_and_text(result, network)
    raw = str(network) if result.error is ErrorType.CONNECTION and network is not None else result.text
    return CtiError(kind, text, raw=raw, source="webitel.connect")


def command_error(command: str, result: Result) -> CtiError:
    """Return the error of a command that was refused.

    Args:
        command: the command's name, for the source.
    """
    kind = ErrorKind.COMMAND
    if _is_unknown_command(result):
        kind = ErrorKind.COMMAND_NOT_IMPLEMENTED
    elif result.error is ErrorType.CONNECTION:
        kind = ErrorKind.OPEN_CONNECTION
    elif result.error is ErrorType.AUTH:
        kind = ErrorKind.AUTHENTICATION
    return CtiError(kind, _command_text(result), raw=result.text, source=f"webitel.{command}")


def public_error(told: Json) -> CtiError:
    """Return the error that an `onError` tells."""
    fields = Fields(told)
    kind = next((one for one in ErrorType if one.value == fields.text("errorType")), ErrorType.COMMAND)
    match kind:
        case ErrorType.SCRIPT:
            text = translate("Webitel", "A part of this program failed over an event. Calls go on.")
            return CtiError(ErrorKind.EVENT_HANDLER, text, raw=fields.text("message"), source="webitel")
        case ErrorType.EVENT:
            text = translate("Webitel", "The PBX sent a message that cannot be read. Calls go on.")
            return CtiError(ErrorKind.GENERAL, text, raw=fields.text("message"), source="webitel")
        case _:
            return command_error("onError", Result("onError", fields.text("message"), kind))


def _is_unknown_command(result: Result) -> bool:
    return result.error is ErrorType.COMMAND and result.message.endswith(NOT_FOUND)


def _connection_kind_and_text(result: Result, network: NetError | None) -> tuple[ErrorKind, str]:
    if result.command == "settings":
        if result.message == BAD_ADDRESS:
            return ErrorKind.CONNECTION_CONFIG, translate(
                "Webitel", "The server address is missing or wrong. Correct it and connect again."
            )
        return ErrorKind.CONNECTION_CONFIG, translate(
            "Webitel", "Webitel account parameters are not set. Add an account in the Webitel users section"
        )
    if result.error is ErrorType.AUTH:
        return ErrorKind.AUTHENTICATION, _login_text(result)
    if result.error is ErrorType.CONNECTION:
        return _network_kind_and_text(network)
    return ErrorKind.OPEN_CONNECTION, translate("Webitel", "The PBX is being connected already. Wait a moment.")


def _login_text(result: Result) -> str:
    text = result.text
    lower = text.lower()
    if "secret incorrect" in lower:
        return translate("Webitel", "The number or the password is wrong. Correct them and connect again.")
    if "maximum opened socket" in lower:
        return translate("Webitel", "This account is connected too many times. Close other programs that use it.")
    if "maximum license" in lower:
        return translate("Webitel", "The PBX licence allows no more users now. Ask your administrator.")
    if "token" in lower:
        return translate("Webitel", "The access token is not valid any more. Enter the password and connect again.")
    return translate("Webitel", "The PBX does not accept this account. Check the number and the password.")


def _network_kind_and_text(network: NetError | None) -> tuple[ErrorKind, str]:
    kind = ErrorKind.OPEN_CONNECTION
    if network is not None and not network.retryable:
        kind = ErrorKind.CONNECTION_CONFIG
    match network.reason if network is not None else None:
        case Reason.BAD_CERTIFICATE:
            text = translate(
                "Webitel",
                "The server's certificate cannot be trusted, so nothing was sent. Ask your administrator "
                "for the right address or certificate file.",
            )
        case Reason.NAME_NOT_FOUND:
            text = translate("Webitel", "The server's name was not found. Check the address and the network.")
        case Reason.REFUSED:
            text = translate("Webitel", "The server refuses the connection. Check the address and the port.")
        case Reason.NOT_A_WEBSOCKET | Reason.WRONG_SUBPROTOCOL:
            text = translate("Webitel", "Something answers here, but it is no Webitel server. Check the address.")
        case Reason.BAD_ADDRESS:
            text = translate("Webitel", "The server address is missing or wrong. Correct it and connect again.")
        case Reason.FORBIDDEN | Reason.PROXY_FAILED if kind is ErrorKind.CONNECTION_CONFIG:
            text = translate("Webitel", "The server does not let this computer in. Ask your administrator.")
        case Reason.TLS_FAILED:
            text = translate("Webitel", "No secure connection could be made. Check whether this port uses TLS.")
        case _:
            text = translate("Webitel", "The PBX cannot be reached. The next attempt follows by itself.")
    return kind, text


def _command_text(result: Result) -> str:
    """The words for a refusal ("12.2 Texts to recognise")."""
    text = result.message
    lower = text.lower()
    if result.error is ErrorType.CONNECTION:
        return translate("Webitel", "There is no connection to the PBX. Wait until it is back.")
    if _is_unknown_command(result):
        return translate("Webitel", "This server does not support that.")
    if not result.id and text == "no reply in time":
        return translate("Webitel", "The PBX has not answered in time. Look at the call and try again.")
    if "permission denied" in lower:
        return translate("Webitel", "Your role does not allow this.")
    if "user_not_registered" in lower or "subscriber_absent" in lower:
        return translate("Webitel", "Your phone is not registered. Check the phone.")
    if "no such channel" in lower or "invalid uuid" in lower or text == NO_CALL:
        return translate("Webitel", "The call has already ended.")
    if "connect close" in lower or "console connect error" in lower:
        return translate("Webitel", "The PBX is temporarily unavailable. Try again in a moment.")
    if text == NO_OTHER_PARTY:
        return translate("Webitel", "The other party is not connected yet. Wait until it has answered.")
    if text == NO_NUMBER:
        return translate("Webitel", "There is no number. Enter one.")
    if (cause := result.text) in REFUSING_CAUSES:
        return hangup_cause_text(cause)
    return translate("Webitel", "The PBX has refused. Try again or ask your administrator.")
