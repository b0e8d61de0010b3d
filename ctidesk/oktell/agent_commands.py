"""Commands for the operator's own state (oktell-protocol.md, sections 8.4, 9.6 and 9.7)."""

from __future__ import annotations

from ctidesk.oktell.boot import redirect_rule_id
from ctidesk.oktell.errors import Code, refusal
from ctidesk.oktell.record import Json, JsonObject, Record, as_number, as_text, is_true
from ctidesk.oktell.session import Session
from ctidesk.oktell.values import UserStateCode, UserStatus, WebState

_BODIES: dict[UserStatus, JsonObject] = {
    UserStatus.BREAK: {"userstateid": 2, "oncallcenter": True, "onredirect": False},
    UserStatus.READY: {"userstateid": 1, "oncallcenter": False, "onccmanual": False, "onredirect": False},
    UserStatus.READY_CC: {"userstateid": 1, "oncallcenter": True, "onccmanual": False, "onredirect": False},
    UserStatus.READY_CC_MANUAL: {"userstateid": 1, "oncallcenter": True, "onccmanual": True, "onredirect": False},
    UserStatus.BUSY: {"userstateid": 5, "onredirect": False},
    UserStatus.DND: {"userstateid": 3, "oncallcenter": False, "onredirect": False},
    UserStatus.REDIRECT: {"oncallcenter": False, "userstateid": 3},
}
SETTABLE = tuple(_BODIES)


async def set_user_status(session: Session, status: Json, reason: Json = None) -> JsonObject:
    """Take a user status ("9.6 setUserStatus").

    Args:
        status: one of `SETTABLE`.
        reason: the id of a break reason. It is sent with a break only, but the PBX's answer to another status may leave
            out the reason, too.
    """
    agent = session.agent
    wanted = next((one for one in UserStatus if one == as_text(status)), None)
    if wanted is None:
        return refusal(Code.UNKNOWN_STATUS)
    reason_id = _reason(session, reason)
    if _is_taken(session, wanted, reason_id):
        return _states(session)
    if wanted not in _BODIES:
        return refusal(Code.UNKNOWN_STATUS if wanted is UserStatus.DISCONNECTED else Code.STATUS_NOT_SETTABLE)
    if wanted is UserStatus.REDIRECT and not agent.redirect_number:
        return refusal(Code.NO_REDIRECT_NUMBER)
    if wanted in (UserStatus.BUSY, UserStatus.REDIRECT) and agent.code is UserStateCode.BUSY:
        return _states(session)
    agent.after_busy = None
    body = dict(_BODIES[wanted])
    if wanted is UserStatus.BREAK:
        body["lunchreasonid"] = reason_id
    if body.get("oncallcenter") is agent.in_call_centre:
        body.pop("oncallcenter", None)
    if body.get("onccmanual") is agent.is_manual:
        body.pop("onccmanual", None)
    if wanted is UserStatus.REDIRECT:
        first = await session.ask("setuserstate", body)
        if not first.true("result"):
            return _refused(first)
        body = {"onredirect": True}
    reply = await session.ask("setuserstate", body, lambda reply: agent.take_reply(_with_reason(reply, reason_id)))
    return _states(session) if reply.true("result") else _refused(reply)


def _reason(session: Session, reason: Json) -> int | None:
    """A known reason as number; the first known one when none was given; no other one for an unknown one (D32)."""
    known = session.agent.break_reasons
    if not is_true(reason):
        return min(known, default=None)
    number = as_number(reason)
    return number if number is not None and number in known else None


def _is_taken(session: Session, wanted: UserStatus, reason: int | None) -> bool:
    agent = session.agent
    if wanted is UserStatus.BREAK:
        return agent.user_state is UserStatus.BREAK and reason == agent.last_reason
    return agent.user_status is wanted and agent.user_state is not UserStatus.BUSY_BREAK


def _with_reason(reply: Record, reason: int | None) -> Record:
    if reason is not None and reply.get("userstateid") in (2, 5) and "lunchreasonid" not in reply:
        return Record({**reply.fields, "lunchreasonid": reason})
    return reply


def _states(session: Session) -> JsonObject:
    agent = session.agent
    return {"result": True, "userState": agent.user_state.value, "userStatus": agent.user_status.value}


def _refused(reply: Record) -> JsonObject:
    return {**reply.fields, "result": False}


def set_status(session: Session, status: Json, reason: Json = None) -> bool:
    """Take a web state by the older interface ("9.7 setStatus"); the change is told when the PBX confirms it (D31).

    Returns whether the wish was accepted.
    """
    agent = session.agent
    wanted = _web_state(status)
    already = wanted is agent.web_state and agent.after_busy is None
    if wanted is None or wanted is WebState.NONE or already or not session.is_open:
        return False
    if wanted is WebState.REDIRECT:
        if not agent.redirect_number:
            return False
        agent.after_busy = None
        session.send("setuserstate", {"onredirect": True}, agent.take_reply)
    elif wanted is WebState.BREAK:
        agent.after_busy = None
        if agent.in_call_centre:
            session.send("setuserstate", {"userstateid": 2, **_break_reason(session, reason)}, agent.take_reply)
    elif agent.code is UserStateCode.BUSY:
        agent.after_busy = wanted
    elif wanted is WebState.READY:
        session.send("setuserstate", {"userstateid": 1}, agent.take_reply)
    elif agent.code in (UserStateCode.READY, UserStateCode.BREAK, UserStateCode.OFF):
        session.send("setuserstate", {"userstateid": 3}, agent.take_reply)
    return True


def _break_reason(session: Session, reason: Json) -> JsonObject:
    number = as_number(reason)
    if number is not None and number in session.agent.break_reasons:
        return {"lunchreasonid": number}
    return {"lunchreasonmsg": as_text(reason)} if as_text(reason) else {}


def _web_state(status: Json) -> WebState | None:
    text = as_text(status).lower()
    return next((one for one in WebState if text and text in (one.text, str(int(one)))), None)


async def set_redirect_number(session: Session, number: Json) -> JsonObject:
    """Store where calls are redirected to, or forget it with an empty number ("8.4 Redirect number")."""
    text = as_text(number).strip()
    own = redirect_rule_id(session.user_id)
    if not text:
        reply = await session.ask("deleteredirectrules", {"ids": [own]})
        if not reply.true("result"):
            return refusal(Code.METHOD_FAILED, reply=reply.fields)
        session.agent.redirect_number = ""
        if session.agent.web_state is WebState.REDIRECT:
            set_status(session, WebState.READY.text)
        return {**reply.fields, "result": True}
    rule: JsonObject = {
        "id": own,
        "caption": "Redirect",
        "description": "Redirect chosen by the user",
        "priority": 1,
        "userid": session.user_id,
        "isenabled": True,
        "allowcascade": True,
        "state": 2,
        "destinationnumber": text,
        "onlyforredirectstate": True,
        "definesources": False,
    }
    reply = await session.ask("saveredirectrules", {"redirectrule": rule})
    if not reply.true("result"):
        return refusal(Code.METHOD_FAILED, reply=reply.fields)
    session.agent.redirect_number = text
    return {**reply.fields, "result": True}
