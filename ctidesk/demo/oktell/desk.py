"""The one place where sessions, the switch and the company's data meet."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from typing import Protocol

from ctidesk.demo.oktell.credentials import Credentials
from ctidesk.demo.oktell.directory import Directory, User
from ctidesk.demo.oktell.switch import Switch
from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import Scheduler


class Client(Protocol):
    """A session, as the desk sees it."""

    @property
    def user(self) -> User | None: ...

    def send_event(self, method: str, body: dict[str, object]) -> None: ...


class Desk:
    """Routes the switch's events to the sessions, and keeps what is not telephony.

    `web_port` is told to clients as the port of the web server; it is known once the server listens.
    """

    def __init__(
        self, directory: Directory, scheduler: Scheduler, habit: Behaviour, *, password: str, seed: int = 0
    ) -> None:
        self.directory = directory
        self.scheduler = scheduler
        self.credentials = Credentials(directory, password)
        self.switch = Switch(directory, scheduler, self, habit, seed)
        self.redirect_rules: dict[str, dict[str, dict[str, object]]] = {}
        self.web_port = 0
        self._clients: list[Client] = []
        self._http_passwords: set[str] = set()
        self._held_back: list[tuple[Client, str, dict[str, object]]] | None = None

    # ------------------------------------------------------------ sessions

    def add(self, client: Client) -> None:
        self._clients.append(client)

    def remove(self, client: Client) -> None:
        self._clients.remove(client)

    @property
    def clients(self) -> list[Client]:
        return list(self._clients)

    def is_attended(self, user: User) -> bool:
        return any(client.user is user for client in self._clients)

    # ------------------------------------------------------------ events

    def tell(self, user: User, method: str, body: dict[str, object]) -> None:
        for client in self.clients:
            if client.user is user:
                self._send(client, method, body)

    def tell_all(self, method: str, body: dict[str, object]) -> None:
        for client in self.clients:
            if client.user is not None:
                self._send(client, method, body)

    @contextlib.contextmanager
    def events_after_reply(self) -> Iterator[None]:
        """Keeps events back until the block ends, so that a reply comes before what its request has set off."""
        if self._held_back is not None:
            yield
            return
        self._held_back = []
        try:
            yield
        finally:
            held_back, self._held_back = self._held_back, None
            for client, method, body in held_back:
                client.send_event(method, body)

    def _send(self, client: Client, method: str, body: dict[str, object]) -> None:
        if self._held_back is None:
            client.send_event(method, body)
        else:
            self._held_back.append((client, method, body))

    # ------------------------------------------------------------ one-time passwords of the web server

    def new_http_password(self) -> str:
        password = secrets.token_hex(8)
        self._http_passwords.add(password)
        return password

    def use_http_password(self, password: str) -> bool:
        """Whether it was valid; it is not any more."""
        if password not in self._http_passwords:
            return False
        self._http_passwords.remove(password)
        return True
