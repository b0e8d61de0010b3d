"""The events of one leg in the order in which a running FreeSWITCH (1.11) has sent them.

`recorded_order.json` holds, for each leg, its events as name, channel state, call state and answer state, without the
applications of the dialplan, and from the moment when the leg has an owner.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ctidesk.demo.scheduler import ManualScheduler
from ctidesk.demo.webitel import WebitelDemo
from tests.demo.webitel.webitel_client import Frame, WebitelClient

RECORDED: dict[str, list[str]] = json.loads(Path(__file__).with_name("recorded_order.json").read_text("utf-8"))
A = "79161234567"


def step(event: Frame) -> str:
    name = event["Event-Name"].removeprefix("CHANNEL_")
    return f"{name} {event['Channel-State']} {event['Channel-Call-State']} {event['Answer-State']}"


async def played(operator: WebitelClient) -> list[str]:
    return [step(one) for one in await operator.channel_events()]


@pytest.mark.parametrize(
    ("recording", "lines"),
    [
        ("caller hangs up", ["answer 101", f"hangup {A}"]),
        ("callee hangs up", ["answer 101", "hangup 101"]),
        ("hold and unhold", ["answer 101", "hold 101", "unhold 101", f"hangup {A}"]),
        ("caller gives up", [f"abandon {A}"]),
    ],
)
async def test_incoming(demo: WebitelDemo, operator: WebitelClient, recording: str, lines: list[str]) -> None:
    for line in [f"ring 101 {A}", *lines]:
        assert (await demo.direct(line))["ok"]
    assert await played(operator) == RECORDED[recording]


async def test_busy(demo: WebitelDemo, operator: WebitelClient) -> None:
    """The recorded phone answered by 486, before it had rung."""
    await demo.direct("busy 101 on")
    await demo.direct(f"ring 101 {A}")
    assert await played(operator) == RECORDED["busy"]


async def test_originate(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> None:
    await operator.command("call", {"extension": "102", "auto_answer_param": "sip_auto_answer=true"})
    await operator.ask("ping")
    clock.advance(1)
    await demo.direct("answer 102")
    await demo.direct("hangup 101")
    assert await played(operator) == RECORDED["originate"]


async def test_blind_transfer(demo: WebitelDemo, operator: WebitelClient) -> None:
    await demo.direct(f"ring 101 {A}")
    await demo.direct("answer 101")
    far = (await operator.own_channel())["Other-Leg-Unique-ID"]
    await operator.ask("transfer", {"channel-uuid": far, "destination": "103"})
    assert await played(operator) == RECORDED["blind transfer"]


async def test_attended_transfer(demo: WebitelDemo, operator: WebitelClient) -> None:
    """Both own legs, the second one dialled by hand as in the recording."""
    for line in (f"ring 101 {A}", "answer 101", "hold 101", "dial 101 103", "answer 103"):
        assert (await demo.direct(line))["ok"]
    main, consult = await operator.channels()
    far, consulted = [(await operator.dump(row["uuid"]))["Other-Leg-Unique-ID"] for row in (main, consult)]
    legs = {"channel-uuid-leg-a": main["uuid"], "channel-uuid-leg-b": far, "channel-uuid-leg-c": consulted}
    assert (await operator.ask("att_xfer_bridge", dict(legs)))[0] == "+OK"
    events = await operator.channel_events()
    for uuid, leg in ((main["uuid"], "main"), (consult["uuid"], "consultation")):
        assert [step(one) for one in events if one["Unique-ID"] == uuid] == RECORDED[f"attended transfer, {leg} leg"]
