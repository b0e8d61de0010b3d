"""From the settings to programs at work with a line: names in the journal, events that nothing loses."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from ctidesk.config.secrets import Account, Answer, Outcome, Program, program_account
from ctidesk.config.settings import (
    CallerLookup,
    Creatio,
    DirectoryAndContacts,
    Integration,
    Numbers,
    PopMoment,
    ScreenPop,
    Settings,
)
from ctidesk.cti.identification import Source
from ctidesk.integration.event_socket import NAME
from ctidesk.integration.programs import LinePrograms, Programs
from ctidesk.integration.trials import find
from ctidesk.store.call_archive import CallArchive
from ctidesk.store.contact import Contact, ContactNumber
from ctidesk.store.database import LIMIT, Problem, StoreError, Work
from ctidesk.store.found import LookupFailed
from ctidesk.store.journal import LONGEST_RETRY
from ctidesk.store.outbox import LONGEST_WAIT
from ctidesk.store.webhook import signature
from tests.integration.conftest import FakeOpener, Line
from tests.integration.odata_server import LOGIN, PASSWORD
from tests.integration.odata_server import Creatio as CreatioServer
from tests.store.http_server import HttpServer
from tests.waiting import settle, until


class FakeKeys:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[Account, str] = {}

    async def find(self, account: Account) -> Answer:
        found = self.kept.get(account)
        return Answer(Outcome.ASK_EACH_START if found is None else Outcome.STORED, password=found)


@pytest.fixture
def keys() -> FakeKeys:
    return FakeKeys()


@pytest.fixture
def server() -> Iterator[HttpServer]:
    server = HttpServer()
    yield server
    server.close()


@pytest.fixture
def said() -> list[str]:
    """What the operator was told."""
    return []


@pytest.fixture
async def programs(
    line: Line, archive: CallArchive, keys: FakeKeys, opener: FakeOpener, said: list[str], tmp_path: Path
) -> AsyncIterator[Programs]:
    programs = Programs(tmp_path / "data", keys, line.clock, opener, say=lambda title, _: said.append(title))
    yield programs
    await programs.close()


Join = Callable[[Settings], LinePrograms]


@pytest.fixture
async def join(programs: Programs, line: Line, archive: CallArchive) -> AsyncIterator[Join]:
    joined: list[LinePrograms] = []

    def join(settings: Settings) -> LinePrograms:
        programs.set_up(settings)
        joined.append(programs.join(line.model, archive))
        return joined[-1]

    yield join
    for one in joined:
        await one.close()


def settings(**integration: object) -> Settings:
    return Settings(integration=Integration(**integration))  # type: ignore[arg-type]


def bodies(server: HttpServer) -> list[dict[str, object]]:
    return [msgspec.json.decode(one.body) for one in server.asked]


def kinds(server: HttpServer) -> list[object]:
    return [body["event"] for body in bodies(server)]


async def count(archive: CallArchive) -> int:
    def work(connection: sqlite3.Connection) -> int:
        return int(connection.execute("SELECT count(*) FROM outbox WHERE refused IS NULL").fetchone()[0])

    return await archive.database.run(work)


async def test_without_anything_set_no_file_and_no_event(
    join: Join, line: Line, archive: CallArchive, tmp_path: Path
) -> None:
    joined = join(Settings())
    line.whole_call("c1")
    await settle()
    assert not (tmp_path / "data").exists()
    assert await count(archive) == 0
    assert joined.callers.known("74951234567") is not None


async def test_the_name_of_a_contact_is_in_the_journal(
    join: Join, programs: Programs, line: Line, archive: CallArchive
) -> None:
    await programs.contacts.add(Contact(name="Anna", numbers=(ContactNumber("8 495 123-45-67"),)))
    join(Settings())
    call = line.ring()
    await until_named(archive, call.record_id, "Anna")


async def until_named(archive: CallArchive, record_id: object, name: str) -> None:
    while True:
        stored = await archive.journal.find(record_id)  # type: ignore[arg-type]
        if stored is not None and stored.contact_name == name:
            return


async def test_a_journal_that_cannot_be_written_makes_no_failure_of_a_name(
    join: Join,
    programs: Programs,
    line: Line,
    archive: CallArchive,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The journal has told it, and keeps the name until it can be written."""
    await programs.contacts.add(Contact(name="Anna", numbers=(ContactNumber("84951234567"),)))
    join(Settings())
    run, is_locked = archive.database.run, True

    async def refuse(work: Work[object], limit: float = LIMIT) -> object:
        if is_locked:
            raise StoreError(Problem.LOCKED)
        return await run(work, limit)

    monkeypatch.setattr(archive.database, "run", refuse)
    call = line.ring()
    await until(lambda: call.record_id in archive.journal._additions)
    await settle()
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
    is_locked = False
    line.clock.advance(LONGEST_RETRY)
    await until_named(archive, call.record_id, "Anna")


async def test_contacts_that_come_later_are_asked(
    join: Join, programs: Programs, line: Line, archive: CallArchive
) -> None:
    joined = join(Settings())
    call = line.ring()
    await until(lambda: (known := joined.callers.known(call.abonent_number)) is not None and known.is_complete)
    await programs.contacts.add(Contact(name="Anna", numbers=(ContactNumber("84951234567"),)))
    await until_named(archive, call.record_id, "Anna")


async def test_another_country_reads_numbers_anew(join: Join, programs: Programs, line: Line) -> None:
    await programs.contacts.add(Contact(name="Oksana", numbers=(ContactNumber("067 123 45 67"),)))
    joined = join(Settings())
    call = line.ring(number="+380671234567")
    await until(lambda: (known := joined.callers.known(call.abonent_number)) is not None and known.is_complete)
    assert joined.callers.known(call.abonent_number).name == ""  # type: ignore[union-attr]
    programs.set_up(Settings(numbers=Numbers("UA")))
    await until(lambda: (known := joined.callers.known(call.abonent_number)) is not None and known.name == "Oksana")


async def test_a_watched_folder_comes_and_goes(join: Join, programs: Programs, line: Line, tmp_path: Path) -> None:
    folder = tmp_path / "contacts"
    folder.mkdir()
    (folder / "people.csv").write_text("Name,Phone\nAnna,84951234567\n")
    joined = join(Settings(directory=DirectoryAndContacts(contacts_folder=str(folder))))
    while not await programs.contacts.sources():
        await until(lambda: bool(line.clock.timers))
        line.clock.advance(31)
        await settle()
    call = line.ring()
    await until(lambda: (known := joined.callers.known(call.abonent_number)) is not None and known.name == "Anna")
    programs.set_up(Settings())
    while await programs.contacts.sources():
        await settle()


async def test_files_of_one_name_from_two_folders_are_both_kept(programs: Programs, tmp_path: Path) -> None:
    contacts = programs.contacts
    for folder, number in (("a", "84951234567"), ("b", "84951234568"), ("c", "84951234569")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "people.csv").write_text(f"Name,Phone\n{folder},{number}\n")
        await contacts.import_file(tmp_path / folder / "people.csv")
    names = ["import:people (2).csv", "import:people (3).csv", "import:people.csv"]
    assert await contacts.sources() == dict.fromkeys(names, 1)
    # The same file once more takes the place of what it had before.
    (tmp_path / "b" / "people.csv").write_text("Name,Phone\nb,84951234568\nB,84951234560\n")
    await contacts.import_file(tmp_path / "b" / "people.csv")
    assert await contacts.sources() == dict.fromkeys(names, 1) | {"import:people (2).csv": 2}


async def test_a_damaged_file_of_contacts_is_said(programs: Programs, said: list[str], tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "contacts.db").write_bytes(b"no database" * 1000)
    assert await programs.contacts.sources() == {}
    await settle()
    assert said == ["Contacts"]
    assert list((tmp_path / "data").glob("contacts.damaged-*.db"))


async def test_the_webhook_is_down_for_an_hour_and_gets_all_once_and_in_order(
    join: Join, line: Line, archive: CallArchive, server: HttpServer, keys: FakeKeys, said: list[str]
) -> None:
    wanted = settings(webhook=f"{server.url}/calls")
    keys.kept[program_account(Program.WEBHOOK, wanted.integration)] = "signing key"
    server.answers = [(503, b"")]
    join(wanted)
    begun, number = line.clock.monotonic(), 0
    while line.clock.monotonic() < begun + 3600:
        number += 1
        asked = len(server.asked)
        line.whole_call(f"c{number}", f"7495{number:07}")
        await until(lambda: archive.journal.waiting == 0)
        line.clock.advance(LONGEST_WAIT * 1.3)
        await until(lambda asked=asked: len(server.asked) > asked)  # type: ignore[misc]
    assert said == ["Call events are not delivered"]
    failed = len(server.asked)
    server.answers = [(204, b"")]
    line.clock.advance(LONGEST_WAIT * 1.3)
    await until(lambda: len(server.asked) >= failed + 3 * number)
    await settle()
    delivered = server.asked[failed:]
    ids = [one.headers["X-Ctidesk-Event-Id"] for one in delivered]
    assert len(ids) == len(set(ids)) == 3 * number
    told = [msgspec.json.decode(one.body) for one in delivered]
    expected = [
        (kind, f"c{index}")
        for index in range(1, number + 1)
        for kind in ("callStarted", "callConnected", "callFinished")
    ]
    assert [(one["event"], one["call"]["callId"]) for one in told] == expected
    for one in delivered:
        assert one.headers["X-Ctidesk-Signature"] == signature(
            "signing key", one.headers["X-Ctidesk-Timestamp"], one.body
        )


async def test_the_network_is_back(join: Join, programs: Programs, line: Line, server: HttpServer) -> None:
    server.answers = [(503, b"")]
    join(settings(webhook=server.url))
    line.whole_call("c1")
    await until(lambda: bool(line.clock.timers) and bool(server.asked))
    await settle()
    server.answers = [(200, b"")]
    asked = len(server.asked)
    programs.network_available()
    await until(lambda: len(server.asked) >= asked + 3)


async def test_what_was_not_delivered_is_delivered_at_the_next_start(
    join: Join, programs: Programs, line: Line, archive: CallArchive, server: HttpServer
) -> None:
    server.answers = [(503, b"")]
    first = join(settings(webhook=server.url))
    line.whole_call("c1")
    await until(lambda: bool(server.asked))
    await first.close()
    server.answers = [(200, b"")]
    asked = len(server.asked)
    join(settings(webhook=server.url))
    await until(lambda: len(server.asked) == asked + 3)
    assert kinds(server)[asked:] == ["callStarted", "callConnected", "callFinished"]


async def test_a_receiver_that_is_taken_out_leaves_nothing_behind(
    join: Join, programs: Programs, line: Line, archive: CallArchive, server: HttpServer
) -> None:
    server.answers = [(503, b"")]
    join(settings(webhook=server.url))
    line.whole_call("c1")
    await until(lambda: bool(server.asked))
    programs.set_up(Settings())
    while await count(archive):
        await settle()
    line.whole_call("c2")
    await until(lambda: archive.journal.waiting == 0)
    assert await count(archive) == 0


async def test_creatio_finds_callers_and_gets_each_call(
    join: Join, line: Line, archive: CallArchive, keys: FakeKeys, creatio: CreatioServer
) -> None:
    anna = creatio.add_contact("Anna", "84951234567", company="Romashka")
    wanted = settings(creatio=Creatio(address=creatio.url, login=LOGIN))
    keys.kept[program_account(Program.CREATIO, wanted.integration)] = PASSWORD
    joined = join(wanted)
    call = line.ring()
    number = call.abonent_number
    await until(lambda: (known := joined.callers.known(number)) is not None and known.name == "Anna")
    line.answer(call)
    line.clock.advance(20)
    line.end(call)
    await until(lambda: bool(creatio.activities))
    [activity] = creatio.activities.values()
    assert (activity["Id"], activity["ContactId"]) == (str(call.record_id), anna)


async def test_creatio_and_webhook_do_not_wait_for_each_other(
    join: Join, line: Line, keys: FakeKeys, creatio: CreatioServer, server: HttpServer, said: list[str]
) -> None:
    wanted = settings(webhook=server.url, creatio=Creatio(address=creatio.url, login=LOGIN))
    keys.kept[program_account(Program.CREATIO, wanted.integration)] = "wrong"
    join(wanted)
    line.whole_call("c1")
    await until(lambda: len(server.asked) == 3)
    await until(lambda: "Calls are not saved in Creatio" in said)
    assert creatio.activities == {}


async def test_a_password_that_comes_later_saves_what_waited(
    join: Join, programs: Programs, line: Line, keys: FakeKeys, creatio: CreatioServer, said: list[str]
) -> None:
    wanted = settings(creatio=Creatio(address=creatio.url, login=LOGIN))
    join(wanted)
    await until(lambda: said == ["Creatio is not used"])
    line.whole_call("c1")
    await settle()
    assert creatio.logins == 0
    keys.kept[program_account(Program.CREATIO, wanted.integration)] = PASSWORD
    programs.keys_changed()
    await until(lambda: len(creatio.activities) == 1)


async def test_a_lookup_sends_its_authorization(join: Join, line: Line, keys: FakeKeys, server: HttpServer) -> None:
    server.answers = [(200, b'[{"fio": "Anna", "link": "https://crm.example/1"}]')]
    lookup = CallerLookup(address=server.url + "/?n={party}", name="fio", company="", card="link")
    wanted = settings(lookup=lookup, screen_pop=ScreenPop(PopMoment.BY_HAND, "{card}"))
    keys.kept[program_account(Program.LOOKUP, wanted.integration)] = "Bearer key"
    joined = join(wanted)
    call = line.ring()
    await until(lambda: joined.cards.offers(call))
    assert (server.asked[0].target, server.asked[0].headers["Authorization"]) == ("/?n=%2B74951234567", "Bearer key")


async def test_the_socket_follows_its_setting(
    join: Join, programs: Programs, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    path = tmp_path / "data" / "run" / NAME
    join(settings(event_socket=True))
    await until(path.is_socket)
    programs.set_up(Settings())
    await until(lambda: not path.exists())


async def test_settings_that_have_nothing_to_do_with_it_change_nothing(
    join: Join, programs: Programs, line: Line, server: HttpServer
) -> None:
    server.answers = [(200, b"{}")]
    wanted = settings(lookup=CallerLookup(address=server.url + "/{number}"))
    join(wanted)
    call = line.ring()
    await until(lambda: len(server.asked) == 1)
    programs.set_up(msgspec.structs.replace(wanted, sound=msgspec.structs.replace(wanted.sound, volume=1)))
    await settle()
    assert len(server.asked) == 1
    line.end(call)


async def test_closing_in_the_middle_of_everything(
    join: Join, line: Line, keys: FakeKeys, creatio: CreatioServer, server: HttpServer
) -> None:
    server.may_answer.clear()
    creatio.may_answer.clear()
    lookup = CallerLookup(address=server.url + "/{number}")
    wanted = settings(
        lookup=lookup, webhook=server.url, creatio=Creatio(address=creatio.url, login=LOGIN), event_socket=True
    )
    keys.kept[program_account(Program.CREATIO, wanted.integration)] = PASSWORD
    joined = join(wanted)
    line.whole_call("c1")
    line.ring("c2")
    await until(lambda: bool(server.asked))
    await joined.close()


async def test_a_trial_takes_what_is_typed(
    keys: FakeKeys, line: Line, creatio: CreatioServer, server: HttpServer
) -> None:
    creatio.add_contact("Anna", "84951234567")
    typed = settings(
        creatio=Creatio(address=creatio.url, login=LOGIN), lookup=CallerLookup(address=server.url + "/{number}")
    )
    [found] = await find(Source.CREATIO, typed, PASSWORD, keys, line.clock, "84951234567")
    assert found.name == "Anna"
    assert await find(Source.CREATIO, typed, PASSWORD, keys, line.clock, "") == ()
    with pytest.raises(LookupFailed, match="login or password"):
        await find(Source.CREATIO, typed, "", keys, line.clock, "84951234567")
    server.answers = [(200, b'{"name": "Boris"}')]
    [other] = await find(Source.LOOKUP, typed, "Bearer x", keys, line.clock, "84951234567")
    assert (other.name, server.asked[0].headers["Authorization"]) == ("Boris", "Bearer x")
