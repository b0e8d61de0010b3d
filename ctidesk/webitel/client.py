"""The client of the PBX: its connection, and the session on it (webitel-protocol.md, "3. Session life cycle")."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from msgspec.structs import replace

from ctidesk.cti.attempt import Attempt
from ctidesk.cti.clock import Clock, SystemClock
from ctidesk.cti.signals import Signal
from ctidesk.cti.tasks import TaskOwner
from ctidesk.net.connection import Connection, ConnectionOptions
from ctidesk.net.errors import ConnectionLost, NetError
from ctidesk.net.frames import FrameLog
from ctidesk.net.link import Link
from ctidesk.webitel.addresses import account_of, server_url
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.identity import Credentials
from ctidesk.webitel.login import log_in
from ctidesk.webitel.results import ErrorType, Result, refusal
from ctidesk.webitel.session import Session

logger = logging.getLogger(__name__)

LOGOUT_LIMIT = 1.0
"""Seconds to wait for the reply to `logout`; with the goodbye it stays below the two seconds in which we quit."""
CLOSE_LIMIT = 0.5
"""Seconds for the WebSocket's own goodbye."""
BAD_ADDRESS = "Incorrect connection string."
NO_ACCOUNT = "No account is given."


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """How the client connects.

    Attributes:
        url: the connection string as people write it.
        login, password: who logs in; a login without a domain belongs to `domain`, else to the server's own name.
        secure: whether an address without a scheme means TLS.
        network: TLS, proxy and limits of the connection.
        domain: the domain whose accounts are wanted; empty for the account's own.
        key, token: REST credentials in place of login and password.
        code: the one-time code of the account `root`.
        answers_by_itself: whether the own phone shall pick up by itself when the PBX rings it for an outgoing call.
        agent_status: the status with which an agent enters the call centre: `Available`, or `Available (On Demand)`
            to be idle after each call.
        consultation_headers: what makes the own phone pick up for a consultation; empty for none.
    """

    url: str
    login: str = ""
    password: str | None = field(default=None, repr=False)
    secure: bool = False
    network: ConnectionOptions = field(default_factory=lambda: ConnectionOptions(close_timeout=CLOSE_LIMIT))
    domain: str = ""
    key: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    answers_by_itself: bool = False
    agent_status: str = "Available"
    consultation_headers: tuple[str, ...] = ("sip_h_Call-Info=answer-after=0",)


class WebitelClient:
    """One login at the PBX. It never reconnects by itself; when a connection has ended, `connect` begins anew.

    Signals:
        events(event): public events, the connection's own included.

    Attributes:
        session: the state of calls and users.
        frame_log: all messages, secrets masked.
        last_network_error: why the last attempt found no server or the connection broke, or None.
        is_closed_by_user: whether the last connection was ended by `disconnect`; no one should return by himself then.
        has_web_phone: whether the own phone is this program, which needs no header to pick up.
    """

    def __init__(
        self, options: ClientOptions, *, clock: Clock | None = None, frame_log: FrameLog | None = None
    ) -> None:
        """Create a client that is not connected."""
        self.options = options
        self.frame_log = frame_log or FrameLog()
        self.session = Session(clock or SystemClock())
        self.events: Signal[PublicEvent] = self.session.events
        self.last_network_error: NetError | None = None
        self.is_closed_by_user = False
        self.has_web_phone = False
        self._link: Link | None = None
        self._last_link: Link | None = None
        self._tasks = TaskOwner("webitel.client")
        self._attempt: Attempt[Result] = Attempt(self._tasks)
        self.session.dead.subscribe(self._is_dead)

    @property
    def is_connected(self) -> bool:
        """Whether the login has ended well and the connection is there."""
        return self._link is not None and self.session.is_ready

    @property
    def is_protected(self) -> bool:
        """Whether the connection that there is goes by TLS."""
        return self._link is not None and self._link.url.startswith("wss:")

    @property
    def consultation_headers(self) -> tuple[str, ...]:
        """What makes the own phone pick up for a consultation."""
        return () if self.has_web_phone else self.options.consultation_headers

    # ---- connecting

    async def connect(self, options: ClientOptions | None = None) -> Result:
        """Connect and log in; returns when `onReady` was told, or why it was not.

        One attempt at a time; `disconnect` and `close` give it up.

        Args:
            options: replaces the options given before.
        """
        if self._attempt.is_under_way:
            return refusal("connect", ErrorType.COMMAND, "an attempt is under way")
        if self._link is not None and self.is_closed_by_user:
            await self._link.ended.wait()
        if self._link is not None:
            return Result("connect")
        self.options = options or self.options
        self.last_network_error, self.is_closed_by_user = None, False
        given_up = refusal("connect", ErrorType.CONNECTION, "the attempt was given up")
        return await self._attempt.make(self._connect(), given_up)

    async def _connect(self) -> Result:
        options = self.options
        network = replace(options.network, close_timeout=min(options.network.close_timeout, CLOSE_LIMIT))
        try:
            url = server_url(options.url, secure=options.secure)
        except NetError as error:
            self.last_network_error, url = error, ""
        if not url:
            return self._refuse_settings(BAD_ADDRESS)
        credentials = self._credentials(url)
        if not credentials.is_complete:
            return self._refuse_settings(NO_ACCOUNT)
        try:
            connection = await Connection.open(url, network, self.frame_log)
        except NetError as error:
            self.last_network_error = error
            return self._fail(str(error))
        self._link = link = Link(connection, self.session.receive, self._link_ended)
        self.session.open(link.send)
        try:
            result = await self._log_in(credentials)
        except BaseException:
            await link.close()
            raise
        if not result.ok:
            await link.close()
            if result.error is ErrorType.CONNECTION:
                return self._fail(result.message)
        return result

    async def _log_in(self, credentials: Credentials) -> Result:
        finished: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

        def finish(result: Result) -> None:
            if not finished.done():
                finished.set_result(result)

        log_in(self.session, credentials, self.options.domain, finish)
        return await finished

    def _credentials(self, url: str) -> Credentials:
        options = self.options
        account = account_of(options.login, options.domain, url)
        return Credentials(account, options.password or "", options.key, options.token, options.code)

    def _refuse_settings(self, message: str) -> Result:
        """The settings do not even allow an attempt ("1. Ports, endpoints, account form")."""
        self.events.emit(PublicEvent("onDisconnect", ({"errorType": ErrorType.CONNECTION.value, "message": message},)))
        self.session.tell_error(ErrorType.CONNECTION, message, is_reported=True)
        return refusal("settings", ErrorType.CONNECTION, message)

    def _fail(self, message: str) -> Result:
        self.session.tell_error(ErrorType.CONNECTION, message, is_reported=True)
        return refusal("connect", ErrorType.CONNECTION, message)

    # ---- the end of a connection

    async def disconnect(self) -> None:
        """Log out and close the connection; at most two seconds.

        Without the logout when another program of the same account is connected: it would hear of no calls any more.
        """
        if self._attempt.is_under_way:
            self.is_closed_by_user = True
            await self._attempt.give_up()
        link, identity = self._link, self.session.identity
        if link is None:
            return
        self.is_closed_by_user = True
        if self.session.is_ready and identity is not None and identity.sockets <= 1:
            try:
                async with asyncio.timeout(LOGOUT_LIMIT):
                    await self.session.ask_quietly("logout")
            except TimeoutError:
                logger.debug("the server did not answer the logout in time")
        await link.close()

    async def drop(self) -> None:
        """Close the connection, or give up the attempt, without a logout: a new one follows."""
        await self._attempt.give_up()
        if self._link is not None:
            await self._link.close()

    async def close(self) -> None:
        """Log out when connected, give up an attempt, and end all tasks; below two seconds."""
        await self.disconnect()
        if self._last_link is not None:
            await self._last_link.close()
        await self._tasks.close()

    def _link_ended(self, link: Link, lost: ConnectionLost) -> None:
        if link is not self._link:
            return
        self._link, self._last_link = None, link
        if self.last_network_error is None:
            self.last_network_error = lost
        self.session.close()

    def _is_dead(self) -> None:
        """A ping was not answered: the other end is gone, whatever the socket says."""
        link = self._link
        if link is not None:
            logger.info("a ping was not answered, the connection is closed")
            self._tasks.start(self._bury(link))

    async def _bury(self, link: Link) -> None:
        await link.close()
        self.session.tell_error(ErrorType.CONNECTION, "the server did not answer a ping")
