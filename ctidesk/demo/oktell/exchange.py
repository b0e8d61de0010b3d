"""What all parts of the switch share: the parties, their agents' states, time, and telling clients what happened."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from ctidesk.demo.directing import Refused
from ctidesk.demo.oktell.agents import Agent
from ctidesk.demo.oktell.connections import Call, Conference, Connection, FlashType, Invitation, Party, Phase
from ctidesk.demo.oktell.directory import Directory, User
from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import Scheduler, Timer

NO_CHAIN = "00000000-0000-0000-0000-000000000000"
TRUNK_LINE = "20001"
SHORTEST_OUTSIDE_NUMBER = 5
MENU_ANSWERS_AFTER_SECONDS = 0.5


class SwitchError(Refused):
    """What was asked for cannot be done now; the text says why."""


class Listener(Protocol):
    """Where the switch's events go: to the clients of one user, or to everybody's."""

    def tell(self, user: User, method: str, body: dict[str, object]) -> None: ...

    def tell_all(self, method: str, body: dict[str, object]) -> None: ...

    def is_attended(self, user: User) -> bool:
        """Whether a client of this user is connected, so that somebody else decides about his calls."""
        ...


@dataclass(frozen=True)
class Record:
    """One recorded talk, as `getpbxcalljournal` names it. `seconds`: how long it was."""

    id: str
    chain: str
    numbers: tuple[str, str]
    seconds: float

    @property
    def link(self) -> str:
        return f"/record/{self.id}.wav"


class Exchange:
    """What calls need of the company: numbers, phones, and who hears of a change."""

    def __init__(
        self, directory: Directory, scheduler: Scheduler, listener: Listener, habit: Behaviour, seed: int
    ) -> None:
        """`habit`: how parties behave that nobody gave a behaviour of their own."""
        self.directory = directory
        self.scheduler = scheduler
        self.listener = listener
        self.habit = habit
        self.agents = {user.id: Agent(user) for user in directory.users}
        self.calls: list[Call] = []
        self.conferences: dict[str, Conference] = {}
        self.records: list[Record] = []
        self._chance = random.Random(f"exchange {seed}")  # noqa: S311 - ids of a demo, no secrets
        self._parties: dict[str, Party] = {}
        self._call_watchers: list[Callable[[Call], None]] = []

    def new_id(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))

    # ------------------------------------------------------------ parties

    def party_of(self, user: User) -> Party:
        party = self._parties.get(user.number)
        if party is None:
            party = Party(user.number, user.name, replace(self.habit), user=user)
            self._parties[user.number] = party
        return party

    def party(self, key: str, name: str = "") -> Party:
        """The party with this number, login or id; an outside number becomes known by being asked for.

        Queues and menus answer many callers at once: each time they are asked for there is a new party.
        """
        user = self.directory.user(key)
        if user is not None:
            return self.party_of(user)
        service = self.directory.service(key)
        if service is not None:
            return Party(
                service.number, service.name, Behaviour(answers_after=MENU_ANSWERS_AFTER_SECONDS), service=service
            )
        digits = "".join(letter for letter in key if letter.isdigit())
        party = self._parties.get(digits)
        if party is None or party.user is not None:
            if len(digits) < SHORTEST_OUTSIDE_NUMBER:
                raise SwitchError(f"nobody has the number {key}")
            party = self._parties[digits] = Party(key, name, replace(self.habit))
        if name:
            party.name = name
        return party

    def agent(self, party: Party) -> Agent | None:
        return self.agents[party.user.id] if party.user else None

    def need_phone(self, party: Party) -> None:
        """Raises when the party's phone is unplugged."""
        agent = self.agent(party)
        if agent is not None and agent.no_phone:
            raise SwitchError(f"{party.number} has no phone")

    @property
    def busy_parties(self) -> list[Party]:
        return [party for party in self._parties.values() if not party.is_free]

    # ------------------------------------------------------------ time

    def after(self, connection: Call | Invitation, seconds: float, action: Callable[[], None]) -> None:
        """Plans something that becomes void when the connection's phase changes."""
        connection.timers.append(self.scheduler.later(seconds, action))

    def stop_timers(self, timers: list[Timer]) -> None:
        for timer in timers:
            timer.cancel()
        timers.clear()

    # ------------------------------------------------------------ telling

    def tell(self, party: Party, method: str, **fields: object) -> None:
        if party.user is not None:
            self.listener.tell(party.user, method, {**self._common(party), **fields})

    def tell_line(self, party: Party, method: str = "linestatechanged", **fields: object) -> None:
        if party.user is not None:
            user = party.user
            body = {"qid": self.new_id(), "lineid": user.line_id, "linenumber": user.line_number}
            self.listener.tell(user, method, {**body, **fields})

    def tell_flash(self, party: Party, kind: FlashType) -> None:
        self.tell_line(party, "flashstatechanged", flashstate=kind.name, flashtypeid=int(kind))

    def settle(self, party: Party) -> None:
        """Brings the user's state in line with his phone and tells it when it changed."""
        agent = self.agent(party)
        if agent is None:
            return
        busy = not party.is_free
        on_task = any(isinstance(one, Call) and bool(one.queue) for one in party.connections)
        if (busy, on_task) != (agent.phone_busy, agent.on_task):
            agent.phone_busy, agent.on_task = busy, on_task
            self.tell_agent(agent)

    def tell_agent(self, agent: Agent) -> None:
        """Tells the user his state and everybody the state of his number."""
        self.listener.tell(agent.user, "userstatechanged", agent.report())
        number = {"num": agent.user.number, "numstateid": agent.number_state, **agent.number_reason}
        self.listener.tell_all("pbxnumberstatechanged", {"numbers": [number]})

    def _common(self, party: Party) -> dict[str, object]:
        assert party.user is not None
        return {
            "qid": self.new_id(),
            "userid": party.user.id,
            "userlogin": party.user.login,
            "chainid": chain_of(party.active or party.held),
            "connectionindex": 1,
        }

    # ------------------------------------------------------------ ended calls

    def when_call_ends(self, action: Callable[[Call], None]) -> None:
        self._call_watchers.append(action)

    def call_ended(self, call: Call) -> None:
        """Takes a call off the list, and notes the talk in the journal."""
        self.calls.remove(call)
        for action in self._call_watchers:
            action(call)
        if call.phase is Phase.TALK:
            seconds = self.scheduler.now() - call.talk_since
            numbers = (call.caller.number, call.called.number)
            self.records.append(Record(self.new_id(), call.chain, numbers, seconds))


def chain_of(connection: Connection | None) -> str:
    """The chain of a call, or the empty one."""
    if connection is None:
        return NO_CHAIN
    if isinstance(connection, Invitation):
        return connection.conference.chain
    return connection.chain
