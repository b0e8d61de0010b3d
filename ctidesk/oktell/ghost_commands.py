"""Listening, whispering and joining for supervisors (oktell-protocol.md, "8.2 Ghost (listen, help, join)")."""

from __future__ import annotations

import asyncio

from ctidesk.oktell.abonent import find_abonent
from ctidesk.oktell.effects import PublicEvent
from ctidesk.oktell.errors import Code, refusal
from ctidesk.oktell.record import Json, JsonObject, Record, as_text
from ctidesk.oktell.session import Session
from ctidesk.oktell.values import LineState

MODES = ("monitor", "help", "conference")
NO_RIGHTS = 52710
MODE_DELAY = 0.5
"""Seconds between attaching and the change of the mode."""


async def ghost(session: Session, target: Json, mode: str) -> JsonObject:
    """Attach to somebody's talk, or change how one is attached.

    Args:
        target: user id, or a number whose owner is known.
        mode: "monitor" hears, "help" is heard by the user only, "conference" by both.
    """
    user_id = _user_id(session, target)
    if not user_id:
        return refusal(Code.BAD_GHOST_TARGET)
    if mode not in MODES:
        return refusal(Code.BAD_GHOST_MODE)
    if session.line.state is not LineState.READY:
        return await _change_mode(session, user_id, mode)
    reply = await session.ask("attachasghost", {"ghostedid": user_id})
    if not reply.true("result"):
        refused = reply.number("error") == NO_RIGHTS
        return refusal(Code.NO_GHOST_RIGHTS if refused else Code.GHOST_REFUSED, reply=reply.fields)
    if mode == "monitor":
        return {**reply.fields, "result": True}
    await _attached(session)
    return await _change_mode(session, user_id, mode)


async def _attached(session: Session) -> None:
    """Wait until the line is in the ghost's conference, but not longer than the PBX needs for it."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def finish() -> None:
        if not done.done():
            done.set_result(None)

    def heard(event: PublicEvent) -> None:
        if event.name == "abonentsChange" and session.line.conference.is_ghost:
            finish()

    unsubscribe = session.events.subscribe(heard)
    timer = session.clock.call_later(MODE_DELAY, finish)
    try:
        await done
    finally:
        timer.cancel()
        unsubscribe()


async def _change_mode(session: Session, user_id: str, mode: str) -> JsonObject:
    line = session.line
    myself = find_abonent(line.abonents, session.user_id) or find_abonent(line.abonents, line.number)
    if myself is None or not line.conference.id or not line.conference.is_ghost:
        return refusal(Code.NOT_A_GHOST)
    target = find_abonent(line.abonents, user_id)
    if target is None:
        return refusal(Code.GHOST_TARGET_FIXED)
    params: JsonObject = {"conferenceid": line.conference.id}
    is_major = target.properties.get("isConferenceGhostMajor")
    if not is_major and mode != "conference":
        params["competitor"] = {"competitorid": target.source.get("competitorid"), "ghosthelp": mode == "help"}
        reply = await session.ask("confsetvoiceparams", params)
    else:
        reply = await session.ask("confsetghostmode", {**params, "ghostmode": mode})
    # Only inside of a conference: elsewhere the failed reply would say that nobody is there (D28).
    session.run(line.refresh_conference())
    return _result(reply)


def _user_id(session: Session, target: Json) -> str:
    text = as_text(target)
    if text in session.directory.users:
        return text
    owner = session.directory.owner(text)
    return owner.id if owner else ""


def _result(reply: Record) -> JsonObject:
    return {**reply.fields, "result": True} if reply.true("result") else refusal(Code.GHOST_REFUSED, reply=reply.fields)
