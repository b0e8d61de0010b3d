"""From the open socket to a usable line (webitel-protocol.md, "3.1 From open to ready")."""

from __future__ import annotations

from collections.abc import Callable

from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.identity import Credentials, Identity, read_identity
from ctidesk.webitel.results import ErrorType, Result, refusal
from ctidesk.webitel.session import Session
from ctidesk.webitel.users import account_list


def log_in(session: Session, credentials: Credentials, domain: str, finished: Callable[[Result], None]) -> None:
    """Authenticate, log the account in and load the accounts of the domain.

    Each step is taken with the reply to the one before, so that no event can come in between unnoticed.

    Args:
        session: an open session.
        domain: whose accounts are wanted; empty for the account's own domain.
        finished: is told once how it went. A refusal has the type AUTH-ERROR; when nothing could be heard of the
            server it is CONNECTION-ERROR, which an attempt later may mend.
    """
    _Login(session, domain, finished).begin(credentials)


class _Login:
    def __init__(self, session: Session, domain: str, finished: Callable[[Result], None]) -> None:
        self._session = session
        self._domain = domain
        self._account = ""
        self._finished = finished

    def begin(self, credentials: Credentials) -> None:
        self._account = credentials.account
        self._session.send_quietly("auth", credentials.arguments(), self._authenticated)

    def _authenticated(self, result: Result) -> None:
        if not result.ok:
            self._refused(result)
            return
        session = self._session
        identity = read_identity(result.response, self._account)
        session.identity = identity
        session.users.domain = self._domain = self._domain or identity.domain
        ended = session.channels.log_in(identity.account)
        session.start_pings()
        session.tell([*ended, PublicEvent("onConnect", (identity.public(),))])
        session.send_quietly("login", None, lambda reply: self._logged_in(reply, identity))

    def _logged_in(self, result: Result, identity: Identity) -> None:
        if not result.ok:
            self._refused(result)
            return
        arguments = {"domain": self._domain} if self._domain else {}
        self._session.send_quietly("api account list", {**arguments}, lambda reply: self._listed(reply, identity))
        self._session.tell([PublicEvent("onUserLogin")])

    def _listed(self, result: Result, identity: Identity) -> None:
        session = self._session
        if not session.is_open:
            self._refused(result)
            return
        accounts = account_list(result.response) if result.ok else None
        told = session.users.load(accounts, identity.user(self._domain))
        session.tell(told)
        session.is_ready = True
        session.tell([PublicEvent("onReady", (identity.public(),))])
        if accounts is None:
            message = "the account list could not be read" if result.ok else result.message
            session.tell_error(ErrorType.AGENT, message)
        session.renew_subscriptions()
        self._finished(Result("auth"))

    def _refused(self, result: Result) -> None:
        """End the attempt. Words of the server are a refusal; its silence is not."""
        if not result.id:
            self._finished(refusal(result.command, ErrorType.CONNECTION, result.message))
            return
        self._session.is_connected = False
        self._session.tell([PublicEvent("onDisconnect", (result.response,))])
        self._session.tell_error(ErrorType.AUTH, result.message, is_reported=True)
        self._finished(Result(result.command, result.response, ErrorType.AUTH, result.id))
