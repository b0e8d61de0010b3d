"""What may be done with whom (oktell-protocol.md, "10. Phone actions")."""

from __future__ import annotations

from collections.abc import Iterable

from ctidesk.oktell.abonent import Abonent, find_abonent
from ctidesk.oktell.record import Json, as_text, same
from ctidesk.oktell.session import Session
from ctidesk.oktell.values import LineState, UserStateCode

GHOSTS = ("ghostListen", "ghostHelp", "ghostConference")

_IDLE = {"conference", "call", "intercom", *GHOSTS, "transfer", "toggle", "endCall", "resume"}
_BY_LINE: dict[LineState | None, frozenset[str]] = {
    None: frozenset(),
    LineState.DISCONNECTED: frozenset(),
    LineState.BACKCALL: frozenset({"endCall"}),
    LineState.CALL: frozenset({"endCall"}),
    LineState.RING: frozenset({"endCall", "answer"}),
    LineState.BACKRING: frozenset({"endCall", "answer"}),
    LineState.READY: frozenset(_IDLE),
    LineState.TALK: frozenset(_IDLE | {"commutate", "hold"}),
}
_BY_USER: dict[UserStateCode, frozenset[str]] = {
    UserStateCode.READY: frozenset(_IDLE),
    UserStateCode.OFF: frozenset(_IDLE),
    UserStateCode.BREAK: frozenset(_IDLE - {"conference"}),
    UserStateCode.BUSY: frozenset(_IDLE | {"commutate", "answer", "hold"}),
}
_NO_CONFERENCE_STATE = 2
_TALKING_STATE = 5


def phone_actions(session: Session, data: Json) -> list[str]:
    """Return the actions to offer for a number, user id or number id, the natural one first."""
    if not as_text(data) or not session.is_open:
        return []
    allowed = _BY_LINE[session.line.state] & _BY_USER.get(session.agent.code, frozenset())
    return [one for one in dict.fromkeys(_candidates(session, data)) if one in allowed]


def _candidates(session: Session, data: Json) -> Iterable[str]:
    directory, line = session.directory, session.line
    user = directory.users.get(as_text(data))
    if user is not None and user.number and user.number not in directory.numbers:
        data = user.number
    plan = directory.numbers.get(user.number) if user else directory.find_number(data)
    number = plan.number if plan else ""
    state = plan.state if plan else None
    owner = user or directory.owner(number or as_text(data))
    # Ghosts know a user by his id and by his main number only.
    mine = owner is not None and owner.controlled and (owner is user or same(data, owner.number))
    abonent = _member(line.abonents, data, number)
    if _member(session.queue.told, data, number):
        return []
    if same(data, session.user_id) or same(data, line.number) or (owner and owner.id == session.user_id):
        return _for_myself(session)
    held = line.hold.held
    if held is not None and held.abonent is not None and _member([held.abonent], data, user.number if user else ""):
        return ["toggle", "commutate"]
    if abonent is None:
        return _for_others(session, state, mine)
    return _for_abonent(session, state, mine)


def _for_myself(session: Session) -> list[str]:
    if session.line.state in (None, LineState.DISCONNECTED, LineState.READY):
        return []
    return [*(["answer"] if _can_answer(session) else []), "endCall"]


def _for_others(session: Session, state: int | None, mine: bool) -> list[str]:
    line = session.line
    conference = ["conference"] if state != _NO_CONFERENCE_STATE else []
    has_hold = line.hold.held is not None
    actions: list[str] = []
    if line.conference.id:
        actions = [*conference, "transfer"]
    elif line.state is LineState.READY or (line.state is LineState.TALK and not has_hold):
        transfer = ["transfer"] if line.state is LineState.TALK else []
        actions = ["call", *transfer, *conference, "intercom"]
    elif line.state is LineState.TALK:
        actions = ["transfer"]
    if state == _TALKING_STATE and line.state is LineState.READY and mine:
        actions += GHOSTS
    return actions


def _for_abonent(session: Session, state: int | None, mine: bool) -> list[str]:
    line = session.line
    actions = ["answer"] if _can_answer(session) else []
    if line.conference.id:
        actions += ["endCall"] if _is_creator(session) else []
    else:
        actions += ["endCall", *(["conference"] if state != _NO_CONFERENCE_STATE else [])]
    if line.conference.is_ghost and mine:
        actions += GHOSTS
    return actions


def _is_creator(session: Session) -> bool:
    line = session.line
    myself = find_abonent(line.abonents, session.user_id) or find_abonent(line.abonents, line.number)
    return line.conference.mine or (myself is not None and myself.properties.get("isConferenceCreator") is not None)


def _can_answer(session: Session) -> bool:
    return session.line.state in (LineState.RING, LineState.BACKRING) and session.answerable is not False


def _member(abonents: Iterable[Abonent], data: Json, number: str) -> Abonent | None:
    members = tuple(abonents)
    return find_abonent(members, data) or find_abonent(members, number)
