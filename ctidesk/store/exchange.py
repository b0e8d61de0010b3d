"""The journal as a file: CSV for spreadsheets, JSON for programs and for another desk."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

import msgspec

from ctidesk.store import calls_table
from ctidesk.store.database import Database, StoreError, transaction
from ctidesk.store.exported_call import ExportedCall, exported, imported
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.plain_text import storable
from ctidesk.store.record import Outcome, StoredCall
from ctidesk.store.resting import Rests

PORTION = 100
"""Calls at a time: between two portions new calls are written."""
LONGEST_LINE = 16_000_000
MOST_REASONS = 100

Progress = Callable[[float], None]
"""Hears how much is done, from 0 to 1; called on the event loop."""


@dataclass(slots=True)
class ImportResult:
    """What became of the calls of a file.

    Attributes:
        added, updated, unchanged: how many.
        rejected: how many lines are no calls.
        reasons: the numbers of the first of them and what is wrong.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    reasons: list[tuple[int, str]] = field(default_factory=list)


async def export_csv(database: Database, path: Path, *, delimiter: str = ",", progress: Progress | None = None) -> int:
    """Write all calls into a CSV file that no spreadsheet takes for formulas; return how many there were.

    The file is UTF-8 with a mark that spreadsheets know, the oldest call comes first. It takes its place only when it
    is complete.

    Raises:
        StoreError: the journal cannot be read, or the file not be written.
    """

    def write(file: IO[str], calls: list[ExportedCall], is_first: bool) -> None:
        writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        if is_first:
            writer.writerow(ExportedCall.__struct_encode_fields__)
        for call in calls:
            fields = msgspec.to_builtins(call)
            writer.writerow([_cell(fields.get(name), delimiter) for name in ExportedCall.__struct_encode_fields__])

    return await _export(database, path, write, "utf-8-sig", progress)


async def export_json(database: Database, path: Path, *, progress: Progress | None = None) -> int:
    """Write all calls into a file with one JSON object in each line; return how many there were.

    Raises:
        StoreError: the journal cannot be read, or the file not be written.
    """

    def write(file: IO[str], calls: list[ExportedCall], is_first: bool) -> None:
        for call in calls:
            file.write(msgspec.json.encode(call).decode() + "\n")

    return await _export(database, path, write, "utf-8", progress)


async def import_json(
    database: Database, path: Path, plan: NumberPlan, *, progress: Progress | None = None
) -> ImportResult:
    """Take in the calls of a file that `export_json` has written; what the journal has is never lost.

    A call that is there already keeps its note and gets the other one added; the newer state of a call wins, and what
    one desk has seen or called back is done. A call that was going on when it was exported counts as interrupted.

    Raises:
        StoreError: the file cannot be read, or the journal not be written; what was taken in before stays.
    """
    result = ImportResult()
    reader = _LineReader(path)
    try:
        while await database.run(lambda connection: _import_portion(connection, reader, plan, result)):
            if progress is not None:
                progress(reader.done)
    finally:
        reader.close()
    return result


def safe_cell(text: str, delimiter: str = ",") -> str:
    """Return `text` so that a spreadsheet takes it for text: an apostrophe stands before what could be a formula.

    A number of digits alone, also with a plus, is no formula and stays as it is for other programs. A spreadsheet of a
    country with another `delimiter` than the file's takes no notice of most quotes: to it a cell may end in the middle.
    """
    clean = text.replace("\0", "")
    parts = re.split(rf"([{_CELL_ENDS.replace(delimiter, '')}])", clean)
    safe = "".join("'" + part if _is_formula(part) else part for part in parts)
    return "'" + safe if clean[:1] in ("\t", "\r", "\n") else safe


def _is_formula(part: str) -> bool:
    return _FORMULA.match(part) is not None and re.fullmatch(r"\+?\d{1,40}", part) is None


_FORMULA = re.compile(r"[\s\"]*[=+\-@|%＝＋－＠]")
_CELL_ENDS = ",;\t\r\n"
_Write = Callable[[IO[str], list[ExportedCall], bool], None]


def _cell(value: object, delimiter: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else ""
        case str():
            return safe_cell(value, delimiter)
        case _:
            return str(value)


async def _export(database: Database, path: Path, write: _Write, encoding: str, progress: Progress | None) -> int:
    number, key = 0, -1
    total: int = await database.run(lambda connection: connection.execute("SELECT count(*) FROM calls").fetchone()[0])
    unfinished = path.with_name(path.name + ".part")

    def portion(connection: sqlite3.Connection) -> tuple[int, int]:
        calls = list(calls_table.select(connection, "WHERE row > ? ORDER BY row LIMIT ?", (key, PORTION)))
        is_first = key < 0
        with unfinished.open("w" if is_first else "a", encoding=encoding if is_first else "utf-8", newline="") as file:
            write(file, [exported(call) for call in calls], is_first)
        return len(calls), calls[-1].key if calls else key

    try:
        while True:
            written, key = await database.run(portion)
            number += written
            if progress is not None:
                progress(min(1.0, number / total) if total else 1.0)
            if written < PORTION:
                break
        await database.run(lambda _: unfinished.replace(path))
    except BaseException:
        # In the same thread, so that a portion that is still being written comes before.
        with contextlib.suppress(StoreError):
            await database.run(lambda _: unfinished.unlink(missing_ok=True))
        raise
    return number


class _LineReader:
    """Reads a file in the database's thread and knows how far it is."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: io.BufferedReader | None = None
        self._size = 1
        self.done = 0.0
        self.number = 0

    def lines(self, number: int) -> list[bytes]:
        if self._file is None:
            self._file = self._path.open("rb")
            self._size = max(1, self._path.stat().st_size)
        file = self._file
        lines = list(islice(iter(lambda: file.readline(LONGEST_LINE), b""), number))
        self.done = min(1.0, file.tell() / self._size)
        return lines

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _import_portion(
    connection: sqlite3.Connection, reader: _LineReader, plan: NumberPlan, result: ImportResult
) -> bool:
    lines = reader.lines(PORTION)
    rests = Rests()
    with transaction(connection):
        for line in lines:
            rests.take()
            reader.number += 1
            text = line.strip().removeprefix(b"\xef\xbb\xbf")
            if not text:
                continue
            try:
                call = imported(_decoder.decode(text))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                result.rejected += 1
                if len(result.reasons) < MOST_REASONS:
                    result.reasons.append((reader.number, str(error)))
                continue
            _take_in(connection, call, plan, result)
    return bool(lines)


def _take_in(connection: sqlite3.Connection, call: StoredCall, plan: NumberPlan, result: ImportResult) -> None:
    known = calls_table.by_record_id(connection, call.record.record_id)
    if known is None:
        if call.record.outcome is Outcome.ONGOING:
            record = msgspec.structs.replace(call.record, outcome=Outcome.INTERRUPTED)
            call = msgspec.structs.replace(call, record=record)
        calls_table.insert_whole(connection, call, plan)
        result.added += 1
        return
    is_newer = (
        call.record.outcome is not Outcome.ONGOING and calls_table.save(connection, call.record, plan) is not None
    )
    note = _joined(known.note, storable(call.note))
    calls_table.annotate(
        connection,
        known.record.record_id,
        plan,
        note=note,
        disposition=known.disposition or call.disposition,
        contact_name=known.contact_name or call.contact_name,
    )
    calls_table.settle(connection, known.key, seen=call.seen, called_back=call.called_back)
    is_changed = is_newer or calls_table.by_key(connection, known.key) != known
    result.updated += is_changed
    result.unchanged += not is_changed


def _joined(note: str, other: str) -> str:
    if not other or other in note:
        return note
    return f"{note}\n{other}" if note else other


_decoder = msgspec.json.Decoder(ExportedCall)
