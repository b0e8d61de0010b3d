"""Administration of users (webitel-protocol.md, 8.5 and 8.6)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from ctidesk.cti.administration import NumberRefused, OutcomeUnknown, UserAdministration
from ctidesk.cti.errors import CtiException
from ctidesk.cti.presence import Presence
from tests.waiting import settle
from tests.webitel.scripted_pbx import ANNA, BORIS, Frame, Pbx, status_event

CREATED = "+OK created!\n"


def of(line: Pbx) -> UserAdministration:
    """The administration of a line."""
    administration = line.provider.user_administration
    assert administration is not None
    return administration


async def done(line: Pbx, work: Any, command: str, answer: Any) -> Frame:
    """Run a command of the administration that the PBX carries out; return its arguments.

    The list is read again after it; here it has not changed.
    """
    task = line.start(work)
    await settle()
    arguments = await line.reply(command, answer)
    assert not task.done()
    await line.reply("api account list", {"response": json.dumps({"100": ANNA, "101": BORIS})})
    await task
    return arguments


async def words_of(line: Pbx, work: Any, command: str = "", answer: str = "") -> str:
    """Run a command that is refused; return the words for the operator."""
    task = line.start(work)
    await settle()
    if command:
        await line.reply(command, answer, "-ERR")
    with pytest.raises(CtiException) as raised:
        await task
    assert raised.value.error.source.startswith("webitel.admin.")
    return raised.value.error.text


async def test_who_may_administer(pbx: Pbx) -> None:
    """The permission is that of the last login, so that nothing vanishes while the connection is away."""
    administration = of(pbx)
    assert not any((administration.can_create, administration.can_change, administration.can_remove))
    for granted, may in ((["*"], "cud"), (["r", "c"], "c"), (["r", "uo"], ""), (["r", "u", "d"], "ud")):
        await pbx.connect(acl={"account": granted})
        for _ in range(2):
            given = (administration.can_create, administration.can_change, administration.can_remove)
            assert given == ("c" in may, "u" in may, "d" in may)
            pbx.connection.drop()
            await settle()
        assert not administration.is_connected


async def test_without_a_connection_the_users_are_the_last_ones(line: Pbx) -> None:
    administration = of(line)
    before = administration.users["100"]
    assert (before.presence, before.is_online) == (Presence.READY, True)
    line.connection.drop()
    await settle()
    assert administration.users["100"] == replace(before, presence=Presence.UNKNOWN, is_online=False)
    assert list(administration.users) == ["100", "101"]
    await line.connect(ANNA)
    assert list(administration.users) == ["100"]


async def test_the_users(line: Pbx) -> None:
    users = of(line).users
    assert list(users) == ["100", "101"]
    assert (users["100"].name, users["100"].role, users["100"].is_me, users["100"].is_online) == (
        "Anna",
        "admin",
        True,
        True,
    )
    assert not users["101"].is_me


@pytest.mark.parametrize(
    ("arguments", "sent"),
    [
        (
            {"number": "105"},
            {"role": "user", "param": "105:105@crm.test", "attribute": {"parameters": ["cc-agent=true"]}},
        ),
        (
            {"number": " 105 ", "password": "n3w", "role": "admin", "name": "Zoë 'Z' O"},
            {
                "role": "admin",
                "param": "105:n3w@crm.test",
                "attribute": {
                    "parameters": ["cc-agent=true"],
                    "variables": ["effective_caller_id_name=Zoë Z O"],
                },
            },
        ),
    ],
)
async def test_creating(line: Pbx, arguments: dict[str, str], sent: Frame) -> None:
    administration = of(line)
    assert await done(line, administration.create(**arguments), "api account create", CREATED) == sent
    assert line.asked("api account list")["exec-args"] == {"domain": "crm.test"}


@pytest.mark.parametrize("number", ["", "10a", "+105", "10 5", "١٠٥", "105:x"])
async def test_a_number_is_digits(line: Pbx, number: str) -> None:
    words = await words_of(line, of(line).create(number))
    assert words == "The login may contain digits only"
    assert line.sent == []


@pytest.mark.parametrize("password", ["a:b", "a@b"])
async def test_a_password_that_would_be_taken_apart(line: Pbx, password: str) -> None:
    administration = of(line)
    assert "password" in await words_of(line, administration.create("105", password))
    assert "password" in await words_of(line, administration.update("105", password=password))
    assert "password" in await words_of(line, administration.update("105", password=""))
    assert line.sent == []


async def test_a_role_that_nobody_has(line: Pbx) -> None:
    administration = of(line)
    assert "role" in await words_of(line, administration.create("105", role="boss"))
    assert "role" in await words_of(line, administration.update("105", role="boss"))
    assert administration.roles == ("user", "admin")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("Number exists", "already exists"),
        ("-ERR: the account EXISTS in directory\n", "already exists"),
        ("Permission denied!", "role does not allow"),
        ("bad request (number)", "does not take this number"),
    ],
)
async def test_a_refused_creation(line: Pbx, answer: str, words: str) -> None:
    work = of(line).create("100")
    assert words in await words_of(line, work, "api account create", answer)


@pytest.mark.parametrize(
    ("changes", "sent"),
    [
        ({"password": "n3w"}, {"parameters": ["password=n3w"]}),
        ({"name": "Eve"}, {"variables": ["effective_caller_id_name=Eve"]}),
        (
            {"name": "", "role": "admin", "password": "x"},
            {
                "parameters": ["password=x"],
                "variables": ["effective_caller_id_name=", "account_role=admin"],
            },
        ),
    ],
)
async def test_changing(line: Pbx, changes: dict[str, str], sent: Frame) -> None:
    work = of(line).update("101", **changes)
    arguments = await done(line, work, "api account change", {})
    assert arguments == {"user": "101@crm.test", "param": sent}


async def test_nothing_to_change(line: Pbx) -> None:
    await of(line).update("101")
    assert line.sent == []


@pytest.mark.parametrize(
    ("command", "answer", "words"),
    [
        ("update", "Woow! Slow down!", "your own role"),
        ("update", "-ERR Number reserved.", "taken"),
        ("update", "-ERR: user not found\n", "no such user"),
        ("remove", "Easy! it's YOU !!!", "your own account"),
        ("remove", "Permission denied!", "role does not allow"),
    ],
)
async def test_refused_changes(line: Pbx, command: str, answer: str, words: str) -> None:
    administration = of(line)
    work = administration.update("101", name="x") if command == "update" else administration.remove("101")
    on_the_wire = "api account change" if command == "update" else "api account remove"
    assert words in await words_of(line, work, on_the_wire, answer)
    assert line.words() == []


async def test_removing(line: Pbx) -> None:
    work = of(line).remove("101")
    assert await done(line, work, "api account remove", "+OK destroyed!\n") == {"user": "101@crm.test"}


async def test_changes_are_read_again(line: Pbx) -> None:
    changed: list[None] = []
    of(line).changed.subscribe(lambda: changed.append(None))
    task = line.start(of(line).update("101", name="Bob"))
    await settle()
    await line.reply("api account change", {})
    accounts = {"100": ANNA, "101": BORIS | {"name": "Bob"}, "105": BORIS | {"id": "105"}}
    await line.reply("api account list", {"response": json.dumps(accounts)})
    await task
    assert of(line).users["101"].name == "Bob"
    assert line.names() == ["onUserStatusChange", "onAddUser"]
    assert len(changed) == 2
    assert line.provider.directory.abonents["101"].name == "Bob"


async def test_accounts_that_cannot_be_read_again_stay(line: Pbx) -> None:
    task = line.start(of(line).update("101", name="Bob"))
    await settle()
    await line.reply("api account change", {})
    await line.reply("api account list", "Permission denied!", "-ERR")
    await task
    assert list(of(line).users) == ["100", "101"]
    assert line.names() == []


async def test_a_list_that_is_asked_for_and_refused(line: Pbx) -> None:
    assert "role does not allow" in await words_of(
        line, of(line).read_again(), "api account list", "Permission denied!"
    )


# ---- what happens while the list is on its way


async def reading(line: Pbx, accounts: dict[str, Frame], *meanwhile: Frame) -> list[str]:
    """Read the list again; return the public events of its arrival."""
    task = line.start(of(line).read_again())
    await settle()
    await line.say(*meanwhile)
    line.forget_events()
    await line.reply("api account list", {"response": json.dumps(accounts)})
    await task
    return line.names()


def user_event(name: str, number: str) -> Frame:
    return {"webitel-event-name": name, "Event-Name": name, "Event-Domain": "crm.test", "User-ID": number}


async def test_who_is_not_in_the_list_has_gone(line: Pbx) -> None:
    assert await reading(line, {"100": ANNA}) == ["onRemoveUser"]
    assert list(of(line).users) == ["100"]


async def test_the_own_account_stays_whatever_the_list_says(line: Pbx) -> None:
    assert await reading(line, {"101": BORIS}) == []
    assert await reading(line, {"100": ANNA | {"online": False, "state": "NONREG"}, "101": BORIS}) == []
    assert of(line).users["100"].is_online
    assert await reading(line, {"100": ANNA | {"name": "Anne"}, "101": BORIS}) == ["onUserStatusChange"]


async def test_a_newcomer_of_the_meantime_stays(line: Pbx) -> None:
    old_list = {"100": ANNA, "101": BORIS}
    assert await reading(line, old_list, user_event("USER_CREATE", "105")) == []
    assert "105" in of(line).users
    new_list = old_list | {"106": BORIS | {"id": "106", "name": "Eve"}, "105": BORIS | {"id": "105"}}
    assert await reading(line, new_list, user_event("USER_CREATE", "106")) == ["onUserStatusChange"] * 2
    assert of(line).users["106"].name == "Eve"


async def test_who_was_removed_meanwhile_does_not_come_back(line: Pbx) -> None:
    old_list = {"100": ANNA, "101": BORIS}
    assert await reading(line, old_list, user_event("USER_DESTROY", "101")) == []
    assert list(of(line).users) == ["100"]


async def test_presence_of_the_meantime_counts_for_more_than_the_list(line: Pbx) -> None:
    old_list = {"100": ANNA, "101": BORIS | {"name": "Bob"}}
    assert await reading(line, old_list, status_event("101", "ISBUSY", "DND")) == ["onUserStatusChange"]
    user = of(line).users["101"]
    assert (user.name, user.presence) == ("Bob", Presence.DND)
    assert await reading(line, old_list) == ["onUserStatusChange"]
    assert of(line).users["101"].presence is Presence.READY


async def test_a_list_of_the_connection_before_is_not_taken(line: Pbx) -> None:
    task = line.start(of(line).read_again())
    await settle()
    line.connection.drop()
    with pytest.raises(OutcomeUnknown):
        await task
    assert list(of(line).users) == ["100", "101"]


# ---- what the refusals are


async def test_another_number(line: Pbx) -> None:
    sent = await done(line, of(line).renumber("101", " 111 "), "api account change", {})
    assert sent == {"user": "101@crm.test", "param": "user", "value": "111"}
    assert "own number" in await words_of(line, of(line).renumber("100", "111"))
    refused = of(line).renumber("101", "112")
    assert "already exists" in await words_of(line, refused, "api account change", "-ERR Number reserved.")
    refused = of(line).renumber("101", "112")
    assert "cannot change a number" in await words_of(line, refused, "api account change", "Bad request.")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("Number exists", NumberRefused), ("bad request (number)", NumberRefused), ("Permission denied!", CtiException)],
)
async def test_whether_the_number_is_at_fault(line: Pbx, answer: str, kind: type[CtiException]) -> None:
    task = line.start(of(line).create("105"))
    await settle()
    await line.reply("api account create", answer, "-ERR")
    with pytest.raises(CtiException) as raised:
        await task
    assert type(raised.value) is kind


async def test_an_answer_that_does_not_come(line: Pbx) -> None:
    task = line.start(of(line).create("105"))
    await settle()
    line.clock.advance(10)
    with pytest.raises(OutcomeUnknown, match="not answered in time"):
        await task
    task = line.start(of(line).create("106"))
    await settle()
    line.connection.drop()
    with pytest.raises(OutcomeUnknown, match="no connection"):
        await task


async def test_a_password_is_never_shown_or_kept(line: Pbx, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    for work, command in (
        (of(line).create("105", "Planted-9"), "api account create"),
        (of(line).update("101", password="Planted-9"), "api account change"),
    ):
        task = line.start(work)
        await settle()
        await line.reply(command, "cannot execute 105:Planted-9@crm.test [password=Planted-9]", "-ERR")
        with pytest.raises(CtiException) as raised:
            await task
        assert "Planted" not in repr(raised.value.error)
    assert "Planted" not in "".join(frame.text for frame in line.client.frame_log.frames) + caplog.text
