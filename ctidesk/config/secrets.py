"""Passwords in the system's keyring, and nowhere else.

A keyring may be missing, locked, slow, or wait for ever for somebody to answer its question. Each request runs in a
thread of its own, which is left behind when it does not return in time: the event loop never waits for it, and neither
does the end of the program.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from ctidesk.config.settings import Connection, Integration, Provider
from ctidesk.cti.text import translate

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

logger = logging.getLogger(__name__)

SERVICE = "ctidesk"
LIMIT = 15.0
"""Seconds for a keyring, which may have to ask its user for a password."""


class Outcome(Enum):
    """Where a password is, after a request."""

    STORED = "stored"
    ASK_EACH_START = "ask-each-start"
    """The keyring works, but has no password of this account."""
    NOT_AVAILABLE = "not-available"
    """The keyring does not work now; the password has to be asked for."""


class Reason(Enum):
    """Why a keyring is not available."""

    NO_SERVICE = "no-service"
    UNSAFE = "unsafe"
    """Only a store that would keep the password in the clear, or would forget it."""
    LOCKED = "locked"
    DISMISSED = "dismissed"
    TIMED_OUT = "timed-out"
    FAILED = "failed"


class Account(Struct, frozen=True):
    """Whose password it is. `server` is the address as it stands in the settings; of several, the first."""

    provider: str
    login: str
    server: str

    @property
    def name(self) -> str:
        """The name of the entry in the keyring."""
        return f"{self.provider}:{self.login}@{self.server}"


def account_of(connection: Connection) -> Account:
    """Return whose password a connection needs."""
    if connection.provider is Provider.WEBITEL:
        webitel = connection.webitel
        return Account(connection.provider, webitel.number, webitel.connection_string)
    oktell = connection.oktell
    return Account(connection.provider, oktell.login, oktell.addresses[0] if oktell.addresses else "")


class Program(StrEnum):
    """Another program that needs a secret."""

    LOOKUP = "lookup"
    """The authorization that a lookup of callers sends along."""
    CREATIO = "creatio"
    WEBHOOK = "webhook"
    """The key that signs the events."""


def program_account(program: Program, integration: Integration) -> Account:
    """Return under which name the secret for another program is kept. It belongs to one address alone."""
    match program:
        case Program.LOOKUP:
            return Account(program, "authorization", integration.lookup.address)
        case Program.CREATIO:
            return Account(program, integration.creatio.login, integration.creatio.address)
        case Program.WEBHOOK:
            return Account(program, "signature", integration.webhook)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a keyring has answered.

    Attributes:
        outcome: where the password is.
        reason: why the keyring is not available, or None.
        password: what was read.
        detail: technical words for the diagnostics; never a secret.
    """

    outcome: Outcome
    reason: Reason | None = None
    password: str | None = field(default=None, repr=False)
    detail: str = ""

    @property
    def words(self) -> str:
        """Translated words for the place under the password field."""
        return _words(self.outcome, self.reason)


Work = Callable[["KeyringBackend"], Answer]


class Secrets:
    """Reads, stores and removes passwords, one request after another."""

    def __init__(self, *, service: str = SERVICE, limit: float = LIMIT) -> None:
        """Create the access to the keyring; nothing is opened before the first request.

        Args:
            service: under which name the keyring shows the passwords.
            limit: seconds for one request.
        """
        self._service = service
        self._limit = limit
        self._turn = asyncio.Lock()
        self._request: _Request | None = None

    async def load(self, account: Account) -> Answer:
        """Return the password of `account`."""

        def work(backend: KeyringBackend) -> Answer:
            password = backend.get_password(self._service, account.name)
            if password is None:
                return Answer(Outcome.ASK_EACH_START)
            return Answer(Outcome.STORED, password=password)

        return await self._ask(work)

    async def store(self, account: Account, password: str) -> Answer:
        """Keep the password of `account`."""

        def work(backend: KeyringBackend) -> Answer:
            backend.set_password(self._service, account.name, password)
            return Answer(Outcome.STORED)

        return await self._ask(work)

    async def remove(self, account: Account) -> Answer:
        """Forget the password of `account`, if there is one."""

        def work(backend: KeyringBackend) -> Answer:
            if backend.get_password(self._service, account.name) is not None:
                backend.delete_password(self._service, account.name)
            return Answer(Outcome.ASK_EACH_START)

        return await self._ask(work)

    async def _ask(self, work: Work) -> Answer:
        own: _Request | None = None
        try:
            async with asyncio.timeout(self._limit), self._turn:
                await self._let_former_end()
                own = self._request = _Request(work)
                return await own.answer()
        except TimeoutError:
            logger.warning("the keyring has not answered in time")
            if own is not None:
                own.is_abandoned = True
            return Answer(Outcome.NOT_AVAILABLE, Reason.TIMED_OUT)

    async def _let_former_end(self) -> None:
        """Not ask a keyring again while it hangs: a thread for each attempt would be left behind."""
        former = self._request
        if former is None or former.is_done:
            return
        if former.is_abandoned:
            raise TimeoutError
        await former.end()  # its caller has lost interest; the keyring may be well


class _Request:
    """One request in its thread."""

    def __init__(self, work: Work) -> None:
        self.is_abandoned = False
        self._loop = asyncio.get_running_loop()
        self._result: asyncio.Future[Answer] = self._loop.create_future()
        # A daemon: the end of the program does not wait for it.
        threading.Thread(target=self._run, args=(work,), name="keyring", daemon=True).start()

    @property
    def is_done(self) -> bool:
        return self._result.done()

    async def answer(self) -> Answer:
        return await asyncio.shield(self._result)

    async def end(self) -> None:
        await asyncio.wait([self._result])

    def _run(self, work: Work) -> None:
        answer = _carry_out(work)
        with contextlib.suppress(RuntimeError):  # the loop has been closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._result.set_result, answer)


def _carry_out(work: Work) -> Answer:
    try:
        # Here, not above: loading the library and choosing the keyring take their time and may fail, too.
        import keyring

        backend = _safe(keyring.get_keyring())
        if isinstance(backend, Answer):
            return backend
        return work(backend)
    except Exception as error:  # noqa: BLE001 - each keyring fails in its own way, and this thread must answer
        reason = _reason(error)
        # Not the error's text, which is the keyring's own and might repeat what it was given.
        logger.warning("the keyring has failed: %s", type(error).__name__)
        return Answer(Outcome.NOT_AVAILABLE, reason, detail=type(error).__name__)


def _safe(backend: KeyringBackend) -> KeyringBackend | Answer:
    """Return the keyring that may be trusted with a password, or why there is none."""
    members: list[KeyringBackend] = list(getattr(backend, "backends", ())) or [backend]
    for member in members:
        module = type(member).__module__
        if not module.startswith(_UNSAFE + _ABSENT):
            return member
    if all(type(member).__module__.startswith(_ABSENT) for member in members):
        return Answer(Outcome.NOT_AVAILABLE, Reason.NO_SERVICE)
    logger.warning("the keyring %s is not used: it keeps no secret", type(backend).__name__)
    return Answer(Outcome.NOT_AVAILABLE, Reason.UNSAFE, detail=type(backend).__module__)


_ABSENT = ("keyring.backends.fail",)
_UNSAFE = ("keyring.backends.null", "keyrings.alt", "keyrings.cryptfile", "sagecipher")
"""Stores without protection, without memory, or that ask on a terminal which a desktop program has not."""


def _reason(error: Exception) -> Reason:
    # By name: the classes belong to libraries that not every system has.
    names = {type(one).__name__ for one in _chain(error)}
    if "NoKeyringError" in names:
        return Reason.NO_SERVICE
    if "PromptDismissedException" in names:
        return Reason.DISMISSED
    if names & {"KeyringLocked", "LockedException"}:
        return Reason.LOCKED
    # The library's own way to say that a keyring does not fit this computer is a RuntimeError.
    if names & {"SecretServiceNotAvailableException", "InitError", "DBusErrorResponse", "RuntimeError"}:
        return Reason.NO_SERVICE
    if any(isinstance(one, OSError) for one in _chain(error)):  # there is no message bus
        return Reason.NO_SERVICE
    return Reason.FAILED


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _words(outcome: Outcome, reason: Reason | None) -> str:
    if outcome is Outcome.STORED:
        return translate("Secrets", "Kept in the system keyring")
    if outcome is Outcome.ASK_EACH_START:
        return translate("Secrets", "Not kept. ctidesk asks for it at each start.")
    match reason:
        case Reason.LOCKED:
            return translate(
                "Secrets", "The system keyring is locked. Unlock it, or ctidesk asks for the password at each start."
            )
        case Reason.DISMISSED:
            return translate(
                "Secrets",
                "The question of the system keyring was dismissed, so the password was not kept. "
                "ctidesk asks for it at each start.",
            )
        case Reason.TIMED_OUT:
            return translate(
                "Secrets",
                "The system keyring does not answer, so the password cannot be kept now. "
                "ctidesk asks for it at each start.",
            )
        case Reason.UNSAFE:
            return translate(
                "Secrets",
                "This computer would keep the password unprotected, so it is not kept. "
                "ctidesk asks for it at each start.",
            )
        case Reason.FAILED:
            return translate(
                "Secrets",
                "The system keyring has failed, so the password cannot be kept. ctidesk asks for it at each start.",
            )
        case _:
            return translate(
                "Secrets",
                "No system keyring was found, so the password cannot be kept safely. "
                "ctidesk asks for it at each start.",
            )
