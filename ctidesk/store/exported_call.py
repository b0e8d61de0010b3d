"""A call as it leaves the journal: in exports and in events to other programs.

Times are ISO 8601 in UTC, durations seconds, names those of cti-model.md in camelCase. What has no value is left out.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from ctidesk.store.record import CallRecord, Outcome, StoredCall


class ExportedCall(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """All that the journal knows of a call; text is as it came, without any cleaning.

    Attributes:
        direction: OUT, IN or UNKNOWN, for people; direction_id: the stable id of the same.
        number, name: the other party's; contact_name: who that is by contacts or lookup.
    """

    record_id: UUID
    revision: int = 1
    call_id: str = ""
    direction: str = ""
    direction_id: UUID
    outcome: Outcome
    started: datetime
    connected: datetime | None = None
    ended: datetime | None = None
    ring: float = 0.0
    talk: float = 0.0
    hold: float = 0.0
    number: str = ""
    name: str = ""
    contact_name: str = ""
    account: str = ""
    device_number: str = ""
    caller_number: str = ""
    called_number: str = ""
    caller_name: str = ""
    called_name: str = ""
    redirecting_number: str = ""
    transferred_to: str = ""
    transferred_name: str = ""
    parent_id: UUID | None = None
    line: str = ""
    queue: str = ""
    ivr: str = ""
    comment: str = ""
    cause: str = ""
    recording_id: str = ""
    note: str = ""
    disposition: str = ""
    seen: bool = False
    called_back: datetime | None = None


def exported(call: StoredCall) -> ExportedCall:
    """Return a stored call in the form for others."""
    record = call.record
    return ExportedCall(
        direction=record.direction.name,
        number=record.abonent_number,
        name=record.abonent_name,
        contact_name=call.contact_name,
        note=call.note,
        disposition=call.disposition,
        seen=call.seen,
        called_back=call.called_back,
        **{name: getattr(record, name) for name in _SHARED},
    )


def imported(call: ExportedCall) -> StoredCall:
    """Return an exported call in the journal's form; its key is given when it is stored."""
    record = CallRecord(**{name: getattr(call, name) for name in _SHARED})
    return StoredCall(
        key=0,
        record=record,
        contact_name=call.contact_name,
        note=call.note,
        disposition=call.disposition,
        seen=call.seen,
        called_back=call.called_back,
    )


_SHARED = tuple(name for name in CallRecord.__struct_fields__ if name in ExportedCall.__struct_fields__)
