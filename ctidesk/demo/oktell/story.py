"""The traffic of `ctidesk demo`: colleagues come and go, callers ring the operator whenever the line is free."""

from __future__ import annotations

import random
from collections.abc import Callable

from ctidesk.demo.callers import (
    BETWEEN_CALLS_SECONDS,
    BETWEEN_PRESENCES_SECONDS,
    CALLER_WAITS_SECONDS,
    CALLERS,
    FIRST_CALL_AFTER_SECONDS,
    PRESENCES,
    TALK_SECONDS,
)
from ctidesk.demo.oktell.connections import Call, Party, Phase
from ctidesk.demo.oktell.desk import Desk
from ctidesk.demo.oktell.director import Director
from ctidesk.demo.oktell.directory import User
from ctidesk.demo.scheduler import Timer


class Story:
    """The same `seed` tells the same story. `quiet`: nobody calls the operator."""

    def __init__(self, desk: Desk, director: Director, *, seed: int, quiet: bool) -> None:
        self._desk = desk
        self._director = director
        self._quiet = quiet
        self._chance = random.Random(f"story {seed}")  # noqa: S311 - traffic, no secrets
        self._timers: dict[str, Timer] = {}
        self._turn = 0

    def start(self) -> None:
        for _ in range(min(8, len(self._colleagues()))):
            self._change_presence()
        self._plan("presence", self._chance.uniform(*BETWEEN_PRESENCES_SECONDS), self._next_presence)
        if not self._quiet:
            self._plan("call", FIRST_CALL_AFTER_SECONDS, self._next_call)

    def stop(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _plan(self, name: str, seconds: float, action: Callable[[], None]) -> None:
        self._timers[name] = self._desk.scheduler.later(seconds, action)

    # ------------------------------------------------------------ colleagues

    def _next_presence(self) -> None:
        self._change_presence()
        self._plan("presence", self._chance.uniform(*BETWEEN_PRESENCES_SECONDS), self._next_presence)

    def _change_presence(self) -> None:
        """A colleague whom it would disturb, because he talks to somebody real, stays as he is."""
        colleagues = self._colleagues()
        if colleagues:
            user = self._chance.choice(colleagues)
            self._director.direct(f"presence {user.number} {self._chance.choice(PRESENCES)}")

    def _colleagues(self) -> list[User]:
        directory = self._desk.directory
        return [
            user
            for user in directory.users[1:40]
            if not self._desk.is_attended(user) and not self._talks_to_somebody_real(user)
        ]

    def _talks_to_somebody_real(self, user: User) -> bool:
        party = self._desk.switch.exchange.party_of(user)
        for connection in party.connections:
            if not isinstance(connection, Call):
                return True
            other = connection.other(party).user
            if other is not None and self._desk.is_attended(other):
                return True
        return False

    # ------------------------------------------------------------ callers

    def _next_call(self) -> None:
        operator = self._operator()
        if self._desk.is_attended(self._desk.directory.operator) and operator.is_free:
            self._call(operator)
        self._plan("call", self._chance.uniform(*BETWEEN_CALLS_SECONDS), self._next_call)

    def _call(self, operator: Party) -> None:
        exchange = self._desk.switch.exchange
        self._turn += 1
        queue = ""
        if self._turn % 4 == 0:
            caller = self._free_colleague()
        else:
            number, name = self._chance.choice(CALLERS)
            caller = exchange.party(number, name)
            services = self._desk.directory.services
            queue = ("", services[0].name, services[-1].name)[self._turn % 3]
        agent = exchange.agents[self._desk.directory.operator.id]
        if caller is None or not caller.is_free or not agent.takes_calls:
            return
        caller.behaviour.hangs_up_after = self._chance.uniform(*TALK_SECONDS)
        call = self._desk.switch.ring(operator, caller, queue)
        exchange.after(call, CALLER_WAITS_SECONDS, lambda: self._give_up(call))

    def _give_up(self, call: Call) -> None:
        if call.phase is Phase.DIALLING:
            self._desk.switch.calls.end(call, call.caller)

    def _free_colleague(self) -> Party | None:
        exchange = self._desk.switch.exchange
        free = [
            exchange.party_of(user)
            for user in self._colleagues()
            if exchange.party_of(user).is_free and exchange.agents[user.id].takes_calls
        ]
        return self._chance.choice(free) if free else None

    def _operator(self) -> Party:
        return self._desk.switch.exchange.party_of(self._desk.directory.operator)
