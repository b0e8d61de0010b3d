"""A call as the journal keeps it (cti-model.md, "2. Call")."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from ctidesk.cti.values import CallDirection
from ctidesk.store.plain_text import many_lines, one_line


class Outcome(StrEnum):
    """What became of a call; the value is stored and exported."""

    ONGOING = "ongoing"
    ANSWERED = "answered"
    MISSED = "missed"
    """It rang here and nobody answered."""
    ANSWERED_ELSEWHERE = "answered elsewhere"
    DECLINED = "declined"
    """By the operator for a call in, by the other party for a call out."""
    BUSY = "busy"
    UNANSWERED = "unanswered"
    """The called party did not answer, or the operator gave up before."""
    FAILED = "failed"
    TRANSFERRED = "transferred"
    INTERRUPTED = "interrupted"
    """Its end was not seen: this program or its connection ended first."""


class CallRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of one call at one moment; numbers and names are as the PBX gave them.

    Attributes:
        record_id: the journal's id; never changes.
        revision: counts the states of this record; the highest is the newest.
        call_id: the PBX's id of the call; recording_id: the id under which it knows the recordings, or empty.
        account: whose line it was, or empty.
        direction_id: the stable id of the direction.
        started, connected, ended: UTC; ring, talk, hold: seconds.
        redirecting_number: who transferred the call here.
        transferred_to, transferred_name: where it was sent and who that is.
        parent_id: the main call of which this one was a consultation.
        cause: the PBX's text for how it ended.
        is_restored: whether the call was found going on when the connection came up; not stored.
    """

    record_id: UUID
    revision: int
    call_id: str
    direction_id: UUID
    started: datetime
    outcome: Outcome = Outcome.ONGOING
    account: str = ""
    recording_id: str = ""
    connected: datetime | None = None
    ended: datetime | None = None
    ring: float = 0.0
    talk: float = 0.0
    hold: float = 0.0
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
    is_restored: bool = False

    @property
    def direction(self) -> CallDirection:
        """Who began the call."""
        try:
            return CallDirection(self.direction_id)
        except ValueError:
            return CallDirection.UNKNOWN

    @property
    def abonent_number(self) -> str:
        """The other party's number."""
        return self.caller_number if self.direction is CallDirection.IN else self.called_number

    @property
    def abonent_name(self) -> str:
        """The other party's name as the PBX gave it."""
        return self.caller_name if self.direction is CallDirection.IN else self.called_name


class StoredCall(msgspec.Struct, frozen=True, kw_only=True):
    """A record as it stands in the journal, with what was added to it here.

    Attributes:
        key: the place in time: the start in microseconds since 1970, unique.
        party: the other party in the one form of `numbers.NumberPlan`.
        contact_name: who that is by contacts or lookup, or empty.
        note, disposition: what the operator has written.
        seen: whether a missed call was looked at.
        called_back: when there was a talk with the party after the call was missed, or None.
    """

    key: int
    record: CallRecord
    party: str = ""
    contact_name: str = ""
    note: str = ""
    disposition: str = ""
    seen: bool = False
    called_back: datetime | None = None

    @property
    def name(self) -> str:
        """The other party's name on one line, without control characters; empty when nobody knows."""
        return one_line(self.contact_name or self.record.abonent_name)

    @property
    def number(self) -> str:
        """The other party's number on one line, without control characters."""
        return one_line(self.record.abonent_number)

    @property
    def note_text(self) -> str:
        """The note without control characters."""
        return many_lines(self.note)
