"""Administration of users (webitel-protocol.md, "8.5 Creating an account" and "8.6 Changing, reading, removing")."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ctidesk.cti.administration import UserAccount
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.signals import Signal
from ctidesk.cti.text import translate
from ctidesk.webitel.account_commands import DEFAULT_ATTRIBUTE, AccountCommands
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.fields import Json, JsonObject
from ctidesk.webitel.messages import command_error
from ctidesk.webitel.results import Result
from ctidesk.webitel.session import Session

ROLES = ("user", "admin")
DISPLAY_NAME = "effective_caller_id_name"
ROLE = "account_role"

_USER_EVENTS = ("onReady", "onDisconnect", "onAddUser", "onRemoveUser", "onUserStatusChange")


class WebitelUserAdministration:
    """The accounts of the own domain for an administrator.

    Signals:
        changed(): as `ctidesk.cti.administration.UserAdministration` has it.
    """

    def __init__(self, session: Session, commands: AccountCommands) -> None:
        """Create the administration of `session`'s domain."""
        self.changed: Signal[()] = Signal("administration.changed")
        self._session = session
        self._commands = commands
        session.events.subscribe(self._public_event)

    @property
    def users(self) -> Mapping[str, UserAccount]:
        """All accounts by number."""
        own_number = self._session.users.own_number
        return {
            user.id: UserAccount(user.id, user.name, user.role, user.online, user.id == own_number)
            for user in self._session.users.users.values()
        }

    @property
    def can_administer(self) -> bool:
        """Whether the role allows to create, change or remove accounts."""
        identity = self._session.identity
        if identity is None or not self._session.is_ready:
            return False
        return any(identity.may("account", permission) for permission in "cud")

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that every installation has."""
        return ROLES

    async def create(self, number: str, password: str = "", *, name: str = "", role: str = "") -> None:
        """Create an account; its login is its extension."""
        number = number.strip()
        if not re.fullmatch("[0-9]+", number):
            raise _refused("create", translate("Webitel", "The login may contain digits only"))
        secret = password or number
        if _has_separator(secret):
            raise _refused("create", translate("Webitel", "The password may not contain the characters : and @."))
        attribute: JsonObject = dict(DEFAULT_ATTRIBUTE)
        if display_name := _value(name):
            attribute["variables"] = [f"{DISPLAY_NAME}={display_name}"]
        result = await self._commands.create(_checked_role("create", role or ROLES[0]), number, secret, "", attribute)
        self._check("create", result)
        self._read_again()

    async def update(
        self, number: str, *, name: str | None = None, password: str | None = None, role: str | None = None
    ) -> None:
        """Change an account."""
        parameters: list[Json] = []
        variables: list[Json] = []
        if password is not None:
            if not password or _has_separator(password):
                raise _refused(
                    "update",
                    translate("Webitel", "The password may not be empty or contain the characters : and @."),
                )
            parameters.append(f"password={password}")
        if name is not None:
            variables.append(f"{DISPLAY_NAME}={_value(name)}")
        if role is not None:
            variables.append(f"{ROLE}={_checked_role('update', role)}")
        if not parameters and not variables:
            return
        change: JsonObject = {}
        if parameters:
            change["parameters"] = parameters
        if variables:
            change["variables"] = variables
        self._check("update", await self._commands.update(number, "", change))
        self._read_again()

    async def remove(self, number: str) -> None:
        """Remove an account; its programs are disconnected."""
        self._check("remove", await self._commands.remove(number))

    def _read_again(self) -> None:
        """Ask for the accounts: the server does not tell of changes by itself ("5.4 Account status")."""
        self._session.reload_users()

    @staticmethod
    def _check(command: str, result: Result) -> None:
        if not result.ok:
            raise CtiException(_administration_error(command, result))

    def _public_event(self, event: PublicEvent) -> None:
        if event.name in _USER_EVENTS:
            self.changed.emit()


def _administration_error(command: str, result: Result) -> CtiError:
    """The words for a refusal of the administration."""
    source = f"admin.{command}"
    lower = result.text.lower()
    text = ""
    if command == "create" and "exist" in lower:
        text = translate("Webitel", "A user with this number already exists.")
    elif "it's you" in lower:
        text = translate("Webitel", "You cannot remove your own account.")
    elif "slow down" in lower:
        text = translate("Webitel", "You cannot change your own role.")
    elif "number reserved" in lower:
        text = translate("Webitel", "This number is taken by something else in the PBX.")
    elif "not found" in lower:
        text = translate("Webitel", "There is no such user any more.")
    error = command_error(source, result)
    if not text or error.kind is not ErrorKind.COMMAND:
        return error
    return CtiError(ErrorKind.COMMAND, text, raw=result.text, source=error.source)


def _refused(command: str, text: str) -> CtiException:
    return CtiException(CtiError(ErrorKind.COMMAND, text, source=f"webitel.admin.{command}"))


def _checked_role(command: str, role: str) -> str:
    if role not in ROLES:
        raise _refused(command, translate("Webitel", "There is no such role."))
    return role


def _has_separator(password: str) -> bool:
    """Whether a password would be taken apart by the server."""
    return ":" in password or "@" in password


def _value(text: str) -> str:
    """A text as the value of a parameter: one line without quotes and brackets."""
    return "".join(one for one in text.strip() if one.isprintable() and one not in "'\"[]{},")
