"""What the operator reads when the PBX says no: what happened and what to do."""

from __future__ import annotations

from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.text import translate
from ctidesk.net.errors import NetError, Reason
from ctidesk.oktell.errors import Code
from ctidesk.oktell.record import JsonObject, Record


def connection_error(result: JsonObject, network: NetError | None) -> CtiError:
    """Return the error of an attempt to connect (oktell-protocol.md, "14.4 Connection").

    Args:
        result: what `connect` returned.
        network: why no server was found, when that was the cause.
    """
    record = Record(result)
    code = record.number("errorCode")
    kind, text = _kind_and_text(code, network)
    raw = record.text("serverErrorMessage") or (str(network) if code == Code.NO_SERVER and network else "")
    return CtiError(kind, text, code=code, raw=raw, source="oktell.connect")


def command_error(command: str, result: JsonObject) -> CtiError:
    """Return the error of a command that was refused.

    Args:
        command: the command's name, for the source.
        result: what the command returned.
    """
    record = Record(result)
    code = record.number("errorCode")
    raw = record.text("errormsg") or record.text("errorMessage")
    return CtiError(ErrorKind.COMMAND, _command_text(code), code=code, raw=raw, source=f"oktell.{command}")


def _kind_and_text(code: int | None, network: NetError | None) -> tuple[ErrorKind, str]:
    match code:
        case Code.NO_SERVER:
            return _network_kind_and_text(network)
        case Code.WRONG_PASSWORD:
            return ErrorKind.AUTHENTICATION, translate(
                "Oktell", "The PBX does not accept this login or password. Correct them and connect again."
            )
        case Code.SESSION_INVALID:
            return ErrorKind.AUTHENTICATION, translate(
                "Oktell", "The PBX has forgotten this login. Enter the password and connect again."
            )
        case Code.DESKTOP_CLIENT_IN_USE:
            return ErrorKind.OPEN_CONNECTION, translate(
                "Oktell", "The Oktell desktop client is already logged in with this name. Close it there."
            )
        case Code.LICENCE_LIMIT:
            return ErrorKind.OPEN_CONNECTION, translate(
                "Oktell", "The PBX licence allows no more users now. Ask your administrator."
            )
        case Code.SERVICE_NOT_READY:
            return ErrorKind.OPEN_CONNECTION, translate(
                "Oktell", "The PBX is not ready yet. The next attempt follows by itself."
            )
        case Code.BAD_URL:
            return ErrorKind.CONNECTION_CONFIG, translate(
                "Oktell", "The server address is missing or wrong. Correct it and connect again."
            )
        case Code.NO_CREDENTIALS:
            return ErrorKind.CONNECTION_CONFIG, translate("Oktell", "There is no password. Enter it and connect again.")
        case _:
            return ErrorKind.OPEN_CONNECTION, translate(
                "Oktell", "The PBX answered, but the line could not be opened. The next attempt follows by itself."
            )


def _network_kind_and_text(network: NetError | None) -> tuple[ErrorKind, str]:
    kind = ErrorKind.CALL_CENTRE_NOT_AVAILABLE
    if network is not None and not network.retryable:
        kind = ErrorKind.CONNECTION_CONFIG
    match network.reason if network is not None else None:
        case Reason.BAD_CERTIFICATE:
            text = translate(
                "Oktell",
                "The server's certificate cannot be trusted, so nothing was sent. Ask your administrator "
                "for the right address or certificate file.",
            )
        case Reason.NAME_NOT_FOUND:
            text = translate("Oktell", "The server's name was not found. Check the address and the network.")
        case Reason.REFUSED:
            text = translate("Oktell", "The server refuses the connection. Check the address and the port.")
        case Reason.NOT_A_WEBSOCKET | Reason.WRONG_SUBPROTOCOL:
            text = translate("Oktell", "Something answers at this address, but it is no Oktell PBX. Check the address.")
        case Reason.BAD_ADDRESS:
            text = translate("Oktell", "The server address is missing or wrong. Correct it and connect again.")
        case Reason.FORBIDDEN | Reason.PROXY_FAILED if kind is ErrorKind.CONNECTION_CONFIG:
            text = translate("Oktell", "The server does not let this computer in. Ask your administrator.")
        case Reason.TLS_FAILED:
            text = translate("Oktell", "No secure connection could be made. Check whether this port uses TLS.")
        case _:
            text = translate("Oktell", "The PBX cannot be reached. The next attempt follows by itself.")
    return kind, text


def _command_text(code: int | None) -> str:
    match code:
        case Code.NOT_CONNECTED:
            return translate("Oktell", "There is no connection to the PBX. Wait until it is back.")
        case Code.NO_REPLY:
            return translate("Oktell", "The PBX has not answered in time. Look at the call and try again.")
        case Code.METHOD_TOO_NEW:
            return translate("Oktell", "This PBX is too old for that. Ask your administrator.")
        case Code.USER_DISCONNECTED | Code.LINE_DISCONNECTED:
            return translate("Oktell", "Your phone is not connected to the PBX. Check the phone.")
        case Code.TALKING_WITH_HOLD:
            return translate("Oktell", "There is a call on hold already. Complete or cancel that first.")
        case Code.IN_CONFERENCE:
            return translate("Oktell", "You are in a conference. Leave it first.")
        case Code.LINE_NOT_FREE:
            return translate("Oktell", "Your line is busy with another call. End that one first.")
        case Code.USER_BUSY:
            return translate("Oktell", "Your state is busy. Become ready first.")
        case Code.ALREADY_TALKING:
            return translate("Oktell", "You are talking with this number already.")
        case Code.NO_NUMBER | Code.NO_TRANSFER_NUMBER:
            return translate("Oktell", "There is no number. Enter one.")
        case Code.CALL_REFUSED:
            return translate("Oktell", "The PBX refuses this call. Check the number.")
        case Code.NOT_TALKING:
            return translate("Oktell", "There is no talk to transfer. Answer first.")
        case Code.NO_HOLD:
            return translate("Oktell", "Nobody is on hold.")
        case Code.NOTHING_TO_ANSWER:
            return translate("Oktell", "The call has ended. There is nothing to answer.")
        case Code.PHONE_NOT_ANSWERABLE:
            return translate("Oktell", "Your phone cannot be answered from here. Pick it up by hand.")
        case Code.UNKNOWN_STATUS | Code.STATUS_NOT_SETTABLE:
            return translate("Oktell", "This state cannot be chosen.")
        case Code.NO_REDIRECT_NUMBER:
            return translate("Oktell", "There is no number to redirect to. Enter one.")
        case _:
            return translate("Oktell", "The PBX has refused. Try again or ask your administrator.")
