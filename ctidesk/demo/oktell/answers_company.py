"""Requests about the company: version, users, numbers, redirect rules, journal.

oktell-protocol.md, "3.1 Sequence after a successful login" and "8.4" to "8.6".
"""

from __future__ import annotations

import hashlib

from ctidesk.demo.oktell.agents import BREAK_REASONS, Agent
from ctidesk.demo.oktell.desk import Desk
from ctidesk.demo.oktell.directory import User
from ctidesk.demo.oktell.exchange import Record, SwitchError

Body = dict[str, object]

DATED = 161019
PROCEDURE = "getclientbyphone"
_CLIENTS = ((1, "ООО «Ромашка»", "79161234567"), (2, "Ivanov & Sons", "74951112233"), (3, "ТОВ «Їжак»", "380441234567"))


def version(desk: Desk, _user: User, body: Body) -> Body:
    """`getversion`: the server's date, and the stored procedures that the user may run."""
    numbers = {"dated": DATED, "build": f"2.12.0.{DATED}", "webserverport": desk.web_port}
    reply: Body = {"version": numbers}
    if body.get("showalloweddbstoredprocs"):
        reply["alloweddbstoredprocs"] = {PROCEDURE: True}
    return reply


def my_user_info(desk: Desk, user: User, _body: Body) -> Body:
    """`getmyuserinfo`: who is logged in, and the own line."""
    return {
        "userid": user.id,
        "userlogin": user.login,
        "username": user.name,
        "mainpbxnumber": user.number,
        "hasline": True,
        "lineid": user.line_id,
        "linenumber": user.line_number,
        "isoperator": True,
    }


def break_reasons(_desk: Desk, _user: User, _body: Body) -> Body:
    """`cc_getlunchtypes`: the reasons for a break."""
    return {"items": [{"id": number, "name": name} for number, name in BREAK_REASONS]}


def numbers(desk: Desk, _user: User, _body: Body) -> Body:
    """`getpbxnumbers`: the number plan with the states of the numbers."""
    agents = desk.switch.exchange.agents
    people = [
        {
            "id": user.number_id,
            "number": user.number,
            "caption": user.name,
            "description": user.department,
            "state": agents[user.id].number_state,
            **agents[user.id].number_reason,
        }
        for user in desk.directory.users
    ]
    services = [
        {"id": f"service-{one.number}", "number": one.number, "caption": one.name, "description": one.kind, "state": 1}
        for one in desk.directory.services
    ]
    return {"numbers": people + services}


def users(desk: Desk, user: User, body: Body) -> Body:
    """`sub` marks those whom the asking user controls, told only to those who ask by `fillsubordinates`."""
    wanted = bool(body.get("fillsubordinates")) and user is desk.directory.operator
    listed = [
        {
            "id": one.id,
            "name": one.name,
            "main": one.number,
            "nums": [one.number],
            "sub": wanted and one.subordinate,
        }
        for one in desk.directory.users
    ]
    return {"users": listed}


def photo_links(desk: Desk, _user: User, _body: Body) -> Body:
    """`getalluserphotolink`: where the users' photos are."""
    return {"links": [_links(user) for user in desk.directory.users if user.has_photo]}


def photo_link(_desk: Desk, user: User, _body: Body) -> Body:
    """`getuserphoto`: where the own photo is."""
    if not user.has_photo:
        raise SwitchError("no photo")
    return _links(user)


def redirect_rules(desk: Desk, user: User, _body: Body) -> Body:
    """`getredirectrules`: the user's own rule, when there is one."""
    return {"redirectrules": list(desk.redirect_rules.get(user.id, {}).values())}


def save_redirect_rule(desk: Desk, user: User, body: Body) -> Body:
    """`saveredirectrules`: remember where the user's calls go."""
    rule = body.get("redirectrule")
    if not isinstance(rule, dict) or not rule.get("id") or not rule.get("destinationnumber"):
        raise SwitchError("incomplete rule")
    desk.switch.exchange.party(str(rule["destinationnumber"]))
    desk.redirect_rules.setdefault(user.id, {})[_plain_id(rule["id"])] = rule
    _apply_redirect_rules(desk, user)
    return {}


def delete_redirect_rules(desk: Desk, user: User, body: Body) -> Body:
    """`deleteredirectrules`: forget the user's rule."""
    ids = body.get("ids")
    for identity in ids if isinstance(ids, list) else []:
        desk.redirect_rules.get(user.id, {}).pop(_plain_id(identity), None)
    _apply_redirect_rules(desk, user)
    return {}


def stored_procedure(_desk: Desk, _user: User, body: Body) -> Body:
    """One procedure: clients whose phone contains the input parameter `phone`."""
    if str(body.get("procedure", "")).lower() != PROCEDURE:
        return {"errorcode": 5, "errormsg": "No such procedure", "dataset": []}
    parameters = body.get("inputparams")
    phone = str(parameters.get("phone", "")) if isinstance(parameters, dict) else ""
    rows = [list(row) for row in _CLIENTS if phone in row[2]]
    return {"errorcode": 0, "dataset": [[["id", "name", "phone"], *rows]]}


def trigger_custom_event(desk: Desk, user: User, body: Body) -> Body:
    """`triggercustomevent`: pass an application's event on to users."""
    event = {
        "eventname": body.get("eventname"),
        "eventparam": body.get("eventparam"),
        "userid": user.id,
        "userlogin": user.login,
    }
    recipients = body.get("recipients")
    send_back = str(body.get("sendback")) in ("1", "True")
    for one in desk.directory.users:
        addressed = not isinstance(recipients, list) or one.id in recipients
        if (addressed and one is not user) or (one is user and send_back):
            desk.tell(one, "customevent", event)
    return {}


def send_text_message(desk: Desk, user: User, body: Body) -> Body:
    """`sendusertextmessage`: pass a message on to a user."""
    target = desk.directory.user(str(body.get("recipientid", body.get("userid", body.get("userlogin", "")))))
    if target is None:
        raise SwitchError("no such user")
    message = {"senderid": user.id, "senderlogin": user.login, "text": body.get("text")}
    desk.tell(target, "usertextmessagereceived", message)
    return {}


def change_password(desk: Desk, user: User, body: Body) -> Body:
    """`changepassword`: take a new password when the old one is right."""
    if not desk.credentials.change_password(user, body.get("oldpwdmd5"), body.get("newpwdmd5")):
        return {"result": 0, "errormsg": "old password is wrong"}
    return {}


def http_password(desk: Desk, _user: User, _body: Body) -> Body:
    """`gettemphttppass`: a password for one request by HTTP."""
    return {"password": desk.new_http_password()}


def call_journal(desk: Desk, _user: User, body: Body) -> Body:
    """The talks of one chain, or all of them; a call that goes on still has no record."""
    wanted = body.get("filter")
    chain = str(wanted.get("idchain", "")) if isinstance(wanted, dict) else ""
    records = desk.switch.exchange.records
    return {"data": [_journal_entry(one) for one in records if chain in ("", one.chain)]}


def _journal_entry(record: Record) -> Body:
    return {
        "id": record.id,
        "idchain": record.chain,
        "anumber": record.numbers[0],
        "bnumber": record.numbers[1],
        "lentime": int(record.seconds),
        "recordlink": record.link,
    }


def _links(user: User) -> Body:
    base = f"/photo/{user.number}"
    return {
        "id": user.id,
        "link": f"{base}/96.png",
        "link32x32": f"{base}/32.png",
        "link96x96": f"{base}/96.png",
    }


def _apply_redirect_rules(desk: Desk, user: User) -> None:
    """The user's own rule (oktell-protocol.md, "8.4 Redirect number") says where his calls go."""
    own = hashlib.md5((user.id.lower() * 2).encode(), usedforsecurity=False).hexdigest()
    rule = desk.redirect_rules.get(user.id, {}).get(own, {})
    agent: Agent = desk.switch.exchange.agents[user.id]
    agent.redirect_number = str(rule.get("destinationnumber", ""))


def _plain_id(identity: object) -> str:
    return str(identity).replace("-", "").lower()
