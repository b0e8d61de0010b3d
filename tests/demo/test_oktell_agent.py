"""User states, redirects, custom events, records.

oktell-protocol.md, "8.4 Redirect number" to "8.6 HTTP side", "9. User states", "14.6 Call records".
"""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from asyncio import to_thread

import pytest

from ctidesk.demo.oktell import OktellDemo
from ctidesk.demo.scheduler import ManualScheduler
from tests.demo.pbx_client import PbxClient, client

A = "79161234567"


async def test_break_with_a_reason(operator: PbxClient) -> None:
    reply = await operator.ask("setuserstate", userstateid=2, oncallcenter=True, onredirect=False, lunchreasonid=1)
    expected = {"userstateid": 2, "oncallcenter": True, "onlunch": True, "lunchreasonid": 1}
    assert {name: reply[name] for name in expected} == expected
    told = await operator.event("userstatechanged")
    assert {name: told[name] for name in expected} == expected
    back = await operator.ask("setuserstate", userstateid=1, onredirect=False)
    assert (back["userstateid"], back["onlunch"], back["oncallcenter"]) == (1, False, True)
    assert "lunchreasonid" not in back


async def test_call_on_break_is_told_as_busy_on_break(demo: OktellDemo, operator: PbxClient) -> None:
    await operator.ask("setuserstate", userstateid=2, lunchreasonid=2)
    await operator.told()
    await demo.direct(f"queue-ring 101 {A} Support")
    told = await operator.event("userstatechanged")
    assert (told["userstateid"], told["onlunch"], told["ontask"], told["lunchreasonid"]) == (5, True, True, 2)


@pytest.mark.parametrize("body", [{"userstateid": 4}, {"userstateid": 7}, {"userstateid": "x"}, {"onredirect": True}])
async def test_states_that_cannot_be_set(operator: PbxClient, body: dict[str, object]) -> None:
    assert (await operator.ask("setuserstate", **body))["result"] == 0
    assert (await operator.ask("getuserstate"))["userstateid"] == 1


async def test_call_centre(operator: PbxClient) -> None:
    await operator.ask("entercallcenter")
    assert (await operator.event("userstatechanged"))["oncallcenter"] is True
    await operator.ask("exitcallcenter")
    assert (await operator.event("userstatechanged"))["oncallcenter"] is False


async def test_wrap_up_outlasts_the_call(demo: OktellDemo, operator: PbxClient) -> None:
    await demo.direct(f"ring 101 {A}")
    await operator.ask("pbxanswercall")
    await operator.ask("setuserstate", userstateid=5)
    await operator.ask("pbxabortcall")
    assert (await operator.ask("getuserstate"))["userstateid"] == 5
    assert (await operator.ask("setuserstate", userstateid=1))["userstateid"] == 1


async def test_colleagues_presence(demo: OktellDemo) -> None:
    async with client(demo, "operator", "pbxnumberstatechanged") as one:
        seen = []
        for state in ("break", "dnd", "offline", "ready", "talking", "ready"):
            assert (await demo.direct(f"presence 105 {state}"))["ok"]
            await one.ask("ping")
            numbers = one.events[-1][1]["numbers"]
            assert isinstance(numbers, list)
            assert numbers[0]["num"] == "105"
            seen.append(numbers[0]["numstateid"])
        assert seen == [2, 3, 0, 1, 5, 1]


async def test_phone_goes_away_and_comes_back(demo: OktellDemo, operator: PbxClient) -> None:
    await demo.direct(f"ring 101 {A}")
    await demo.direct("presence 101 offline")
    line = await operator.line()
    assert (line["linestatestr"], line["abonent"]) == ("lsDisconnected", {})
    assert (await operator.ask("getuserstate"))["userstateid"] == 7
    assert not (await demo.direct(f"ring 101 {A}"))["ok"]
    await demo.direct("presence 101 ready")
    assert (await operator.line())["linestatestr"] == "lsIdle"


async def test_redirect(demo: OktellDemo, operator: PbxClient) -> None:
    user = demo.desk.directory.operator.id
    rule = {"id": hashlib.md5(user.encode() * 2).hexdigest(), "destinationnumber": "103", "userid": user}
    assert (await operator.ask("saveredirectrules", redirectrule=rule))["result"] == 1
    await operator.ask("setuserstate", userstateid=3)
    assert not (await demo.direct(f"ring 101 {A}"))["ok"]
    assert (await operator.ask("setuserstate", onredirect=True))["onredirect"] is True
    assert (await demo.direct(f"ring 101 {A}"))["ok"]
    async with client(demo, "u103") as other:
        found = (await other.line())["abonent"]
        assert isinstance(found, dict)
        assert found["number"] == A
    rules = (await operator.ask("getredirectrules"))["redirectrules"]
    assert rules == [rule]
    assert (await operator.ask("deleteredirectrules", ids=[rule["id"]]))["result"] == 1
    assert (await operator.ask("getredirectrules"))["redirectrules"] == []


async def test_custom_events(demo: OktellDemo) -> None:
    async with client(demo, "operator", "customevent") as one, client(demo, "u102", "customevent") as other:
        target = demo.desk.directory.user("102")
        assert target is not None
        await one.ask(
            "triggercustomevent", eventname="card", eventparam={"id": 7}, recipients=[target.id], sendback="0"
        )
        event = await other.event("customevent")
        assert (event["eventname"], event["eventparam"]) == ("card", {"id": 7})
        assert await one.told() == []
        await other.ask("triggercustomevent", eventname="all", eventparam=1, sendback=1)
        assert await one.told() == ["customevent"]
        assert await other.told() == ["customevent"]


async def test_stored_procedure(operator: PbxClient) -> None:
    version = await operator.ask("getversion", showalloweddbstoredprocs=1)
    assert version["alloweddbstoredprocs"] == {"getclientbyphone": True}
    found = await operator.ask("execpredefineddbstoredproc", procedure="GetClientByPhone", inputparams={"phone": A})
    assert found["errorcode"] == 0
    assert found["dataset"] == [[["id", "name", "phone"], [1, "ООО «Ромашка»", A]]]
    other = await operator.ask("execpredefineddbstoredproc", procedure="drop", inputparams={})
    assert other["errorcode"] != 0


async def test_records_are_served_for_a_one_time_password(
    demo: OktellDemo, clock: ManualScheduler, operator: PbxClient
) -> None:
    await demo.direct(f"ring 101 {A}")
    await operator.ask("pbxanswercall")
    chain = (await operator.line())["chainid"]
    journal = {"filter": {"idchain": chain, "showcallcenter": True}}
    assert (await operator.ask("getpbxcalljournal", **journal))["data"] == []
    clock.advance(12)
    await operator.ask("pbxabortcall")
    records = (await operator.ask("getpbxcalljournal", **journal))["data"]
    assert isinstance(records, list)
    assert [one["lentime"] for one in records] == [12]
    password = (await operator.ask("gettemphttppass"))["password"]
    address = f"{demo.url.replace('ws', 'http', 1)[:-1]}{records[0]['recordlink']}"
    assert await to_thread(fetch, address) == (403, "")
    status, kind = await to_thread(fetch, f"{address}?temppass={password}")
    assert (status, kind) == (200, "audio/wav")
    assert await to_thread(fetch, f"{address}?temppass={password}") == (403, "")


async def test_photos_and_unknown_pages(demo: OktellDemo, operator: PbxClient) -> None:
    links = (await operator.ask("getalluserphotolink", mode="page"))["links"]
    assert isinstance(links, list)
    base = demo.url.replace("ws", "http", 1)[:-1]
    assert await to_thread(fetch, base + links[0]["link32x32"]) == (200, "image/png")
    assert await to_thread(fetch, f"{base}/photo/9/32.png") == (404, "")
    assert await to_thread(fetch, f"{base}/record/x.wav") == (404, "")


def fetch(address: str) -> tuple[int, str]:
    """Status, and the kind of what came if it was found."""
    try:
        with urllib.request.urlopen(address) as reply:
            content = reply.read()
            assert len(content) == int(reply.headers["Content-Length"])
            assert content.startswith((b"RIFF", b"\x89PNG"))
            return reply.status, reply.headers["Content-Type"]
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, ""
