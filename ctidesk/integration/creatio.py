"""Creatio (bpm'online): who is calling by its contacts and accounts, and each call saved as an activity."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from ctidesk.cti.clock import Clock
from ctidesk.cti.durations import duration_text
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallDirection
from ctidesk.integration.creatio_session import CreatioFailed, CreatioSession, Row
from ctidesk.store.exported_call import ExportedCall
from ctidesk.store.found import Found, LookupFailed
from ctidesk.store.lookup import LIMIT, KeptAnswers
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.outbox import DeliveryFailed, DeliveryRefused, EventKind, OutgoingEvent
from ctidesk.store.plain_text import digits_of, one_line
from ctidesk.store.record import Outcome

SAVING_LIMIT = 20.0
"""Seconds for saving one call."""
COMPARED_DIGITS = 7
"""Digits at the end by which numbers are searched; what is found is then compared as a whole."""
MOST_CANDIDATES = 50
LONGEST_TITLE = 250
LONGEST_NOTES = 4_000

# Creatio's records of these kinds have the same ids in every installation (its module ConfigurationConstants).
TASK = "fbe0acdc-cfc0-df11-b00f-001d60e938c6"
CALL_CATEGORY = "03df85bf-6b19-4dea-8463-d5d49b80bb28"
DONE = "4bdbb88f-58e6-df11-971b-001d60e938c6"
DIRECTIONS = {
    CallDirection.IN.name: "1d96a65f-2131-4916-8825-2d142b1000b2",
    CallDirection.OUT.name: "53f71b5f-7e17-4cf5-bf14-6a59212db422",
}

logger = logging.getLogger(__name__)


class CreatioCallers:
    """Finds people by their numbers; made for `store.identification.CallerLookup`."""

    def __init__(self, session: CreatioSession, base: str, plan: NumberPlan, clock: Clock) -> None:
        """Prepare; `base` is the address of Creatio, for the links to its pages."""
        self._session = session
        self._base = base
        self._plan = plan
        self._kept = KeptAnswers(clock)

    async def find(self, number: str) -> tuple[Found, ...]:
        """Return the contacts, then the accounts that have `number`.

        Raises:
            LookupFailed: Creatio did not answer in time, or not with what was asked for.
        """
        party = await asyncio.to_thread(self._plan.party, number)  # may load the numbering plans
        digits = digits_of(party)
        if not digits or not party.lstrip("+").isdecimal():
            return ()
        known = self._kept.get(party)
        if known is None:
            known = await self._ask(party, digits)
            self._kept.keep(party, known)
        return known

    async def _ask(self, party: str, digits: str) -> tuple[Found, ...]:
        # Creatio keeps the digits of each number backwards, to find numbers by their ends.
        backwards = digits[::-1]
        if len(digits) <= self._plan.longest_extension:
            condition = f"SearchNumber eq '{backwards}'"
        else:
            condition = f"startswith(SearchNumber,'{backwards[:COMPARED_DIGITS]}')"
        options = {"filter": condition, "select": "Number", "top": str(MOST_CANDIDATES)}
        failed: CreatioFailed | None = None
        try:
            async with asyncio.TaskGroup() as group:
                contacts = group.create_task(
                    self._session.read("ContactCommunication", options | {"expand": _CONTACT}, LIMIT)
                )
                accounts = group.create_task(
                    self._session.read("AccountCommunication", options | {"expand": _ACCOUNT}, LIMIT)
                )
        except* CreatioFailed as errors:
            failed = next(error for error in errors.exceptions if isinstance(error, CreatioFailed))
        if failed is not None:
            raise LookupFailed(str(failed)) from failed
        found = await asyncio.to_thread(self._compared, party, contacts.result(), accounts.result())
        return tuple(found)

    def _compared(self, party: str, contacts: list[Row], accounts: list[Row]) -> list[Found]:
        same = [row.get("Contact") for row in contacts if self._plan.party(_text(row, "Number")) == party]
        same_accounts = [row.get("Account") for row in accounts if self._plan.party(_text(row, "Number")) == party]
        found: dict[str, Found] = {}
        for one in (*self._people(same), *self._companies(same_accounts)):
            found.setdefault(one.id, one)
        return list(found.values())

    def _people(self, contacts: list[object]) -> Iterator[Found]:
        for contact in contacts:
            if isinstance(contact, dict) and (name := one_line(_text(contact, "Name"))) and (one := _id(contact)):
                account = contact.get("Account")
                yield Found(
                    name,
                    company=one_line(_text(account, "Name")) if isinstance(account, dict) else "",
                    title=one_line(_text(contact, "JobTitle")),
                    email=one_line(_text(contact, "Email")),
                    id=f"{_CONTACT_PREFIX}{one}",
                    url=f"{self._base}{_PAGES}ContactPageV2/edit/{one}",
                )

    def _companies(self, accounts: list[object]) -> Iterator[Found]:
        for account in accounts:
            if isinstance(account, dict) and (name := one_line(_text(account, "Name"))) and (one := _id(account)):
                url = f"{self._base}{_PAGES}AccountPageV2/edit/{one}"
                yield Found(name, company=name, id=f"{_ACCOUNT_PREFIX}{one}", url=url)


class CreatioActivities:
    """Saves calls as activities, each once; `send` is made for `store.outbox.Outbox`."""

    def __init__(self, session: CreatioSession, callers: CreatioCallers) -> None:
        self._session = session
        self._callers = callers

    async def send(self, event: OutgoingEvent) -> None:
        """Save the call that an event is about, once it has ended; what is noted later is added.

        Raises:
            DeliveryRefused: Creatio will never take this one.
            DeliveryFailed: it was not reached, or has another reason not to take it now.
        """
        try:
            told = _decoder.decode(event.body)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DeliveryRefused("the event cannot be read") from error
        if told.event not in (EventKind.FINISHED, EventKind.NOTED) or told.call.outcome is Outcome.ONGOING:
            return
        try:
            await self._save(told.call)
        except CreatioFailed as error:
            if error.status == 400:
                raise DeliveryRefused(f"{error}: the call does not fit its activities") from error
            raise DeliveryFailed(str(error)) from error

    async def _save(self, call: ExportedCall) -> None:
        activity = _activity(call) | await self._party(call)
        record = f"Activity({call.record_id})"
        # The activity has the id of the call: an attempt whose answer was lost has saved it, and is not repeated.
        if await self._exists(record):
            await self._session.write("PATCH", record, activity, SAVING_LIMIT)
        else:
            await self._session.write("POST", "Activity", {"Id": str(call.record_id), **activity}, SAVING_LIMIT)

    async def _exists(self, record: str) -> bool:
        try:
            return bool(await self._session.read(record, {"select": "Id"}, SAVING_LIMIT))
        except CreatioFailed as error:
            if error.status == 404:
                return False
            raise

    async def _party(self, call: ExportedCall) -> Row:
        """Return the columns for the contact or account, when there is only one that it can have been."""
        try:
            found = await self._callers.find(call.number)
        except LookupFailed as error:
            raise CreatioFailed(str(error)) from error
        people = [one for one in found if one.id.startswith(_CONTACT_PREFIX)] or list(found)
        named = [one for one in people if call.contact_name and one.name == call.contact_name]
        for one in named[:1] if len(named) == 1 else people if len(people) == 1 else ():
            if one.id.startswith(_CONTACT_PREFIX):
                return {"ContactId": one.id.removeprefix(_CONTACT_PREFIX)}
            return {"AccountId": one.id.removeprefix(_ACCOUNT_PREFIX)}
        return {}


class _Told(msgspec.Struct):
    """A call event as the journal tells it."""

    event: str
    call: ExportedCall


_decoder = msgspec.json.Decoder(_Told)
_CONTACT = "Contact($select=Id,Name,JobTitle,Email;$expand=Account($select=Id,Name))"
_ACCOUNT = "Account($select=Id,Name)"
_CONTACT_PREFIX = "contact:"
_ACCOUNT_PREFIX = "account:"
_PAGES = "/0/Nui/ViewModule.aspx#CardModuleV2/"


def _activity(call: ExportedCall) -> Row:
    start, end = call.started, call.ended or call.started + timedelta(seconds=call.ring + call.talk + call.hold)
    row: Row = {
        "Title": _title(call)[:LONGEST_TITLE],
        "StartDate": _time(start),
        "DueDate": _time(max(start, end)),
        "TypeId": TASK,
        "ActivityCategoryId": CALL_CATEGORY,
        "StatusId": DONE,
        "Notes": _notes(call)[:LONGEST_NOTES],
    }
    if direction := DIRECTIONS.get(call.direction):
        row["CallDirectionId"] = direction
    return row


def _title(call: ExportedCall) -> str:
    if call.outcome is Outcome.MISSED:
        words = translate("Creatio", "Missed call")
    elif call.direction == CallDirection.OUT.name:
        words = translate("Creatio", "Outgoing call")
    else:
        words = translate("Creatio", "Incoming call")
    who = one_line(call.contact_name or call.name)
    parts = (words, who, one_line(call.number), duration_text(call.talk) if call.talk else "")
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _notes(call: ExportedCall) -> str:
    lines = [call.disposition, call.note]
    if call.queue:
        lines.append(translate("Creatio", "Queue: {name}").format(name=one_line(call.queue)))
    if call.transferred_to:
        lines.append(translate("Creatio", "Transferred to: {number}").format(number=one_line(call.transferred_to)))
    return "\n".join(line for line in lines if line)


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _id(row: Row) -> str:
    """A record's id; what is no id never becomes part of an address."""
    try:
        return str(UUID(_text(row, "Id")))
    except ValueError:
        return ""
