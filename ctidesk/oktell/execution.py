"""Any method, stored procedures, custom events, passwords (oktell-protocol.md, sections 8.5 to 8.7)."""

from __future__ import annotations

from ctidesk.oktell.errors import Code, refusal
from ctidesk.oktell.password import digest, mapped_text
from ctidesk.oktell.record import Json, JsonObject, Record, as_text, is_true
from ctidesk.oktell.session import Session

_KEPT_CODES = (Code.METHOD_TOO_NEW, Code.NO_REPLY, Code.NOT_CONNECTED)


async def execute(session: Session, method: Json, params: Json = None) -> JsonObject:
    """Send any method; the name of an allowed stored procedure runs that procedure."""
    name = as_text(method)
    if not name:
        return refusal(Code.NO_METHOD)
    given: JsonObject = params if isinstance(params, dict) else {}
    if name.lower() in session.procedures:
        return await _run_procedure(session, name, given)
    reply = await session.ask(name, given)
    if reply.true("result"):
        return {**reply.fields, "result": True}
    code = reply.number("errorCode")
    kept = next((one for one in _KEPT_CODES if one == code), Code.METHOD_FAILED)
    return refusal(kept, name, reply.fields)


async def _run_procedure(session: Session, name: str, params: JsonObject) -> JsonObject:
    reply = await session.ask(
        "execpredefineddbstoredproc",
        {"procedure": name, "userid": session.user_id, "userlogin": session.login, "inputparams": params},
    )
    if reply.number("result") != 1 or reply.number("errorcode") != 0:
        return refusal(Code.PROCEDURE_FAILED, name)
    raw = reply.get("dataset")
    tables = raw if isinstance(raw, list) else []
    return {"result": True, "datasets": [_rows(table) for table in tables], "datasetsRaw": tables}


def _rows(table: Json) -> Json:
    """A table whose first row holds the names of the columns, as a list of objects."""
    if not isinstance(table, list) or not table or not isinstance(table[0], list):
        return []
    names = [as_text(one) for one in table[0]]
    return [dict(zip(names, row, strict=False)) for row in table[1:] if isinstance(row, list)]


def trigger_custom_event(
    session: Session, name: Json, recipients: Json = None, data: Json = None, send_back: Json = None
) -> bool:
    """Send an event of the application to users; without recipients to all. Returns whether it was sent."""
    to: Json = [recipients] if isinstance(recipients, str) else recipients
    params: JsonObject = {
        "userid": session.user_id,
        "userlogin": session.login,
        "eventname": as_text(name),
        "eventparam": data,
        "recipients": to if isinstance(to, list) and to else None,
        "sendback": 1 if is_true(send_back) else "0",
    }
    return session.send("triggercustomevent", params)


async def change_password(session: Session, new: Json, old: Json = None, strong: Json = None) -> JsonObject:
    """Change the own password; `strong` lets the server check how good it is."""
    if not isinstance(new, str) or not new:
        return refusal(Code.NEW_PASSWORD_UNUSABLE)
    if not isinstance(old, str):
        return refusal(Code.OLD_PASSWORD_WRONG)
    params: JsonObject = {"newpwdmd5": digest(new), "oldpwdmd5": digest(old)}
    if is_true(strong):
        params["newpwd"] = mapped_text(new)
    reply = await session.ask("changepassword", params)
    if reply.true("result"):
        return {"result": True}
    wrong = reply.text("errormsg") == "old password is wrong"
    return refusal(Code.OLD_PASSWORD_WRONG if wrong else Code.PASSWORD_NOT_CHANGED)


async def load_queue(session: Session) -> JsonObject:
    """Ask who waits in the queue ("8.7 Queue and the rest")."""
    reply = await session.ask(
        "getcurrentqueue",
        {},
        lambda reply: (
            session.queue.take(reply.records("queue"), session.line.abonents)
            if _has_queue(reply)
            else session.queue.refuse()
        ),
    )
    if not _has_queue(reply):
        return refusal(Code.QUEUE_NOT_LOADED)
    return {"result": True, "queue": [dict(one.properties) for one in session.queue.waiting]}


def _has_queue(reply: Record) -> bool:
    return reply.true("result") and isinstance(reply.get("queue"), list)
