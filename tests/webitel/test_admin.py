"""Administration of users (webitel-protocol.md, 8.5 and 8.6)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ctidesk.cti.administration import UserAdministration
from ctidesk.cti.errors import CtiException
from tests.webitel.scripted_pbx import ANNA, BORIS, Frame, Pbx, settle

CREATED = "+OK created!\n"


async def done(line: Pbx, work: Any, command: str, answer: Any) -> Frame:
    """Run a command of the administration that the PBX carries out; return its arguments."""
    task = line.start(work)
    await settle()
    arguments = await line.reply(command, answer)
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
    administration: UserAdministration = pbx.provider.user_administration
    assert not administration.can_administer
    for acl, may in (({"account": ["*"]}, True), ({"account": ["r", "c"]}, True), ({"account": ["r", "uo"]}, False)):
        await pbx.connect(acl=acl)
        assert administration.can_administer is may
        pbx.connection.drop()
        await settle()
        assert not administration.can_administer


async def test_the_users(line: Pbx) -> None:
    users = line.provider.user_administration.users
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
    administration = line.provider.user_administration
    assert await done(line, administration.create(**arguments), "api account create", CREATED) == sent
    assert line.asked("api account list")["exec-args"] == {"domain": "crm.test"}


@pytest.mark.parametrize("number", ["", "10a", "+105", "10 5", "١٠٥", "105:x"])
async def test_a_number_is_digits(line: Pbx, number: str) -> None:
    words = await words_of(line, line.provider.user_administration.create(number))
    assert words == "The login may contain digits only"
    assert line.sent == []


@pytest.mark.parametrize("password", ["a:b", "a@b"])
async def test_a_password_that_would_be_taken_apart(line: Pbx, password: str) -> None:
    administration = line.provider.user_administration
    assert "password" in await words_of(line, administration.create("105", password))
    assert "password" in await words_of(line, administration.update("105", password=password))
    assert "password" in await words_of(line, administration.update("105", password=""))
    assert line.sent == []


async def test_a_role_that_nobody_has(line: Pbx) -> None:
    administration = line.provider.user_administration
    assert "role" in await words_of(line, administration.create("105", role="boss"))
    assert "role" in await words_of(line, administration.update("105", role="boss"))
    assert administration.roles == ("user", "admin")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("Number exists", "already exists"),
        ("-ERR: the account EXISTS in directory\n", "already exists"),
        ("Permission denied!", "role does not allow"),
        ("bad request (number)", "refused"),
    ],
)
async def test_a_refused_creation(line: Pbx, answer: str, words: str) -> None:
    work = line.provider.user_administration.create("100")
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
    work = line.provider.user_administration.update("101", **changes)
    arguments = await done(line, work, "api account change", {})
    assert arguments == {"user": "101@crm.test", "param": sent}


async def test_nothing_to_change(line: Pbx) -> None:
    await line.provider.user_administration.update("101")
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
    administration = line.provider.user_administration
    work = administration.update("101", name="x") if command == "update" else administration.remove("101")
    on_the_wire = "api account change" if command == "update" else "api account remove"
    assert words in await words_of(line, work, on_the_wire, answer)
    assert line.words() == []


async def test_removing(line: Pbx) -> None:
    work = line.provider.user_administration.remove("101")
    assert await done(line, work, "api account remove", "+OK destroyed!\n") == {"user": "101@crm.test"}


async def test_changes_are_read_again(line: Pbx) -> None:
    changed: list[None] = []
    line.provider.user_administration.changed.subscribe(lambda: changed.append(None))
    work = line.provider.user_administration.update("101", name="Bob")
    await done(line, work, "api account change", {})
    accounts = {"100": ANNA, "101": BORIS | {"name": "Bob"}, "105": BORIS | {"id": "105"}}
    await line.reply("api account list", {"response": json.dumps(accounts)})
    assert line.provider.user_administration.users["101"].name == "Bob"
    assert line.names() == ["onUserStatusChange", "onAddUser"]
    assert len(changed) == 2
    assert line.provider.directory.abonents["101"].name == "Bob"


async def test_accounts_that_cannot_be_read_again_stay(line: Pbx) -> None:
    await done(line, line.provider.user_administration.update("101", name="Bob"), "api account change", {})
    await line.reply("api account list", "Permission denied!", "-ERR")
    assert list(line.provider.user_administration.users) == ["100", "101"]
    assert line.names() == []
