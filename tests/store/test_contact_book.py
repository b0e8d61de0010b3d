"""Contacts are found at once and read without holding anything up."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ctidesk.store.contact import Contact, ContactNumber, KnownContact
from ctidesk.store.contact_book import OWN, ContactBook
from ctidesk.store.contact_folder import ContactFolder, contact_reader
from ctidesk.store.contact_schema import CONTACTS
from ctidesk.store.database import Database, StoreError
from ctidesk.store.numbers import NumberPlan
from tests.cti.fake_clock import FakeClock
from tests.waiting import until


@pytest.fixture
async def contacts(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "contacts.db", CONTACTS)
    yield database
    await database.close()


@pytest.fixture
async def book(contacts: Database) -> ContactBook:
    book = ContactBook(contacts, NumberPlan("RU"))
    await book.open()
    return book


def names(found: tuple[KnownContact, ...]) -> list[str]:
    return [one.name for one in found]


def write(path: Path, *people: str) -> Path:
    path.write_text("Name,Phone\n" + "".join(f"{one}\n" for one in people), "utf-8")
    return path


async def test_a_contact_is_found_by_any_form_of_its_numbers(book: ContactBook) -> None:
    numbers = (ContactNumber("101", "office"), ContactNumber("8 (916) 123-45-67", "mobile"))
    await book.add(Contact(name="Anna", numbers=numbers, company="Romashka", note="VIP"))
    (found,) = await book.lookup("+79161234567")
    assert (found.name, found.company, found.note, found.source) == ("Anna", "Romashka", "VIP", OWN)
    assert [one.label for one in found.numbers] == ["mobile", "office"]
    assert names(await book.lookup("101")) == ["Anna"]
    assert await book.lookup("102") == ()
    assert await book.lookup("") == ()


async def test_several_contacts_are_a_choice_with_the_own_one_first(book: ContactBook, tmp_path: Path) -> None:
    await book.read("a", contact_reader(write(tmp_path / "a.csv", "Shop,84951234567", "Director,84951234567")))
    await book.add(Contact(name="Mine", numbers=(ContactNumber("4951234567"),)))
    assert names(await book.lookup("+74951234567")) == ["Mine", "Shop", "Director"]


async def test_search(book: ContactBook, tmp_path: Path) -> None:
    await book.read("a", contact_reader(write(tmp_path / "a.csv", "Белова Анна,89161234567", "Королёв,101")))
    await book.add(Contact(name="", company="Анкор LLC", numbers=(ContactNumber("102"),)))
    assert names(await book.search("ан")) == ["Белова Анна", "Анкор LLC"]
    assert names(await book.search("королев")) == ["Королёв"]
    assert names(await book.search("8 916 1")) == ["Белова Анна"]
    assert names(await book.search("4567")) == ["Белова Анна"]
    assert names(await book.search("ан", 1)) == ["Белова Анна"]
    for nothing in ("", "  ", "***", "1", 'x"', "NEAR("):
        assert await book.search(nothing) == ()


async def test_a_file_takes_the_place_of_its_older_state(book: ContactBook, tmp_path: Path, contacts: Database) -> None:
    changes: list[None] = []
    book.changed.subscribe(lambda: changes.append(None))
    path = write(tmp_path / "a.csv", *(f"N{number},{number}" for number in range(1000, 1500)))
    assert await book.read("a", contact_reader(path), mark="1") == 500
    assert await book.read("b", contact_reader(write(tmp_path / "b.csv", "B,1000")), mark="1") == 1
    assert names(await book.lookup("1000")) == ["N1000", "B"]
    assert await book.read("a", contact_reader(write(path, "New,1001")), mark="2") == 1
    assert names(await book.lookup("1000")) == ["B"]
    assert names(await book.lookup("1001")) == ["New"]
    assert await book.sources() == {"a": ("2", 1), "b": ("1", 1)}
    await book.remove("b")
    assert await book.lookup("1000") == ()
    left = await contacts.run(
        lambda connection: [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("contacts", "contact_numbers")
        ]
    )
    assert left == [1, 1]
    assert len(changes) == 4


async def test_an_import_can_be_given_up_and_the_old_contacts_stay(book: ContactBook, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "Old,1000")
    await book.read("a", contact_reader(path))
    write(path, *(f"N{number},{number}" for number in range(1000, 3000)))
    steps: list[float] = []
    begun = asyncio.Event()

    def progress(done: float) -> None:
        steps.append(done)
        begun.set()

    reading = asyncio.ensure_future(book.read("a", contact_reader(path), progress=progress))
    await begun.wait()
    assert names(await book.lookup("1000")) == ["Old"]  # callers are looked up in between
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert names(await book.lookup("1000")) == ["Old"]
    assert steps[0] < 1
    await book.read("a", contact_reader(path), progress=steps.append)
    assert names(await book.lookup("2999")) == ["N2999"]
    assert names(await book.lookup("1000")) == ["N1000"]
    assert steps[-1] == 1.0


async def test_a_file_that_cannot_be_read_changes_nothing(book: ContactBook, tmp_path: Path) -> None:
    await book.read("a", contact_reader(write(tmp_path / "a.csv", "Old,1000")))
    with pytest.raises(StoreError):
        await book.read("a", contact_reader(tmp_path / "missing.csv"))
    assert names(await book.lookup("1000")) == ["Old"]


async def test_hostile_text_is_kept_and_given_out_clean(book: ContactBook, contacts: Database) -> None:
    hostile = "\u202e<img src=file:///etc/passwd>\x1b[2J\0\ud800 =1+1"
    found = await book.add(
        Contact(
            name=hostile, company=hostile, note="a\x07\r\n" + "ы" * 1_000_000, numbers=(ContactNumber("1\u202e01"),)
        )
    )
    assert found.name == found.company == "<img src=file:///etc/passwd>[2J\ufffd? =1+1"
    assert found.note.startswith("a\nыыы")
    assert len(found.note) < 21_000
    assert found.numbers == (ContactNumber("101"),)
    kept = await contacts.run(
        lambda connection: connection.execute("SELECT name, length(note) FROM contacts").fetchone()
    )
    assert kept == ("\u202e<img src=file:///etc/passwd>\x1b[2J\ufffd? =1+1", 1_000_004)


async def test_another_country_finds_the_contacts_anew(contacts: Database, tmp_path: Path) -> None:
    russian = ContactBook(contacts, NumberPlan("RU"))
    await russian.open()
    path = write(tmp_path / "a.csv", *(f"N{number},044 {number}" for number in range(1_000_000, 1_000_300)))
    await russian.read("a", contact_reader(path))
    assert await russian.lookup("+380441000299") == ()
    ukrainian = ContactBook(contacts, NumberPlan("UA"))
    await ukrainian.open()
    assert names(await ukrainian.lookup("+380441000299")) == ["N1000299"]


async def test_previews_are_read_in_the_thread(book: ContactBook, tmp_path: Path) -> None:
    preview = await book.preview(write(tmp_path / "a.csv", "Anna,101"))
    assert [one.name for one in preview.contacts] == ["Anna"]
    with pytest.raises(StoreError):
        await book.preview(tmp_path / "missing.csv")


async def test_a_folder_is_kept_in_step(
    book: ContactBook, contacts: Database, tmp_path: Path, clock: FakeClock
) -> None:
    folder = tmp_path / "shared"
    troubles: list[str] = []
    watched = ContactFolder(
        folder, book, contacts, clock, interval=30, trouble=lambda name, reason: troubles.append(name)
    )

    async def pass_time() -> None:
        await until(lambda: bool(clock.timers))
        clock.advance(30)
        await until(lambda: bool(clock.timers))

    watched.start()
    await pass_time()  # the folder is not there yet
    folder.mkdir()
    write(folder / "a.csv", "Anna,101")
    (folder / "b.vcf").write_text("BEGIN:VCARD\nFN:Boris\nTEL:102\nEND:VCARD\n")
    (folder / "ignored.exe").write_bytes(b"MZ")
    (folder / "folder.csv").mkdir()
    await pass_time()
    assert await book.lookup("101") == ()  # may still be written
    await pass_time()
    assert names(await book.lookup("101")) == ["Anna"]
    assert names(await book.lookup("102")) == ["Boris"]
    write(folder / "a.csv", "Anna Maria,101")
    os.utime(folder / "a.csv", (1, 1))
    await pass_time()
    write(folder / "a.csv", "Anna Maria Luisa,101")
    await pass_time()  # changed again in between
    assert names(await book.lookup("101")) == ["Anna"]
    await pass_time()
    assert names(await book.lookup("101")) == ["Anna Maria Luisa"]
    (folder / "b.vcf").unlink()
    await pass_time()
    assert names(await book.lookup("102")) == ["Boris"]
    await pass_time()
    assert await book.lookup("102") == ()
    moved = folder.rename(tmp_path / "unplugged")
    await pass_time()
    await pass_time()
    assert names(await book.lookup("101")) == ["Anna Maria Luisa"]
    moved.rename(folder)
    await watched.close()
    assert clock.timers == []
    assert troubles == []
