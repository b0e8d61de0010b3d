"""Lines and commands at random: whatever happens, the switch stays in one piece and every leg's end is told."""

from __future__ import annotations

import json
import random

import pytest

from ctidesk.demo.people import Behaviour
from ctidesk.demo.scheduler import ManualScheduler
from ctidesk.demo.webitel.desk import Desk
from ctidesk.demo.webitel.director import Director
from ctidesk.demo.webitel.options import WebitelOptions
from ctidesk.demo.webitel.server import WebitelServer
from ctidesk.demo.webitel.session import Session

NUMBERS = ("101", "102", "103", "104", "79160000001", "79160000002", "777")
LINES = (
    "ring {0} {1}",
    "queue-ring {0} {1} sales",
    "answer {0}",
    "answer {0}",
    "hangup {0}",
    "hangup {0} 4",
    "busy {0} on",
    "busy {0} off",
    "noanswer {0} 3",
    "hold {0}",
    "unhold {0}",
    "presence {0} ready",
    "presence {0} dnd",
    "presence {0} offline",
    "presence {0} talking",
    "dial {0} {1}",
)
COMMANDS = (
    "call",
    "hangup",
    "hold",
    "unhold",
    "transfer",
    "att_xfer2",
    "att_xfer_bridge",
    "att_xfer_cancel",
    "bridge",
    "dtmf",
    "channel_dump",
    "eavesdrop",
)
CHANNEL_ARGUMENTS = (
    "uuid",
    "channel-uuid",
    "channel-uuid-leg-a",
    "channel-uuid-leg-b",
    "channel-uuid-leg-c",
    "channel_uuid_A",
    "channel_uuid_B",
)


class Socket:
    """Keeps what is sent."""

    def __init__(self) -> None:
        self.frames: list[dict[str, object]] = []

    def send(self, text: str) -> None:
        self.frames.append(json.loads(text))

    def close(self) -> None:
        raise AssertionError("the server never says goodbye")

    def cut(self) -> None:
        raise AssertionError("nobody has asked for that")


@pytest.mark.parametrize("seed", range(6))
async def test_at_random(seed: int) -> None:
    chance = random.Random(seed)
    clock = ManualScheduler()
    options = WebitelOptions(users=4, devices=1 + seed % 2, seed=seed)
    desk = Desk(options, clock, Behaviour(answers_after=1.0 if seed % 3 == 0 else None))
    director = Director(desk, WebitelServer(desk))
    socket = Socket()
    session = Session(desk, socket)

    def command(name: str, args: dict[str, object]) -> None:
        session.receive(json.dumps({"exec-uuid": "1", "exec-func": name, "exec-args": args}))

    command("auth", {"account": "101@demo.example", "secret": "demo"})
    command("login", {})
    for _ in range(300):
        first, second = chance.choices(NUMBERS, k=2)
        what = chance.random()
        if what < 0.4:
            assert "ok" in director.direct(chance.choice(LINES).format(first, second))
        elif what < 0.9:
            channels = [*desk.legs.channels, "nobody"]
            named: dict[str, object] = {name: chance.choice(channels) for name in CHANNEL_ARGUMENTS}
            picks_up = chance.choice([None, "sip_auto_answer=true"])
            rest = {"extension": first, "destination": second, "digits": "5", "auto_answer_param": picks_up}
            command(chance.choice(COMMANDS), named | rest)
        else:
            clock.advance(chance.choice([0.5, 3.0, 61.0]))
        check(desk)

    for channel in list(desk.legs.channels.values()):
        desk.switch.hang_up(channel)
    created, destroyed = (
        [one["Unique-ID"] for one in socket.frames if one.get("Event-Name") == name]
        for name in ("CHANNEL_CREATE", "CHANNEL_DESTROY")
    )
    assert len(created) > 10
    assert sorted(map(str, created)) == sorted(map(str, destroyed))


def check(desk: Desk) -> None:
    """Who talks with whom is mutual, whoever rings is waited for, and nobody is left over."""
    for channel in desk.legs.channels.values():
        assert not channel.cause
        if channel.bridged is not None:
            assert channel.bridged.bridged is channel
            assert channel.is_first is not channel.bridged.is_first
            assert channel.bridged.id in desk.legs.channels
        if channel.dialling is not None:
            assert channel.dialling.legs
        if channel.attempt is not None:
            assert channel in channel.attempt.legs
    for account in desk.directory:
        assert account.legs == len(desk.legs.party(account.number).channels)
