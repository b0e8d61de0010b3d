"""Administration of users (webitel-protocol.md, "8.5 Creating an account" and "8.6 Changing, reading, removing")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from msgspec import structs

from ctidesk.cti.administration import NumberRefused, OutcomeUnknown, UserAccount
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.presence import Presence
from ctidesk.cti.signals import Signal
from ctidesk.cti.text import translate
from ctidesk.webitel.account_commands import DEFAULT_ATTRIBUTE, AccountCommands
from ctidesk.webitel.agent_states import user_presence
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.fields import Fields, Json, JsonObject
from ctidesk.webitel.messages import command_error
from ctidesk.webitel.results import ErrorType, Result
from ctidesk.webitel.session import Session
from ctidesk.webitel.users import User

ROLES = ("user", "admin")
DISPLAY_NAME = "effective_caller_id_name"
ROLE = "account_role"
LOGIN = "user"

_MASK = "•••"


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
        self._users: dict[str, UserAccount] = {}
        session.events.subscribe(self._public_event)

    @property
    def users(self) -> Mapping[str, UserAccount]:
        """All accounts by number, in the order of the server."""
        return MappingProxyType(self._users)

    @property
    def is_connected(self) -> bool:
        """Whether the login has ended well and the connection is there."""
        return self._session.is_ready

    @property
    def can_create(self) -> bool:
        """Whether the role has the permission `account:c`."""
        return self._may("c")

    @property
    def can_change(self) -> bool:
        """Whether the role has the permission `account:u`."""
        return self._may("u")

    @property
    def can_remove(self) -> bool:
        """Whether the role has the permission `account:d`."""
        return self._may("d")

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that every installation has."""
        return ROLES

    async def read_again(self) -> None:
        """Read the accounts anew."""
        self._check("list", await self._session.reload_users())

    async def create(self, number: str, password: str = "", *, name: str = "", role: str = "") -> None:
        """Create an account; its login is its extension."""
        number = _checked_number("create", number)
        secret = password or number
        if _has_separator(secret):
            raise _refused("create", translate("Webitel", "The password may not contain the characters : and @."))
        attribute: JsonObject = dict(DEFAULT_ATTRIBUTE)
        if display_name := _value(name):
            attribute["variables"] = [f"{DISPLAY_NAME}={display_name}"]
        result = await self._commands.create(_checked_role("create", role or ROLES[0]), number, secret, "", attribute)
        self._check("create", result, password)
        await self._show_changes()

    async def renumber(self, number: str, new_number: str) -> None:
        """Change the login of an account."""
        new_number = _checked_number("renumber", new_number)
        if number == self._session.users.own_number:
            raise _refused("renumber", translate("Webitel", "You cannot change your own number."))
        self._check("renumber", await self._commands.update(number, "", LOGIN, new_number))
        await self._show_changes()

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
        self._check("update", await self._commands.update(number, "", change), password or "")
        await self._show_changes()

    async def remove(self, number: str) -> None:
        """Remove an account; its programs are disconnected."""
        self._check("remove", await self._commands.remove(number))
        await self._show_changes()

    def _may(self, permission: str) -> bool:
        identity = self._session.identity
        return identity is not None and identity.may("account", permission)

    async def _show_changes(self) -> None:
        """Have `users` show what was done; when they cannot be read now, they are with the next event or login."""
        await self._session.reload_users()

    @staticmethod
    def _check(command: str, result: Result, secret: str = "") -> None:
        if not result.ok:
            raise _exception(command, result)(_administration_error(command, result, secret))

    # ---- following the accounts

    def _public_event(self, event: PublicEvent) -> None:
        match event.name:
            case "onReady":
                self._users = {user.id: self._account(user) for user in self._session.users.users.values()}
            case "onDisconnect":
                self._users = {
                    number: replace(one, is_online=False, presence=Presence.UNKNOWN, detail="")
                    for number, one in self._users.items()
                }
            case "onAddUser" | "onRemoveUser" | "onUserStatusChange" if self._session.is_ready:
                number = Fields(event.args[0]).text("id")
                user = self._session.users.users.get(number)
                if user is None:
                    self._users.pop(number, None)
                else:
                    self._users[number] = self._account(user)
            case _:
                return
        self.changed.emit()

    def _account(self, user: User) -> UserAccount:
        return UserAccount(
            number=user.id,
            name=user.name,
            role=user.role,
            is_online=user.online,
            is_me=user.id == self._session.users.own_number,
            presence=user_presence(user),
            detail=user.tag,
        )


def _exception(command: str, result: Result) -> type[CtiException]:
    if not result.id:  # nobody has answered
        return OutcomeUnknown
    is_number = command in ("create", "renumber") and _is_about_number(result.text.lower())
    return NumberRefused if is_number else CtiException


def _administration_error(command: str, result: Result, secret: str) -> CtiError:
    """The words for a refusal of the administration; the server's own are shown without the password."""
    raw = result.text.replace(secret, _MASK) if secret else result.text
    if not result.id and result.error is ErrorType.COMMAND:
        text = translate("Webitel", "The PBX has not answered in time.")
        return CtiError(ErrorKind.COMMAND, text, raw=raw, source=f"webitel.admin.{command}")
    text = _words(command, result.text.lower())
    error = command_error(f"admin.{command}", result)
    if not text or error.kind is not ErrorKind.COMMAND:
        return structs.replace(error, raw=raw)
    return structs.replace(error, text=text, raw=raw)


def _words(command: str, refusal: str) -> str:
    """The words for a refusal that only the administration knows; empty for others."""
    if command in ("create", "renumber") and _is_taken(refusal):
        return translate("Webitel", "A user with this number already exists.")
    if command == "renumber" and "bad request" in refusal:
        return translate("Webitel", "This PBX cannot change a number. Add a new user and remove this one.")
    if "it's you" in refusal:
        return translate("Webitel", "You cannot remove your own account.")
    if "slow down" in refusal:
        return translate("Webitel", "You cannot change your own role.")
    if "number reserved" in refusal:
        return translate("Webitel", "This number is taken by something else in the PBX.")
    if command != "create" and "not found" in refusal:
        return translate("Webitel", "There is no such user any more.")
    if command == "create" and "bad request (number)" in refusal:
        return translate("Webitel", "The PBX does not take this number.")
    return ""


def _is_taken(refusal: str) -> bool:
    return "exist" in refusal or "reserved" in refusal


def _is_about_number(refusal: str) -> bool:
    return _is_taken(refusal) or "(number)" in refusal


def _refused(command: str, text: str) -> CtiException:
    return CtiException(_refusal(command, text))


def _refusal(command: str, text: str) -> CtiError:
    return CtiError(ErrorKind.COMMAND, text, source=f"webitel.admin.{command}")


def _checked_number(command: str, number: str) -> str:
    number = number.strip()
    if not re.fullmatch("[0-9]+", number):
        raise NumberRefused(_refusal(command, translate("Webitel", "The login may contain digits only")))
    return number


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
