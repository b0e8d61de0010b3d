"""Reading and writing the journal's table of calls; to be called in the database's thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import IntFlag
from uuid import UUID

import msgspec

from ctidesk.cti.values import CallDirection
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.plain_text import digits_of, folded, storable
from ctidesk.store.record import CallRecord, Outcome, StoredCall
from ctidesk.store.search_marks import marks_of

CONTINUED_WITHIN = timedelta(hours=12)
"""How long after its last sign an interrupted call can still be found going on."""


class Stage(IntFlag):
    """What of a call's life has been told to others."""

    NONE = 0
    STARTED = 1
    CONNECTED = 2
    FINISHED = 4


def save(connection: sqlite3.Connection, record: CallRecord, plan: NumberPlan) -> StoredCall | None:
    """Write the newest state of a call; belongs into a transaction.

    Returns:
        The call as it is stored now, or None when the table has this state or a newer one.
    """
    record = _as_continued(connection, record)
    known = connection.execute(
        "SELECT row, revision FROM calls WHERE record_id = ?", (str(record.record_id),)
    ).fetchone()
    if known is None:
        key = _free_key(connection, microseconds(record.started))
        connection.execute(_INSERT, {"row": key, **_values(record, plan)})
    elif record.revision > known[1]:
        key = known[0]
        connection.execute(_UPDATE, {"row": key, **_values(record, plan)})
    else:
        return None
    index(connection, key, plan)
    call = by_key(connection, key)
    assert call is not None, "it was written in this transaction"
    if record.connected is not None:
        _mark_called_back(connection, call)
    return call


def close_open_calls(connection: sqlite3.Connection) -> list[StoredCall]:
    """End the calls of a run of the program that did not come to its end, at the last sign of each."""
    keys = [row[0] for row in connection.execute("SELECT row FROM calls WHERE outcome = 'ongoing'")]
    closed = []
    for key in keys:
        connection.execute(
            "UPDATE calls SET outcome = ?, ended = max(updated, started) WHERE row = ?",
            (Outcome.INTERRUPTED.value, key),
        )
        call = by_key(connection, key)
        assert call is not None, "the row was just found"
        closed.append(call)
    return closed


def reach_stages(connection: sqlite3.Connection, call: StoredCall) -> Stage:
    """Return the stages of `call` that were not told before, and take them for told."""
    record = call.record
    stages = Stage.STARTED
    if record.connected is not None:
        stages |= Stage.CONNECTED
    if record.outcome is not Outcome.ONGOING:
        stages |= Stage.FINISHED
    told = Stage(connection.execute("SELECT told FROM calls WHERE row = ?", (call.key,)).fetchone()[0])
    # A call that was taken for interrupted and goes on will be told to have finished once more.
    connection.execute("UPDATE calls SET told = ? WHERE row = ?", (int(stages), call.key))
    return stages & ~told


def annotate(
    connection: sqlite3.Connection,
    record_id: UUID,
    plan: NumberPlan,
    *,
    note: str | None = None,
    disposition: str | None = None,
    contact_name: str | None = None,
) -> StoredCall | None:
    """Write what was added to a call here; None leaves as it is. Returns None when there is no such call."""
    key = _key_of(connection, record_id)
    if key is None:
        return None
    for column, text in (("note", note), ("disposition", disposition), ("contact_name", contact_name)):
        if text is not None:
            connection.execute(f"UPDATE calls SET {column} = ? WHERE row = ?", (storable(text), key))  # noqa: S608
    index(connection, key, plan)
    return by_key(connection, key)


def settle(connection: sqlite3.Connection, key: int, *, seen: bool, called_back: datetime | None) -> None:
    """Take note that a missed call was seen or called back; what is known of it already stays."""
    connection.execute(
        "UPDATE calls SET seen = max(seen, ?), called_back = coalesce(called_back, ?) WHERE row = ?",
        (seen, None if called_back is None else microseconds(called_back), key),
    )


def set_party(connection: sqlite3.Connection, call: StoredCall, plan: NumberPlan) -> None:
    """Read by another plan who the other party is."""
    connection.execute("UPDATE calls SET party = ? WHERE row = ?", (plan.party(call.record.abonent_number), call.key))
    index(connection, call.key, plan)


def index(connection: sqlite3.Connection, key: int, plan: NumberPlan) -> None:
    """Write what a search looks through."""
    row = connection.execute(
        "SELECT caller_name, called_name, contact_name, queue, line, note, disposition, transferred_name,"
        " caller_number, called_number, party, direction, outcome FROM calls WHERE row = ?",
        (key,),
    ).fetchone()
    *words, caller_number, called_number, party, direction, outcome = row
    marks = marks_of(direction, outcome)
    number = caller_number if direction == str(_IN) else called_number
    digits = dict.fromkeys(part for part in (digits_of(number), digits_of(party)) if part)
    connection.execute(
        "UPDATE calls SET search_words = :words, search_digits = :digits"
        " WHERE row = :row AND (search_words <> :words OR search_digits <> :digits)",
        {
            "words": f"{folded(' '.join(part for part in words if part))} {marks}",
            "digits": " ".join((*digits, marks)),
            "row": key,
        },
    )


def by_key(connection: sqlite3.Connection, key: int) -> StoredCall | None:
    """Return the call with this key."""
    return next(select(connection, "WHERE row = ?", (key,)), None)


def by_record_id(connection: sqlite3.Connection, record_id: UUID) -> StoredCall | None:
    """Return the call with this record id, or that was continued under it."""
    key = _key_of(connection, record_id)
    return None if key is None else by_key(connection, key)


def select(connection: sqlite3.Connection, rest: str, values: tuple[object, ...]) -> Iterator[StoredCall]:
    """Yield the calls that a SELECT with `rest` after the table's name finds."""
    for row in connection.execute(f"SELECT {SELECTED} FROM calls {rest}", values):  # noqa: S608
        yield stored_call(row)


def insert_whole(connection: sqlite3.Connection, call: StoredCall, plan: NumberPlan) -> None:
    """Write a call with all that was added to it, as an export holds it; there is none with this record id."""
    key = _free_key(connection, microseconds(call.record.started))
    connection.execute(_INSERT, {"row": key, **_values(call.record, plan)})
    connection.execute(
        "UPDATE calls SET contact_name = ?, note = ?, disposition = ?, seen = ?, called_back = ?, told = ?"
        " WHERE row = ?",
        (
            storable(call.contact_name),
            storable(call.note),
            storable(call.disposition),
            call.seen,
            None if call.called_back is None else microseconds(call.called_back),
            _ALL_STAGES,
            key,
        ),
    )
    index(connection, key, plan)


def microseconds(moment: datetime) -> int:
    """Return a moment as whole microseconds since 1970, UTC."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(stored: int | None) -> datetime | None:
    """Return the moment of stored microseconds."""
    return None if stored is None else _EPOCH + timedelta(microseconds=stored)


def stored_call(row: tuple[object, ...]) -> StoredCall:
    """Return the call in a row of `SELECTED`."""
    fields = dict(zip(_SELECTED_COLUMNS, row, strict=True))
    times = {name: moment_of(msgspec.convert(fields[name], int | None)) for name in _TIMES}
    record = msgspec.convert(
        {name: fields[_COLUMN_OF.get(name, name)] for name in _RECORD_FIELDS} | times, CallRecord, strict=False
    )
    return msgspec.convert(
        {name: fields[name] for name in ("party", "contact_name", "note", "disposition", "seen")}
        | {
            "key": fields["row"],
            "record": record,
            "called_back": moment_of(msgspec.convert(fields["called_back"], int | None)),
        },
        StoredCall,
        strict=False,
    )


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALL_STAGES = int(Stage.STARTED | Stage.CONNECTED | Stage.FINISHED)
_TIMES = ("started", "connected", "ended")
_COLUMN_OF = {"direction_id": "direction"}
_RECORD_FIELDS = tuple(name for name in CallRecord.__struct_fields__ if name != "is_restored")
_RECORD_COLUMNS = tuple(_COLUMN_OF.get(name, name) for name in _RECORD_FIELDS)
_ADDED_COLUMNS = ("party", "contact_name", "note", "disposition", "seen", "called_back")
_SELECTED_COLUMNS = ("row", *_RECORD_COLUMNS, *_ADDED_COLUMNS)
SELECTED = ", ".join(f"calls.{column}" for column in _SELECTED_COLUMNS)
"""The columns that make a `StoredCall`, for a SELECT."""

_WRITTEN = (*_RECORD_COLUMNS, "party", "updated")
_INSERT = f"INSERT INTO calls (row, {', '.join(_WRITTEN)}) VALUES (:row, {', '.join(':' + one for one in _WRITTEN)})"  # noqa: S608
# The start of a call is its key and never changes. Of a call that goes on after a restart its first answer counts.
_KEPT = {
    "record_id": "record_id",
    "started": "started",
    "connected": "coalesce(connected, :connected)",
    "ring": "CASE WHEN connected IS NULL THEN :ring ELSE ring END",
}
_CHANGES = ", ".join(f"{column} = {_KEPT.get(column, ':' + column)}" for column in _WRITTEN)
_UPDATE = f"UPDATE calls SET {_CHANGES} WHERE row = :row"  # noqa: S608


def _values(record: CallRecord, plan: NumberPlan) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, column in zip(_RECORD_FIELDS, _RECORD_COLUMNS, strict=True):
        value = getattr(record, name)
        match value:
            case datetime():
                values[column] = microseconds(value)
            case UUID() | Outcome():
                values[column] = str(value)
            case _:
                values[column] = value
    values["party"] = plan.party(record.abonent_number)
    values["updated"] = microseconds(_last_sign(record))
    return values


def _last_sign(record: CallRecord) -> datetime:
    """When the call was certainly going on: its start and what it has lasted since."""
    if record.ended is not None:
        return record.ended
    begun = record.connected or record.started
    lasted = record.talk + record.hold if record.connected is not None else record.ring
    return begun + timedelta(seconds=lasted)


def _free_key(connection: sqlite3.Connection, key: int) -> int:
    while connection.execute("SELECT 1 FROM calls WHERE row = ?", (key,)).fetchone() is not None:
        key += 1
    return key


def _key_of(connection: sqlite3.Connection, record_id: UUID) -> int | None:
    row = connection.execute(
        "SELECT row FROM calls WHERE record_id ="
        " coalesce((SELECT kept_record_id FROM continued_calls WHERE record_id = :id), :id)",
        {"id": str(record_id)},
    ).fetchone()
    return None if row is None else int(row[0])


def _mark_called_back(connection: sqlite3.Connection, call: StoredCall) -> None:
    if call.party and call.record.connected is not None:
        connection.execute(
            "UPDATE calls SET called_back = ?"
            " WHERE party = ? AND called_back IS NULL AND outcome = 'missed' AND row < ?",
            (microseconds(call.record.connected), call.party, call.key),
        )


def _as_continued(connection: sqlite3.Connection, record: CallRecord) -> CallRecord:
    """Return the record as the next state of the interrupted call that it goes on with, if there is one."""
    row = connection.execute(
        "SELECT kept_record_id, revision, talk, hold FROM continued_calls WHERE record_id = ?", (str(record.record_id),)
    ).fetchone()
    if row is None and record.is_restored:
        row = _continue(connection, record)
    if row is None:
        return record
    kept_id, revision, talk, hold = row
    return msgspec.structs.replace(
        record,
        record_id=UUID(kept_id),
        revision=record.revision + revision,
        talk=record.talk + talk,
        hold=record.hold + hold,
    )


def _continue(connection: sqlite3.Connection, record: CallRecord) -> tuple[str, int, float, float] | None:
    number = "caller_number" if record.direction_id == _IN else "called_number"
    row: tuple[str, int, float, float] | None = connection.execute(
        "SELECT record_id, revision, talk, hold FROM calls"  # noqa: S608 - one of two names from above
        f" WHERE call_id = ? AND account = ? AND direction = ? AND {number} = ? AND outcome = ? AND updated > ?"
        " ORDER BY row DESC LIMIT 1",
        (
            record.call_id,
            record.account,
            str(record.direction_id),
            record.abonent_number,
            Outcome.INTERRUPTED.value,
            microseconds(record.started - CONTINUED_WITHIN),
        ),
    ).fetchone()
    if row is None:
        return None
    # The row of the record's first state, written before it was known to be a continuation.
    connection.execute("DELETE FROM calls WHERE record_id = ?", (str(record.record_id),))
    connection.execute(
        "INSERT INTO continued_calls (record_id, kept_record_id, revision, talk, hold) VALUES (?, ?, ?, ?, ?)",
        (str(record.record_id), *row),
    )
    return row


_IN = CallDirection.IN.value
