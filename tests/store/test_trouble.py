"""The file cannot be used: it is said once, calls go on, and nothing is lost."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ctidesk.cti.call import Call
from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.events import CallFinished, CallStarted
from ctidesk.cti.model import CtiModel
from ctidesk.store.database import Database, Problem, StoreError
from ctidesk.store.journal import Journal
from ctidesk.store.schema import JOURNAL
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.cti.watcher import incoming
from tests.store.conftest import written
from tests.waiting import until


def ring(provider: FakeProvider, number: int) -> Call:
    """Let a call ring and end."""
    call = incoming(f"c{number}", f"7916{number:07}")
    provider.tell(CallStarted(call), CallFinished(call))
    return call


async def missing(journal: Journal, calls: list[Call]) -> list[str]:
    await written(journal)
    return [call.id for call in calls if await journal.find(call.record_id) is None]


async def written_in_time(journal: Journal, clock: FakeClock) -> None:
    """Turn the clock until all is in the file: an attempt that is under way may still fail, and plan the next one."""
    while journal.waiting:
        clock.advance(120)
        await asyncio.sleep(0.001)


async def test_a_locked_file(
    journal: Journal,
    provider: FakeProvider,
    errors: list[CtiError],
    path: Path,
    clock: FakeClock,
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    calls = [ring(provider, 1)]
    await until(lambda: len(errors) == 1)
    assert errors[0].kind is ErrorKind.CALL_SAVING
    assert "another program" in errors[0].text
    assert "locked" in errors[0].raw
    calls += [ring(provider, 2), ring(provider, 3)]
    await until(lambda: len(clock.timers) == 2)
    clock.advance(1)
    await until(lambda: len(clock.timers) == 2 and not journal._writing.locked())
    assert len(errors) == 1
    assert journal.waiting == 3
    other.rollback()
    other.close()
    await written_in_time(journal, clock)
    assert await missing(journal, calls) == []
    assert journal.waiting == 0
    # The next trouble is another one.
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ring(provider, 4)
    await until(lambda: len(errors) == 2)
    other.close()


async def test_a_full_disk(
    journal: Journal, provider: FakeProvider, errors: list[CtiError], database: Database, clock: FakeClock
) -> None:
    calls = [ring(provider, 0)]
    await written(journal)

    def fill(connection: sqlite3.Connection) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    await database.run(fill)
    while not errors:
        # What is free within the pages of the file is used up first.
        call = incoming(f"c{len(calls)}", comment="x" * 1000)
        provider.tell(CallStarted(call), CallFinished(call))
        calls.append(call)
        await until(lambda: journal.waiting == 0 or bool(errors))
        # The connection is opened anew after an error and would forget the limit.
    assert "disk is full" in errors[0].text
    assert journal.waiting > 0
    await written_in_time(journal, clock)
    assert await missing(journal, calls) == []
    assert len(errors) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="files have no limit there")
async def test_files_that_may_not_grow(
    journal: Journal, provider: FakeProvider, errors: list[CtiError], path: Path, clock: FakeClock
) -> None:
    """No room for the database, nor for the file that bridges the time until it has a record."""
    import resource

    calls = [ring(provider, 0)]
    await written(journal)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    grown = path.with_name(path.name + "-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (grown + 20_000, usual[1]))
    try:
        for number in range(1, 100):
            call = incoming(f"c{number}", comment="x" * 1000)
            provider.tell(CallStarted(call), CallFinished(call))
            calls.append(call)
        await until(lambda: bool(errors))
        assert "disk" in errors[0].text
        assert journal.waiting > 0
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    await written_in_time(journal, clock)
    assert await missing(journal, calls) == []
    assert len(errors) == 1


async def test_a_spool_that_cannot_be_used(
    model: CtiModel,
    provider: FakeProvider,
    database: Database,
    errors: list[CtiError],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "file").touch()
    journal = Journal(model, database, spool=tmp_path / "file" / "spool", on_error=errors.append)
    await journal.open()
    calls = [ring(provider, number) for number in range(3)]
    assert await missing(journal, calls) == []
    assert errors == []
    assert caplog.text.count("spool cannot be used") == 1
    await journal.close()


@pytest.fixture
def folder_of_others() -> Iterator[Path]:
    """A folder that this process may read but not write into, also when it is root's."""
    if sys.platform == "win32":
        pytest.skip("folders have other rights there")
    folder = Path(tempfile.mkdtemp(prefix="ctidesk-"))
    folder.chmod(0o755)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    else:
        folder.chmod(0o555)
    yield folder
    os.seteuid(user)
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def allow(folder_of_others: Path) -> Callable[[], None]:
    """Call it to make the folder writable."""

    def make_writable() -> None:
        user = os.geteuid()
        if user == 65534:
            os.seteuid(0)
            os.chown(folder_of_others, user, -1)
            os.seteuid(user)
        else:
            folder_of_others.chmod(0o755)

    return make_writable


async def test_a_folder_that_may_not_be_written(
    model: CtiModel,
    provider: FakeProvider,
    errors: list[CtiError],
    folder_of_others: Path,
    allow: Callable[[], None],
    clock: FakeClock,
) -> None:
    database = Database(folder_of_others / "journal.db", JOURNAL)
    journal = Journal(model, database, on_error=errors.append)
    await journal.open()
    calls = [ring(provider, number) for number in range(3)]
    assert len(errors) == 1
    assert "may not write" in errors[0].text
    clock.advance(60)
    await until(lambda: not journal._writing.locked() and not journal._will_write)
    assert len(errors) == 1
    allow()
    await written_in_time(journal, clock)
    assert await missing(journal, calls) == []
    await journal.close()
    await database.close()


def header(path: Path) -> None:
    path.write_bytes(b"this is no database" * 1000)


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


def scratched(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))


@pytest.mark.parametrize("damage", [header, zeros, truncated, scratched])
async def test_a_damaged_file_is_set_aside(
    model: CtiModel,
    provider: FakeProvider,
    errors: list[CtiError],
    path: Path,
    damage: Callable[[Path], None],
    clock: FakeClock,
) -> None:
    database = Database(path, JOURNAL)
    before = Journal(model, database)
    await before.open()
    for number in range(20):
        ring(provider, number)
    await before.close()
    await database.close()
    damage(path)
    damaged = path.read_bytes()

    database = Database(path, JOURNAL)
    journal = Journal(model, database, on_error=errors.append)
    await journal.open()
    calls = [ring(provider, number) for number in range(20, 30)]
    assert await missing(journal, calls) == []
    await journal.close()
    await database.close()
    kept = list(path.parent.glob("journal.damaged-*.db"))
    assert [file.read_bytes() for file in kept] == [damaged]
    assert [(error.kind, kept[0].name in error.text) for error in errors] == [(ErrorKind.CALL_SAVING, True)]


async def test_damage_after_a_crash_is_found_at_the_start(tmp_path: Path) -> None:
    """A page that nobody reads for weeks is looked at when the last run has not closed the file."""
    path = tmp_path / "journal.db"
    database = Database(path, JOURNAL)
    await database.run(lambda connection: connection.execute("CREATE TABLE other (text)"))
    await database.run(lambda connection: connection.executemany("INSERT INTO other VALUES (?)", [("x" * 3000,)] * 100))
    await database.run(lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)"))
    await database.run(lambda connection: connection.execute("PRAGMA user_version = 1"))  # something in the log
    copy = tmp_path / "copy" / "journal.db"
    copy.parent.mkdir()
    shutil.copy(path, copy)
    shutil.copy(path.with_name("journal.db-wal"), copy.with_name("journal.db-wal"))
    await database.close()
    with copy.open("r+b") as file:
        file.seek(copy.stat().st_size - 3 * 4096)
        file.write(b"\xff" * 4096)
    database = Database(copy, JOURNAL)
    kept: list[Path] = []
    database.set_aside = kept.append
    await database.run(lambda connection: connection.execute("SELECT 1"))
    await until(lambda: bool(kept))
    await database.close()


async def test_a_file_of_a_newer_version_is_left_alone(
    model: CtiModel, provider: FakeProvider, errors: list[CtiError], path: Path
) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 1000")
        connection.execute("CREATE TABLE calls (future)")
    connection.close()
    database = Database(path, JOURNAL)
    journal = Journal(model, database, on_error=errors.append)
    await journal.open()
    call = ring(provider, 1)
    assert ["newer version" in error.text for error in errors] == [True]
    assert journal.waiting == 1
    await journal.close()
    await database.close()
    assert str(call.record_id).encode() in path.with_suffix(".spool").read_bytes()
    assert [file.name for file in sorted(path.parent.iterdir())] == ["journal.db", "journal.spool"]


async def test_migrations_go_on_where_the_file_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first = ("CREATE TABLE one (a)", "INSERT INTO one VALUES (1)")
    database = Database(path, (first,))
    await database.run(lambda connection: connection.execute("INSERT INTO one VALUES (2)"))
    await database.close()
    broken = Database(path, (first, ("ALTER TABLE one ADD b", "INSERT INTO nowhere VALUES (1)")))
    with pytest.raises(StoreError):
        await broken.run(lambda connection: None)
    await broken.close()
    database = Database(path, (first, ("ALTER TABLE one ADD b DEFAULT 5",)))
    rows = await database.run(lambda connection: connection.execute("SELECT * FROM one").fetchall())
    version = await database.run(lambda connection: connection.execute("PRAGMA user_version").fetchone())
    assert (rows, version) == ([(1, 5), (2, 5)], (2,))
    await database.close()


async def test_work_that_takes_too_long_is_broken_off(database: Database) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(StoreError) as caught:
        await database.run(lambda connection: connection.execute(endless).fetchone(), limit=0.01)
    assert caught.value.problem is Problem.TIMED_OUT
    assert await database.run(lambda connection: connection.execute("SELECT 1").fetchone()) == (1,)


async def test_work_that_fails_leaves_nothing_half_done(database: Database) -> None:
    def work(connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO outbox (receiver, event_id, body) VALUES ('x', 'a', 'b')")
        raise KeyError("a defect")

    with pytest.raises(KeyError):
        await database.run(work)
    assert await database.run(lambda connection: connection.execute("SELECT count(*) FROM outbox").fetchone()) == (0,)


async def test_a_closed_database_refuses(database: Database) -> None:
    await database.run(lambda connection: None)
    await database.close()
    await database.close()
    with pytest.raises(StoreError) as caught:
        await database.run(lambda connection: None)
    assert caught.value.problem is Problem.CLOSED
