"""Who logs in, and as whom the server has let us in (webitel-protocol.md, "3.2 `auth` arguments" and "3.3")."""

from __future__ import annotations

from dataclasses import dataclass, field

from ctidesk.webitel.fields import Fields, Json, JsonObject
from ctidesk.webitel.users import User


@dataclass(frozen=True, slots=True)
class Credentials:
    """What `auth` is given.

    Attributes:
        account: `number@domain`; secret: its password.
        key, token: REST credentials; when both are there they win.
        code: the one-time code of the account `root`.
    """

    account: str = ""
    secret: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    code: str = field(default="", repr=False)

    @property
    def is_complete(self) -> bool:
        """Whether anybody is named."""
        return bool(self.account or (self.key and self.token))

    def arguments(self) -> JsonObject:
        """The arguments of `auth`; what has no value is left out."""
        given: JsonObject = {}
        for name in ("account", "secret", "key", "token", "code"):
            if value := getattr(self, name):
                given[name] = value
        return given


@dataclass(frozen=True, slots=True)
class Identity:
    """The account as the server sees it.

    Attributes:
        account: `number@domain`; sockets: how many the account has open; acl: what the role may do.
        agent: is a call-centre agent, which "cc-agent" says with the text `true`.
        agent_field: the field `agent` of public events. The maker's library takes any text for yes, "false" too (D9);
            whoever reads its events knows it so.
        state, status: line and chosen state at the login.
    """

    account: str
    role: str = ""
    domain: str = ""
    sockets: int = 0
    acl: tuple[tuple[str, tuple[str, ...]], ...] = ()
    agent: bool = False
    agent_field: bool = False
    state: str = ""
    status: str = ""
    cdr: Json = field(default=None, repr=False)
    verto: Json = None

    @property
    def number(self) -> str:
        """The account's number."""
        return self.account.partition("@")[0]

    def may(self, resource: str, permission: str) -> bool:
        """Whether the role has a permission ("4.9 Permissions"), for instance `account`, `c`."""
        granted = dict(self.acl).get(resource, ())
        return "*" in granted or permission in granted

    def public(self) -> JsonObject:
        """The session as `onConnect` and `onReady` carry it."""
        public: JsonObject = {"login": self.account, "role": self.role}
        if self.domain:
            public["domain"] = self.domain
        acl: JsonObject = {resource: list(permissions) for resource, permissions in self.acl}
        public |= {"wsCount": self.sockets, "acl": acl, "agent": self.agent_field}
        public |= {name: value for name, value in (("cdr", self.cdr), ("verto", self.verto)) if value is not None}
        return public

    def user(self, domain: str) -> User:
        """The own account as a user, for the time that the account list does not tell it."""
        return User(
            self.number,
            domain,
            state=self.state.upper(),
            away=self.status.upper(),
            role=self.role,
            agent=self.agent,
        )


def read_identity(response: Json, account: str = "") -> Identity:
    """Read the content of the reply to `auth`.

    Args:
        account: who has logged in, for a reply that does not name the whole account.
    """
    fields = Fields(response)
    named = fields.text("login")
    if not named or account.startswith(f"{named}@"):
        named = account
    return Identity(
        account=named,
        role=fields.text("role"),
        domain=fields.text("domain") or named.partition("@")[2],
        sockets=fields.number("ws-count") or 0,
        acl=tuple((name, _texts(granted)) for name, granted in fields.fields("acl").items()),
        agent=fields.text("cc-agent") == "true",
        agent_field=bool(fields.get("cc-agent")),
        state=fields.text("state"),
        status=fields.text("status"),
        cdr=fields.get("cdr"),
        verto=fields.get("verto"),
    )


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
