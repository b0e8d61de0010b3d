"""Calls are written down while they happen."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from ctidesk.cti.call import Call
from ctidesk.cti.errors import CtiError
from ctidesk.cti.events import (
    ActiveCallSnapshot,
    CallBusy,
    CallFinished,
    CallInfoChanged,
    CallSaved,
    CallStarted,
    CommutationStarted,
    Hold,
    Unhold,
)
from ctidesk.cti.model import CtiModel
from ctidesk.cti.values import CallDirection, CallState
from ctidesk.store.database import Database, StoreError
from ctidesk.store.journal import PROGRESS_INTERVAL, Journal
from ctidesk.store.record import Outcome, StoredCall
from ctidesk.store.schema import JOURNAL
from tests.cti.fake_clock import START, FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.cti.watcher import incoming, outgoing
from tests.store.conftest import written
from tests.waiting import until


async def stored(journal: Journal, call: Call | UUID) -> StoredCall:
    """Return what the file has of a call, once all is written."""
    await written(journal)
    found = await journal.find(call if isinstance(call, UUID) else call.record_id)
    assert found is not None
    return found


async def count(database: Database) -> int:
    number: int = await database.run(lambda connection: connection.execute("SELECT count(*) FROM calls").fetchone()[0])
    return number


def answer(provider: FakeProvider, call: Call) -> None:
    call.state = CallState.CONNECTED
    provider.tell(CommutationStarted(call))


async def test_a_call_is_written_when_it_rings(journal: Journal, provider: FakeProvider, clock: FakeClock) -> None:
    call = incoming(
        caller_name="Belova Anna", queue="Sales", line="trunk1", ivr="menu", comment="two\nlines", device_id="101"
    )
    provider.tell(CallStarted(call))
    found = await stored(journal, call)
    record = found.record
    assert record.outcome is Outcome.ONGOING
    assert record.direction is CallDirection.IN
    assert record.started == START
    assert (record.connected, record.ended) == (None, None)
    assert (record.call_id, record.account, record.device_number) == ("c1", "101", "101")
    assert (record.caller_number, record.called_number) == ("79161234567", "101")
    assert (record.caller_name, record.queue, record.line, record.ivr) == ("Belova Anna", "Sales", "trunk1", "menu")
    assert record.comment == "two\nlines"
    assert (found.name, found.number, found.party) == ("Belova Anna", "79161234567", "+79161234567")
    assert (found.seen, found.called_back, found.note) == (False, None, "")


async def test_a_talk_is_written_with_its_times(journal: Journal, provider: FakeProvider, clock: FakeClock) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    clock.advance(7)
    answer(provider, call)
    clock.advance(20)
    call.state = CallState.HOLDED
    provider.tell(Hold(call))
    clock.advance(5)
    call.state = CallState.CONNECTED
    provider.tell(Unhold(call))
    clock.advance(10)
    provider.tell(CallFinished(call))
    record = (await stored(journal, call)).record
    assert record.outcome is Outcome.ANSWERED
    assert (record.ring, record.talk, record.hold) == (7, 30, 5)
    assert record.connected == START + timedelta(seconds=7)
    assert record.ended == START + timedelta(seconds=42)
    assert record.recording_id == "c1"


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, Outcome.MISSED),
        ({"state_cause": "ORIGINATOR_CANCEL"}, Outcome.MISSED),
        ({"state_cause": "NO_ANSWER"}, Outcome.MISSED),
        ({"state_cause": "CALL_REJECTED"}, Outcome.DECLINED),
        ({"state_cause": "LOSE_RACE"}, Outcome.ANSWERED_ELSEWHERE),
        ({"state_cause": "PICKED_OFF"}, Outcome.ANSWERED_ELSEWHERE),
        ({"state_cause": "USER_BUSY"}, Outcome.BUSY),
        ({"redirection_id": "102"}, Outcome.TRANSFERRED),
        ({"state_cause": "BLIND_TRANSFER"}, Outcome.TRANSFERRED),
    ],
)
async def test_outcomes_of_a_ring(
    journal: Journal, provider: FakeProvider, fields: dict[str, object], outcome: Outcome
) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    for name, value in fields.items():
        setattr(call, name, value)
    provider.tell(CallFinished(call))
    record = (await stored(journal, call)).record
    assert record.outcome is outcome
    assert record.cause == fields.get("state_cause", "")
    assert record.transferred_to == fields.get("redirection_id", "")


@pytest.mark.parametrize(
    ("cause", "outcome"),
    [
        ("", Outcome.UNANSWERED),
        ("NO_ANSWER", Outcome.UNANSWERED),
        ("ORIGINATOR_CANCEL", Outcome.UNANSWERED),
        ("USER_BUSY", Outcome.BUSY),
        ("CALL_REJECTED", Outcome.DECLINED),
        ("UNALLOCATED_NUMBER", Outcome.FAILED),
        ("SOMETHING_NEW", Outcome.FAILED),
    ],
)
async def test_outcomes_of_a_call_out(journal: Journal, provider: FakeProvider, cause: str, outcome: Outcome) -> None:
    call = outgoing()
    provider.tell(CallStarted(call))
    call.state_cause = cause
    provider.tell(CallFinished(call))
    assert (await stored(journal, call)).record.outcome is outcome


async def test_a_busy_party(journal: Journal, provider: FakeProvider) -> None:
    call = outgoing()
    provider.tell(CallStarted(call))
    call.state = CallState.BUSY
    provider.tell(CallBusy(call), CallFinished(call))
    assert (await stored(journal, call)).record.outcome is Outcome.BUSY


async def test_a_declined_ring_was_not_missed(journal: Journal, provider: FakeProvider) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    call.declined = True
    provider.tell(CallFinished(call))
    assert (await stored(journal, call)).record.outcome is Outcome.DECLINED


async def test_an_attended_transfer_says_to_whom(journal: Journal, provider: FakeProvider, clock: FakeClock) -> None:
    main, consult = incoming(), outgoing(called_name="Boris")
    provider.tell(CallStarted(main))
    answer(provider, main)
    main.state = CallState.HOLDED
    provider.tell(Hold(main), CallStarted(consult))
    answer(provider, consult)
    clock.advance(9)
    provider.tell(CallFinished(consult), CallFinished(main))
    record = (await stored(journal, main)).record
    assert record.outcome is Outcome.TRANSFERRED
    assert (record.transferred_to, record.transferred_name) == ("102", "Boris")
    consulted = (await stored(journal, consult)).record
    assert consulted.outcome is Outcome.ANSWERED
    assert consulted.parent_id == main.record_id


async def test_a_consultation_that_ended_before_is_no_transfer(
    journal: Journal, provider: FakeProvider, clock: FakeClock
) -> None:
    main, consult = incoming(), outgoing()
    provider.tell(CallStarted(main))
    answer(provider, main)
    main.state = CallState.HOLDED
    provider.tell(Hold(main), CallStarted(consult))
    answer(provider, consult)
    provider.tell(CallFinished(consult))
    clock.advance(3)
    provider.tell(CallFinished(main))
    assert (await stored(journal, main)).record.outcome is Outcome.ANSWERED


async def test_the_record_stays_when_the_id_changes(
    journal: Journal, provider: FakeProvider, database: Database
) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    await written(journal)
    call.id, call.caller_name = "c1:renamed", "Anna"
    provider.tell(CallInfoChanged(call))
    found = await stored(journal, call)
    assert (found.record.call_id, found.name) == ("c1:renamed", "Anna")
    assert await count(database) == 1


async def test_two_calls_at_the_same_moment_are_both_there(
    journal: Journal, provider: FakeProvider, database: Database
) -> None:
    one, other = incoming("c1"), incoming("c2", "102")
    provider.tell(CallStarted(one), CallStarted(other))
    first, second = await stored(journal, one), await stored(journal, other)
    assert first.record.started == second.record.started
    assert second.key == first.key + 1


async def test_the_model_tells_what_is_saved(journal: Journal, model: CtiModel, provider: FakeProvider) -> None:
    saved: list[Call] = []
    model.events.subscribe(lambda event: saved.append(event.call) if isinstance(event, CallSaved) else None)
    changed: list[frozenset[UUID]] = []
    journal.changed.subscribe(changed.append)
    call = incoming()
    provider.tell(CallStarted(call))
    await until(lambda: len(saved) == 1)
    provider.tell(CallFinished(call))
    await until(lambda: len(saved) == 2)
    assert saved == [call, call]
    assert changed == [frozenset({call.record_id})] * 2


async def test_the_length_of_a_talk_is_written_while_it_lasts(
    journal: Journal, provider: FakeProvider, clock: FakeClock
) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    answer(provider, call)
    await written(journal)
    clock.advance(2 * PROGRESS_INTERVAL)
    assert (await stored(journal, call)).record.talk == 2 * PROGRESS_INTERVAL
    provider.tell(CallFinished(call))
    await written(journal)
    clock.advance(PROGRESS_INTERVAL)
    assert clock.timers == []


async def test_calls_left_open_are_interrupted_at_the_next_start(
    journal: Journal, provider: FakeProvider, model: CtiModel, path: Path, clock: FakeClock
) -> None:
    ringing, talking = incoming("c1"), outgoing("c2")
    provider.tell(CallStarted(ringing), CallStarted(talking))
    answer(provider, talking)
    clock.advance(PROGRESS_INTERVAL)
    await written(journal)
    database = Database(path, JOURNAL)
    later = Journal(model, database)  # as if this program had been started again
    await later.open()
    left = await stored(later, talking)
    assert left.record.outcome is Outcome.INTERRUPTED
    assert left.record.connected == START
    assert left.record.ended == START + timedelta(seconds=PROGRESS_INTERVAL)
    assert (await stored(later, ringing)).record.outcome is Outcome.INTERRUPTED
    # The run that is still there knows better.
    provider.tell(CallFinished(talking))
    assert (await stored(journal, talking)).record.outcome is Outcome.ANSWERED
    await later.close()
    await database.close()


async def test_a_call_that_goes_on_after_a_restart_stays_one_record(
    model: CtiModel, provider: FakeProvider, path: Path, clock: FakeClock
) -> None:
    database = Database(path, JOURNAL)
    before = Journal(model, database)
    await before.open()
    call = incoming()
    provider.tell(CallStarted(call))
    clock.advance(4)
    answer(provider, call)
    clock.advance(PROGRESS_INTERVAL)
    await written(before)
    await before._tasks.close()
    before._unsubscribe()
    model._line.finish_all("lost from sight", clock.monotonic(), clock.now())

    after = Journal(model, database)
    await after.open()
    again = incoming(state=CallState.CONNECTED)
    provider.tell(ActiveCallSnapshot((again,), again))
    clock.advance(6)
    provider.tell(CallFinished(again))
    found = await stored(after, again)
    assert found.record.record_id == call.record_id
    assert found.record.outcome is Outcome.ANSWERED
    assert (found.record.started, found.record.ring) == (START, 4)
    assert found.record.talk >= 6 + 26
    assert await count(database) == 1
    # Another call of the same party is another call.
    next_call = incoming()
    provider.tell(CallStarted(next_call))
    assert (await stored(after, next_call)).record.record_id == next_call.record_id
    await before.close()
    await after.close()
    await database.close()


async def test_closing_the_application_interrupts(
    provider: FakeProvider, database: Database, clock: FakeClock, path: Path
) -> None:
    model = CtiModel(provider, clock)
    journal = Journal(model, database)
    await journal.open()
    call = incoming()
    provider.tell(CallStarted(call))
    await model.close()
    await journal.close()
    found = await stored(journal, call)
    assert found.record.outcome is Outcome.INTERRUPTED
    assert path.with_suffix(".spool").read_bytes() == b""


async def test_what_happens_before_the_journal_is_open_is_written_then(
    model: CtiModel, provider: FakeProvider, database: Database
) -> None:
    journal = Journal(model, database)
    call = incoming()
    provider.tell(CallStarted(call))
    await journal.open()
    assert (await stored(journal, call)).record.outcome is Outcome.ONGOING
    await journal.close()


async def test_what_the_database_had_no_time_for_is_in_the_spool(
    model: CtiModel, provider: FakeProvider, database: Database, path: Path
) -> None:
    lost = Journal(model, database)  # never opened: its thread never gets to write
    rang, finished = incoming("c1"), outgoing("c2")
    provider.tell(CallStarted(rang), CallStarted(finished), CallFinished(finished))
    lost._unsubscribe()
    with path.with_suffix(".spool").open("ab") as file:
        file.write(b'\n{"record_id": "cut o')
    journal = Journal(model, database)
    await journal.open()
    assert (await stored(journal, rang)).record.outcome is Outcome.INTERRUPTED
    assert (await stored(journal, finished)).record.outcome is Outcome.UNANSWERED
    await journal.close()
    await lost.close()


async def test_notes_and_dispositions(journal: Journal, provider: FakeProvider) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    hostile = "<b>\u202eevil</b>\x1b[2J\nsecond line\0 \ud800 =cmd|' /C calc'!A0"
    await journal.annotate(call.record_id, note=hostile, disposition="sold", contact_name="Anna\x07\u202e Belova")
    provider.tell(CallFinished(call))
    found = await stored(journal, call)
    assert (found.disposition, found.name) == ("sold", "Anna Belova")
    assert found.note == hostile.replace("\0", "\ufffd").replace("\ud800", "?")
    assert found.note_text == "<b>evil</b>[2J\nsecond line\ufffd ? =cmd|' /C calc'!A0"
    await journal.annotate(call.record_id, note="")
    assert (await stored(journal, call)).disposition == "sold"


async def test_a_note_of_a_megabyte_is_kept_whole(journal: Journal, provider: FakeProvider) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    note = "ы" * 1_000_000
    await journal.annotate(call.record_id, note=note)
    assert (await stored(journal, call)).note == note


async def test_a_note_to_an_unknown_call_is_refused(journal: Journal) -> None:
    with pytest.raises(StoreError):
        await journal.annotate(uuid4(), note="x")


async def test_hostile_names_are_given_out_clean(journal: Journal, provider: FakeProvider) -> None:
    call = incoming(caller_name="\u202e<img src=x>\n\x00" + "A" * 1_000_000, caller_id="\ud800+7916")
    provider.tell(CallStarted(call))
    found = await stored(journal, call)
    assert found.name.startswith("<img src=x> \ufffdAAA")
    assert len(found.name) == 200
    assert found.number == "?+7916"


async def test_a_missed_call_is_called_back(journal: Journal, provider: FakeProvider, clock: FakeClock) -> None:
    missed, stranger = incoming("c1"), incoming("c2", "+380441234567")
    for call in (missed, stranger):
        provider.tell(CallStarted(call), CallFinished(call))
    clock.advance(60)
    unanswered = outgoing("c3", "8 916 123-45-67")
    provider.tell(CallStarted(unanswered), CallFinished(unanswered))
    assert (await stored(journal, missed)).called_back is None
    back = outgoing("c4", "8 916 123-45-67")
    provider.tell(CallStarted(back))
    answer(provider, back)
    assert (await stored(journal, missed)).called_back == START + timedelta(seconds=60)
    assert (await stored(journal, stranger)).called_back is None


async def test_the_files_are_the_users_alone(journal: Journal, provider: FakeProvider, path: Path) -> None:
    provider.tell(CallStarted(incoming()))
    await written(journal)
    for file in path.parent.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file
    assert path.parent.stat().st_mode & 0o077 == 0


async def test_times_are_stored_in_utc_and_directions_by_their_stable_ids(
    journal: Journal, provider: FakeProvider, path: Path
) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    await written(journal)
    with sqlite3.connect(path) as connection:
        row = connection.execute("SELECT started, direction FROM calls").fetchone()
    connection.close()
    assert row == (int(START.timestamp() * 1_000_000), "1d96a65f-2131-4916-8825-2d142b1000b2")


async def test_errors_go_to_the_model_by_default(model: CtiModel, provider: FakeProvider, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    database = Database(tmp_path / "file" / "journal.db", JOURNAL)
    told: list[CtiError] = []
    model.events.subscribe(lambda event: told.append(event.error) if hasattr(event, "error") else None)
    journal = Journal(model, database)
    await journal.open()
    assert [error.kind.name for error in told] == ["CALL_SAVING"]
    await journal.close()
    await database.close()
