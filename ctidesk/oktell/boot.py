"""Login and boot (oktell-protocol.md, "2. Login" and "3. Boot")."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field

from ctidesk.cti.slices import in_slices
from ctidesk.oktell.effects import Effect
from ctidesk.oktell.errors import Code, DisconnectReason
from ctidesk.oktell.line import HANDLED_EVENTS
from ctidesk.oktell.password import both_digests, fits_code_page
from ctidesk.oktell.record import JsonObject, Record
from ctidesk.oktell.session import Session

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who logs in; without a password the session id of an earlier login is used."""

    login: str
    password: str | None = field(default=None, repr=False)
    session_id: str = field(default="", repr=False)
    workplace: str = ""
    expires: int | None = None


class BootError(Exception):
    """The login was refused or the boot has failed.

    Attributes:
        code: the error for `connectError`.
        reason: the reason for `disconnect`.
        reply: what the server said.
        session_is_void: the stored session id must not be used again.
        needs_logout: the server counts us as logged in: `logout` is sent before the connection is closed.
    """

    def __init__(
        self,
        code: Code,
        reason: DisconnectReason,
        reply: Record,
        *,
        session_is_void: bool = True,
        needs_logout: bool = True,
    ) -> None:
        super().__init__(f"{code.name} ({int(code)})")
        self.code = code
        self.reason = reason
        self.reply = reply
        self.session_is_void = session_is_void
        self.needs_logout = needs_logout


async def log_in(session: Session, credentials: Credentials) -> str:
    """Log in and return the id of the session ("2.3 Request and reply").

    Raises:
        BootError: the server has refused.
    """
    params: JsonObject = {
        "showid": 1,
        "usewebrtc": False,
        "workplace": credentials.workplace or None,
        "expires": credentials.expires,
    }
    if credentials.password is not None:
        params["Password"], params["password"] = both_digests(credentials.password)
        if not fits_code_page(credentials.password):
            logger.warning("the password has characters outside of the PBX's code page")
    else:
        params["sessionid"] = credentials.session_id
    session.login = credentials.login
    reply = await session.ask("login", params)
    _check_login(reply)
    session.user_id = session.line.user_id = reply.text("userid")
    return reply.text("sessionid")


def _check_login(reply: Record) -> None:
    if reply.get("errorCode") == Code.NOT_CONNECTED:
        raise BootError(Code.NO_SERVER, DisconnectReason.LOST, reply, session_is_void=False, needs_logout=False)
    if reply.true("error") or reply.true("errormsg"):
        code, void = _refusal(reply)
        raise BootError(code, DisconnectReason.CLOSED_BY_US, reply, session_is_void=void, needs_logout=False)
    if reply.number("result") != 1 and reply.get("result") is not True:
        raise BootError(Code.LOGIN_REFUSED, DisconnectReason.CLOSED_BY_US, reply)


def _refusal(reply: Record) -> tuple[Code, bool]:
    """The client's code for a refused login, and whether the stored session is void ("2.4 Login errors")."""
    text = reply.text("errormsg")
    match reply.number("error"):
        case 50093:
            return Code.DESKTOP_CLIENT_IN_USE, False
        case 50025:
            return Code.LICENCE_LIMIT, False
    match text:
        case "Service not available":
            return Code.SERVICE_NOT_READY, False
        case "Wrong login/pass combination":
            return Code.WRONG_PASSWORD, True
        case "Bad request. Session does not exist" | "Bad request. Invalid session user":
            return Code.SESSION_INVALID, True
        case _:
            return Code.UNKNOWN_LOGIN_ERROR, False


async def boot(session: Session) -> None:
    """Load what the line needs ("3.1 Sequence after a successful login", steps 2 to 16).

    Raises:
        BootError: something that the line cannot do without was not to be had.
    """
    session.subscribe_events(["customevent"])
    session.subscribe_events(["userstatechanged"])
    version = await session.ask("getversion", {"showalloweddbstoredprocs": 1})
    _need(version, Code.VERSION_NOT_LOADED, DisconnectReason.VERSION_NOT_LOADED)
    _take_version(session, version)
    info = await session.ask("getmyuserinfo")
    _need(info, Code.USER_INFO_NOT_LOADED)
    _take_info(session, info)
    await _load_break_reasons(session)
    _need(await session.ask("getuserstate", {}, session.agent.take_reply), Code.USER_STATE_NOT_LOADED)
    _take_redirect(session, await session.ask("getredirectrules"))
    await _load_directory(session)
    _need(await session.load_line(), Code.LINE_NOT_LOADED)
    for name in HANDLED_EVENTS:
        session.subscribe_events([name])
    session.send("cc_getlunchtypes", {}, lambda reply: _take_break_reasons(session, reply))
    session.subscribe_events(["httpresponsecopy"])


def redirect_rule_id(user_id: str) -> str:
    """Return the id of the user's own redirect rule ("8.4 Redirect number")."""
    text = user_id.lower() * 2
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _need(reply: Record, code: Code, reason: DisconnectReason = DisconnectReason.BOOT_FAILED) -> None:
    if reply.true("result"):
        return
    match reply.get("errorCode"):
        case Code.NOT_CONNECTED:
            raise BootError(Code.NO_SERVER, reason, reply, session_is_void=False, needs_logout=False)
        case Code.METHOD_TOO_NEW:
            raise BootError(code, DisconnectReason.METHOD_MISSING, reply)
    raise BootError(code, reason, reply)


def _take_version(session: Session, reply: Record) -> None:
    session.version = reply.record("version")
    session.dated = session.agent.server_dated = session.version.number("dated")
    procedures = reply.record("alloweddbstoredprocs")
    session.procedures = frozenset(name.lower() for name in procedures if procedures.true(name))
    if not session.knows("pbxanswercall"):
        session.answerable = False


def _take_info(session: Session, reply: Record) -> None:
    session.line.number = reply.text("mainpbxnumber")
    names = ("username", "hasline", "lineid", "linenumber", "isoperator")
    session.my_info = {
        "login": session.login,
        "userid": session.user_id,
        "number": session.line.number,
        **{name: reply[name] for name in names if reply.get(name) is not None},
    }


async def _load_break_reasons(session: Session) -> None:
    await session.ask("cc_getlunchtypes", {}, lambda reply: _take_break_reasons(session, reply))


def _take_break_reasons(session: Session, reply: Record) -> list[Effect]:
    if reply.true("result") and isinstance(reply.get("items"), list):
        session.agent.set_break_reasons(reply.records("items"))
    return []


def _take_redirect(session: Session, reply: Record) -> None:
    own = redirect_rule_id(session.user_id)
    for rule in reply.records("redirectrules"):
        if rule.text("id").replace("-", "").lower() == own:
            session.agent.redirect_number = rule.text("destinationnumber")
            return
    session.agent.redirect_number = ""


async def _load_directory(session: Session) -> None:
    # What an earlier connection has told must not stand in for what this one does not (D16).
    session.directory.clear()
    numbers = await session.ask("getpbxnumbers", {"mode": "full"})
    if numbers.true("result"):
        await in_slices(session.directory.set_numbers(numbers.get("numbers")))
    session.subscribe_events(["pbxnumberstatechanged"])
    users = await session.ask("getallusernumbers", {"fillsubordinates": True})
    if users.true("result") and isinstance(users.get("users"), list):
        await in_slices(session.directory.set_users(users.get("users")))
        photos = await session.ask("getalluserphotolink", {"mode": "page"})
        if photos.true("result"):
            await in_slices(session.directory.set_photos(photos.get("links")))
    session.directory_changed.emit(None)
