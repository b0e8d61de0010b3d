"""Requests of ours and their answers, the login, the keep-alive (verto-protocol.md, sections 1.3 to 1.7)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import uuid4

from ctidesk.cti.clock import Clock, Timer
from ctidesk.verto.effects import REPLY_LIMIT
from ctidesk.verto.errors import Problem, VertoError
from ctidesk.verto.wire import MAX_MESSAGE, JsonObject, Reply, text_of, write_request

QUIET_SECONDS = 25.0
"""How long nothing may come before we ask whether the server is there ("1.7 Keep-alive")."""
LATE = 5.0
"""A timer that comes so many seconds late says that this computer was asleep: what has come waits to be read."""
RENEW_BEFORE = 60.0
"""Seconds before its end at which a login is renewed ("1.6 Login")."""
LONGEST_TIMER = 86400.0
"""Seconds for which a timer is set at most: those of Qt's loop end at 24 days."""

LOGIN_NEEDED = -32000
LOGIN_FAILED = -32001
NOT_PERMITTED = -32601
PERMISSION_DENIED = -32602
_SESSION_TAKEN = "Session in use"

OnReply: TypeAlias = Callable[[Reply | None], None]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Account:
    login: str
    password: str = field(repr=False)
    user_agent: str


@dataclass(slots=True)
class _Pending:
    """A request that waits for its answer."""

    method: str
    params: JsonObject = field(repr=False)
    on_reply: OnReply = field(repr=False)
    limit: float
    is_repeated: bool
    timer: Timer | None = None


class Requests:
    """Sends requests one after the other and hands each answer to whoever has asked.

    Ids are never used twice, over all connections: the answer to a request of an older one finds nobody.

    Attributes:
        is_logged_in: whether the server has accepted the login of this connection.
    """

    def __init__(self, clock: Clock, sessid: str, dead: Callable[[], None]) -> None:
        """Create it without a connection; `dead` is called when the server answers no ping."""
        self.is_logged_in = False
        self._clock = clock
        self._sessid = sessid
        self._dead = dead
        self._send: Callable[[str], None] | None = None
        self._number = 0
        self._pending: dict[int, _Pending] = {}
        self._account: _Account | None = None
        self._is_renewing = False
        self._waiting_for_login: list[_Pending] = []
        self._heard_at = 0.0
        self._quiet: Timer | None = None
        self._expiry: Timer | None = None
        self._expires = 0.0

    @property
    def is_open(self) -> bool:
        """Whether there is a connection."""
        return self._send is not None

    @property
    def is_waiting(self) -> bool:
        """Whether there is a request that was not answered."""
        return bool(self._pending)

    def open(self, send: Callable[[str], None]) -> None:
        """Begin on a new connection."""
        self._send = send
        self._heard_at = self._clock.monotonic()

    def close(self) -> None:
        """The connection is gone: whoever waits for an answer gets none."""
        self._send = None
        self.is_logged_in = self._is_renewing = False
        for timer in (self._quiet, self._expiry):
            if timer is not None:
                timer.cancel()
        self._quiet = self._expiry = None
        self._expires = 0.0
        unanswered = [*self._pending.values(), *self._waiting_for_login]
        self._pending, self._waiting_for_login = {}, []
        for pending in unanswered:
            self._hand_over(pending, None)

    def send(self, text: str) -> None:
        """Send a message, if there is a connection."""
        if self._send is not None:
            self._send(text)

    def ask(self, method: str, params: JsonObject, on_reply: OnReply, limit: float = REPLY_LIMIT) -> None:
        """Send a request; `on_reply` gets the answer, or None when none has come within `limit` seconds."""
        self._ask(_Pending(method, params, on_reply, limit, is_repeated=False))

    def take(self, reply: Reply) -> None:
        """Take an answer; one to which nobody waits is dropped, also that of a WebSocket PING (its id is null)."""
        number = reply.id
        pending = self._pending.pop(number, None) if isinstance(number, int) else None
        if pending is None:
            logger.debug("ignored: an answer for which nobody waits")
            return
        if reply.ok:
            self._take_sessid(reply)
        if reply.code == LOGIN_NEEDED and not pending.is_repeated and self._account is not None:
            self._repeat_after_login(pending)
            return
        self._hand_over(pending, reply)

    # ---- login

    async def log_in(self, login: str, password: str, user_agent: str) -> None:
        """Log in on a new connection. Raises VertoError."""
        account = _Account(login, password, user_agent)
        reply = await self._log_in(account)
        if reply is not None and not reply.ok and _SESSION_TAKEN in reply.message:
            # Another user's program has this id; calls of before are lost to us ("1.4").
            logger.warning("the session belongs to another user; a new one is begun")
            self._sessid = str(uuid4())
            reply = await self._log_in(account)
        if reply is None:
            raise VertoError(Problem.NOT_VERTO if self.is_open else Problem.CONNECTION_LOST)
        if not reply.ok:
            raise VertoError(Problem.WRONG_LOGIN, reply.message, reply.code)

    async def _log_in(self, account: _Account) -> Reply | None:
        answered: asyncio.Future[Reply | None] = asyncio.get_running_loop().create_future()

        def take(reply: Reply | None) -> None:
            if reply is not None and reply.ok:
                # Here, and not by whoever waits: what the server says next may come in the same moment.
                self._account = account
                self.is_logged_in = True
                self.take_expiry(reply.content)
                self._watch_silence()
            if not answered.done():
                answered.set_result(reply)

        self._send_login(account, take)
        return await answered

    def _send_login(self, account: _Account, on_reply: OnReply) -> None:
        params: JsonObject = {
            "login": account.login,
            "passwd": account.password,
            "loginParams": {},
            "userVariables": {"verto_user_agent": account.user_agent},
        }
        # A login is never repeated after a login.
        self._ask(_Pending("login", params, on_reply, REPLY_LIMIT, is_repeated=True))

    def _repeat_after_login(self, pending: _Pending) -> None:
        """The server has forgotten our login: all that is refused for that waits for one new login ("1.6")."""
        if pending.timer is not None:
            pending.timer.cancel()
        pending.is_repeated = True
        self._waiting_for_login.append(pending)
        self._renew_login()

    def _renew_login(self) -> None:
        if self._is_renewing or self._account is None:
            return
        self._is_renewing = True
        self._send_login(self._account, self._login_renewed)

    def _login_renewed(self, reply: Reply | None) -> None:
        self._is_renewing = False
        waiting, self._waiting_for_login = self._waiting_for_login, []
        if reply is not None and reply.ok:
            self.take_expiry(reply.content)
            for pending in waiting:
                self._ask(pending)
            return
        logger.warning("the login could not be renewed")
        for pending in waiting:
            self._hand_over(pending, reply)

    def take_expiry(self, content: JsonObject) -> None:
        """Plan the renewal of a login that ends at a time (`auth-expires`, Unix seconds).

        Once for each such time: a renewal that has not moved it cannot be helped by another one.
        """
        expires = content.get("auth-expires")
        if not isinstance(expires, int | float) or isinstance(expires, bool) or not self.is_open:
            return
        if expires == self._expires:
            return
        self._expires = expires
        if self._expiry is not None:
            self._expiry.cancel()
        self._plan_renewal()

    def _plan_renewal(self) -> None:
        left = self._expires - RENEW_BEFORE - self._clock.now().timestamp()
        if left > LONGEST_TIMER:
            self._expiry = self._clock.call_later(LONGEST_TIMER, self._plan_renewal)
        else:
            self._expiry = self._clock.call_later(max(left, 1.0), self._renew_login)

    def _take_sessid(self, reply: Reply) -> None:
        sessid = text_of(reply.content, "sessid")
        if sessid and sessid != self._sessid:
            logger.warning("the server has given the session another id")
            self._sessid = sessid

    # ---- keep-alive

    def heard(self) -> None:
        """Something has come."""
        self._heard_at = self._clock.monotonic()

    def ping_now(self) -> None:
        """Ask at once whether the server is there: this computer has woken, or has another network."""
        if self._quiet is not None:
            self._quiet.cancel()
            self._quiet = None
            self._ping()

    def _watch_silence(self) -> None:
        left = self._heard_at + QUIET_SECONDS - self._clock.monotonic()
        self._quiet = self._clock.call_later(max(left, 0.0), self._break_silence)

    def _break_silence(self) -> None:
        """Ask whether the server is there. It answers no WebSocket PING, so it is a request of its own protocol."""
        if self._heard_at + QUIET_SECONDS > self._clock.monotonic():
            self._watch_silence()
            return
        self._quiet = None
        self._ping()

    def _ping(self) -> None:
        due = self._clock.monotonic() + REPLY_LIMIT

        def answered(reply: Reply | None) -> None:
            if not self.is_open:
                return
            if reply is not None:
                self.take_expiry(reply.content)  # an error, too, says that the server lives
                self._watch_silence()
            elif self._heard_at > due - REPLY_LIMIT:
                self._watch_silence()
            elif self._clock.monotonic() - due > LATE:
                self._ping()
            else:
                self._dead()

        self._ask(_Pending("verto.ping", {}, answered, REPLY_LIMIT, is_repeated=False))

    # ---- parts

    def _ask(self, pending: _Pending) -> None:
        if self._send is None:
            self._hand_over(pending, None)
            return
        self._number += 1
        number = self._number
        text = write_request(number, pending.method, {**pending.params, "sessid": self._sessid})
        if len(text.encode()) > MAX_MESSAGE:
            logger.error("a request of %d characters is not sent: the server would close the connection", len(text))
            self._hand_over(pending, None)
            return
        pending.timer = self._clock.call_later(pending.limit, lambda: self._give_up(number))
        self._pending[number] = pending
        self._send(text)

    def _give_up(self, number: int) -> None:
        pending = self._pending.pop(number, None)
        if pending is not None:
            self._hand_over(pending, None)

    @staticmethod
    def _hand_over(pending: _Pending, reply: Reply | None) -> None:
        if pending.timer is not None:
            pending.timer.cancel()
        pending.on_reply(reply)
