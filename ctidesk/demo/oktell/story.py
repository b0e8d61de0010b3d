"""Who calls the operator of the demo, and which colleagues come and go."""

from __future__ import annotations

from ctidesk.demo.callers import CALLER_WAITS_SECONDS, CALLERS, TALK_SECONDS
from ctidesk.demo.oktell.connections import Call, Party, Phase
from ctidesk.demo.oktell.desk import Desk
from ctidesk.demo.oktell.director import Director
from ctidesk.demo.oktell.directory import User
from ctidesk.demo.story import CompanyStory


class Story(CompanyStory):
    """Who calls, and through which queue."""

    def __init__(self, desk: Desk, director: Director, *, seed: int, quiet: bool) -> None:
        super().__init__(desk.scheduler, director.direct, seed=seed, quiet=quiet)
        self._desk = desk
        self._turn = 0

    # ------------------------------------------------------------ colleagues

    def _colleague_numbers(self) -> list[str]:
        return [one.number for one in self._colleagues()]

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

    def _call_if_free(self) -> None:
        operator = self._operator()
        if self._desk.is_attended(self._desk.directory.operator) and operator.is_free:
            self._call(operator)

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
