"""Commands for conferences (oktell-protocol.md, "8.3 Conference: create, build, invite, kick")."""

from __future__ import annotations

import asyncio
import random
import re
from uuid import uuid4

from ctidesk.oktell.errors import Code, refusal
from ctidesk.oktell.record import Json, JsonObject, Record, as_text, is_true
from ctidesk.oktell.session import Session
from ctidesk.oktell.values import LineState, UserStateCode

BUILD_LIMIT = 2.0
"""Seconds within which the PBX has made a conference of a call."""
NUMBERS_SINCE = 140929
"""Servers dated so or later are given `number` for those who are no users, older ones `intnumber`."""

_GUID = re.compile(r"[0-9a-z]{8}(-[0-9a-z]{4}){3}-[0-9a-z]{12}|[0-9a-z]{32}", re.IGNORECASE)
_source = random.SystemRandom()


async def conference(session: Session, numbers: Json = None) -> JsonObject:
    """Begin a conference or invite to the present one, by what the line does now.

    Args:
        numbers: number, user id, or a list of them.
    """
    wanted = _texts(numbers)
    line = session.line
    if session.agent.code is UserStateCode.BREAK:
        return refusal(Code.ON_BREAK)
    if line.state is LineState.TALK and line.conference.id:
        return await invite(session, wanted) if wanted else refusal(Code.NOBODY_TO_INVITE)
    if line.state is LineState.TALK:
        built = await _build(session)
        return await invite(session, wanted) if wanted and is_true(built["result"]) else built
    if line.state is LineState.READY and not line.conference.id and wanted:
        return await _create(session, wanted)
    return refusal(Code.NO_CONFERENCE_NOW)


async def invite(session: Session, numbers: list[str]) -> JsonObject:
    """Invite to the present conference; the held party is joined from its hold."""
    held = session.line.hold.held
    conference_id = session.line.conference.id
    if not conference_id:
        return refusal(Code.NO_CONFERENCE_NOW)
    from_hold = [one for one in numbers if held and held.abonent and held.abonent.is_known_as(one)]
    others = [one for one in numbers if one not in from_hold]
    if not numbers:
        return refusal(Code.NOBODY_TO_INVITE)
    if from_hold:
        check = await session.ask("checkcanconnecttogathertoconference")
        if not check.true("canconnecttogather"):
            return refusal(Code.HELD_CANNOT_JOIN, reply=check.fields)
        session.send("connecttogathertoconference")
    if not others:
        return {"result": True}
    competitors: list[Json] = [_invited(one, "number") for one in others]
    reply = await session.ask("invitetoconference", {"conferenceid": conference_id, "competitors": competitors})
    return _result(reply, Code.INVITATION_FAILED)


async def kick(session: Session, numbers: list[str]) -> JsonObject:
    """Send competitors, by number, user id or competitor id, out of the present conference; oneself leaves last."""
    conference_id = session.line.conference.id
    reply = await session.ask("getconferencecompetitors", {"conferenceid": conference_id})
    if not reply.true("result"):
        return refusal(Code.METHOD_FAILED, reply=reply.fields)
    leaves = False
    results = []
    for one in reply.records("competitorlist"):
        if not any(wanted in (one.text("number"), one.text("userid"), one.text("competitorid")) for wanted in numbers):
            continue
        if one.text("userid") == session.user_id or one.text("number") == session.line.number:
            leaves = True
            continue
        params: JsonObject = {
            "conferenceid": conference_id,
            "competitor": {"competitorid": one.get("competitorid")},
        }
        results.append(_result(await session.ask("confdisconnectcompetitor", params), Code.METHOD_FAILED))
    if leaves:
        left = await session.ask("exitconference", {"conferenceid": conference_id})
        results.append(_result(left, Code.METHOD_FAILED))
    if not results:
        return refusal(Code.METHOD_FAILED, "nobody of these takes part")
    return next((one for one in results if not is_true(one["result"])), {"result": True})


async def _build(session: Session) -> JsonObject:
    """Make a conference of the present talk and wait until the PBX has told that it exists."""
    begun: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def heard(name: str, body: Record) -> None:
        if name == "phoneevent_commstarted" and body.true("isconference") and not begun.done():
            begun.set_result(True)

    def too_late() -> None:
        if not begun.done():
            begun.set_result(False)

    unsubscribe = session.native.subscribe(heard)
    timer = session.clock.call_later(BUILD_LIMIT, too_late)
    try:
        if not session.send("buildconferencefromcommutation"):
            return refusal(Code.NOT_CONNECTED)
        if not await begun:
            return refusal(Code.CONFERENCE_NOT_BUILT)
    finally:
        timer.cancel()
        unsubscribe()
    session.line.conference.mine = True
    await session.load_line()
    return {"result": True}


async def _create(session: Session, numbers: list[str]) -> JsonObject:
    newer = session.dated is None or session.dated >= NUMBERS_SINCE
    invited: list[Json] = [_invited(one, "number" if newer else "intnumber") for one in numbers]
    if not invited:
        return refusal(Code.NOBODY_FOR_CONFERENCE)
    conference_id = str(uuid4())
    description: JsonObject = {
        "id": conference_id,
        "room": _source.randint(0, 10000),
        "name": "",
        "description": "",
        "accessmode": "free",
        "isselector": False,
        "record": True,
        "recordrights": "selected",
        "everyonecaninvite": True,
        "canvieweachother": True,
    }
    competitors: list[Json] = [{"userlogin": session.login}, *invited]
    reply = await session.ask("createnewconference", {"conference": description, "competitors": competitors})
    if reply.number("result") != 1 and reply.get("result") is not True:
        return refusal(Code.CONFERENCE_REFUSED, reply=reply.fields)
    session.run(session.line.enter_conference(conference_id))
    session.line.conference.mine = True
    return {**reply.fields, "result": True}


def is_guid(text: str) -> bool:
    """Whether a text has the form of an id of a user."""
    return _GUID.fullmatch(text) is not None


def _invited(one: str, number_field: str) -> JsonObject:
    return {"userid": one} if is_guid(one) else {number_field: one}


def _texts(numbers: Json) -> list[str]:
    values = numbers if isinstance(numbers, list) else [numbers]
    return [text for text in (as_text(one).strip() for one in values) if text]


def _result(reply: Record, code: Code) -> JsonObject:
    return {**reply.fields, "result": True} if reply.true("result") else refusal(code, reply=reply.fields)
