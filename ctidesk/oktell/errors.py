"""Error codes, their messages and the disconnect reasons (oktell-protocol.md, "11. Errors")."""

from __future__ import annotations

from enum import IntEnum

from ctidesk.oktell.record import JsonObject


class Code(IntEnum):
    """Error codes of the PBX library."""

    UNKNOWN_LOGIN_ERROR = 1000
    METHOD_TOO_NEW = 1101
    NO_REPLY = 1102
    METHOD_FAILED = 1103
    NO_METHOD = 1104
    PROCEDURE_FAILED = 1105
    NO_SERVER = 1200
    NOT_CONNECTED = 1201
    WRONG_PASSWORD = 1202
    DESKTOP_CLIENT_IN_USE = 1204
    BAD_URL = 1205
    VERSION_NOT_LOADED = 1206
    LINE_NOT_LOADED = 1207
    USER_STATE_NOT_LOADED = 1209
    USER_INFO_NOT_LOADED = 1210
    LOGIN_REFUSED = 1211
    SESSION_INVALID = 1212
    NO_CREDENTIALS = 1213
    LICENCE_LIMIT = 1214
    SERVICE_NOT_READY = 1215
    USER_DISCONNECTED = 2001
    LINE_DISCONNECTED = 2002
    TALKING_WITH_HOLD = 2101
    IN_CONFERENCE = 2102
    LINE_NOT_FREE = 2103
    USER_BUSY = 2104
    ALREADY_TALKING = 2105
    NO_NUMBER = 2106
    CALL_REFUSED = 2107
    LINE_UNKNOWN = 2108
    NOBODY_TO_INVITE = 2201
    CONFERENCE_NOT_BUILT = 2202
    NOBODY_FOR_CONFERENCE = 2203
    CONFERENCE_REFUSED = 2204
    NO_CONFERENCE_NOW = 2205
    HELD_CANNOT_JOIN = 2206
    INVITATION_FAILED = 2207
    ON_BREAK = 2208
    NOTHING_TO_TRANSFER_TO = 2302
    NOT_TALKING = 2303
    NO_TRANSFER_NUMBER = 2304
    NO_HOLD = 2402
    GHOST_REFUSED = 2502
    BAD_GHOST_MODE = 2503
    BAD_GHOST_TARGET = 2504
    NO_GHOST_RIGHTS = 2505
    NOT_A_GHOST = 2506
    GHOST_TARGET_FIXED = 2507
    QUEUE_NOT_LOADED = 2701
    OLD_PASSWORD_WRONG = 2801
    NEW_PASSWORD_UNUSABLE = 2802
    PASSWORD_NOT_CHANGED = 2803
    NOTHING_TO_ANSWER = 2901
    PHONE_NOT_ANSWERABLE = 2902
    NO_TEMPORARY_PASSWORD = 3001
    UPLOAD_REFUSED = 3002
    UNKNOWN_STATUS = 4001
    STATUS_NOT_SETTABLE = 4002
    NO_REDIRECT_NUMBER = 4003


class DisconnectReason(IntEnum):
    """Why a connection ended ("11.2 Disconnect reasons"); the first cause is kept (D15)."""

    METHOD_MISSING = 10
    VERSION_NOT_LOADED = 11
    LOST = 12
    CLOSED_BY_US = 13
    BOOT_FAILED = 14


def refusal(code: Code, detail: str = "", reply: JsonObject | None = None) -> JsonObject:
    """Return the result of a command that was not carried out, as commands hand it back.

    Args:
        code: the reason.
        detail: more about it, added to the message.
        reply: the server's reply, whose fields stay readable in the result.
    """
    message = code.name.lower().replace("_", " ")
    result: JsonObject = dict(reply or {})
    result |= {
        "result": False,
        "errorCode": int(code),
        "errorMessage": f"{message}: {detail}" if detail else message,
    }
    return result
