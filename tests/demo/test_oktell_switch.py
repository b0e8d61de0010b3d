"""Whatever people do with their telephones, the switch keeps its books in order."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from ctidesk.demo.oktell.connections import Call, Conference, GhostSession, Invitation, Party, Phase
from ctidesk.demo.oktell.directory import Directory, User
from ctidesk.demo.oktell.exchange import SwitchError
from ctidesk.demo.oktell.lines import line_info
from ctidesk.demo.oktell.switch import Switch
from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import ManualScheduler

USERS = ("101", "102", "103", "105")
OUTSIDE = ("79161234567", "74951112233")
NUMBERS = (*USERS, *OUTSIDE, "60", "70")

Step = tuple[str, str, str]
# Named more often is what leads into calls, so that the rarer things find one.
ACTIONS = (
    *("ring", "autocall", "pick up", "pick up", "pick up", "switch", "invite", "plug") * 2,
    *("abonent", "dial", "hang up", "decline", "abort autocall", "abort", "next", "transfer", "build", "create"),
    *("bring", "leave", "ghost", "unplug", "wait"),
)
STEPS = st.tuples(st.sampled_from(ACTIONS), st.sampled_from((*USERS, *OUTSIDE)), st.sampled_from(NUMBERS))


class Listener:
    """Remembers the last state told of each user."""

    def __init__(self) -> None:
        self.states: dict[str, object] = {}

    def tell(self, user: User, method: str, body: dict[str, object]) -> None:
        if method == "userstatechanged":
            self.states[user.id] = body["userstateid"]

    def tell_all(self, method: str, body: dict[str, object]) -> None:
        pass

    def is_attended(self, user: User) -> bool:
        return user.number == "101"


class World:
    def __init__(self, *, auto: bool) -> None:
        self.clock = ManualScheduler()
        self.listener = Listener()
        habit = Behaviour(answers_after=1.5, hangs_up_after=40.0) if auto else Behaviour()
        self.switch = Switch(Directory(5, 0), self.clock, self.listener, habit)

    def do(self, step: Step) -> None:
        """Carries out one step; being refused is all right."""
        what, who, other = step
        switch = self.switch
        party = switch.exchange.party(who)
        steps: dict[str, Callable[[], object]] = {
            "ring": lambda: switch.ring(self.user(other), party),
            "autocall": lambda: switch.autocall(party, other),
            "abonent": lambda: switch.autocall(party, other, sequence="abonent"),
            "dial": lambda: switch.dial(party, other),
            "pick up": lambda: switch.pick_up(party),
            "hang up": lambda: switch.hang_up(party),
            "decline": lambda: switch.decline(party),
            "abort autocall": lambda: switch.abort_autocall(party),
            "switch": lambda: switch.flash(party, "switch"),
            "abort": lambda: switch.flash(party, "abort"),
            "next": lambda: switch.flash(party, "next"),
            "transfer": lambda: switch.transfer(party, other),
            "build": lambda: switch.conferences.build(party),
            "create": lambda: switch.conferences.create(
                party, switch.exchange.new_id(), "", 0, [switch.exchange.party(other)]
            ),
            "invite": lambda: switch.conferences.invite(conference_of(party), [switch.exchange.party(other)]),
            "bring": lambda: switch.conferences.bring_held(party),
            "leave": lambda: switch.conferences.leave(conference_of(party), party),
            "ghost": lambda: switch.ghosts.attach(party, switch.exchange.party(other)),
            "unplug": lambda: switch.unplug(switch.exchange.agents[user_of(party).id], unplugged=True),
            "plug": lambda: switch.unplug(switch.exchange.agents[user_of(party).id], unplugged=False),
            "wait": lambda: self.clock.advance(float(len(other))),
        }
        with contextlib.suppress(SwitchError):
            steps[what]()

    def user(self, number: str) -> Party:
        if number not in USERS:
            raise SwitchError("not a user")
        return self.switch.exchange.party(number)

    def check(self) -> None:
        exchange = self.switch.exchange
        parties = [exchange.party(number) for number in (*USERS, *OUTSIDE)]
        for call in exchange.calls:
            assert call.phase is not Phase.ENDED
            assert call in call.caller.connections
            if call.phase in (Phase.TALK, Phase.OWN_LAST):
                assert call in call.called.connections
        for party in parties:
            assert party.active is None or party.active is not party.held
            for connection in party.connections:
                self.check_connection(connection, party)
            agent = exchange.agent(party)
            if agent is not None:
                assert agent.phone_busy == (not party.is_free)
                assert self.listener.states.get(agent.user.id, 1) == agent.state
                self.check_line(party)

    def check_connection(self, connection: object, party: Party) -> None:
        exchange = self.switch.exchange
        if isinstance(connection, Call):
            assert connection in exchange.calls
            assert party in (connection.caller, connection.called)
            assert party.held is not connection or connection.phase is Phase.TALK
        elif isinstance(connection, Conference):
            assert exchange.conferences[connection.id] is connection
            assert connection.competitor(party) is not None
        elif isinstance(connection, Invitation):
            assert connection.party is party
            assert connection.conference.id in exchange.conferences
        else:
            assert isinstance(connection, GhostSession)
            assert connection.call.phase is Phase.TALK

    def check_line(self, party: Party) -> None:
        info = line_info(self.switch.exchange, party)
        assert (info["abonent"] == {}) == (party.active is None)
        assert info["isflashing"] == ("flashed" in info) == (party.held is not None)
        assert (info["linestatestr"] in ("lsIdle", "lsDisconnected")) == party.is_free


def conference_of(party: Party) -> Conference:
    if not isinstance(party.active, Conference):
        raise SwitchError("no conference")
    return party.active


def user_of(party: Party) -> User:
    if party.user is None:
        raise SwitchError("not a user")
    return party.user


@settings(max_examples=150)
@given(auto=st.booleans(), steps=st.lists(STEPS, max_size=80))
def test_the_books_are_in_order_after_every_step(auto: bool, steps: list[Step]) -> None:
    world = World(auto=auto)
    for step in steps:
        world.do(step)
        world.check()


@given(steps=st.lists(STEPS, max_size=60))
def test_everything_ends_when_everybody_hangs_up(steps: list[Step]) -> None:
    world = World(auto=False)
    for step in steps:
        world.do(step)
    for _ in range(10):
        for number in (*USERS, *OUTSIDE):
            world.do(("hang up", number, number))
    assert world.switch.exchange.calls == []
    assert world.switch.exchange.conferences == {}
    assert all(world.switch.exchange.party(number).is_free for number in (*USERS, *OUTSIDE))
