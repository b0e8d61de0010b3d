"""Looking through the calls."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ctidesk.cti.values import CallDirection
from ctidesk.store import calls_table, search_marks
from ctidesk.store.calls_table import by_key
from ctidesk.store.database import Database, transaction
from ctidesk.store.history import COUNT_MISSED, History, HistoryFilter, HistoryPage, page_statement
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.record import CallRecord, Outcome, StoredCall
from ctidesk.store.schema import SHORT_NUMBERS
from tests.store.many_calls import add_many_calls

PLAN = NumberPlan("RU")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
IN, OUT = CallDirection.IN, CallDirection.OUT


@pytest.fixture
def history(database: Database) -> History:
    return History(database, PLAN, UTC)


async def add(
    database: Database,
    minutes: float,
    number: str = "+79161234567",
    outcome: Outcome = Outcome.ANSWERED,
    direction: CallDirection = IN,
    *,
    name: str = "",
    queue: str = "",
    **added: str,
) -> CallRecord:
    """Write a call that began so many minutes after `START`, with notes as `added`."""
    started = START + timedelta(minutes=minutes)
    record = CallRecord(
        record_id=uuid4(),
        revision=1,
        call_id=f"c{minutes}",
        direction_id=direction.value,
        started=started,
        outcome=outcome,
        connected=started if outcome is Outcome.ANSWERED else None,
        caller_number=number if direction is IN else "",
        called_number=number if direction is not IN else "",
        caller_name=name,
        queue=queue,
    )

    def work(connection: sqlite3.Connection) -> None:
        with transaction(connection):
            assert calls_table.save(connection, record, PLAN) is not None
            if added:
                calls_table.annotate(connection, record.record_id, PLAN, **added)

    await database.run(work)
    return record


def ids(page: HistoryPage) -> list[str]:
    return [entry.call.record.call_id for entry in page.entries]


async def test_the_newest_call_comes_first(history: History, database: Database) -> None:
    for minutes in (5, 1, 3):
        await add(database, minutes)
    page = await history.page(HistoryFilter.ALL)
    assert ids(page) == ["c5", "c3", "c1"]
    assert page.older is None


async def test_filters(history: History, database: Database) -> None:
    await add(database, 1, "101", Outcome.MISSED)
    await add(database, 2, "102", Outcome.ANSWERED_ELSEWHERE)
    await add(database, 3, "103", Outcome.DECLINED)
    await add(database, 4, "104", Outcome.UNANSWERED, OUT)
    await add(database, 5, "105", Outcome.ANSWERED, CallDirection.UNKNOWN)
    assert ids(await history.page(HistoryFilter.ALL)) == ["c5", "c4", "c3", "c2", "c1"]
    assert ids(await history.page(HistoryFilter.MISSED)) == ["c2", "c1"]
    assert ids(await history.page(HistoryFilter.IN)) == ["c3", "c2", "c1"]
    assert ids(await history.page(HistoryFilter.OUT)) == ["c4"]


async def test_pages_follow_each_other_without_gap_or_repetition(history: History, database: Database) -> None:
    for minutes in range(25):
        await add(database, minutes, f"10{minutes}")
    before, found = None, []
    for _ in range(3):
        page = await history.page(HistoryFilter.ALL, before=before, limit=10)
        found += ids(page)
        before = page.older
        await add(database, 100 + len(found))  # what comes in the meantime moves nothing
    assert found == [f"c{minutes}" for minutes in reversed(range(25))]
    assert before is None


async def test_repeated_missed_calls_are_one_line(history: History, database: Database) -> None:
    await add(database, 1, "+79161234567", Outcome.MISSED)
    await add(database, 2, "8 916 123-45-67", Outcome.MISSED)
    newest = await add(database, 3, "79161234567", Outcome.MISSED)
    await add(database, 4, "102", Outcome.MISSED)
    await add(database, 5, "", Outcome.MISSED)
    await add(database, 6, "", Outcome.MISSED)  # nobody is the same as nobody
    page = await history.page(HistoryFilter.MISSED)
    assert ids(page) == ["c6", "c5", "c4", "c3"]
    assert [entry.count for entry in page.entries] == [1, 1, 1, 3]
    assert page.entries[-1].folded[0] == newest.record_id
    # A line is whole at the end of a page.
    page = await history.page(HistoryFilter.MISSED, limit=3)
    rest = await history.page(HistoryFilter.MISSED, before=page.older, limit=1)
    assert [entry.count for entry in rest.entries] == [3]
    assert rest.older is None


async def test_missed_calls_of_different_days_or_fates_are_different_lines(
    history: History, database: Database
) -> None:
    await add(database, -10 * 60, outcome=Outcome.MISSED)
    await add(database, 0, outcome=Outcome.MISSED)
    await add(database, 1, outcome=Outcome.ANSWERED, direction=OUT)
    await add(database, 2, outcome=Outcome.MISSED)
    page = await history.page(HistoryFilter.MISSED)
    assert [(entry.day, entry.count, entry.wants_call_back) for entry in page.entries] == [
        (date(2026, 3, 2), 1, True),
        (date(2026, 3, 2), 1, False),
        (date(2026, 3, 1), 1, False),
    ]


async def test_days_are_those_of_the_zone(database: Database) -> None:
    await add(database, 14 * 60)  # 23:00 UTC
    moscow = History(database, PLAN, ZoneInfo("Europe/Moscow"))
    assert (await moscow.page(HistoryFilter.ALL)).entries[0].day == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("бел", ["c1"]),
        ("БЕЛОВА анна", ["c1"]),
        ("анн бел", ["c1"]),
        ("елова", []),
        ("королев", ["c2"]),
        ("Королёв", ["c2"]),
        ("sales", ["c2", "c1"]),
        ("sales королев", ["c2"]),
        ("договор", ["c3"]),
        ("sold", ["c3"]),
        ("romashka", ["c3"]),
        ("916", ["c2", "c1"]),
        ("8 916 123", ["c1"]),
        ("8(916)", ["c2", "c1"]),
        ("4567", ["c1"]),
        ("+7 916 123-45-67", ["c1"]),
        ("104", ["c4"]),
        ("44", ["c3"]),
        ("044 12", ["c3"]),
        ("044 99", []),
        ("00380", ["c3"]),
        ("***", []),
        ('" OR "', []),
        ("NEAR(", []),
        ("бел*", ["c1"]),
        ("%", []),
        ("  ", ["c4", "c3", "c2", "c1"]),
    ],
)
async def test_search(history: History, database: Database, search: str, found: list[str]) -> None:
    await add(database, 1, "+79161234567", name="Белова Анна", queue="Sales")
    await add(database, 2, "89167654321", name="Королёв Пётр", queue="Sales")
    await add(database, 3, "380441230000", note="подписать договор", disposition="sold", contact_name="Romashka LLC")
    await add(database, 4, "104", direction=OUT)
    assert ids(await history.page(HistoryFilter.ALL, search=search)) == found


async def test_search_within_a_filter_and_in_pages(history: History, database: Database) -> None:
    for minutes in range(20):
        await add(
            database,
            minutes,
            f"7916000{minutes:04}",
            Outcome.ANSWERED if minutes % 2 else Outcome.MISSED,
            name="Anna" if minutes % 4 < 2 else "Boris",
        )
    page = await history.page(HistoryFilter.MISSED, search="an", limit=3)
    assert ids(page) == ["c16", "c12", "c8"]
    assert ids(await history.page(HistoryFilter.MISSED, search="an", limit=3, before=page.older)) == ["c4", "c0"]
    assert ids(await history.page(HistoryFilter.MISSED, search="7916000000", limit=3)) == ["c8", "c6", "c4"]


async def test_what_is_no_longer_in_a_call_is_no_longer_found(history: History, database: Database) -> None:
    record = await add(database, 1, note="урожай")
    await database.run(lambda connection: calls_table.annotate(connection, record.record_id, PLAN, note="погода"))
    assert ids(await history.page(HistoryFilter.ALL, search="урожай")) == []
    assert ids(await history.page(HistoryFilter.ALL, search="погода")) == ["c1"]


@given(st.text(max_size=30), st.sampled_from(HistoryFilter))
@example("0", HistoryFilter.OUT)
def test_any_search_makes_a_statement(text: str, shown: HistoryFilter) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "CREATE TABLE calls (row INTEGER PRIMARY KEY, search_digits, direction, outcome);"
        "CREATE VIRTUAL TABLE call_words USING fts5 (a);"
        f"CREATE VIRTUAL TABLE call_digits USING fts5 (a, tokenize = 'trigram'); {SHORT_NUMBERS[0]};"
    )
    statement = page_statement(shown, text, PLAN, has_marks=True)
    if statement is not None:
        sql = re.sub("SELECT .* FROM", "SELECT 1 FROM", statement[0])
        assert connection.execute(sql, {**statement[1], "before": 1}).fetchall() == []
    connection.close()


async def test_missed_calls_count_until_they_are_seen(history: History, database: Database) -> None:
    await add(database, 1, outcome=Outcome.MISSED)
    await add(database, 2, outcome=Outcome.ANSWERED_ELSEWHERE)
    await add(database, 3, outcome=Outcome.MISSED)
    assert await history.missed_count() == 2
    shown = await history.page(HistoryFilter.MISSED)
    await add(database, 4, outcome=Outcome.MISSED)  # comes while the list is looked at
    await history.mark_missed_seen(shown.entries[0].call.record.started)
    assert await history.missed_count() == 1
    await history.mark_missed_seen()
    assert await history.missed_count() == 0
    assert (await history.page(HistoryFilter.MISSED)).entries[0].call.seen


async def test_how_often_somebody_called(history: History, database: Database) -> None:
    await add(database, 1, "+79161234567")
    await add(database, 2, "8 916 123 45 67", Outcome.UNANSWERED, OUT)
    await add(database, 3, "102")
    known = await history.acquaintance("9161234567")
    assert known.calls == 2
    assert known.last is not None
    assert known.last.record.call_id == "c2"
    assert (await history.acquaintance("103")).last is None
    assert (await history.acquaintance("")).calls == 0


async def test_parties_are_each_named_once(history: History, database: Database) -> None:
    await add(database, 1, "+79161234567", name="Anna")
    await add(database, 2, "89161234567", name="Anna")
    await add(database, 3, "102", name="Anton")
    await add(database, 4, "", name="Anonymous")
    assert [call.party for call in await history.parties("an", 5)] == ["102", "+79161234567"]
    assert len(await history.parties("an", 1)) == 1


async def test_a_party_that_gets_a_name_has_it_in_all_its_calls(history: History, database: Database) -> None:
    await add(database, 1, "+79161234567")
    await add(database, 2, "8 916 123 45 67", contact_name="Known already")
    await add(database, 3, "102")
    await history.name_party("9161234567", "Anna")
    assert [call.name for call in await everything(history)] == ["", "Known already", "Anna"]
    assert [call.name for call in await everything(history, "ann")] == ["Anna"]
    await history.name_party("", "Nobody")
    assert [call.name for call in await everything(history)] == ["", "Known already", "Anna"]


async def everything(history: History, search: str = "") -> list[StoredCall]:
    return [entry.call for entry in (await history.page(HistoryFilter.ALL, search=search)).entries]


SEARCHES = ["", "белова", "а", "4567", "8916123", "45"]


@pytest.mark.parametrize("has_marks", [False, True])
@pytest.mark.parametrize("shown", HistoryFilter)
@pytest.mark.parametrize("search", SEARCHES)
async def test_pages_come_from_indexes_without_sorting(
    database: Database, shown: HistoryFilter, search: str, *, has_marks: bool
) -> None:
    statement = page_statement(shown, search, PLAN, has_marks=has_marks)
    assert statement is not None
    plan = await query_plan(database, statement[0], {**statement[1], "before": 1})
    assert "TEMP B-TREE" not in plan
    if search == "45":
        assert plan.startswith(
            "SEARCH found USING COVERING INDEX calls_short_numbers (row<?)\nSEARCH calls USING INTEGER"
        )
    elif search:
        assert re.match("SCAN call_(words|digits) VIRTUAL TABLE INDEX .*\nSEARCH calls USING INTEGER PRIMARY KEY", plan)
    elif shown is HistoryFilter.ALL:
        assert plan == "SEARCH calls USING INTEGER PRIMARY KEY (rowid<?)"
    else:
        index = "calls_missed" if shown is HistoryFilter.MISSED else "calls_by_direction"
        assert f"SEARCH calls USING INDEX {index} (" in plan


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (COUNT_MISSED.replace(":before", "5"), "calls_not_seen"),
        ("SELECT count(*) FROM calls WHERE party = 'x'", "calls_by_party"),
        ("SELECT row FROM calls WHERE party = 'x' ORDER BY row DESC LIMIT 1", "calls_by_party"),
        ("SELECT row FROM calls WHERE outcome = 'ongoing'", "calls_ongoing"),
        (
            "UPDATE calls SET called_back = 1"
            " WHERE party = 'x' AND called_back IS NULL AND outcome = 'missed' AND row < 5",
            "calls_not_called_back",
        ),
        ("SELECT number FROM outbox WHERE receiver = 1 AND refused IS NULL ORDER BY number LIMIT 1", "outbox_waiting"),
    ],
)
async def test_questions_use_indexes(database: Database, question: str, index: str) -> None:
    plan = await query_plan(database, question, {})
    assert re.search(f"USING (COVERING )?INDEX {index}", plan), plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("search", ["белова", "бел анна", "7916", "916", "1", "б продажи", "nobody"])
@pytest.mark.parametrize("shown", HistoryFilter)
async def test_marks_find_what_a_look_at_each_call_finds(
    history: History, database: Database, shown: HistoryFilter, search: str
) -> None:
    await database.run(lambda connection: add_many_calls(connection, 300))
    for outcome in Outcome:
        for direction in CallDirection:
            await add(database, 10_000, "+79161112233", outcome, direction, name="Белова Анна", note="продажи")
    looked_at = await history.page(shown, search=search, limit=500)
    history.has_marks = True
    assert await history.page(shown, search=search, limit=500) == looked_at


@pytest.mark.parametrize("search", ["everybody", "7916"])
@pytest.mark.parametrize("shown", [HistoryFilter.MISSED, HistoryFilter.OUT])
async def test_a_filter_does_not_look_at_each_call_that_a_word_finds(
    history: History, database: Database, shown: HistoryFilter, search: str
) -> None:
    """Else a word that most calls have takes the longer the more calls there are."""

    async def steps() -> int:
        def work(connection: sqlite3.Connection) -> int:
            counted: list[int] = []
            connection.set_progress_handler(lambda: counted.append(1), 1)  # of SQLite's own machine
            assert list(history._calls(connection, shown, search, None)) == []
            return len(counted)

        return await database.run(work)

    await database.run(lambda connection: add_many_calls(connection, 2000))
    change = "UPDATE calls SET direction = ?, outcome = 'answered', search_words = ?, search_digits = ?"
    values = (str(IN.value), f"everybody {search_marks.IN}", f"79161234567 {search_marks.IN}")
    await database.run(lambda connection: connection.execute(change, values).fetchall())
    looked_at = await steps()
    history.has_marks = True
    assert await steps() < looked_at / 10


async def test_a_mark_cannot_be_typed_or_given_by_a_caller(history: History, database: Database) -> None:
    history.has_marks = True
    await add(database, 1, name=f"Forged {search_marks.MISSED}")
    assert (await history.page(HistoryFilter.MISSED, search="forged")).entries == ()
    assert (await history.page(HistoryFilter.ALL, search=search_marks.IN)).entries == ()


async def query_plan(database: Database, statement: str, values: dict[str, object]) -> str:
    rows = await database.run(
        lambda connection: connection.execute("EXPLAIN QUERY PLAN " + statement, values).fetchall()
    )
    return "\n".join(row[3] for row in rows)


async def test_many_calls_are_like_real_ones(history: History, database: Database) -> None:
    """What the benchmark measures is a journal as this program writes it."""
    await database.run(lambda connection: add_many_calls(connection, 300))
    page = await history.page(HistoryFilter.ALL, search="белова продажи")
    assert page.entries
    call = page.entries[0].call
    before = call, await _searched(database, call)

    def write_anew(connection: sqlite3.Connection) -> StoredCall | None:
        calls_table.annotate(connection, call.record.record_id, PLAN, note="")
        return by_key(connection, call.key)

    after = await database.run(write_anew)
    words, digits = await _searched(database, call)
    assert (after, set(words.split()), digits) == (before[0], set(before[1][0].split()), before[1][1])


async def _searched(database: Database, call: StoredCall) -> tuple[str, str]:
    found: tuple[str, str] = await database.run(
        lambda connection: connection.execute(
            "SELECT search_words, search_digits FROM calls WHERE row = ?", (call.key,)
        ).fetchone()
    )
    return found
