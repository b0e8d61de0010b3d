"""Accounts and presence (webitel-protocol.md, "8. Accounts (users)")."""

from __future__ import annotations

from typing import Any

import pytest

from tests.webitel.scripted_pbx import ANNA, BORIS, Frame, Pbx, status_event


def user_event(name: str, number: str, **more: Any) -> Frame:
    """Return an event about an account."""
    return {
        "webitel-event-name": name if name.startswith("USER") else "user",
        "Event-Name": name,
        "Event-Domain": "crm.test",
        "User-Domain": "crm.test",
        "User-ID": number,
        **more,
    }


NAMES = ["100", "101", "777", "4294967295", "007", "b", "a"]
"""In the order in which the maker's language has the members of an object: numbers first and by size."""


async def test_the_list_is_told_in_its_order(pbx: Pbx) -> None:
    await pbx.connect(*(BORIS | {"id": name} for name in ("4294967295", "007", "777", "b", "101", "a")), ANNA)
    assert [(name, value and value.get("id")) for name, value in pbx.events[2:]] == [
        *(("onAddUser", name) for name in NAMES),
        ("onUserStatusChange", "100"),
        ("onReady", None),
    ]


async def test_users_are_in_order_when_one_has_come_later(line: Pbx) -> None:
    await line.say(user_event("USER_CREATE", "99"))
    assert [one["id"] for one in await line.run("getAgentsList")] == ["99", "100", "101"]
    line.forget()
    line.connection.drop()
    await line.say()
    removed = [told["id"] for name, told in line.events if name == "onRemoveUser"]
    assert removed == ["99", "100", "101"]


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"state": "nonreg"}, "state", "nonreg"),
        ({"name": "%D0%90"}, "name", "А"),
        ({"name": "50% off"}, "name", "50% off"),
        ({"name": None}, "name", ""),
        ({"descript": None}, "tag", ""),
        ({"descript": "Lunch%2520break"}, "tag", "Lunch break"),
        ({"agent": "false"}, "agent", False),
        ({"agent": True}, "agent", False),
        ({"online": None}, "online", False),
        ({"status": "SOMETHING"}, "away", "SOMETHING"),
        ({"agent.status": "On Break"}, "inCC", True),
        ({"agent.status": "Available (On Demand)"}, "inCC", True),
        ({"agent.status": "Logged Out"}, "inCC", False),
        ({"scheme": "device"}, "scheme", "device"),
    ],
)
async def test_a_record_of_the_list(pbx: Pbx, changes: Frame, field: str, value: object) -> None:
    await pbx.connect(ANNA, BORIS | changes)
    added = [told for name, told in pbx.events if name == "onAddUser"]
    assert added[1][field] == value


async def test_a_list_without_the_own_account(pbx: Pbx) -> None:
    await pbx.connect(BORIS)
    own = pbx.session.users.own
    assert own is not None
    assert (own.id, own.state, own.away, own.online, own.role) == ("100", "ONHOOK", "NONE", True, "admin")


@pytest.mark.parametrize("response", ["-ERR", {"response": "no json"}, {"response": "[]"}, {}, None])
async def test_a_list_that_cannot_be_read(pbx: Pbx, response: object) -> None:
    task = pbx.start(pbx.provider.connect())
    await pbx.say()
    await pbx.reply("auth", {"login": "100@crm.test", "domain": "crm.test", "state": "onhook", "status": "none"})
    await pbx.reply("login")
    await pbx.reply("api account list", response, "-ERR" if response == "-ERR" else "+OK")
    await task
    assert pbx.names() == ["onConnect", "onUserLogin", "onAddUser", "onUserStatusChange", "onReady", "onError"]
    assert pbx.client.is_connected
    assert "error COMMAND" in pbx.words()


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (status_event("101", "ISBUSY"), {"state": "ISBUSY", "away": "NONE", "tag": "", "inCC": False}),
        (status_event("101", **{"Account-Agent-Status": "On%20Break"}), {"inCC": True}),
        (status_event("101", away="DND", **{"Account-Status-Descript": "Lunch%20break"}), {"tag": "Lunch break"}),
        (status_event("101", away="DND", **{"Account-Status-Descript": "50% off"}), {"tag": "50% off"}),
        (user_event("ACCOUNT_ONLINE", "101"), {"online": True}),
        (user_event("ACCOUNT_OFFLINE", "101"), {"online": False}),
    ],
)
async def test_what_changes_a_user(line: Pbx, event: Frame, told: Frame) -> None:
    await line.say(event, event)
    assert [name for name, _ in line.events] == ["onUserStatusChange"] * 2
    assert told.items() <= line.events[-1][1].items()


@pytest.mark.parametrize(
    "event",
    [
        status_event("999"),
        user_event("ACCOUNT_ONLINE", "999"),
        user_event("USER_DESTROY", "999"),
        user_event("USER_CREATE", ""),
        user_event("USER_WHATEVER", "101"),
        status_event("101", **{"Account-Domain": "other.test"}),
        user_event("ACCOUNT_ONLINE", "101", **{"User-Domain": "other.test"}),
        {"webitel-event-name": "DOMAIN_CREATE", "Event-Name": "DOMAIN_CREATE", "Domain-Name": "x"},
        {"webitel-event-name": "account", "Event-Name": "DISCONNECT"},
    ],
)
async def test_what_changes_nobody(line: Pbx, event: Frame) -> None:
    await line.say(event)
    assert line.names() == []


async def test_users_come_and_go(line: Pbx) -> None:
    created = user_event("USER_CREATE", "105", **{"User-State": "NONREG"})
    await line.say(created)
    assert line.events == [
        (
            "onAddUser",
            {
                "id": "105",
                "domain": "crm.test",
                "state": "NONREG",
                "away": "",
                "tag": "",
                "online": False,
                "name": "",
                "roleName": "",
                "agent": False,
                "inCC": False,
            },
        )
    ]
    line.events.clear()
    await line.say(created, user_event("USER_STATE", "105", **{"User-State": "ONHOOK"}))
    assert line.names() == ["onUserStatusChange"]
    await line.say(user_event("USER_DESTROY", "105"), user_event("USER_DESTROY", "105"))
    assert line.names() == ["onRemoveUser"]
