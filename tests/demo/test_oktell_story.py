"""The traffic that `ctidesk demo` shows."""

from __future__ import annotations

from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.demo.scheduler import ManualScheduler
from tests.demo.pbx_client import client

EVENTS = ("phoneevent_ringstarted", "phoneevent_ringstopped", "pbxnumberstatechanged")


async def tell(*, seed: int, quiet: bool, minutes: int = 5) -> list[tuple[str, object, object]]:
    """What the operator's client hears when nobody answers: event, caller, queue."""
    clock = ManualScheduler()
    heard = []
    options = OktellOptions(auto=True, story=True, quiet=quiet, seed=seed)
    async with OktellDemo(options, clock) as demo, client(demo, "operator", *EVENTS) as one:
        for _ in range(minutes * 60):
            clock.advance(1)
        await one.ask("ping")
        for name, body in one.events:
            heard.append((name, body.get("callerid", body.get("numbers")), body.get("callerdescription")))
        assert (await demo.direct("state"))["ok"]
    return heard


async def test_calls_come_from_all_sides_and_are_missed_one_by_one() -> None:
    heard = [one for one in await tell(seed=1, quiet=False) if one[0].startswith("phoneevent")]
    names = [name for name, _, _ in heard]
    assert len(names) >= 16
    assert names[::2] == ["phoneevent_ringstarted"] * len(names[::2])
    assert names[1::2] == ["phoneevent_ringstopped"] * len(names[1::2])
    rings = heard[::2]
    assert {queue for _, _, queue in rings} == {"", "Продажи", "Главное меню"}
    assert {len(str(number)) == 3 for _, number, _ in rings} == {True, False}


async def test_quiet_story_has_only_colleagues() -> None:
    heard = await tell(seed=1, quiet=True)
    assert {name for name, _, _ in heard} == {"pbxnumberstatechanged"}
    states = {str(numbers) for _, numbers, _ in heard}
    assert len(states) > 10


async def test_same_seed_same_story() -> None:
    assert await tell(seed=3, quiet=False, minutes=2) == await tell(seed=3, quiet=False, minutes=2)
    assert await tell(seed=3, quiet=False, minutes=2) != await tell(seed=4, quiet=False, minutes=2)


async def test_caller_answered_hangs_up_after_a_while() -> None:
    clock = ManualScheduler()
    options = OktellOptions(auto=True, story=True, seed=1)
    async with OktellDemo(options, clock) as demo, client(demo, "operator", "phoneevent_commstopped") as one:
        clock.advance(5)
        assert (await one.ask("pbxanswercall"))["result"] == 1
        clock.advance(100)
        assert await one.told() == ["phoneevent_commstopped"]
