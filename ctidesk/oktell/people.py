"""The PBX's users and numbers as the application's abonent list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from ctidesk.cti.directory import Abonent, AbonentAction
from ctidesk.cti.presence import Presence
from ctidesk.cti.signals import Signal
from ctidesk.cti.slices import Slices
from ctidesk.oktell.actions import phone_actions
from ctidesk.oktell.directory import Number, User
from ctidesk.oktell.record import as_number
from ctidesk.oktell.session import Session
from ctidesk.oktell.values import LineState, UserStateCode

_PRESENCE: Mapping[int, Presence] = {
    UserStateCode.DISCONNECTED: Presence.OFFLINE,
    UserStateCode.READY: Presence.READY,
    UserStateCode.BREAK: Presence.BREAK,
    UserStateCode.OFF: Presence.DND,
    UserStateCode.BUSY: Presence.TALKING,
    UserStateCode.RESERVED: Presence.RINGING,
    UserStateCode.NOPHONE: Presence.OFFLINE,
}
"""Number states look like user states (oktell-protocol.md, "15. Open points", point 4)."""

_ACTIONS = {
    "call": AbonentAction.CALL,
    "intercom": AbonentAction.INTERCOM,
    "transfer": AbonentAction.TRANSFER,
    "conference": AbonentAction.CONFERENCE,
    "answer": AbonentAction.ANSWER,
    "endCall": AbonentAction.END,
    "hold": AbonentAction.HOLD,
    "resume": AbonentAction.RESUME,
    "toggle": AbonentAction.TOGGLE,
    "commutate": AbonentAction.COMPLETE,
    "ghostListen": AbonentAction.LISTEN,
    "ghostHelp": AbonentAction.WHISPER,
    "ghostConference": AbonentAction.BARGE,
}


_STEP = 250
"""Entries that are made at once."""


class People:
    """The abonent list: the users, then the numbers that belong to no user.

    Signals:
        reset(), changed(ids): as `ctidesk.cti.directory.Directory` has them.
    """

    def __init__(self, session: Session) -> None:
        """Create the list of `session`'s directory and follow it."""
        self.reset: Signal[()] = Signal("directory.reset")
        self.changed: Signal[frozenset[str]] = Signal("directory.changed")
        self._session = session
        self._abonents: dict[str, Abonent] = {}
        self._by_number: dict[str, str] = {}
        self._building = Slices(partial(session.clock.call_later, 0))
        self._late: set[str] = set()
        session.directory_changed.subscribe(self._directory_changed)

    @property
    def abonents(self) -> Mapping[str, Abonent]:
        """All abonents by id."""
        return self._abonents

    def actions(self, abonent_id: str) -> tuple[AbonentAction, ...]:
        """What the PBX's rules allow with this abonent now; a call out of a talk is a consultation."""
        abonent = self._abonents.get(abonent_id)
        if abonent is None:
            return ()
        data = abonent_id if abonent_id in self._session.directory.users else abonent.number
        talking = self._session.line.state is LineState.TALK
        found = [_ACTIONS[name] for name in phone_actions(self._session, data) if name in _ACTIONS]
        return tuple(AbonentAction.CONSULT if talking and one is AbonentAction.CALL else one for one in found)

    def doubt(self) -> None:
        """The connection is gone: nobody's state is known."""
        self._rebuild(known=False)

    def _directory_changed(self, numbers: frozenset[str] | None) -> None:
        if numbers is None:
            self._rebuild()
            return
        if self._building.is_running:
            self._late |= numbers
            return
        ids = {self._by_number[number] for number in numbers if number in self._by_number}
        directory = self._session.directory
        for one in ids:
            if user := directory.users.get(one):
                self._abonents[one] = self._of_user(user)
            elif number := directory.numbers.get(one):
                self._abonents[one] = self._of_number(number)
        if ids:
            self.changed.emit(frozenset(ids))

    def _rebuild(self, *, known: bool = True) -> None:
        """Make the list anew; a long one in slices, during which the one before stays."""
        self._late = set()
        self._building.run(self._build(known), self._have_built)

    def _build(self, known: bool) -> Iterator[None]:
        directory = self._session.directory
        abonents: dict[str, Abonent] = {}
        by_number: dict[str, str] = {}
        for place, user in enumerate(tuple(directory.users.values()), 1):
            abonents[user.id] = self._of_user(user, known=known)
            for number in (user.number, *user.numbers):
                by_number.setdefault(number, user.id)
            if place % _STEP == 0:
                yield
        for place, entry in enumerate(tuple(directory.numbers.values()), 1):
            if entry.number not in by_number:
                by_number[entry.number] = entry.number
                abonents[entry.number] = self._of_number(entry, known=known)
            if place % _STEP == 0:
                yield
        self._abonents, self._by_number = abonents, by_number

    def _have_built(self) -> None:
        late, self._late = frozenset(self._late), set()
        self.reset.emit()
        if late:
            self._directory_changed(late)

    def _of_user(self, user: User, *, known: bool = True) -> Abonent:
        number = self._session.directory.numbers.get(user.number)
        return Abonent(
            user.id,
            user.name,
            user.number,
            user.numbers,
            _presence(number) if known else Presence.UNKNOWN,
            self._detail(number) if known else "",
            group=user.department,
            is_me=bool(user.id) and user.id == self._session.user_id,
        )

    def _of_number(self, number: Number, *, known: bool = True) -> Abonent:
        return Abonent(
            number.number,
            number.caption or number.description,
            number.number,
            (number.number,),
            _presence(number) if known else Presence.UNKNOWN,
            self._detail(number) if known else "",
            is_me=number.number == self._session.line.number,
            is_person=False,
        )

    def _detail(self, number: Number | None) -> str:
        """Why somebody is on a break, where the server tells."""
        if number is None or not number.reason or number.state != UserStateCode.BREAK:
            return ""
        identity = as_number(number.reason)
        return self._session.agent.break_reasons.get(identity, number.reason) if identity is not None else number.reason


def _presence(number: Number | None) -> Presence:
    if number is None or number.state is None:
        return Presence.UNKNOWN
    return _PRESENCE.get(number.state, Presence.UNKNOWN)
