"""Exports, imports and forgetting."""

from __future__ import annotations

import asyncio
import csv
import io
import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ctidesk.cti.values import CallDirection
from ctidesk.store import calls_table
from ctidesk.store.database import Database, Problem, StoreError, transaction
from ctidesk.store.exchange import export_csv, export_json, import_json, safe_cell
from ctidesk.store.history import History, HistoryFilter
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.record import CallRecord, Outcome, StoredCall
from ctidesk.store.retention import remove_older
from ctidesk.store.schema import JOURNAL
from tests.store.many_calls import add_many_calls

PLAN = NumberPlan("RU")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[Database]:
    """The journal of another desk."""
    database = Database(tmp_path / "other" / "journal.db", JOURNAL)
    yield database
    await database.close()


def a_call(minutes: float = 0, **fields: object) -> StoredCall:
    record = CallRecord(
        record_id=uuid4(),
        revision=2,
        call_id="c",
        direction_id=CallDirection.IN.value,
        started=START + timedelta(minutes=minutes),
        outcome=Outcome.ANSWERED,
        connected=START + timedelta(minutes=minutes, seconds=3.5),
        caller_number="+79161234567",
        caller_name="Белова Анна",
    )
    own = {name: fields.pop(name) for name in tuple(fields) if name in CallRecord.__struct_fields__}
    return msgspec.structs.replace(
        StoredCall(key=0, record=msgspec.structs.replace(record, **own)),
        **fields,
    )


async def put(database: Database, *calls: StoredCall) -> None:
    def work(connection: sqlite3.Connection) -> None:
        with transaction(connection):
            for call in calls:
                calls_table.insert_whole(connection, call, PLAN)

    await database.run(work)


async def everything(database: Database) -> list[StoredCall]:
    return await database.run(lambda connection: list(calls_table.select(connection, "ORDER BY row", ())))


async def test_csv_is_safe_and_complete(database: Database, tmp_path: Path) -> None:
    await put(
        database,
        a_call(1, caller_name=EVIL, queue='a;b,"c"', note="line\n=two", disposition="@sum"),
        a_call(0, caller_number="-1+1", comment="\t=1"),
    )
    steps: list[float] = []
    assert await export_csv(database, tmp_path / "calls.csv", progress=steps.append) == 2
    assert steps == [1.0]
    data = (tmp_path / "calls.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True)))
    assert [row["callerName"] for row in rows] == ["Белова Анна", "'" + EVIL]
    assert [row["callerNumber"] for row in rows] == ["'-1+1", "+79161234567"]
    assert (rows[0]["comment"], rows[1]["note"], rows[1]["disposition"]) == ("'\t'=1", "line\n'=two", "'@sum")
    assert (rows[1]["queue"], rows[1]["direction"]) == ('a;b,"c"', "IN")
    assert rows[0]["started"] == "2026-03-02T09:00:00Z"
    assert rows[0]["connected"] == "2026-03-02T09:00:03.500000Z"
    assert list(tmp_path.glob("*.part")) == []


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert cell.replace("'", "") == text.replace("\0", "").replace("'", "")
    assert cell.lstrip()[:1] not in tuple("=-@") or cell.startswith("'")
    assert not cell.startswith(("\t", "\r", "\n"))


@given(st.lists(st.text('=+-@a1 ;,\t\n"'), min_size=1), st.sampled_from(",;"), st.sampled_from(",;\t"))
@example(["a", "x;=1"], ",", ";")
@example(["a", 'x;"=1"'], ",", ";")
@example(["a", "x\n=1"], ",", ";")
def test_no_spreadsheet_of_any_country_sees_a_formula(texts: list[str], written: str, read: str) -> None:
    """Which sign ends a cell is a matter of the country; by another one the quotes within a line mean nothing."""
    file = io.StringIO(newline="")
    cells = [safe_cell(text, written) for text in texts]
    csv.writer(file, delimiter=written, quoting=csv.QUOTE_ALL).writerow(["id", *cells])
    seen = [cell for row in csv.reader(io.StringIO(file.getvalue(), newline=""), delimiter=read) for cell in row]
    for cell in seen:
        assert not cell.strip(' "').startswith(("=", "+", "-", "@")) or re.fullmatch(r'[" ]*\+?\d+[" ]*', cell), seen


async def test_the_delimiter_can_be_that_of_the_country(database: Database, tmp_path: Path) -> None:
    await put(database, a_call(caller_name="A;B"))
    await export_csv(database, tmp_path / "calls.csv", delimiter=";")
    with (tmp_path / "calls.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["callerName"] for row in csv.DictReader(file, delimiter=";")] == ["A;B"]


@pytest.mark.parametrize(
    "text", ["+79161234567", "101", "Anna", "", "a=b", "'=1", "<b>", "call +7 495", "x, -1", "a; b"]
)
def test_harmless_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


async def test_what_another_desk_has_done_about_a_call_is_taken_in(
    database: Database, other: Database, tmp_path: Path
) -> None:
    missed = a_call(outcome=Outcome.MISSED, connected=None)
    done = msgspec.structs.replace(missed, seen=True, called_back=START + timedelta(hours=1))
    await put(database, missed)
    await put(other, done)
    await export_json(other, tmp_path / "calls.json")
    result = await import_json(database, tmp_path / "calls.json", PLAN)
    assert (result.updated, result.unchanged) == (1, 0)
    (call,) = await everything(database)
    assert (call.seen, call.called_back) == (done.seen, done.called_back)
    await put(other, missed_later := a_call(5, outcome=Outcome.MISSED, connected=None))
    await put(database, msgspec.structs.replace(missed_later, seen=True, called_back=START))
    await export_json(other, tmp_path / "calls.json")
    result = await import_json(database, tmp_path / "calls.json", PLAN)
    assert (result.updated, result.unchanged) == (0, 2)


async def test_another_desk_takes_all_in(database: Database, other: Database, tmp_path: Path) -> None:
    calls = [
        a_call(
            number,
            note="x\n\u202e<b>" if number % 2 else "",
            disposition="sold",
            contact_name="Анна",
            seen=number % 3 == 0,
            called_back=START if number % 5 == 0 else None,
            outcome=list(Outcome)[number % len(Outcome)],
            parent_id=uuid4() if number % 7 == 0 else None,
            transferred_to="102",
            cause="NORMAL_CLEARING",
        )
        for number in range(1200)
    ]
    await put(database, *calls)
    file = tmp_path / "calls.json"
    steps: list[float] = []
    assert await export_json(database, file) == 1200
    result = await import_json(other, file, PLAN, progress=steps.append)
    assert (result.added, result.updated, result.unchanged, result.rejected) == (1200, 0, 0, 0)
    assert steps == sorted(steps)
    assert steps[-1] == 1.0
    taken_in = await everything(other)
    for before, after in zip(await everything(database), taken_in, strict=True):
        if before.record.outcome is Outcome.ONGOING:
            record = msgspec.structs.replace(before.record, outcome=Outcome.INTERRUPTED)
            assert after == msgspec.structs.replace(before, record=record)
        else:
            assert after == before
    found = await History(other, PLAN).page(HistoryFilter.ALL, search="белова")
    assert found.entries
    # Once more changes nothing.
    result = await import_json(other, file, PLAN)
    assert (result.added, result.updated, result.unchanged) == (0, 0, 1200)
    assert await everything(other) == taken_in


async def test_an_import_loses_nothing(database: Database, other: Database, tmp_path: Path) -> None:
    call = a_call(note="theirs", disposition="theirs", contact_name="Theirs")
    newer = msgspec.structs.replace(
        call, record=msgspec.structs.replace(call.record, revision=5, outcome=Outcome.TRANSFERRED)
    )
    await put(other, newer)
    await put(database, msgspec.structs.replace(call, note="ours", disposition="ours", contact_name=""))
    await export_json(other, tmp_path / "a.json")
    result = await import_json(database, tmp_path / "a.json", PLAN)
    assert (result.added, result.updated) == (0, 1)
    (merged,) = await everything(database)
    assert (merged.note, merged.disposition, merged.contact_name) == ("ours\ntheirs", "ours", "Theirs")
    assert merged.record.outcome is Outcome.TRANSFERRED
    # An older state does not come back.
    await export_json(database, tmp_path / "b.json")
    older = msgspec.structs.replace(call, record=msgspec.structs.replace(call.record, revision=1))
    (tmp_path / "b.json").write_bytes(
        (tmp_path / "b.json").read_bytes().replace(b'"revision":5', b'"revision":1').replace(b"transferred", b"missed")
    )
    assert older.record.revision == 1
    result = await import_json(database, tmp_path / "b.json", PLAN)
    assert (result.updated, result.unchanged) == (0, 1)
    assert (await everything(database))[0].record.outcome is Outcome.TRANSFERRED


async def test_lines_that_are_no_calls_are_told(database: Database, tmp_path: Path) -> None:
    await put(database, a_call())
    file = tmp_path / "a.json"
    await export_json(database, file)
    good = file.read_bytes()
    file.write_bytes(b"\xef\xbb\xbf" + good + b"\n{}\n[1\n\xff\xfe\n" + good.replace(b"answered", b"evaporated"))
    result = await import_json(database, file, PLAN)
    assert (result.unchanged, result.rejected) == (1, 4)
    assert [line for line, _ in result.reasons] == [3, 4, 5, 6]


async def test_a_file_that_cannot_be_written_is_told(database: Database, tmp_path: Path) -> None:
    await put(database, a_call())
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as caught:
        await export_csv(database, tmp_path / "file" / "calls.csv")
    assert caught.value.problem is Problem.READ_ONLY
    with pytest.raises(StoreError):
        await import_json(database, tmp_path / "missing.json", PLAN)
    assert len(await everything(database)) == 1


async def test_an_export_that_is_given_up_leaves_no_file(database: Database, tmp_path: Path) -> None:
    await database.run(lambda connection: add_many_calls(connection, 2000))
    begun = asyncio.Event()
    export = asyncio.ensure_future(export_csv(database, tmp_path / "a.csv", progress=lambda _: begun.set()))
    await begun.wait()
    export.cancel()
    with pytest.raises(asyncio.CancelledError):
        await export
    await database.run(lambda _: None)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


async def test_old_calls_are_forgotten_and_their_room_given_back(database: Database, path: Path) -> None:
    await database.run(lambda connection: add_many_calls(connection, 3000), 60)
    await database.run(lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
    before = path.stat().st_size
    newest = (await everything(database))[-1].record.started
    ongoing = a_call(-1e6, outcome=Outcome.ONGOING)
    await put(database, ongoing)
    cut = newest - timedelta(minutes=3 * 100) + timedelta(seconds=1)
    assert await remove_older(database, cut) == 2900
    left = await everything(database)
    assert len(left) == 101
    assert left[0].record.record_id == ongoing.record.record_id
    assert min(call.record.started for call in left[1:]) >= cut
    assert path.stat().st_size < before / 4
    page = await History(database, PLAN).page(HistoryFilter.ALL, search="белова", limit=200)
    assert 0 < len(page.entries) < 100
    await database.run(check_search_tables)
    assert await remove_older(database, cut) == 0


def check_search_tables(connection: sqlite3.Connection) -> None:
    for table in ("call_words", "call_digits"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
