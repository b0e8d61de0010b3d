"""The one place where sessions, the switch, the call centre and the company's data meet."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import Scheduler
from ctidesk.demo.webitel.accounts import Account, Directory
from ctidesk.demo.webitel.centre import CallCentre
from ctidesk.demo.webitel.channels import Channel, forwarded
from ctidesk.demo.webitel.legs import Legs
from ctidesk.demo.webitel.options import WebitelOptions
from ctidesk.demo.webitel.roles import acl_of, may
from ctidesk.demo.webitel.switch import Switch

AGENT_LOGGED_OUT_AFTER_SECONDS = 60.0
TOKEN_SECONDS = 100 * 24 * 3600
LONGEST_TALK_WITHOUT_RECORDING_SECONDS = 2.0
SWITCH_EVENTS = (
    "CHANNEL_CREATE",
    "CHANNEL_DESTROY",
    "CHANNEL_CALLSTATE",
    "CHANNEL_STATE",
    "CHANNEL_ANSWER",
    "CHANNEL_HANGUP_COMPLETE",
    "CHANNEL_HANGUP",
    "CHANNEL_HOLD",
    "CHANNEL_UNHOLD",
    "CHANNEL_BRIDGE",
    "CHANNEL_UNBRIDGE",
    "DTMF",
)


class Client(Protocol):
    """A session, as the desk sees it. `subscriptions`: event names, and whether all of the domain are wanted."""

    account: Account | None
    subscriptions: dict[str, bool]

    def send_event(self, event: dict[str, object]) -> None: ...

    def cut(self) -> None: ...


class WebPhones(Protocol):
    """Programs of the accounts that are telephones themselves."""

    @property
    def address(self) -> str:
        """Where they connect to."""
        ...

    def addresses(self, account: Account) -> Sequence[str]:
        """What the switch dials to reach each of the account's; they begin with `u:`."""
        ...

    def channel_event(self, channel: Channel, name: str) -> None:
        """Something has happened to a channel."""


@dataclass
class Token:
    """REST credentials (webitel-protocol.md, "11.1 Credentials"). `expires` in seconds of the scheduler."""

    key: str
    token: str
    account: Account
    expires: float


class Desk:
    """Routes events to the sessions, and keeps what is not telephony.

    `refusal`: logins are refused from now on, by `licence` or `sockets`. `address`: host and port of the web server,
    known once it listens.
    """

    def __init__(self, options: WebitelOptions, scheduler: Scheduler, habit: Behaviour) -> None:
        self.options = options
        self.scheduler = scheduler
        self.directory = Directory(options.domain, options.users, options.seed, options.login_password)
        self.legs = Legs(self.directory, scheduler, self, habit, options.seed)
        self.switch = Switch(self.legs)
        self.centre = CallCentre(self.switch)
        self.refusal = ""
        self.address = ""
        self.recordings: dict[str, set[str]] = {}
        self._clients: list[Client] = []
        self._tokens: list[Token] = []
        self._told = {account: account.presence for account in self.directory}
        self._held_back: list[tuple[Client, dict[str, object]]] | None = None
        self.web_phones: WebPhones | None = None

    # ------------------------------------------------------------ sessions

    @property
    def clients(self) -> list[Client]:
        """The sessions of which it is known whose they are."""
        return list(self._clients)

    def clients_of(self, account: Account) -> list[Client]:
        return [client for client in self._clients if client.account is account]

    def is_attended(self, account: Account) -> bool:
        return account.sockets > 0 or (self.web_phones is not None and bool(self.web_phones.addresses(account)))

    def telephones(self, account: Account) -> Sequence[str]:
        """An account with web phones is called on these alone."""
        web_phones = self.web_phones.addresses(account) if self.web_phones is not None else ()
        return web_phones or (account.number,) * self.options.devices

    def come_in(self, client: Client, account: Account) -> None:
        """A session is authenticated; its account's first one is told to the domain."""
        self._clients.append(client)
        account.sockets += 1
        if account.sockets == 1:
            self._tell_domain(self._online_event("ACCOUNT_ONLINE", account))

    def go_out(self, client: Client, account: Account) -> None:
        """A session has ended; the last one of an account ends its login."""
        self._clients.remove(client)
        account.sockets -= 1
        if account.sockets:
            return
        account.logged_in = False
        self._tell_domain(self._online_event("ACCOUNT_OFFLINE", account))
        if account.in_call_centre:
            self.scheduler.later(AGENT_LOGGED_OUT_AFTER_SECONDS, lambda: self._forget_agent(account))

    def _forget_agent(self, account: Account) -> None:
        if not account.sockets and account.in_call_centre:
            self.centre.log_out(account)

    # ------------------------------------------------------------ events

    def channel_event(self, channel: Channel, event: dict[str, str]) -> None:
        """To the sockets of the channel's account while it is logged in, and to those that watch the domain."""
        if self.web_phones is not None:
            self.web_phones.channel_event(channel, event["Event-Name"])
        account = channel.party.account
        if account is not None and account.logged_in:
            for client in self.clients_of(account):
                self._send(client, forwarded(event))
        watched = f"SE:{event['Event-Name']}"
        for client in self._clients:
            if watched in client.subscriptions:
                self._send(client, {**event, "webitel-event-name": "server", "Event-Name": watched})

    def centre_event(self, event: dict[str, object]) -> None:
        """To those who have subscribed, for all or for what concerns them."""
        queue = str(event.get("CC-Queue", "")).partition("@")[0]
        for client in self._clients:
            account = client.account
            wanted = client.subscriptions.get(str(event["Event-Name"]))
            if account is None or wanted is None:
                continue
            if wanted or event.get("CC-Agent") == account.login or queue in self.centre.queues_of(account):
                self._send(client, event)

    def presence_changed(self, account: Account) -> None:
        """Tells the domain, when there is something new to tell."""
        if self._told.get(account) == account.presence:
            return
        self._told[account] = account.presence
        event = account.status_event(self.legs.stamp())
        for client in self._clients:
            if client.account is account or (client.account and may(acl_of(client.account.role), "account", "r")):
                self._send(client, event)

    def account_event(self, name: str, account: Account) -> None:
        """`USER_CREATE` or `USER_DESTROY`."""
        self._told[account] = account.presence
        event: dict[str, object] = {
            "webitel-event-name": name,
            "Event-Name": name,
            "Event-Domain": account.domain,
            "Event-Account": account.number,
            "User-ID": account.number,
            "User-Domain": account.domain,
            "User-State": "NONREG",
        }
        self._tell_domain(event)

    def send(self, client: Client, event: dict[str, object]) -> None:
        self._send(client, event)

    @contextlib.contextmanager
    def events_after_reply(self) -> Iterator[None]:
        """Keeps events back until the block ends, so that a reply comes before what its command has set off."""
        if self._held_back is not None:
            yield
            return
        self._held_back = []
        try:
            yield
        finally:
            held_back, self._held_back = self._held_back, None
            for client, event in held_back:
                client.send_event(event)

    def _tell_domain(self, event: dict[str, object]) -> None:
        for client in self._clients:
            self._send(client, event)

    def _send(self, client: Client, event: dict[str, object]) -> None:
        if self._held_back is None:
            client.send_event(event)
        else:
            self._held_back.append((client, event))

    @staticmethod
    def _online_event(name: str, account: Account) -> dict[str, object]:
        return {
            "webitel-event-name": "user",
            "Event-Name": name,
            "Event-Domain": account.domain,
            "User-ID": account.number,
            "User-Domain": account.domain,
            "User-Scheme": "account",
            "Content-Type": "text/event-json",
        }

    # ------------------------------------------------------------ tokens and recordings

    def token_for(self, account: Account) -> Token:
        """The account's token; one that is still valid is used again."""
        now = self.scheduler.now()
        for token in self._tokens:
            if token.account is account and token.expires > now + 24 * 3600:
                return token
        token = Token(secrets.token_hex(16), secrets.token_urlsafe(48), account, now + TOKEN_SECONDS)
        self._tokens.append(token)
        return token

    def token(self, key: str, token: str) -> Token | None:
        """The stored token with this key and text, also when it is too old."""
        return next((one for one in self._tokens if (one.key, one.token) == (key, token)), None)

    def revoke_tokens(self, account: Account) -> None:
        self._tokens = [one for one in self._tokens if one.account is not account]

    def talked(self, first: Channel, second: Channel, seconds: float) -> None:
        """Every talk that is long enough is recorded, under the ids of both legs."""
        if seconds <= LONGEST_TALK_WITHOUT_RECORDING_SECONDS:
            return
        numbers = {first.party.number, second.party.number}
        for leg in (first, second):
            self.recordings.setdefault(leg.id, set()).update(numbers)
