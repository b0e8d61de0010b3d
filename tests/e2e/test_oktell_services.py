"""Stored procedures, custom events and the change of the password between processes.

oktell-protocol.md, "8.5 `exec`, stored procedures, custom events, password".
"""

from __future__ import annotations

import json

from tests.e2e.processes import Watch, demo_pbx, watch

OLD, NEW = "Worn-out-1", "Brand-new-1"


async def run(watched: Watch, name: str, *arguments: object) -> object:
    """Run a command of the PBX's client and return its result."""
    return await watched.carry_out(f"pbx {name} {json.dumps(arguments)}")


async def test_a_stored_procedure() -> None:
    async with demo_pbx() as pbx, watch(pbx.url) as watched:
        await watched.event("cti", "initialized")
        found = await run(watched, "exec", "getClientByPhone", {"phone": "7495111"})
        assert isinstance(found, dict)
        assert found["result"] is True
        assert found["datasets"] == [[{"id": 2, "name": "Ivanov & Sons", "phone": "74951112233"}]]
        refused = await run(watched, "exec", "dropalltables")
        assert isinstance(refused, dict)
        assert (refused["result"], refused["errorCode"]) == (False, 1103)


async def test_a_custom_event_reaches_those_it_is_for() -> None:
    async with (
        demo_pbx() as pbx,
        watch(pbx.url) as sender,
        watch(pbx.url, login="u102") as first,
        watch(pbx.url, login="u103") as second,
    ):
        for one in (sender, first, second):
            await one.event("cti", "initialized")
        me = await run(first, "getMyInfo")
        assert isinstance(me, dict)
        await run(sender, "triggerCustomEvent", "order", [me["userid"]], {"number": 7})
        told = await first.event("pbx", "custom:order")
        assert told.args == [{"number": 7}]
        await run(sender, "triggerCustomEvent", "all", None, "text")
        for one in (first, second):
            assert (await one.event("pbx", "custom:all")).args == ["text"]
        assert not [event for event in second.events if event.name == "custom:order"]
        assert not [event for event in sender.events if event.name.startswith("custom:")]


async def test_the_password_is_changed_and_stands_nowhere() -> None:
    async with demo_pbx(login_password=OLD) as pbx:
        async with watch(pbx.url, password=OLD, levels="pbx,cti,wire") as watched:
            await watched.event("cti", "initialized")
            wrong = await run(watched, "changePassword", NEW, "not-it")
            assert isinstance(wrong, dict)
            assert wrong["errorCode"] == 2801
            assert await run(watched, "changePassword", NEW, OLD) == {"result": True}
            # Only the line that was typed comes back, as the command's name.
            told = [line for line in watched.lines if '"command"' not in line]
            assert not [line for line in told if NEW in line or OLD in line]
            assert NEW not in watched.errors
        async with watch(pbx.url, password=NEW) as again:
            await again.event("cti", "initialized")
        async with watch(pbx.url, "--no-reconnect", password=OLD) as old:
            refused = await old.event("pbx", "connectError")
            assert refused.args[0]["errorCode"] == 1202
