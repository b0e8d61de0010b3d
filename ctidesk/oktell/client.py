"""The client of the PBX: its connection, and the session on it (oktell-protocol.md, sections 1 to 3)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from ctidesk.cti.attempt import Attempt
from ctidesk.cti.clock import Clock, SystemClock
from ctidesk.cti.signals import Signal
from ctidesk.cti.tasks import TaskOwner
from ctidesk.net.connection import ConnectionOptions
from ctidesk.net.errors import ConnectionLost, NetError
from ctidesk.net.frames import FrameLog
from ctidesk.net.link import Link
from ctidesk.oktell import addresses
from ctidesk.oktell.boot import BootError, Credentials, boot, log_in
from ctidesk.oktell.call_commands import Answer
from ctidesk.oktell.connector import NoServerError, open_first
from ctidesk.oktell.effects import PublicEvent
from ctidesk.oktell.errors import Code, DisconnectReason, refusal
from ctidesk.oktell.execution import load_queue
from ctidesk.oktell.record import JsonObject, Record
from ctidesk.oktell.session import Session

logger = logging.getLogger(__name__)

PING_INTERVAL = 15.0
"""Seconds between application pings (oktell-protocol.md, "1.5 Keep-alive and polling")."""
SILENCE = 50.0
"""Seconds without any frame after which the link is taken for dead: three pings and their answers are missing."""
CHECK_LIMIT = 5.0
"""Seconds for the answer to a ping when there is a reason to doubt the link."""
LOGOUT_LIMIT = 1.0
"""Seconds for which the server may close the connection after `logout` (D15)."""
CLOSE_LIMIT = 0.5
"""Seconds for the WebSocket's own goodbye; with the logout it stays below the two seconds in which we quit."""


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """How the client connects.

    Attributes:
        addresses: one server address or several, as people write them.
        login, password: who logs in; without a password the session of an earlier login is used.
        secure: whether an address without a scheme means TLS.
        network: TLS, proxy and limits of the connection.
        query_timeout: seconds until a request without a reply is given up.
        queue_interval: seconds between looks at the queue.
        call_centre: the user takes part in the call centre, if the PBX knows him as an operator.
        answers_remotely: the own phone lifts by itself when the PBX asks it to; one that does not is learned anyway.
    """

    addresses: str | Sequence[str]
    login: str
    password: str | None = field(default=None, repr=False)
    secure: bool = False
    network: ConnectionOptions = field(default_factory=lambda: ConnectionOptions(close_timeout=CLOSE_LIMIT))
    query_timeout: float = 20.0
    queue_interval: float = 5.0
    workplace: str = ""
    call_centre: bool = True
    answers_remotely: bool = True


class OktellClient:
    """One login at the PBX. It never reconnects by itself; when a connection has ended, `connect` begins anew.

    Signals:
        events(event): public events, the connection's own included.
        session.native(name, body): events as the server pushed them.

    Attributes:
        session: the state of line, agent and directory.
        frame_log: all frames, secrets masked.
        last_network_error: why the last attempt found no server or the connection broke, or None.
    """

    def __init__(
        self, options: ClientOptions, *, clock: Clock | None = None, frame_log: FrameLog | None = None
    ) -> None:
        """Create a client that is not connected."""
        self.options = options
        self.frame_log = frame_log or FrameLog()
        self.session = Session(clock or SystemClock(), query_timeout=options.query_timeout)
        self.events: Signal[PublicEvent] = self.session.events
        self.answer = Answer(self.session)
        self.last_network_error: NetError | None = None
        self._link: Link | None = None
        self._last_link: Link | None = None
        self._ready = False
        self._session_id = ""
        self._reason: DisconnectReason | None = None
        self._silent = False
        self._wanted_events: list[str] = []
        self._tasks = TaskOwner("oktell.client")
        self._attempt: Attempt[JsonObject] = Attempt(self._tasks)
        self.session.critical.subscribe(self._critical_method)

    @property
    def is_connected(self) -> bool:
        """Whether the boot has ended and the connection is there and not about to be closed by us."""
        return self._ready and self._link is not None and self._reason is None

    @property
    def url(self) -> str:
        """The URL of the present connection, or empty."""
        return self._link.url if self._link is not None else ""

    @property
    def web_base(self) -> str:
        """Where the server's web pages are ("8.6 HTTP side"), or empty without a connection."""
        return addresses.web_base(self.url, self.session.version.number("webserverport")) if self.url else ""

    # ---- connecting

    async def connect(self, options: ClientOptions | None = None) -> JsonObject:
        """Connect, log in and boot; returns when the line is usable, or why it is not.

        One attempt at a time; `disconnect` and `close` give it up.

        Args:
            options: replaces the options given before.
        """
        if self._attempt.is_under_way:
            return refusal(Code.NOT_CONNECTED, "an attempt is under way")
        self._emit("connecting")
        if self._link is not None:
            return {"result": True}
        self.options = options or self.options
        self.last_network_error, self._reason, self._silent, self._ready = None, None, False, False
        return await self._attempt.make(self._connect(), refusal(Code.NOT_CONNECTED, "the attempt was given up"))

    async def _connect(self) -> JsonObject:
        options = self.options
        network = replace(options.network, close_timeout=min(options.network.close_timeout, CLOSE_LIMIT))
        try:
            urls = addresses.server_urls(options.addresses, secure=options.secure)
        except addresses.BadAddressError as error:
            return self._refuse(refusal(Code.BAD_URL, str(error)))
        if options.password is None and not self._session_id:
            return self._refuse(refusal(Code.NO_CREDENTIALS))
        try:
            connection = await open_first(urls, network, self.frame_log)
        except NoServerError as error:
            self.last_network_error = error.cause
            return self._refuse(refusal(Code.NO_SERVER, str(error)))
        self._link = link = Link(connection, self.session.receive, self._link_ended)
        self.session.open(link.send)
        try:
            await self._log_in_and_boot(link)
        except BootError as error:
            return await self._boot_failed(error)
        except BaseException:
            # Given up, or a defect. When `disconnect` has given it up, that ends the connection, too.
            if self._reason is None:
                await self._end(DisconnectReason.CLOSED_BY_US)
            raise
        if not options.answers_remotely:
            self.session.answerable = False
        self._ready = True
        self.session.subscribe_events(self._wanted_events)
        self._emit("connect")
        return {"result": True}

    async def _log_in_and_boot(self, link: Link) -> None:
        options = self.options
        credentials = Credentials(options.login, options.password, self._session_id, options.workplace)
        self._session_id = await log_in(self.session, credentials) or self._session_id
        link.keep_alive(PING_INTERVAL, SILENCE, lambda: self.session.send("ping"))
        link.start(self._poll_queue())
        # The first look at the queue goes out before the boot's own requests (3.1, step 1).
        await asyncio.sleep(0)
        await boot(self.session)
        if link.ended.is_set():
            # Between the boot's last reply and now; nobody else would notice.
            lost = Record(refusal(Code.NOT_CONNECTED))
            raise BootError(Code.NO_SERVER, DisconnectReason.LOST, lost, session_is_void=False, needs_logout=False)

    async def _boot_failed(self, error: BootError) -> JsonObject:
        if error.session_is_void:
            self._session_id = ""
        fields: JsonObject = {}
        for name, source in (("serverErrorCode", "error"), ("serverErrorMessage", "errormsg")):
            if error.reply.get(source) is not None:
                fields[name] = error.reply[source]
        result = refusal(error.code, reply=fields)
        self._emit("connectError", result)
        await self._end(error.reason, log_out=error.needs_logout)
        return result

    def _refuse(self, result: JsonObject) -> JsonObject:
        self._emit("connectError", result)
        return result

    async def _poll_queue(self) -> None:
        while True:
            await load_queue(self.session)
            await asyncio.sleep(self.options.queue_interval)

    def check(self) -> None:
        """Find out soon whether the connection is still there; one that is not ends as lost."""
        if self._link is not None:
            self._link.check(CHECK_LIMIT)

    # ---- the end of a connection

    async def disconnect(self, *, silent: bool = False, keep_session: bool = False) -> None:
        """Log out and close the connection.

        Args:
            silent: no `disconnect` event.
            keep_session: only close; the session id stays usable.
        """
        self._silent = silent
        if self._attempt.is_under_way:
            self._reason = self._reason or DisconnectReason.CLOSED_BY_US
            await self._attempt.give_up()
        if not keep_session:
            self._session_id = ""
        if self._link is None:
            if not silent:
                self._emit_disconnect(DisconnectReason.CLOSED_BY_US)
            return
        await self._end(DisconnectReason.CLOSED_BY_US, log_out=not keep_session)

    async def close(self) -> None:
        """Log out when connected, give up an attempt, and end all tasks; below two seconds."""
        await self.disconnect(silent=True)
        if self._last_link is not None:
            await self._last_link.close()
        await self._tasks.close()

    async def _end(self, reason: DisconnectReason, *, log_out: bool = False) -> None:
        """End the connection from this side: log out, let the server close, then close ourselves."""
        self._reason = self._reason or reason
        link = self._link
        if link is None:
            return
        if link.ended.is_set():
            self._finish(link)
            return
        if log_out:
            self.session.send("logout")
        self.session.stop()
        self.session.lose_line()
        if log_out:
            try:
                async with asyncio.timeout(LOGOUT_LIMIT):
                    await link.ended.wait()
            except TimeoutError:
                logger.debug("the server did not close after the logout")
        await link.close()
        self._finish(link)

    def _link_ended(self, link: Link, lost: ConnectionLost) -> None:
        """The socket is closed, by whomever. A boot that is under way tells of its own end."""
        if link is not self._link:
            return
        if self._reason is None:
            self.last_network_error = lost
            if not self._ready:
                self.session.fail_requests()
                return
        if self._ready:
            self._finish(link)

    def _finish(self, link: Link) -> None:
        """Forget the connection and tell its end once."""
        if link is not self._link:
            return
        reason = self._reason
        self._link, self._last_link, self._ready = None, link, False
        for event in self.session.close(lost=reason is None):
            self.events.emit(event)
        if not self._silent:
            self._emit_disconnect(reason or DisconnectReason.LOST)

    def _critical_method(self, _method: str) -> None:
        if self._ready:
            self._tasks.start(self._end(DisconnectReason.METHOD_MISSING, log_out=True))

    # ---- events

    def subscribe_native(self, names: Sequence[object]) -> None:
        """Have the server push native events, now and on each later connection."""
        new = [name for name in names if isinstance(name, str) and name and name not in self._wanted_events]
        self._wanted_events += new
        if self._ready:
            self.session.subscribe_events(new)

    def _emit(self, name: str, *args: JsonObject) -> None:
        line = self.session.line
        self.events.emit(PublicEvent(name, args, line=line.state, has_hold=line.hold.held is not None))

    def _emit_disconnect(self, reason: DisconnectReason) -> None:
        self._emit("disconnect", {"code": int(reason), "message": reason.name.lower().replace("_", " ")})
