"""The active calls, which of them is the main one, and their times (cti-model.md, "5.1 Rules", 1, 2, 4 and 5)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from ctidesk.cti.call import Call
from ctidesk.cti.values import CallState

TALKING = (CallState.CONNECTED, CallState.CONFERENCED)

ENDED_UNSEEN = "ended while disconnected"
"""The cause of a call that was gone when the connection came back."""


class Replacement(NamedTuple):
    """What a snapshot has changed."""

    finished: list[Call]
    started: list[Call]


class ActiveCalls:
    """The calls of one line in the order of their start.

    The provider owns the `Call` objects and says what the PBX says; here they get their times, their record id through
    all changes of id, and their roles: the first call is the main one, any other is a consultation of it. When a
    provider hands over another object for a known call, that object takes the old one's place.

    In all methods `at` is a point on the monotonic clock and `now` the same moment in UTC.

    Attributes:
        main: the main call, or None.
        consult: its consultation, or None; the first when there are several.
    """

    def __init__(self) -> None:
        self.main: Call | None = None
        self.consult: Call | None = None
        self._calls: list[Call] = []
        self._states: dict[UUID, CallState] = {}
        self._finished: deque[UUID] = deque(maxlen=REMEMBERED_CALLS)

    def __len__(self) -> int:
        return len(self._calls)

    def __iter__(self) -> Iterator[Call]:
        return iter(tuple(self._calls))

    def by_id(self) -> dict[str, Call]:
        """Return the calls by the ids that they have now."""
        return {call.id: call for call in self._calls}

    def with_id(self, call_id: str) -> Call | None:
        """Return the call that has this id now, or None."""
        return next((call for call in self._calls if call.id == call_id), None)

    def find(self, call: Call) -> Call | None:
        """Return the active call that `call` is: by its record id, else by its id; None when it is unknown.

        A call that has ended is not the new one to which the PBX may have given its id.
        """
        for known in self._calls:
            if known.record_id == call.record_id:
                return known
        return None if self.has_finished(call) else self.with_id(call.id)

    def has_finished(self, call: Call) -> bool:
        """Whether `call` has ended before."""
        return call.record_id in self._finished

    def start(self, call: Call, at: float, now: datetime) -> None:
        """Take in a new call."""
        if call.started is None:
            call.started = now
        if call.started_at is None:
            call.started_at = at
        call.confirmed = True
        self._calls.append(call)
        self._assign_roles()
        self._keep_times(call, at, now)

    def adopt(self, known: Call, call: Call) -> None:
        """Let the provider's `call` take the place of `known`; it keeps the record id and the times."""
        if call is known:
            return
        if self.with_id(call.id) not in (None, known):
            call.id = known.id  # an object from before a change of id, which has become another call's
        call.record_id = known.record_id
        call.previous_state = known.previous_state
        call.started = known.started
        call.connected = known.connected
        call.ended = None
        call.started_at = known.started_at
        call.talking_since = known.talking_since
        call.held_since = known.held_since
        call.talked = known.talked
        call.held = known.held
        call.confirmed = known.confirmed
        call.declined = known.declined
        self._calls[self._calls.index(known)] = call
        if self.main is known:
            self.main = call
        if self.consult is known:
            self.consult = call
        self._assign_roles()

    def finish(self, call: Call, at: float, now: datetime, cause: str = "") -> None:
        """End an active call; `cause` is set unless the PBX has given one. A parent that it has stays its parent."""
        call.state = CallState.NONE
        call.state_cause = call.state_cause or cause
        call.ended = now
        self._keep_times(call, at, now)
        self._calls.remove(call)
        self._finished.append(call.record_id)
        self._states.pop(call.record_id, None)
        self._assign_roles()

    def make_main(self, call: Call) -> None:
        """Make an active call the main one; the main call until now becomes its consultation."""
        if call is not self.main:
            self.consult = self.main
            self.main = call
            self._assign_roles()

    def keep_times(self, at: float, now: datetime) -> None:
        """Take note of the states that the calls have now."""
        for call in self._calls:
            self._keep_times(call, at, now)

    def doubt(self) -> None:
        """Mark all calls as unconfirmed."""
        for call in self._calls:
            call.confirmed = False

    def replace(self, calls: Iterable[Call], main: Call | None, at: float, now: datetime) -> Replacement:
        """Make `calls` the active ones.

        A call is taken for a known one by its record id or id, else by the other party's number and the direction;
        it keeps record id, times and what the PBX has not repeated. Known calls that are not among them end.
        """
        told = calls if main is None else (main, *calls)  # the main call comes first and may stand twice
        active = {call.id: call for call in told if call.is_active}
        known_of = self._match(list(active.values()))
        kept = set(known_of.values())
        finished = [call for call in self if call not in kept]
        for call in finished:
            self.finish(call, at, now, "" if call.confirmed else ENDED_UNSEEN)
        started = []
        for call in active.values():
            if known := known_of.get(call):
                _fill_in(call, known)
                self.adopt(known, call)
                call.confirmed = True
            else:
                if self.has_finished(call):
                    _renew(call)
                self.start(call, at, now)
                started.append(call)
        if main is not None and main.is_active:
            self.make_main(active[main.id])
        return Replacement(finished, started)

    def _match(self, calls: list[Call]) -> dict[Call, Call]:
        """Return the known call of each of `calls` that has one; no known call stands twice."""
        free = list(self._calls)
        known_of: dict[Call, Call] = {}
        for is_same in (_same_record, _same_id, _same_party):
            for call in calls:
                known = None if call in known_of else next((one for one in free if is_same(one, call)), None)
                if known is not None:
                    known_of[call] = known
                    free.remove(known)
        return known_of

    def _assign_roles(self) -> None:
        if self.main not in self._calls:
            self.main = self.consult if self.consult in self._calls else next(iter(self._calls), None)
        if self.consult is self.main or self.consult not in self._calls:
            self.consult = next((call for call in self._calls if call is not self.main), None)
        for call in self._calls:
            call.parent = None if call is self.main else self.main

    def _keep_times(self, call: Call, at: float, now: datetime) -> None:
        before = self._states.get(call.record_id, call.state)
        if call.state is not before:
            call.previous_state = before
        self._states[call.record_id] = call.state

        if call.state in TALKING:
            call.connected = call.connected or now
            if call.talking_since is None:
                call.talking_since = at
        elif call.talking_since is not None:
            call.talked = call.talk_duration(at)
            call.talking_since = None

        if call.state is CallState.HOLDED:
            if call.held_since is None:
                call.held_since = at
        elif call.held_since is not None:
            call.held = call.hold_duration(at)
            call.held_since = None


REMEMBERED_CALLS = 100
"""How many ended calls are remembered, so that a late or repeated event does not bring one back."""

_REPEATED_FIELDS = (
    "device_id",
    "caller_id",
    "called_id",
    "caller_name",
    "called_name",
    "redirecting_id",
    "redirection_id",
    "line",
    "queue",
    "ivr",
    "comment",
)


def _same_record(known: Call, call: Call) -> bool:
    return known.record_id == call.record_id


def _same_id(known: Call, call: Call) -> bool:
    return known.id == call.id


def _same_party(known: Call, call: Call) -> bool:
    number = call.abonent_number
    if call.state is CallState.ALERTING and known.connected is not None:
        return False  # the talk has ended, and the same party rings or is called anew
    return bool(number) and known.abonent_number == number and known.direction is call.direction


def _fill_in(call: Call, known: Call) -> None:
    """Copy what the PBX said about the call before and has not said again."""
    for name in _REPEATED_FIELDS:
        if not getattr(call, name):
            setattr(call, name, getattr(known, name))


def _renew(call: Call) -> None:
    """Make of a call that the journal has as ended a new one."""
    call.record_id = uuid4()
    call.started = call.connected = call.ended = None
    call.started_at = call.talking_since = call.held_since = None
    call.talked = call.held = 0.0
    call.state_cause = ""
