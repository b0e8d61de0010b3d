"""Consultations and transfers, as the operator's client sees them (webitel-protocol.md, section 14)."""

from __future__ import annotations

from ctidesk.demo.scheduler import ManualScheduler
from ctidesk.demo.webitel import WebitelDemo
from tests.demo.webitel.calling import END, A, act, lift, state, talk
from tests.demo.webitel.webitel_client import Frame, WebitelClient


async def consultation(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> tuple[Frame, Frame]:
    """Transcript T8: the call is held, a second leg of the own phone picks up, the colleague answers."""
    main = await talk(demo, operator)
    await act(operator, "hold", main["Unique-ID"])
    uuid = await operator.command(
        "att_xfer2",
        {
            "channel-uuid": main["Unique-ID"],
            "extension": "102@demo.example",
            "user": "101@demo.example",
            "auto_answer_param": ["sip_h_Call-Info=answer-after=0"],
            "parent_call_uuid": main["variable_webitel_call_uuid"],
        },
    )
    await lift(clock, operator)
    reply = await operator.reply(uuid)
    create = next(one for one in operator.events if one.get("variable_w_jsclient_xtransfer"))
    assert create["variable_w_jsclient_xtransfer"] == main["variable_webitel_call_uuid"]
    assert create["variable_w_jsclient_originate_number"] == "102"
    assert reply["exec-response"] == f"+OK {create['Unique-ID']}\n"
    await demo.direct("answer 102")
    events = await operator.channel_events()
    assert events[-1]["Event-Name"] == "CHANNEL_BRIDGE"
    return main, events[-1]


async def test_attended_transfer(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> None:
    """Transcript T9; a held leg is un-held as it is torn down."""
    main, consult = await consultation(demo, operator, clock)
    legs = {
        "channel-uuid-leg-a": main["Unique-ID"],
        "channel-uuid-leg-b": main["Other-Leg-Unique-ID"],
        "channel-uuid-leg-c": consult["Other-Leg-Unique-ID"],
    }
    assert await operator.ask("att_xfer_bridge", legs) == ("+OK", f"+OK {main['Other-Leg-Unique-ID']}\n")
    events = await operator.channel_events()
    told = [
        (one["Event-Name"].removeprefix("CHANNEL_"), "main" if one["Unique-ID"] == main["Unique-ID"] else "consult")
        for one in events
        if "STATE" not in one["Event-Name"]
    ]
    assert told == [
        ("UNBRIDGE", "consult"),
        *((name, "consult") for name in END),
        ("UNHOLD", "main"),
        *((name, "main") for name in END),
    ]
    results = {
        one["Unique-ID"]: one.get("variable_w_transfer_result") for one in events if "HANGUP" in one["Event-Name"]
    }
    assert results == {main["Unique-ID"]: "confirmed", consult["Unique-ID"]: None}
    assert await state(demo) == [(A, "102", "ACTIVE"), ("102", A, "ACTIVE")]


async def test_attended_transfer_that_fails(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> None:
    main, consult = await consultation(demo, operator, clock)
    await demo.direct(f"hangup {A}")
    legs = {
        "channel-uuid-leg-a": main["Unique-ID"],
        "channel-uuid-leg-b": main["Other-Leg-Unique-ID"],
        "channel-uuid-leg-c": consult["Other-Leg-Unique-ID"],
        "channel-uuid-leg-d": consult["Unique-ID"],
    }
    assert await operator.ask("att_xfer_bridge", legs) == ("-ERR", "-ERR No such channel!\n")
    assert await operator.ask("getvar", {"channel-uuid": consult["Unique-ID"], "variable": "w_transfer_result"}) == (
        "+OK",
        "error",
    )


async def test_consultation_is_cancelled(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> None:
    """Transcript T10."""
    main, consult = await consultation(demo, operator, clock)
    legs = {
        "channel-uuid-leg-a": main["Unique-ID"],
        "channel-uuid-leg-b": main["Other-Leg-Unique-ID"],
        "channel-uuid-leg-c": consult["Unique-ID"],
    }
    assert await operator.ask("att_xfer_cancel", legs) == ("+OK", "+OK\n")
    events = await operator.channel_events()
    assert {one["Unique-ID"] for one in events} == {consult["Unique-ID"]}
    assert "CHANNEL_UNBRIDGE" in [one["Event-Name"] for one in events]
    assert await state(demo) == [(A, "101", "ACTIVE"), ("101", A, "HELD")]
    await act(operator, "unhold", main["Unique-ID"])
    assert await operator.story() == ["UNHOLD"]


async def test_bridge_of_two_channels(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> None:
    main, consult = await consultation(demo, operator, clock)
    legs = {"channel_uuid_A": main["Other-Leg-Unique-ID"], "channel_uuid_B": consult["Other-Leg-Unique-ID"]}
    assert (await operator.ask("bridge", dict(legs)))[0] == "+OK"
    assert await state(demo) == [(A, "102", "ACTIVE"), ("102", A, "ACTIVE")]
    assert (await operator.ask("bridge", dict(legs))) == ("-ERR", "-ERR Operation failed\n")


async def test_blind_transfer(demo: WebitelDemo, operator: WebitelClient) -> None:
    """Transcript T11: the reply, then the end of the own leg; the caller rings the colleague."""
    main = await talk(demo, operator)
    answer = await act(operator, "transfer", main["Other-Leg-Unique-ID"], destination="102")
    assert answer == ("+OK", "+OK\n")
    events = await operator.channel_events()
    assert [one["Event-Name"] for one in events if "STATE" not in one["Event-Name"]] == [
        f"CHANNEL_{name}" for name in END
    ]
    assert {one["variable_hangup_cause"] for one in events} == {"BLIND_TRANSFER"}
    assert (await demo.direct("answer 102"))["ok"]
    assert await state(demo) == [(A, "102", "ACTIVE"), ("102", A, "ACTIVE")]


async def test_blind_transfer_of_an_outgoing_call(
    demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler
) -> None:
    """The moved leg is one that the switch has called itself: it enters the dialplan with its numbers swapped."""
    await operator.command("call", {"extension": A, "auto_answer_param": "sip_auto_answer=true"})
    await lift(clock, operator)
    await demo.direct(f"answer {A}")
    own = await operator.own_channel()
    await operator.told()
    assert (await act(operator, "transfer", own["Other-Leg-Unique-ID"], destination="103"))[0] == "+OK"
    assert await operator.story() == ["UNBRIDGE", *END]
    moved = await operator.dump(own["Other-Leg-Unique-ID"])
    assert (moved["Channel-HIT-Dialplan"], moved["Caller-Caller-ID-Number"]) == ("true", A)
    await demo.direct("answer 103")
    assert await state(demo) == [(A, "103", "ACTIVE"), ("103", A, "ACTIVE")]
