"""Reading and changing accounts (webitel-protocol.md, "4.4 Accounts", "8. Accounts (users)")."""

from __future__ import annotations

from collections.abc import Mapping

from ctidesk.demo.webitel.accounts import Account, Directory
from ctidesk.demo.webitel.request import NO_REPLY, Command, Refusal, Request, json_text
from ctidesk.demo.webitel.roles import acl_of, may

_NO_LOGIN = "Domain, login is require."
_NOT_FOUND = "-ERR: user not found\n"
_NAME = "effective_caller_id_name"
_ROLE = ("role", "account_role")


def _list(request: Request) -> object:
    account = request.account
    accounts = list(request.desk.directory) if may(acl_of(account.role), "account", "r") else [account]
    records = {one.number: one.record() for one in accounts}
    wanted = request.args.get("filter")
    if isinstance(wanted, dict):
        records = {
            number: record
            for number, record in records.items()
            if all(record.get(name) == value for name, value in wanted.items())
        }
    columns = request.texts("columns")
    if columns:
        records = {
            number: {name: value for name, value in record.items() if name in columns or name == "id"}
            for number, record in records.items()
        }
    return {"response": json_text(records)}


def _list_users(request: Request) -> object:
    """Accounts and devices, with the columns of the directory's table."""
    table: dict[str, object] = {}
    for account in request.desk.directory:
        table[account.number] = {
            "id": account.number,
            "domain": account.domain,
            "scheme": "account",
            "name": account.name,
            "role": account.role,
            "state": account.state,
            "status": account.shown_away,
            "online": "true" if account.logged_in and account.sockets else "false",
        }
    return table


def _read(request: Request) -> object:
    if not request.text("user"):
        raise Refusal(_NO_LOGIN)
    return json_text(parameters_of(_account(request)))


def _create(request: Request) -> object:
    """The domain of the argument is replaced by the caller's own."""
    directory = request.desk.directory
    before, at, domain = request.text("param").partition("@")
    login, colon, password = before.partition(":")
    role = request.text("role")
    if not login or not at or not domain or not role:
        raise Refusal(_NO_LOGIN)
    parameters, variables = _pairs(request.args.get("attribute"))
    extension = parameters.get("webitel-extensions", login)
    if directory.find(login) or directory.with_extension(extension):
        raise Refusal("Number exists")
    account = Account(login, directory.domain, password if colon else "", role, login, is_agent=False)
    account.registered = False
    account.parameters["webitel-extensions"] = extension
    for name, value in {**parameters, **variables}.items():
        _set(account, name, value)
    directory.add(account)
    request.desk.account_event("USER_CREATE", account)
    return "+OK created!\n"


def _change(request: Request) -> object:
    if not request.text("user"):
        return NO_REPLY
    account = _account(request)
    own = account is request.account
    if not may(acl_of(request.account.role), "account", "u") and not (
        own and may(acl_of(request.account.role), "account", "uo")
    ):
        raise Refusal("Permission denied!")
    several = request.args.get("param")
    if isinstance(several, dict):
        parameters, variables = _pairs(several)
        changes = {**parameters, **variables}
    else:
        changes = {request.text("param"): request.text("value")}
    _check(request, account, changes)
    if "user" in changes:
        _rename(request, account, changes.pop("user"))
    for name, value in changes.items():
        _set(account, name, value)
    if changes.keys() & {"password", *_ROLE}:
        request.desk.revoke_tokens(account)
    if "status" in changes and account.in_call_centre:
        request.desk.centre.status_changed(account)
    request.desk.presence_changed(account)
    return parameters_of(account)


def _rename(request: Request, account: Account, number: str) -> None:
    """Another login is another account to everybody else: the old one's programs are cut off."""
    desk = request.desk
    for channel in desk.legs.party(account.number).channels[:]:
        desk.switch.hang_up(channel)
    desk.account_event("USER_DESTROY", account)
    desk.directory.rename(account, number)
    desk.account_event("USER_CREATE", account)
    for client in desk.clients_of(account):
        client.cut()


def _remove(request: Request) -> object:
    if not request.text("user"):
        return NO_REPLY
    account, desk = _account(request), request.desk
    if account is request.account:
        raise Refusal("Easy! it's YOU !!!")
    for channel in desk.legs.party(account.number).channels[:]:
        desk.switch.hang_up(channel)
    desk.directory.remove(account)
    desk.revoke_tokens(account)
    desk.account_event("USER_DESTROY", account)
    for client in desk.clients_of(account):
        client.cut()
    return "+OK destroyed!\n"


def parameters_of(account: Account) -> dict[str, str]:
    """What `api account` tells: everything but the password."""
    return {
        "cc-agent": "true" if account.is_agent else "false",
        **account.parameters,
        "variable_account_role": account.role,
        f"variable_{_NAME}": account.name,
    }


def _check(request: Request, account: Account, changes: Mapping[str, str]) -> None:
    directory: Directory = request.desk.directory
    if not changes or "" in changes:
        raise Refusal("Bad request.")
    if "user" in changes:
        login = changes["user"]
        if not login or account is request.account:
            raise Refusal("Bad request.")
        if directory.find(login) or directory.with_extension(login) not in (None, account):
            raise Refusal("-ERR Number reserved.\n")
    if account is request.account and changes.keys() & set(_ROLE):
        raise Refusal("Woow! Slow down!")
    if "webitel-extensions" in changes:
        extension = changes["webitel-extensions"]
        if not any(letter.isdecimal() for letter in extension):
            raise Refusal("Bad request (webitel-extensions).")
        if directory.with_extension(extension) not in (None, account):
            raise Refusal("-ERR Number reserved.\n")
    if "status" in changes and not account.set_status(changes["status"]):
        raise Refusal("Bad request.")


def _set(account: Account, name: str, value: str) -> None:
    if name == "password":
        account.password = value
    elif name in _ROLE:
        account.role = value
    elif name == "cc-agent":
        account.is_agent = value == "true"
    elif name == _NAME:
        account.name = value
    elif name != "status":
        account.parameters[name] = value


def _pairs(attribute: object) -> tuple[dict[str, str], dict[str, str]]:
    """`parameters` and `variables`, each a list of `name=value`."""

    def read(name: str) -> dict[str, str]:
        listed = attribute.get(name) if isinstance(attribute, dict) else None
        texts = [one for one in listed if isinstance(one, str) and "=" in one] if isinstance(listed, list) else []
        return dict(one.split("=", 1) for one in texts)

    return read("parameters"), read("variables")


def _account(request: Request) -> Account:
    account = request.desk.directory.find(request.text("user").partition("@")[0])
    if account is None:
        raise Refusal(_NOT_FOUND)
    return account


ACCOUNT_COMMANDS: Mapping[str, Command] = {
    "api account list": Command(_list, (("account", "r"), ("account", "ro"))),
    "api list_users": Command(_list_users, (("account", "r"),)),
    "api account": Command(_read, (("account", "r"),)),
    "api account create": Command(_create, (("account", "c"),)),
    "api account change": Command(_change, (("account", "u"), ("account", "uo"))),
    "api account remove": Command(_remove, (("account", "d"),)),
}
