"""Authentication, subscriptions and what else belongs to one socket.

webitel-protocol.md, "3. Session life cycle", "4.1 Session", "4.3 Event subscriptions" and "4.7 Messages".
"""

from __future__ import annotations

from collections.abc import Mapping

from ctidesk.demo.webitel.accounts import Account, encoded
from ctidesk.demo.webitel.centre import CENTRE_EVENTS
from ctidesk.demo.webitel.desk import SWITCH_EVENTS
from ctidesk.demo.webitel.request import NO_REPLY, Command, Refusal, Request, json_text
from ctidesk.demo.webitel.roles import acl_of

ROLE_NUMBERS: Mapping[str, int] = {"user": 0, "admin": 1, "root": 2}
SUBSCRIBABLE = frozenset({*CENTRE_EVENTS, *(f"SE:{name}" for name in SWITCH_EVENTS), "SE::BROADCAST"})


def _auth(request: Request) -> object:
    key, token = request.text("key"), request.text("token")
    account = _owner_of_token(request, key, token) if key and token else _owner_of_secret(request)
    most = request.desk.options.max_sockets
    if account.sockets >= most or request.desk.refusal == "sockets":
        _turn_away(request, f"Maximum opened socket {most}")
        return NO_REPLY
    if request.desk.refusal == "licence":
        _turn_away(request, "Maximum license connections")
        return NO_REPLY
    if request.session.account is not None:
        return NO_REPLY
    request.session.identify(account)
    by_token = bool(key and token)
    return {
        "login": account.login,
        "role": account.role,
        "domain": account.domain,
        "state": "" if by_token else account.state.lower(),
        "status": "" if by_token else account.away.lower(),
        "cc-agent": "" if by_token else "true" if account.is_agent else "false",
        "session": request.session.id,
        "ws-count": account.sockets,
        "cc-logged": account.in_call_centre,
        "acl": acl_of(account.role),
        **({"verto": request.desk.web_phones.address} if request.desk.web_phones is not None else {}),
    }


def _owner_of_token(request: Request, key: str, token: str) -> Account:
    stored = request.desk.token(key, token)
    if stored is None:
        raise Refusal("Invalid Token or Key")
    if stored.expires <= request.desk.scheduler.now():
        raise Refusal("Token Expired")
    return stored.account


def _owner_of_secret(request: Request) -> Account:
    login = request.text("account")
    account = request.desk.directory.find(login) if "@" in login else None
    if account is None:
        raise Refusal({"login": {"status": 401, "message": f"user {login} not found"}}, "+ERR")
    if request.text("secret") != account.password:
        raise Refusal({"login": {"status": 401, "message": "secret incorrect"}}, "+ERR")
    return account


def _turn_away(request: Request, text: str) -> None:
    request.reply("-ERR", text)
    request.session.cut()


def _login(request: Request) -> object:
    request.account.logged_in = True
    return "+OK: logged: true"


def _logout(request: Request) -> object:
    request.account.logged_in = False
    return "+OK: logged: false"


def _whoami(request: Request) -> object:
    account = request.account
    return json_text(
        {
            "id": account.login,
            "domain": account.domain,
            "logged": account.logged_in,
            "sessionLength": account.sockets,
            "roleName": account.role,
            "state": account.state,
            "status": account.away,
            "description": encoded(account.tag),
            "acl": acl_of(account.role),
        }
    )


def _generate_token(request: Request) -> object:
    account = request.account
    token = request.desk.token_for(account)
    epoch = request.desk.legs.stamp() // 1000 - int(request.desk.scheduler.now() * 1000)
    return json_text(
        {
            "key": token.key,
            "token": token.token,
            "expires": epoch + int(token.expires * 1000),
            "username": account.login,
            "domain": account.domain,
            "role": ROLE_NUMBERS.get(account.role, -1),
            "roleName": account.role,
            "acl": acl_of(account.role),
        }
    )


def _subscribe(request: Request) -> object:
    event = request.text("event")
    if not event:
        raise Refusal("-ERR: Bad parameters.")
    if event not in SUBSCRIBABLE:
        raise Refusal("-ERR: Event unregistered")
    if event in request.session.subscriptions:
        raise Refusal("-ERR: event subscribed!")
    request.session.subscriptions[event] = request.args.get("all") is True
    return f"+OK: subscribe {event}"


def _unsubscribe(request: Request) -> object:
    event = request.text("event")
    if event not in SUBSCRIBABLE:
        raise Refusal("-ERR: Event unregistered")
    request.session.subscriptions.pop(event, None)
    return f"+OK: unsubscribe {event}"


def _list_sockets(_request: Request) -> object:
    raise Refusal("Forbidden")


def _system_message(request: Request) -> object:
    to, body = request.text("to"), request.args.get("body")
    if not to or body is None:
        raise Refusal("-ERR: Bad request")
    account = request.desk.directory.find(to.partition("@")[0])
    clients = request.desk.clients_of(account) if account else []
    if account is None or not clients:
        raise Refusal("-ERR: User not found")
    event = {
        "webitel-event-name": "WEBITEL-CUSTOM",
        "Event-Name": "WEBITEL-CUSTOM-MESSAGE",
        "to": account.login,
        "from": request.account.login,
        "body": body,
    }
    for client in clients:
        request.desk.send(client, event)
    return "+OK: Message send."


def _chat(request: Request) -> object:
    if not all(request.text(name) for name in ("from", "to", "message")):
        raise Refusal(None, "-ERR: bad response")
    return "+OK\n"


SESSION_COMMANDS: Mapping[str, Command] = {
    "auth": Command(_auth, is_public=True),
    "ping": Command(lambda _request: "pong", is_public=True),
    "login": Command(_login),
    "logout": Command(_logout),
    "api whoami": Command(_whoami, unknown_caller="-ERR: user not auth."),
    "token_generate": Command(_generate_token),
    "list_sockets": Command(_list_sockets),
    "subscribe": Command(_subscribe, unknown_caller="-ERR: Authentication required!"),
    "unsubscribe": Command(_unsubscribe, unknown_caller="-ERR: Authentication required!"),
    "sys_msg": Command(_system_message),
    "chat_send": Command(_chat),
    "broadcast": Command(lambda _request: NO_REPLY),
}
