"""What the operator reads about the web phone (verto-protocol.md, "12. Mapping to the CTI model", error kinds)."""

from __future__ import annotations

from collections.abc import Sequence

from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.text import translate
from ctidesk.verto.errors import Problem, VertoError

_KINDS = {
    Problem.NOT_CONNECTED: ErrorKind.OPEN_CONNECTION,
    Problem.UNREACHABLE: ErrorKind.OPEN_CONNECTION,
    Problem.NO_SECURE_CONNECTION: ErrorKind.OPEN_CONNECTION,
    Problem.CONNECTION_LOST: ErrorKind.OPEN_CONNECTION,
    Problem.OPENED_ELSEWHERE: ErrorKind.OPEN_CONNECTION,
    Problem.BAD_ADDRESS: ErrorKind.CONNECTION_CONFIG,
    Problem.BAD_CERTIFICATE: ErrorKind.CONNECTION_CONFIG,
    Problem.NOT_VERTO: ErrorKind.CONNECTION_CONFIG,
    Problem.NOT_LET_IN: ErrorKind.CONNECTION_CONFIG,
    Problem.NOT_PERMITTED: ErrorKind.CONNECTION_CONFIG,
    Problem.WRONG_LOGIN: ErrorKind.AUTHENTICATION,
    Problem.NO_LIBRARY: ErrorKind.LOAD_LIBRARY,
    Problem.DEFECT: ErrorKind.GENERAL,
}


def web_phone_error(error: VertoError, source: str) -> CtiError:
    """Return an error of the web phone as the application tells it.

    Args:
        source: the command, for instance `answer`.
    """
    kind = _KINDS.get(error.problem, ErrorKind.COMMAND)
    return CtiError(kind, problem_words(error), error.code or None, error.raw, f"verto.{source}")


def missing_devices_error(missing: Sequence[str]) -> CtiError:
    """Return what the operator of a talk is told when there is no `microphone`, no `speaker`, or neither."""
    if len(missing) > 1:
        text = translate("WebPhone", "There is no headset: nobody hears anybody. Plug one in; the call goes on.")
    elif "microphone" in missing:
        text = translate(
            "WebPhone", "There is no microphone to use: you are not heard. Plug one in, or allow it; the call goes on."
        )
    else:
        text = translate("WebPhone", "There is no speaker: you hear nobody. Plug one in; the call goes on.")
    return CtiError(ErrorKind.GENERAL, text, source="verto.sound")


def problem_words(error: VertoError) -> str:
    """Return what happened and what to do."""
    match error.problem:
        case Problem.NOT_CONNECTED:
            return translate("WebPhone", "The web phone is not connected. Wait until it is back.")
        case Problem.UNREACHABLE:
            return translate(
                "WebPhone", "The web phone's server cannot be reached. The next attempt follows by itself."
            )
        case Problem.BAD_ADDRESS:
            return translate("WebPhone", "The web phone's address is missing or wrong. Correct it in the settings.")
        case Problem.BAD_CERTIFICATE:
            return translate(
                "WebPhone",
                "The certificate of the web phone's server cannot be trusted, so nothing was sent. "
                "Ask your administrator for the right address or certificate file.",
            )
        case Problem.NO_SECURE_CONNECTION:
            return translate("WebPhone", "The web phone has no secure connection. Check whether its port uses TLS.")
        case Problem.NOT_VERTO:
            return translate("WebPhone", "This port does not speak Verto. Check the web phone's address.")
        case Problem.NOT_LET_IN:
            return translate(
                "WebPhone", "The web phone's server does not let this computer in. Ask your administrator."
            )
        case Problem.WRONG_LOGIN:
            return translate("WebPhone", "The web phone's server refuses the number or the password.")
        case Problem.NOT_PERMITTED:
            return translate("WebPhone", "The web phone is not permitted for this account. Ask your administrator.")
        case Problem.OPENED_ELSEWHERE:
            return translate("WebPhone", "The web phone was opened elsewhere. Connect again to take it back.")
        case Problem.CONNECTION_LOST:
            return translate("WebPhone", "The web phone has lost its connection. It is trying to get it back.")
        case Problem.NO_LIBRARY:
            return translate(
                "WebPhone",
                "The web phone is not installed: ctidesk[webphone] is missing. Calls go to your desk phone.",
            )
        case Problem.NO_MICROPHONE:
            return translate("WebPhone", "There is no microphone. Plug one in, or allow calls without one.")
        case Problem.NO_NUMBER:
            return translate("WebPhone", "There is no number. Enter one.")
        case Problem.NO_CODEC:
            return translate("WebPhone", "The two phones found no common way to send sound. Ask your administrator.")
        case Problem.NO_SOUND:
            return translate(
                "WebPhone", "There was no connection for the sound, so the call was ended. Check the network."
            )
        case Problem.NO_REPLY:
            return translate("WebPhone", "The PBX has not answered in time. Look at the call and try again.")
        case Problem.NOT_POSSIBLE:
            return translate("WebPhone", "This is not possible in this state of the call.")
        case Problem.DEFECT:
            return translate("WebPhone", "The web phone has failed because of a defect in this program. Connect again.")
        case _ if "not bridged" in error.raw:
            return translate("WebPhone", "This call cannot be transferred: there is no other party yet.")
        case _ if "DOES NOT EXIST" in error.raw:
            return translate("WebPhone", "The call has already ended.")
        case _:
            return translate("WebPhone", "The PBX has refused. Try again or ask your administrator.")
