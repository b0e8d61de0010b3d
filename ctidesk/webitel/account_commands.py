"""Own status, accounts, call centre, recordings (webitel-protocol.md, sections 8.4 to 8.6, 9 and 10.1)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from ctidesk.webitel.fields import Fields, Json, JsonObject
from ctidesk.webitel.results import ErrorType, Result, refusal
from ctidesk.webitel.session import Request

CAUSES = ("DND", "ONBREAK", "CALLFORWARD", "VOICEMAIL")
"""What can be chosen in place of being ready."""
DEFAULT_ATTRIBUTE: JsonObject = {"parameters": ["cc-agent=true"]}

_DANGEROUS = frozenset("'[]{},")
"""Characters that would end the value inside of the server's own command (D23)."""


def clean_tag(text: str) -> str:
    """Return the text of a status in the form in which the server can take it."""
    spaced = " ".join(text.splitlines())
    return "".join(one for one in spaced if one not in _DANGEROUS and one.isprintable()).strip()


class AccountCommands:
    """What can be done with accounts, the own one included. Every command returns its result."""

    def __init__(self, request: Request, account: Callable[[], str], domain: Callable[[], str]) -> None:
        """Create the commands.

        Args:
            request: gives a command to the server.
            account: the own account.
            domain: the domain whose accounts are managed.
        """
        self._request = request
        self._account = account
        self._domain = domain

    # ---- the own status

    async def ready(self) -> Result:
        """Take calls."""
        return await self._set_status("ONHOOK")

    async def busy(self, cause: str, tag: str = "") -> Result:
        """Take no calls.

        Args:
            cause: one of `CAUSES`, in any case.
            tag: a text for the colleagues; the number for `CALLFORWARD`.
        """
        status = cause.upper()
        if status not in CAUSES:
            return refusal("api account change", ErrorType.AGENT, f"{status} is not supported")
        text = clean_tag(tag)
        return await self._set_status(f"{status}('{text}')" if text else status)

    async def _set_status(self, value: str) -> Result:
        return await self._request("api account change", {"user": self._account(), "param": "status", "value": value})

    # ---- call centre

    async def enter_call_centre(self, status: str) -> Result:
        """Log in as an agent. One who is logged in already keeps the status that he has."""
        return await self._request("cc login", {"status": status})

    async def leave_call_centre(self) -> Result:
        """Log out as an agent."""
        return await self._request("cc logout", None)

    async def tiers(self) -> Result:
        """Return the queues of the agent."""
        return await self._request("cc tier from user", {})

    # ---- accounts

    async def list_users(self, domain: str = "") -> Result:
        """Return the accounts of a domain as the server gives them."""
        return await self._request("api account list", {"domain": domain or self._domain()})

    async def user(self, number: str, domain: str = "") -> Result:
        """Return all parameters of an account."""
        return parsed(await self._request("api account", {"user": self._full(number, domain or self._domain())}))

    async def create(
        self, role: str, number: str, password: str = "", domain: str = "", attribute: JsonObject | None = None
    ) -> Result:
        """Create an account ("8.5 Creating an account").

        Args:
            attribute: its `parameters` and `variables`, lists of `name=value`.
        """
        secret = f":{password}" if password else ""
        arguments: JsonObject = {
            "role": role,
            "param": f"{number}{secret}@{domain or self._domain()}",
            "attribute": attribute or DEFAULT_ATTRIBUTE,
        }
        return await self._request("api account create", arguments)

    async def update(self, number: str, domain: str, parameter: Json, value: Json = None) -> Result:
        """Change an account ("8.6 Changing, reading, removing").

        Args:
            parameter: a parameter's name, with its `value`; or an object of `parameters` and `variables`.
        """
        arguments: JsonObject = {"user": self._full(number, domain or self._domain()), "param": parameter}
        if value is not None:
            arguments["value"] = value
        return await self._request("api account change", arguments)

    async def remove(self, number: str, domain: str = "") -> Result:
        """Remove an account."""
        return await self._request("api account remove", {"user": self._full(number, domain or self._domain())})

    async def whoami(self) -> Result:
        """Return the own account as the server sees it."""
        return parsed(await self._request("api whoami", {}))

    # ---- recordings

    async def record_link(self, record_id: Json) -> Result:
        """Return where a recording is; the link holds a password: never log it."""
        return await self._request("cdr_get_record_link", {"uuid": record_id})

    @staticmethod
    def _full(number: str, domain: str) -> str:
        return number if "@" in number or not domain else f"{number}@{domain}"


def parsed(result: Result) -> Result:
    """Return a result whose response stands as JSON inside of a text with that JSON as its response."""
    if not result.ok or not isinstance(result.response, str):
        return result
    try:
        content: Json = msgspec.json.decode(result.response)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return Result(result.command, "the reply could not be read", ErrorType.COMMAND, result.id)
    return Result(result.command, content, id=result.id)


def tiers_of(result: Result) -> list[Json]:
    """Return the queues in the reply of `tiers`: an object by queue, or an empty list."""
    if isinstance(result.response, list):
        return result.response
    return list(Fields(result.response).values())
