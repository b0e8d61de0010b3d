"""A connection to the PBX, made step by step (`ctidesk.cti.probing.ConnectionProbe`)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from ctidesk.cti.clock import SystemClock
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.text import translate
from ctidesk.net.connection import Connection, ConnectionOptions
from ctidesk.net.errors import ConnectionLost, NetError
from ctidesk.net.link import Link
from ctidesk.webitel.addresses import account_of, server_url
from ctidesk.webitel.agent_states import NOT_REGISTERED
from ctidesk.webitel.client import BAD_ADDRESS, LOGOUT_LIMIT, NO_ACCOUNT
from ctidesk.webitel.fields import Fields
from ctidesk.webitel.identity import Credentials, Identity, read_identity
from ctidesk.webitel.messages import connection_error
from ctidesk.webitel.results import ErrorType, Result, refusal
from ctidesk.webitel.session import Session
from ctidesk.webitel.users import Users, account_list

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WebitelTarget:
    """What is tried.

    Attributes:
        url: the connection string as people write it.
        login, password: who logs in; a login without a domain belongs to `domain`, else to the server's own name.
        domain: the account's domain; empty takes the host of the connection string.
        secure: whether an address without a scheme means TLS.
        network: TLS, proxy and limits of the connection.
    """

    url: str
    login: str
    password: str | None = field(default=None, repr=False)
    domain: str = ""
    secure: bool = False
    network: ConnectionOptions = field(default_factory=ConnectionOptions)


class WebitelProbe:
    """Makes one connection of its own and changes nothing: the account is authenticated, never logged in or out.

    The server counts the presence of an account by its login; a probe beside the application must not touch it.
    """

    def __init__(self, target: WebitelTarget) -> None:
        """Prepare a probe of `target`."""
        self._target = target
        self._session = Session(SystemClock())
        self._identity: Identity | None = None
        self._link: Link | None = None

    @property
    def login(self) -> str:
        """Who logs in."""
        return self._target.login

    def urls(self) -> Sequence[str]:
        """Return the complete address."""
        try:
            url = server_url(self._target.url, secure=self._target.secure)
        except NetError as error:
            raise CtiException(connection_error(_settings(BAD_ADDRESS), error)) from error
        if not url:
            raise CtiException(connection_error(_settings(BAD_ADDRESS), None))
        return [url]

    async def open(self, url: str) -> None:
        """Open the WebSocket. The server says nothing before the login."""
        connection = await Connection.open(url, self._target.network)
        self._link = Link(connection, self._session.receive, self._link_ended)
        self._session.open(self._link.send)

    async def log_in(self) -> None:
        """Authenticate; the PBX's own reason stands in the error."""
        target = self._target
        credentials = Credentials(account_of(target.login, target.domain, self.urls()[0]), target.password or "")
        if not credentials.is_complete or target.password is None:
            raise CtiException(connection_error(_settings(NO_ACCOUNT), None))
        result = await self._session.ask_quietly("auth", credentials.arguments())
        if not result.ok:
            raise CtiException(_login_error(result))
        self._identity = read_identity(result.response, credentials.account)

    async def load_line(self) -> str:
        """Read the accounts as the application does; the own phone must be registered at the PBX."""
        identity = self._identity
        if identity is None:
            raise CtiException(connection_error(_settings(NO_ACCOUNT), None))
        domain = self._target.domain or identity.domain
        result = await self._session.ask_quietly("api account list", {"domain": domain} if domain else {})
        accounts = account_list(result.response) if result.ok else None
        if accounts is None:
            text = translate(
                "Webitel",
                "The PBX let you in, but did not tell the state of your line. Try again; if it stays so, ask your "
                "administrator.",
            )
            raise CtiException(CtiError(ErrorKind.OPEN_CONNECTION, text, raw=result.text, source="webitel.line"))
        if _state_of(accounts, identity) == NOT_REGISTERED:
            text = translate(
                "Webitel",
                "Your phone is not registered at the PBX. Switch it on, check its cable and its login, or ask your "
                "administrator.",
            )
            raise CtiException(CtiError(ErrorKind.COMMAND, text, source="webitel.line"))
        return identity.number

    async def close(self) -> None:
        """Close the connection without a logout, which would make the account unreachable."""
        link, self._link = self._link, None
        if link is None:
            return
        try:
            async with asyncio.timeout(LOGOUT_LIMIT):
                await link.close()
        except TimeoutError:
            logger.debug("the server did not close in time")
        self._session.close()

    def _link_ended(self, _link: Link, _lost: ConnectionLost) -> None:
        self._session.close()


def _state_of(accounts: Fields, identity: Identity) -> str:
    users = Users()
    users.load(accounts, identity.user(identity.domain))
    own = users.own
    return own.line if own is not None else identity.state


def _login_error(result: Result) -> CtiError:
    """Words without a promise of another attempt: a probe makes one."""
    if result.id:
        error = connection_error(replace(result, error=ErrorType.AUTH), None)
        # Too many connections ("3.2 auth arguments"): the account is right, and so are its settings.
        is_limit = result.text.lower().startswith("maximum")
        return structs.replace(error, kind=ErrorKind.OPEN_CONNECTION) if is_limit else error
    text = translate("Webitel", "The PBX hung up during the login. Try again; then ask your administrator.")
    return CtiError(ErrorKind.OPEN_CONNECTION, text, raw=result.text, source="webitel.connect")


def _settings(message: str) -> Result:
    return refusal("settings", ErrorType.CONNECTION, message)
