"""Who calls the operator of the demo, and which colleagues come and go."""

from __future__ import annotations

from ctidesk.demo.callers import CALLER_WAITS_SECONDS, CALLERS, TALK_SECONDS
from ctidesk.demo.story import CompanyStory
from ctidesk.demo.webitel.accounts import Account
from ctidesk.demo.webitel.centre import QUEUES
from ctidesk.demo.webitel.channels import Channel, Party
from ctidesk.demo.webitel.desk import Desk
from ctidesk.demo.webitel.director import Director


class Story(CompanyStory):
    """Who calls, and through which queue."""

    def __init__(self, desk: Desk, director: Director, *, seed: int, quiet: bool) -> None:
        super().__init__(desk.scheduler, director.direct, seed=seed, quiet=quiet)
        self._desk = desk
        self._turn = 0

    # ------------------------------------------------------------ colleagues

    def _colleague_numbers(self) -> list[str]:
        return [one.number for one in self._colleagues()]

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

    def _call_if_free(self) -> None:
        operator = self._desk.legs.party(self._desk.directory.operator.number)
        account = self._desk.directory.operator
        if self._desk.is_attended(account) and not operator.channels and account.away != "DND":
            self._call(operator)

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
