"""The calls of former days that the pictures of the history show."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from uuid import NAMESPACE_OID, uuid5

from ctidesk.cti.values import CallDirection
from ctidesk.shots.clock import START
from ctidesk.store import calls_table
from ctidesk.store.database import transaction
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.record import CallRecord, Outcome, StoredCall


def add_former_calls(connection: sqlite3.Connection) -> None:
    """Put the calls into the journal."""
    with transaction(connection):
        for call in FORMER_CALLS:
            calls_table.insert_whole(connection, call, NumberPlan())


def _former(
    hours: float, direction: CallDirection, number: str, name: str, outcome: Outcome, talk: float = 0, **added: str
) -> StoredCall:
    """Return a call so many hours before the story."""
    started = START - timedelta(hours=hours)
    connected = started + timedelta(seconds=6) if talk else None
    record = CallRecord(
        record_id=uuid5(NAMESPACE_OID, f"{hours}"),
        revision=1,
        call_id="",
        direction_id=direction.value,
        started=started,
        outcome=outcome,
        connected=connected,
        ended=started + timedelta(seconds=6 + talk),
        ring=6,
        talk=talk,
        caller_number=number if direction is CallDirection.IN else "",
        called_number=number if direction is CallDirection.OUT else "",
        caller_name=name if direction is CallDirection.IN else "",
        called_name=name if direction is CallDirection.OUT else "",
        queue=added.get("queue", ""),
        transferred_name=added.get("to", ""),
    )
    back = started + timedelta(minutes=10) if added.get("back") else None
    return StoredCall(key=0, record=record, note=added.get("note", ""), called_back=back)


_IN, _OUT = CallDirection.IN, CallDirection.OUT
FORMER_CALLS = (
    _former(17.5, _IN, "+380441234567", "Petrenko Oksana", Outcome.ANSWERED_ELSEWHERE, queue="Support"),
    _former(18.2, _OUT, "+74952223344", "Orlov Viktor", Outcome.ANSWERED, 250, note="Wants an offer until Friday"),
    _former(18.5, _IN, "+74950001122", "", Outcome.MISSED, back="yes"),
    _former(20.1, _IN, "+380441112233", "Ivanchenko Bohdan", Outcome.TRANSFERRED, 767, queue="Support", to="Sidorova"),
    _former(23.0, _OUT, "+74957654321", "Vasilyev Dmitry", Outcome.UNANSWERED),
    _former(42.0, _IN, "+74951230000", "Orlov Viktor", Outcome.DECLINED, queue="Sales"),
    _former(49.5, _OUT, "+380441234567", "Petrenko Oksana", Outcome.BUSY),
)
