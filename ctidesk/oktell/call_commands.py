"""Commands of call control (oktell-protocol.md, "8.1 Call control")."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from ctidesk.cti.clock import Timer
from ctidesk.oktell.abonent import find_abonent
from ctidesk.oktell.conference_commands import kick
from ctidesk.oktell.effects import PublicEvent
from ctidesk.oktell.errors import Code, refusal
from ctidesk.oktell.record import Json, JsonObject, as_text, is_true, same
from ctidesk.oktell.session import Session
from ctidesk.oktell.values import IN_CALL, LineState, UserStateCode

ANSWER_LIMIT = 3.0
"""Seconds within which a phone that can be answered remotely has lifted."""


async def call(session: Session, number: Json, sequence: Json = None, *, intercom: bool = False) -> JsonObject:
    """Have the PBX call a number; from a talk this is a consultation, the PBX holds the present party.

    Args:
        number: what to call.
        sequence: "user" rings the own phone first, "abonent" the called one.
        intercom: the called phone lifts by itself.
    """
    text = as_text(number).strip()
    code = _why_no_call(session, text)
    if code is not None:
        return refusal(code, session.line.state.text if code is Code.LINE_NOT_FREE and session.line.state else "")
    if session.line.state is None:
        return refusal(Code.LINE_UNKNOWN)
    params: JsonObject = {"sequence": "abonent" if sequence == "abonent" and not intercom else "user", "number": text}
    if intercom:
        params["intercom"] = True
    reply = await session.ask("pbxautocallstart", params)
    return (
        {"result": True, **_rest(reply.fields)}
        if reply.true("result")
        else refusal(Code.CALL_REFUSED, reply=reply.fields)
    )


def _why_no_call(session: Session, number: str) -> Code | None:
    """The last check that fails counts, as in the maker's library; callers rely on its code."""
    line, agent = session.line, session.agent
    has_hold = line.hold.held is not None
    checks = (
        (not number, Code.NO_NUMBER),
        (agent.code is UserStateCode.DISCONNECTED, Code.USER_DISCONNECTED),
        (line.state is LineState.DISCONNECTED, Code.LINE_DISCONNECTED),
        (has_hold and line.state is LineState.TALK, Code.TALKING_WITH_HOLD),
        (bool(line.conference.id), Code.IN_CONFERENCE),
        (line.state in IN_CALL, Code.LINE_NOT_FREE),
        (
            line.state is LineState.READY and agent.code is UserStateCode.BUSY and not has_hold,
            Code.USER_BUSY,
        ),
    )
    failed = [code for fails, code in checks if fails]
    if failed:
        return failed[-1]
    return Code.ALREADY_TALKING if find_abonent(line.abonents, number) else None


@dataclass(slots=True)
class _Answering:
    """An answer that waits for the phone to lift."""

    future: asyncio.Future[JsonObject]
    timer: Timer
    unsubscribe: Callable[[], None]


class Answer:
    """The command `answer`; one at a time (D24)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pending: _Answering | None = None

    async def __call__(self) -> JsonObject:
        """Lift the own phone remotely; returns when it has, or after 3 s."""
        session = self._session
        if session.answerable is False:
            return refusal(Code.PHONE_NOT_ANSWERABLE)
        if self._pending is not None:
            return await asyncio.shield(self._pending.future)
        if session.line.state not in (LineState.RING, LineState.BACKRING):
            return refusal(Code.NOTHING_TO_ANSWER)
        if not session.send("pbxanswercall"):
            return refusal(Code.NOT_CONNECTED)
        future: asyncio.Future[JsonObject] = asyncio.get_running_loop().create_future()
        self._pending = _Answering(
            future,
            session.clock.call_later(ANSWER_LIMIT, self._too_late),
            session.events.subscribe(self._line_changed),
        )
        return await asyncio.shield(future)

    def _line_changed(self, event: PublicEvent) -> None:
        if event.name != "stateChange":
            return
        if event.line in (LineState.TALK, LineState.CALL, LineState.BACKCALL):
            self._session.answerable = True
            self._end({"result": True})
        elif event.line in (LineState.READY, LineState.DISCONNECTED):
            # The caller has hung up, or the connection is gone: both say nothing of the phone.
            self._end(refusal(Code.NOTHING_TO_ANSWER if self._session.is_open else Code.NOT_CONNECTED))

    def _too_late(self) -> None:
        self._session.answerable = False
        self._end(refusal(Code.PHONE_NOT_ANSWERABLE))

    def _end(self, result: JsonObject) -> None:
        pending, self._pending = self._pending, None
        if pending is None:
            return
        pending.timer.cancel()
        pending.unsubscribe()
        if not pending.future.done():
            pending.future.set_result(result)


_ABORTS = {
    LineState.TALK: "pbxabortcall",
    LineState.CALL: "pbxabortcall",
    LineState.BACKCALL: "pbxautocallabort",
    LineState.RING: "pbxdeclinecall",
    LineState.BACKRING: "pbxdeclinecall",
}


async def end_call(session: Session, numbers: Json = None) -> JsonObject:
    """End the present call, or the call with certain numbers; what there is nothing to end for is a success.

    Args:
        numbers: number, user id, or a list of them; without any, everything on the line ends.
    """
    line = session.line
    state = line.state
    has_hold = line.hold.held is not None
    if not is_true(numbers) or numbers == []:
        request = "pbxabortcall" if has_hold else _ABORTS.get(state) if state is not None else None
        return await _carry_out(session, request)
    wanted = numbers if isinstance(numbers, list) else [numbers]
    if any(not isinstance(one, (str, int, float)) or isinstance(one, bool) for one in wanted):
        return refusal(Code.NO_NUMBER, "numbers must be texts")
    is_me = any(same(one, own) for one in wanted for own in (line.number, line.user_id) if own)
    is_abonent = any(find_abonent(line.abonents, one) for one in wanted)
    if has_hold and (is_me or (is_abonent and not line.conference.id)):
        return await _carry_out(session, "pbxmakeflash", {"mode": "abort"})
    if not (is_me or is_abonent):
        return await _carry_out(session, None)
    if state is LineState.TALK and line.conference.id:
        return await kick(session, [as_text(one) for one in wanted])
    return await _carry_out(session, _ABORTS.get(state) if state is not None else None)


async def commutate(session: Session) -> JsonObject:
    """Connect the held party with the present one and leave."""
    if session.is_talking and session.line.hold.held is not None:
        return await end_call(session)
    return await _carry_out(session, None)


async def toggle(session: Session) -> JsonObject:
    """Change between the held party and the present one."""
    if session.line.hold.held is None:
        return refusal(Code.NO_HOLD)
    return await _carry_out(session, "pbxmakeflash", {"mode": "switch"})


async def hold(session: Session) -> JsonObject:
    """Hold the present party, or take the held one back; nothing when there is neither."""
    if not session.is_talking and session.line.hold.held is None:
        return await _carry_out(session, None)
    return await _carry_out(session, "pbxmakeflash", {"mode": "switch"})


async def transfer(session: Session, number: Json = None) -> JsonObject:
    """Send the present party to a number; without one, or with the held party's, connect the two and leave."""
    text = as_text(number).strip()
    held = session.line.hold.held
    if not session.is_talking:
        return refusal(Code.NOT_TALKING if text else Code.NO_TRANSFER_NUMBER)
    is_held = held is not None and held.abonent is not None and held.abonent.is_known_as(text)
    if held is not None and (not text or is_held):
        return await _carry_out(session, "pbxabortcall")
    if not text:
        return refusal(Code.NO_TRANSFER_NUMBER)
    return await _carry_out(session, "pbxmaketransfer", {"transferto": text})


async def _carry_out(session: Session, method: str | None, params: JsonObject | None = None) -> JsonObject:
    if not session.is_open:
        return refusal(Code.NOT_CONNECTED)
    if method is None:
        # There is nothing to do.
        return {"result": True}
    reply = await session.ask(method, params)
    if reply.true("result"):
        return {"result": True, **_rest(reply.fields)}
    code = reply.get("errorCode")
    known = Code(code) if isinstance(code, int) and code in list(Code) else Code.METHOD_FAILED
    return refusal(known, reply=reply.fields)


def _rest(fields: JsonObject) -> JsonObject:
    return {name: value for name, value in fields.items() if name != "result"}
