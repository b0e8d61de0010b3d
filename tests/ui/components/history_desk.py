"""A desk whose calls are kept, with the history in its panel."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from ctidesk.cti.call import Call
from ctidesk.cti.events import CallFinished, CallStarted, LineStateChanged
from ctidesk.cti.values import CallDirection, CallFeatures, CallState
from ctidesk.store import calls_table
from ctidesk.store.call_archive import CallArchive
from ctidesk.store.database import transaction
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.record import CallRecord, Outcome, StoredCall
from ctidesk.ui.components.history.call_list import CallList
from ctidesk.ui.components.history.pane import HistoryPane
from ctidesk.ui.components.history.parties import Parties
from ctidesk.ui.components.history.past_calls import PastCalls
from ctidesk.ui.components.history.rows import CallRow, DayHead
from ctidesk.ui.components.missed_calls import MissedCalls
from ctidesk.ui.components.people import People
from tests.cti.fake_clock import START
from tests.cti.watcher import incoming
from tests.ui.components.stage import Stage, show
from tests.waiting import until

IN, OUT = CallDirection.IN, CallDirection.OUT


class HistoryDesk(Stage):
    """A panel with a journal on disk."""

    def __init__(self, folder: Path, hours: float = 0) -> None:
        """Have a journal in `folder`, so many hours after the desk's clock began."""
        super().__init__()
        self.clock.advance(3600 * hours)
        self.people = People(self.provider.directory)
        self.missed = MissedCalls(self.model, self.people)
        self.archive = CallArchive(self.model, folder, account="214")
        self.past_calls = PastCalls(self.archive, self.missed)
        self.parties = Parties(self.archive, self.people)

    async def begin(self) -> None:
        """Connect, open the journal, and show the panel with its first tab."""
        self.panel.offer_history(self.past_calls)
        self.panel.offer_parties(self.parties)
        self.archive.start()
        await super().begin()
        self.provider.tell(LineStateChanged(CallFeatures.CAN_DIAL))

    async def end(self) -> None:
        """Close everything."""
        self.panel.hide()
        await self.model.close()
        await self.parties.close()
        await self.past_calls.close()
        await self.archive.close()
        await super().end()

    async def open(self) -> HistoryPane:
        """Open the tab of the history and wait for what is in it."""
        self.panel.activateWindow()
        pane = self.panel.show_history()
        assert pane is not None
        await self.until(lambda: pane._is_loaded and not pane._is_waiting())
        return pane

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until `condition` holds."""
        show()
        await until(condition, show)

    async def read(self) -> HistoryPane:
        """Wait until the list shows what the journal has now."""
        pane = await self.open()
        await self.until(lambda: self.archive.journal.waiting == 0)
        await self.until(lambda: not pane._is_stale and not pane._is_waiting() and not pane._renewing.isActive())
        return pane

    async def add(self, *calls: StoredCall) -> None:
        """Have calls of former days in the journal."""

        def work(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                for call in calls:
                    calls_table.insert_whole(connection, call, NumberPlan())

        await self.archive.database.run(work)
        self.archive.changed.emit()

    def miss(self, call_id: str = "m1", number: str = "74951234567", **fields: object) -> Call:
        """Have a call ring and end."""
        call = incoming(call_id, number, **fields)
        self.provider.tell(CallStarted(call))
        self.clock.advance(9)
        self.provider.tell(CallFinished(call))
        return call

    def finish(self, call: Call) -> None:
        """Have a call end."""
        call.previous_state, call.state = call.state, CallState.NONE
        self.provider.tell(CallFinished(call), LineStateChanged(CallFeatures.CAN_DIAL))


def past(
    days: float = 0,
    *,
    minutes: float = 0,
    direction: CallDirection = IN,
    number: str = "74951234567",
    name: str = "",
    outcome: Outcome = Outcome.ANSWERED,
    talk: float = 60.0,
    **added: object,
) -> StoredCall:
    """Return a call that was so long before the desk's clock began."""
    started = START - timedelta(days=days, minutes=minutes)
    is_talk = outcome in (Outcome.ANSWERED, Outcome.TRANSFERRED)
    fields: dict[str, object] = {
        key: added.pop(key) for key in ("queue", "transferred_name", "transferred_to") if key in added
    }
    record = CallRecord(
        record_id=uuid4(),
        revision=1,
        call_id="past",
        direction_id=direction.value,
        started=started,
        outcome=outcome,
        connected=started + timedelta(seconds=5) if is_talk else None,
        ended=started + timedelta(seconds=5 + talk),
        ring=5.0,
        talk=talk if is_talk else 0.0,
        caller_number=number if direction is IN else "214",
        called_number=number if direction is OUT else "214",
        caller_name=name if direction is IN else "",
        called_name=name if direction is OUT else "",
        **fields,  # type: ignore[arg-type]  # given by the test
    )
    return StoredCall(key=0, record=record, **added)  # type: ignore[arg-type]  # given by the test


def lines(pane: HistoryPane) -> list[str]:
    """Return what the list says: the heads of days, and the calls with title and second line."""
    rows = pane._rows
    said = []
    for row in rows.rows():
        match row:
            case DayHead():
                said.append(rows.head_words(row))
            case CallRow():
                said.append(f"{rows.title(row)} | {rows.detail(row)}".translate(_ISOLATES))
    return said


def titles(pane: HistoryPane) -> list[str]:
    """Return the first lines of the calls."""
    return [pane._rows.title(row) for row in pane._rows.rows() if isinstance(row, CallRow)]


def call_list(pane: HistoryPane) -> CallList:
    """Return the list."""
    return pane._list


def moments(calls: Iterable[StoredCall]) -> list[datetime]:
    """Return when calls began."""
    return [call.record.started for call in calls]


_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
