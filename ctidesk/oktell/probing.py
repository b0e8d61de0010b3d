"""A connection to the PBX, made step by step (`ctidesk.cti.probing.ConnectionProbe`)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from msgspec.structs import replace

from ctidesk.cti.clock import SystemClock
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.text import translate
from ctidesk.net.connection import ConnectionOptions
from ctidesk.net.errors import ConnectionLost
from ctidesk.net.link import Link
from ctidesk.oktell import addresses
from ctidesk.oktell.boot import BootError, Credentials, boot, log_in
from ctidesk.oktell.connector import NoServerError, open_first
from ctidesk.oktell.errors import Code, refusal
from ctidesk.oktell.messages import connection_error
from ctidesk.oktell.record import JsonObject
from ctidesk.oktell.session import Session
from ctidesk.oktell.values import LineState, UserStateCode

logger = logging.getLogger(__name__)

LOGOUT_LIMIT = 1.0
"""Seconds for which the server may close the connection after `logout`."""


@dataclass(frozen=True, slots=True)
class OktellTarget:
    """What is tried.

    Attributes:
        addresses: servers as people write them.
        login, password: who logs in.
        secure: whether an address without a scheme means TLS.
        network: TLS, proxy and limits of the connection.
        limit: seconds until a request without a reply is given up.
    """

    addresses: Sequence[str]
    login: str
    password: str | None = field(default=None, repr=False)
    secure: bool = False
    network: ConnectionOptions = field(default_factory=ConnectionOptions)
    limit: float = 10.0


class OktellProbe:
    """Makes one connection of its own; the application's is not touched."""

    def __init__(self, target: OktellTarget) -> None:
        """Prepare a probe of `target`."""
        self._target = target
        self._session = Session(SystemClock(), query_timeout=target.limit)
        self._link: Link | None = None
        self._is_logged_in = False

    @property
    def login(self) -> str:
        """Who logs in."""
        return self._target.login

    def urls(self) -> Sequence[str]:
        """Return the complete addresses; a wrong one fails all, as it does in the application."""
        try:
            return addresses.server_urls(self._target.addresses, secure=self._target.secure)
        except addresses.BadAddressError:
            _refuse(refusal(Code.BAD_URL))

    async def open(self, url: str) -> None:
        """Open the WebSocket, have the first ping answered, and follow a redirect to the secure port."""
        try:
            connection = await open_first([url], self._target.network)
        except NoServerError as error:
            raise error.cause from error
        self._link = Link(connection, self._session.receive, self._link_ended)
        self._session.open(self._link.send)

    async def log_in(self) -> None:
        """Log in; the PBX's own reason stands in the error."""
        target = self._target
        if not target.login or target.password is None:
            _refuse(refusal(Code.NO_CREDENTIALS))
        try:
            await log_in(self._session, Credentials(target.login, target.password))
        except BootError as error:
            raise CtiException(_login_error(error)) from error
        self._is_logged_in = True

    async def load_line(self) -> str:
        """Load what the application loads; the phone must be registered at the PBX."""
        session = self._session
        try:
            await boot(session)
        except BootError as error:
            found = connection_error(_result(error), None)
            text = translate(
                "Oktell",
                "The PBX let you in, but did not tell the state of your line. Try again; if it stays so, ask your "
                "administrator.",
            )
            raise CtiException(CtiError(found.kind, text, found.code, found.raw, "oktell.line")) from error
        if session.line.state is LineState.DISCONNECTED or session.agent.code is UserStateCode.NOPHONE:
            text = translate(
                "Oktell",
                "Your phone is not registered at the PBX. Switch it on, check its cable and its login, or ask your "
                "administrator.",
            )
            error_of_line = CtiError(ErrorKind.COMMAND, text, int(Code.LINE_DISCONNECTED), source="oktell.line")
            raise CtiException(error_of_line)
        return session.line.number

    async def close(self) -> None:
        """Log out and close."""
        link, self._link = self._link, None
        if link is None:
            return
        if self._is_logged_in and not link.ended.is_set():
            self._session.send("logout")
            try:
                async with asyncio.timeout(LOGOUT_LIMIT):
                    await link.ended.wait()
            except TimeoutError:
                logger.debug("the server did not close after the logout")
        await link.close()
        self._session.close()

    def _link_ended(self, _link: Link, _lost: ConnectionLost) -> None:
        self._session.fail_requests()


def _login_error(error: BootError) -> CtiError:
    """Words without a promise of another attempt: a probe makes one."""
    found = connection_error(_result(error), None)
    match error.code:
        case Code.NO_SERVER:
            text = translate("Oktell", "The PBX hung up during the login. Try again; then ask your administrator.")
        case Code.SERVICE_NOT_READY:
            text = translate("Oktell", "The PBX is not ready yet. Try again in a minute.")
        case Code.LOGIN_REFUSED | Code.UNKNOWN_LOGIN_ERROR:
            text = translate("Oktell", "The PBX does not log you in and does not say why. Ask your administrator.")
        case _:
            return found
    return replace(found, text=text)


def _result(error: BootError) -> JsonObject:
    fields: JsonObject = {}
    if error.reply.get("errormsg") is not None:
        fields["serverErrorMessage"] = error.reply["errormsg"]
    return refusal(error.code, reply=fields)


def _refuse(result: JsonObject) -> NoReturn:
    raise CtiException(connection_error(result, None))
