"""Two web phones, each a process of its own, at a demo Webitel: real signalling and real sound over the loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest

from tests.e2e.processes import LIMIT, DemoPbx, Watch, demo_pbx, watch

pytest.importorskip("aiortc", reason="the web phone is an extra")

ANN, BOB = 440, 620
"""The tones that they say, in hertz."""
CALLER = "79161234567"


class Phone:
    """One person with a web phone."""

    def __init__(self, program: Watch, tone: int) -> None:
        self.program = program
        self.tone = tone

    async def hears(self, tone: int) -> None:
        """Listen until the other party's tone is there; 0 is silence."""
        heard: Any = None
        for _ in range(int(LIMIT)):  # each time it listens for a moment
            heard = await self.program.carry_out("hear")
            if abs(heard["hertz"] - tone) < 15 if tone else heard["level"] == 0:
                return
        raise AssertionError(f"not {tone} but {heard}; {self.program.last_words()}")

    async def told(self, name: str, **fields: object) -> None:
        await self.program.event("cti", name, **fields)

    async def do(self, command: str) -> None:
        await self.program.carry_out(command)


@asynccontextmanager
async def phones(*numbers: int) -> AsyncIterator[tuple[DemoPbx, list[Phone]]]:
    """People with these numbers, whose web phones are registered."""
    async with AsyncExitStack() as stack:
        pbx = await stack.enter_async_context(demo_pbx("--web-phone", provider="webitel"))
        found = []
        for number, tone in zip(numbers, (ANN, BOB, 800), strict=False):
            login = pbx.login.replace("101", str(number))
            arguments = ("--web-phone", "--tone", str(tone))
            program = await stack.enter_async_context(watch(pbx.url, *arguments, login=login, provider="webitel"))
            found.append(Phone(program, tone))
        for phone in found:
            await phone.program.event("pbx", "onRegisterWebRTC")
        yield pbx, found


async def talk(one: Phone, other: Phone, number: int) -> None:
    """Let one call the other, who answers."""
    await one.do(f"call {number}")
    await other.told("callStarted", direction="IN")
    await other.do("answer")
    await one.told("commutationStarted")
    await other.told("commutationStarted")


async def consult(one: Phone, other: Phone, number: int) -> None:
    """Let one in a talk consult another, who answers and is heard."""
    await one.do(f"consult {number}")
    await other.told("callStarted", direction="IN")
    await other.do("answer")
    await one.program.until(lambda: _may(one, "CAN_COMPLETE_TRANSFER"), "a consultation that can be completed")
    await one.hears(other.tone)


async def test_two_web_phones_hear_each_other_through_hold_and_mute() -> None:
    async with phones(101, 102) as (_, (ann, bob)):
        await talk(ann, bob, 102)
        await ann.hears(BOB)
        await bob.hears(ANN)
        await ann.do("mute")
        await bob.hears(0)
        await ann.do("mute")
        await bob.hears(ANN)
        await ann.do("hold")
        await ann.told("hold")
        await ann.hears(0)
        await ann.do("hold")
        await ann.told("unhold")
        await ann.hears(BOB)
        await bob.hears(ANN)
        await bob.do("drop")
        await ann.told("callFinished")
        await bob.told("callFinished")


async def test_a_talk_goes_on_by_itself_after_a_lost_connection() -> None:
    async with phones(101, 102) as (pbx, (ann, bob)):
        await talk(ann, bob, 102)
        await bob.hears(ANN)
        await pbx.direct("drop-connections")
        for phone in (ann, bob):
            await phone.program.event("pbx", "onUnRegisterWebRTC")
            await phone.program.event("pbx", "onRegisterWebRTC")
        await ann.hears(BOB)
        await bob.hears(ANN)
        assert not any(event.name == "callFinished" for event in ann.program.since("cti"))


async def test_a_consultation_goes_on_by_itself_after_a_lost_connection() -> None:
    async with phones(101, 102, 103) as (pbx, (ann, bob, cyd)):
        await talk(ann, bob, 102)
        await consult(ann, cyd, 103)
        await pbx.direct("drop-connections")
        for phone in (ann, bob, cyd):
            await phone.program.event("pbx", "onUnRegisterWebRTC")
            await phone.program.event("pbx", "onRegisterWebRTC")
        await ann.hears(cyd.tone)
        await cyd.hears(ANN)
        await ann.told("initialized")  # Webitel's own connection is back, too
        await ann.do("transfer")
        await cyd.hears(BOB)
        await bob.hears(cyd.tone)


async def test_a_blind_transfer_leaves_two_others_in_a_talk() -> None:
    async with phones(101, 102, 103) as (_, (ann, bob, cyd)):
        await talk(ann, bob, 102)
        await ann.hears(BOB)
        await ann.do("blind 103")
        await ann.told("callFinished")
        await cyd.told("callStarted", direction="IN")
        await cyd.do("answer")
        await cyd.hears(BOB)
        await bob.hears(cyd.tone)


async def test_an_attended_transfer_leaves_two_others_in_a_talk() -> None:
    async with phones(101, 102, 103) as (_, (ann, bob, cyd)):
        await talk(ann, bob, 102)
        await consult(ann, cyd, 103)
        await ann.do("transfer")
        await cyd.hears(BOB)
        await bob.hears(cyd.tone)


async def test_digits_arrive_once_each() -> None:
    async with phones(101) as (pbx, (ann,)):
        await pbx.direct(f"ring 101 {CALLER}")
        await ann.told("callStarted")
        await ann.do("answer")
        await ann.told("commutationStarted")
        await ann.do("dtmf 12#")
        state = await pbx.direct("state")
        (own,) = [call for call in state["calls"] if call["number"] == "101"]
        assert own["digits"] == "12#"
        await ann.program.until(lambda: len(_digits(ann)) >= len("12#"), "three digits")
        assert _digits(ann) == [["1"], ["2"], ["#"]]


def _digits(phone: Phone) -> list[list[Any]]:
    return [event.args for event in phone.program.since("cti") if event.name == "dtmfEntered"]


def _may(phone: Phone, feature: str) -> bool:
    told = [event for event in phone.program.since("cti") if event.name == "lineStateChanged"]
    return bool(told) and feature in told[-1].args[0]


async def test_a_switch_of_which_webitel_says_nothing() -> None:
    """A Verto server of its own, as a plain FreeSWITCH is: its calls are shown and operated all the same."""
    async with AsyncExitStack() as stack:
        webitel = await stack.enter_async_context(demo_pbx(provider="webitel"))
        switch = await stack.enter_async_context(demo_pbx("--auto", provider="verto"))
        arguments = ("--web-phone", "--tone", str(ANN), "--verto-url", switch.url)
        program = await stack.enter_async_context(
            watch(webitel.url, *arguments, login=webitel.login, provider="webitel")
        )
        await program.event("pbx", "onRegisterWebRTC")
        ann = Phone(program, ANN)
        await ann.do("call 9196")  # the echo
        await ann.told("commutationStarted")
        await ann.hears(ANN)
        await ann.do("drop")
        await ann.told("callFinished")
        await switch.direct(f"ring 101 {CALLER}")
        await ann.told("callStarted", direction="IN")
        await ann.do("answer")
        await ann.told("commutationStarted")
        await switch.direct(f"hangup {CALLER}")
        await ann.told("callFinished")
