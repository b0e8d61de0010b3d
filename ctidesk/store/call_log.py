"""From the events of the line to records of calls: a plain object without clock and without I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from ctidesk.cti.active_calls import ENDED_UNSEEN
from ctidesk.cti.call import Call
from ctidesk.cti.events import (
    ActiveCallSnapshot,
    CallBusy,
    CallFinished,
    CallInfoChanged,
    CallStarted,
    CommutationStarted,
    CtiEvent,
    CurrentCallChanged,
    Hold,
    Unhold,
)
from ctidesk.cti.missed import ANSWERED_ELSEWHERE, BUSY, REJECTED, TRANSFERS, was_missed
from ctidesk.cti.model import CLOSED, CONNECTION_LOST
from ctidesk.cti.values import CallDirection, CallState
from ctidesk.store.plain_text import storable
from ctidesk.store.record import CallRecord, Outcome

LONGEST_FIELD = 1_000
"""Characters kept of what a PBX says in one field."""
TRANSFER_WINDOW = 1.0
"""Seconds between the ends of both calls of a completed transfer; not every PBX says that they belong together."""


class CallLog:
    """Keeps a record of each active call in step with the model's events."""

    def __init__(self, account: str = "") -> None:
        """Begin without calls; `account` is written into each record."""
        self._account = account
        self._entries: dict[UUID, _Entry] = {}
        self._just_started: list[Call] = []

    def take(self, event: CtiEvent, at: float, now: datetime) -> list[CallRecord]:
        """Take an event in.

        Args:
            event: what the model told.
            at: when, on the model's monotonic clock; now: the same moment in UTC.

        Returns:
            The records that have changed, each once.
        """
        match event:
            case CallStarted(call):
                self._just_started.append(call)
                return self._note([call], at, now)
            case CallFinished(call):
                return [self._finish(call, at, now)]
            case CurrentCallChanged(call):
                return self._note([] if call is None else [call], at, now)
            case ActiveCallSnapshot(calls):
                # The model tells the calls that it learns from a snapshot right before the snapshot.
                restored = [call for call in self._just_started if call.is_active]
                for call in restored:
                    self._entry(call).is_restored = True
                self._just_started.clear()
                known = [call for call in calls if call.record_id in self._entries and call not in restored]
                return self._note([*restored, *known], at, now)
            case CommutationStarted(call) | Hold(call) | Unhold(call) | CallBusy(call) | CallInfoChanged(call):
                self._just_started.clear()
                return self._note([call], at, now)
            case _:
                return []

    def progress(self, at: float, now: datetime) -> list[CallRecord]:
        """Return the records of the active calls with their durations up to now."""
        records = []
        for entry in self._entries.values():
            if entry.call is not None and entry.record is not None:
                revision = entry.record.revision + 1
                record = _record(entry.call, entry, Outcome.ONGOING, self._account, at, now)
                entry.record = msgspec.structs.replace(record, revision=revision)
                records.append(entry.record)
        return records

    def _note(self, calls: list[Call], at: float, now: datetime) -> list[CallRecord]:
        return [record for call in calls if (record := self._update(call, Outcome.ONGOING, at, now)) is not None]

    def _finish(self, call: Call, at: float, now: datetime) -> CallRecord:
        entry = self._entry(call)
        outcome = self._outcome(call, entry, at)
        record = self._update(call, outcome, at, now)
        assert record is not None, "the outcome is another one"
        del self._entries[call.record_id]
        if call in self._just_started:
            self._just_started.remove(call)
        parent = None if call.parent is None else self._entries.get(call.parent.record_id)
        if parent is not None and call.connected is not None:
            parent.consulted = _Consulted(record.abonent_number, record.abonent_name, at)
        return record

    def _update(self, call: Call, outcome: Outcome, at: float, now: datetime) -> CallRecord | None:
        """Return the record as it is now, or None when nothing but the durations has changed."""
        entry = self._entry(call)
        entry.call = call
        if call.connected is not None and entry.ring is None:
            answered_at = at if call.talking_since is None else call.talking_since
            entry.ring = call.ring_duration(answered_at)
        record = _record(call, entry, outcome, self._account, at, now)
        before = entry.record
        if before is not None:
            same = msgspec.structs.replace(
                record, revision=before.revision, ring=before.ring, talk=before.talk, hold=before.hold
            )
            if same == before:
                return None
            record = msgspec.structs.replace(record, revision=before.revision + 1)
        entry.record = record
        return record

    def _entry(self, call: Call) -> _Entry:
        return self._entries.setdefault(call.record_id, _Entry())

    def _outcome(self, call: Call, entry: _Entry, at: float) -> Outcome:
        cause = call.state_cause
        if cause in (CONNECTION_LOST, CLOSED):
            return Outcome.INTERRUPTED
        if call.redirection_id or cause in TRANSFERS:
            return Outcome.TRANSFERRED
        if call.connected is not None:
            consulted = entry.consulted
            was_left_together = consulted is not None and at - consulted.at <= TRANSFER_WINDOW
            if call.previous_state is CallState.HOLDED and was_left_together:
                entry.transferred = consulted
                return Outcome.TRANSFERRED
            return Outcome.ANSWERED
        if call.direction is CallDirection.OUT:
            return _outcome_out(call)
        if call.declined or cause == REJECTED:
            return Outcome.DECLINED
        if cause in ANSWERED_ELSEWHERE:
            return Outcome.ANSWERED_ELSEWHERE
        if cause == BUSY:
            return Outcome.BUSY
        return Outcome.MISSED if was_missed(call) else Outcome.INTERRUPTED


@dataclass(slots=True)
class _Consulted:
    number: str
    name: str
    at: float


@dataclass(slots=True)
class _Entry:
    """What the record of an active call is made of besides the call."""

    call: Call | None = None
    record: CallRecord | None = None
    ring: float | None = None
    is_restored: bool = False
    consulted: _Consulted | None = None
    transferred: _Consulted | None = None


# webitel-protocol.md, "12.3 Hangup causes"
_UNANSWERED_CAUSES = frozenset(
    {
        "",
        "NORMAL_CLEARING",
        "NORMAL_UNSPECIFIED",
        "UNSPECIFIED",
        "ORIGINATOR_CANCEL",
        "NO_ANSWER",
        "NO_USER_RESPONSE",
        "LOSE_RACE",
        ENDED_UNSEEN,
    }
)


def _outcome_out(call: Call) -> Outcome:
    if call.previous_state is CallState.BUSY or call.state_cause == BUSY:
        return Outcome.BUSY
    if call.state_cause == REJECTED:
        return Outcome.DECLINED
    return Outcome.UNANSWERED if call.state_cause in _UNANSWERED_CAUSES else Outcome.FAILED


def _record(call: Call, entry: _Entry, outcome: Outcome, account: str, at: float, now: datetime) -> CallRecord:
    transferred = entry.transferred
    return CallRecord(
        record_id=call.record_id,
        revision=1,
        call_id=_field(call.id),
        direction_id=call.direction.value,
        started=call.started or now,
        outcome=outcome,
        account=account,
        recording_id="" if call.connected is None else _field(call.id),
        connected=call.connected,
        ended=call.ended if outcome is not Outcome.ONGOING else None,
        ring=round(call.ring_duration(at) if entry.ring is None else entry.ring, 3),
        talk=round(call.talk_duration(at), 3),
        hold=round(call.hold_duration(at), 3),
        device_number=_field(call.device_id),
        caller_number=_field(call.caller_id),
        called_number=_field(call.called_id),
        caller_name=_field(call.caller_name),
        called_name=_field(call.called_name),
        redirecting_number=_field(call.redirecting_id),
        transferred_to=_field(call.redirection_id) if transferred is None else transferred.number,
        transferred_name="" if transferred is None else transferred.name,
        parent_id=None if call.parent is None else call.parent.record_id,
        line=_field(call.line),
        queue=_field(call.queue),
        ivr=_field(call.ivr),
        comment=_field(call.comment),
        cause=_field(call.state_cause),
        is_restored=entry.is_restored,
    )


def _field(text: str) -> str:
    return storable(text, LONGEST_FIELD)
