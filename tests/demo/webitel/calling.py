"""What a call begins with, and what the operator's client does to it."""

from __future__ import annotations

from ctidesk.demo.scheduler import ManualScheduler
from ctidesk.demo.webitel import WebitelDemo
from tests.demo.webitel.webitel_client import Frame, WebitelClient

A = "79161234567"
END = ["HANGUP", "HANGUP_COMPLETE", "DESTROY"]


async def talk(demo: WebitelDemo, operator: WebitelClient, name: str = "") -> Frame:
    """An incoming call, answered; returns the own channel."""
    assert (await demo.direct(f"ring 101 {A} {name}".strip()))["ok"]
    assert (await demo.direct("pickup 101"))["ok"]
    await operator.told()
    return await operator.own_channel()


async def act(client: WebitelClient, name: str, uuid: str, **more: object) -> tuple[str, object]:
    return await client.ask(name, {"channel-uuid": uuid, **more})


async def lift(clock: ManualScheduler, operator: WebitelClient) -> None:
    """Lets the server see what has been sent, and the own phone pick up."""
    await operator.ask("ping")
    clock.advance(1)


async def state(demo: WebitelDemo) -> list[tuple[object, object, object]]:
    calls = (await demo.direct("state"))["calls"]
    assert isinstance(calls, list)
    return [(call["number"], call["with"], call["state"]) for call in calls]
