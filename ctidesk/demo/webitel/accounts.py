"""Who has a telephone and a login in the demo company, and what colleagues see of him."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from ctidesk.demo.people import full_name

FIRST_NUMBER = 101
AWAY = ("DND", "ONBREAK", "CALLFORWARD", "VOICEMAIL")
LOGGED_OUT = "Logged Out"
AVAILABLE = ("Available", "Available (On Demand)")
ON_BREAK = "On Break"

_KEPT_BY_ENCODE_URI = ";,/?:@&=+$-_.!~*'()#"


@dataclass(eq=False)
class Account:
    """One account of the domain (webitel-protocol.md, "8.2 Presence model", "9. Call-centre agent").

    `logged_in`: the command `login` was given, so its sockets get call events. `sockets`: how many are authenticated.
    `registered`: a phone is there. `legs`: how many channels its phones have. `agent_status`, `agent_state`: the call
    centre's. `on_demand`: gets one queue call for each time it says that it is ready.
    """

    number: str
    domain: str
    password: str
    role: str
    name: str
    is_agent: bool
    parameters: dict[str, str] = field(default_factory=dict)
    away: str = "NONE"
    tag: str = ""
    registered: bool = True
    legs: int = 0
    in_queue_call: bool = False
    logged_in: bool = False
    sockets: int = 0
    agent_status: str = LOGGED_OUT
    agent_state: str = "Waiting"
    on_demand: bool = False

    @property
    def login(self) -> str:
        """The full account, `number@domain`."""
        return f"{self.number}@{self.domain}"

    @property
    def in_call_centre(self) -> bool:
        return self.agent_status != LOGGED_OUT

    @property
    def state(self) -> str:
        """`NONREG`, `ISBUSY` or `ONHOOK`."""
        if not self.registered:
            return "NONREG"
        return "ISBUSY" if self.legs or self.away != "NONE" else "ONHOOK"

    @property
    def shown_away(self) -> str:
        """What the away field says: also `AGENT`, which the server sets during a queue call."""
        return "AGENT" if self.in_queue_call and self.away == "NONE" else self.away

    @property
    def presence(self) -> tuple[object, ...]:
        """Everything whose change is told to the domain."""
        return (self.shown_away, self.state, self.tag, self.agent_status, self.agent_state)

    def set_status(self, value: str) -> bool:
        """Carries out a status of "8.4 Own status", for instance `ONHOOK` or `DND('Lunch break')`.

        Returns False when it cannot be read. An agent's call-centre status follows it.
        """
        name, _, rest = value.partition("(")
        away = name.strip().upper()
        if away in ("ONHOOK", "NONE"):
            self.away, self.tag = "NONE", ""
        elif away in AWAY:
            self.away, self.tag = away, rest.removesuffix(")").strip("'")
        else:
            return False
        if self.in_call_centre:
            ready = AVAILABLE[1 if self.on_demand else 0]
            self.agent_status = ready if self.away == "NONE" else ON_BREAK
        return True

    def record(self) -> dict[str, object]:
        """The entry of `api account list` (webitel-protocol.md, "8.1 Account list")."""
        return {
            "name": self.name,
            "role": self.role,
            "agent": "true" if self.is_agent else "false",
            "agent.status": self.agent_status if self.is_agent else "",
            "state": self.state,
            "status": self.shown_away,
            "descript": encoded(self.tag),
            "id": self.number,
            "online": self.logged_in and self.sockets > 0,
            "cc_logged": self.in_call_centre,
            "domain": self.domain,
        }

    def status_event(self, stamp: int) -> dict[str, object]:
        """`ACCOUNT_STATUS` (webitel-protocol.md, "5.4 Account status and administration"). `stamp` in microseconds."""
        event: dict[str, object] = {
            "webitel-event-name": "ACCOUNT_STATUS",
            "Event-Name": "ACCOUNT_STATUS",
            "Event-Domain": self.domain,
            "Event-Account": self.number,
            "Event-Date-Timestamp": str(stamp),
            "Account-User": self.number,
            "Account-Domain": self.domain,
            "Account-Role": self.role.upper(),
            "Account-User-Name": encoded(self.name),
            "Account-Status": self.shown_away,
            "Account-User-State": self.state,
            "Account-Online": self.sockets > 0,
            "ws": self.sockets > 0,
            "cc_logged": self.in_call_centre,
            "cc": self.is_agent,
            "presence_id": self.login,
        }
        if self.tag:
            event["Account-Status-Descript"] = encoded(self.tag)
        if self.is_agent:
            event["Account-Agent-Status"] = encoded(self.agent_status)
            event["Account-Agent-State"] = encoded(self.agent_state)
        return event


class Directory:
    """The accounts of one domain. The same `seed` makes the same company.

    The first account, number 101, is the demo operator, an administrator so that accounts can be tried; every second
    one, the operator included, is a call-centre agent.
    """

    def __init__(self, domain: str, count: int, seed: int, password: str) -> None:
        if count < 1:
            raise ValueError("the demo PBX needs at least one account")
        chance = random.Random(f"directory {seed}")  # noqa: S311 - names, no secrets
        self.domain = domain
        self._accounts: dict[str, Account] = {}
        for index in range(count):
            number = str(FIRST_NUMBER + index)
            role = "admin" if index == 0 else "user"
            account = Account(number, domain, password, role, full_name(chance), is_agent=index % 2 == 0)
            account.parameters["webitel-extensions"] = number
            self.add(account)
        self.operator = self._accounts[str(FIRST_NUMBER)]

    def __iter__(self) -> Iterator[Account]:
        return iter(list(self._accounts.values()))

    def add(self, account: Account) -> None:
        self._accounts[account.number] = account

    def remove(self, account: Account) -> None:
        del self._accounts[account.number]

    def rename(self, account: Account, number: str) -> None:
        """Gives an account another login, and the same extension if it had none of its own."""
        if account.parameters["webitel-extensions"] == account.number:
            account.parameters["webitel-extensions"] = number
        self._accounts = {number if one is account else old: one for old, one in self._accounts.items()}
        account.number = number

    def find(self, key: str) -> Account | None:
        """An account by its number, or by `number@domain` with this domain."""
        number, _, domain = key.partition("@")
        return self._accounts.get(number) if domain in ("", self.domain) else None

    def with_extension(self, extension: str) -> Account | None:
        """The account that is reached by this number."""
        return next((one for one in self if one.parameters["webitel-extensions"] == extension), None)


def encoded(text: str) -> str:
    """Percent-encoded as the directory does it: letters beyond ASCII and blanks, but not the marks of an address."""
    return quote(text, safe=_KEPT_BY_ENCODE_URI)
