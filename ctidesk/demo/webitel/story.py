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
from ctidesk.demo.scheduler import Timer
from ctidesk.demo.webitel.accounts import Account
from ctidesk.demo.webitel.centre import QUEUES
from ctidesk.demo.webitel.channels import Channel, Party
from ctidesk.demo.webitel.desk import Desk
from ctidesk.demo.webitel.director import Director


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
            account = self._chance.choice(colleagues)
            self._director.direct(f"presence {account.number} {self._chance.choice(PRESENCES)}")

    def _colleagues(self) -> list[Account]:
        accounts = list(self._desk.directory)[:40]
        return [
            account
            for account in accounts
            if account is not self._desk.directory.operator
            and not self._desk.is_attended(account)
            and not self._talks_to_somebody_real(account)
        ]

    def _talks_to_somebody_real(self, account: Account) -> bool:
        for channel in self._desk.legs.party(account.number).channels:
            near = [channel.bridged, channel.other]
            if channel.dialling is not None:
                near += channel.dialling.legs
            if any(leg and leg.party.account and self._desk.is_attended(leg.party.account) for leg in near):
                return True
        return False

    # ------------------------------------------------------------ callers

    def _next_call(self) -> None:
        operator = self._desk.legs.party(self._desk.directory.operator.number)
        account = self._desk.directory.operator
        if self._desk.is_attended(account) and not operator.channels and account.away != "DND":
            self._call(operator)
        self._plan("call", self._chance.uniform(*BETWEEN_CALLS_SECONDS), self._next_call)

    def _call(self, operator: Party) -> None:
        self._turn += 1
        legs = self._desk.legs
        account = self._desk.directory.operator
        queue = ""
        if self._turn % 4 == 0:
            caller = self._free_colleague()
        else:
            number, name = self._chance.choice(CALLERS)
            caller = legs.party(number, name)
            if account.in_call_centre and self._turn % 3:
                queue = QUEUES[self._turn % len(QUEUES)]
        if caller is None or caller.channels or not account.registered:
            return
        caller.behaviour.hangs_up_after = self._chance.uniform(*TALK_SECONDS)
        if queue:
            channel = self._desk.centre.ring(operator, caller, queue)
        else:
            channel = self._desk.switch.dial(caller, operator.number)
        if not channel.cause:
            legs.later(channel, CALLER_WAITS_SECONDS, lambda: self._give_up(channel))

    def _give_up(self, channel: Channel) -> None:
        if channel.bridged is None:
            self._desk.switch.hang_up(channel)

    def _free_colleague(self) -> Party | None:
        free = [
            self._desk.legs.party(account.number)
            for account in self._colleagues()
            if account.state == "ONHOOK" and not self._desk.legs.party(account.number).channels
        ]
        return self._chance.choice(free) if free else None
