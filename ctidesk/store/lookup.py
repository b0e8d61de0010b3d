"""Asks a CRM over HTTP who a number belongs to (GET with the number, answer in JSON)."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import quote

import msgspec

from ctidesk.cti.clock import Clock
from ctidesk.store.found import Found, LookupFailed
from ctidesk.store.http_request import HttpClient, HttpRequest, RequestFailed
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.plain_text import digits_of, many_lines, one_line

LIMIT = 2.0
"""Seconds that a lookup may take."""
KEPT_FOR = 600.0
"""Seconds for which an answer is used again; also the answer that nobody has this number."""
MOST_KEPT = 500
MOST_FOUND = 20
FIELDS = ("name", "company", "title", "note", "email", "id", "url")
"""What a mapping can give."""

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class LookupSettings:
    """Where to ask and how to read the answer.

    Attributes:
        url: the address, http or https, with ``{number}`` for the number as it is dialled, ``{party}`` for its
            international form with a plus, or ``{digits}`` for the digits of that; all are percent-encoded.
        headers: further headers, for instance an authorization.
        results: the path to the list of people, or to the only one; empty when the answer itself is that.
        fields: for each of `FIELDS` the path to it within one of the people; a path is keys and numbers of list
            entries with dots between them, like ``contact.phones.0``.
    """

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    results: str = ""
    fields: Mapping[str, str] = field(default_factory=lambda: {"name": "name", "company": "company"})


class KeptAnswers:
    """Answers that are used again for a while, by the party that they are about."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, tuple[Found, ...]]] = OrderedDict()

    def get(self, party: str) -> tuple[Found, ...] | None:
        """Return the answer, or None when there is none that can be used."""
        known = self._kept.get(party)
        return known[1] if known is not None and known[0] > self._clock.monotonic() else None

    def keep(self, party: str, found: tuple[Found, ...]) -> None:
        """Remember an answer."""
        self._kept[party] = (self._clock.monotonic() + KEPT_FOR, found)
        self._kept.move_to_end(party)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)


class Lookup:
    """Asks, and remembers the answers for a while."""

    def __init__(self, settings: LookupSettings, client: HttpClient, plan: NumberPlan, clock: Clock) -> None:
        self._settings = settings
        self._client = client
        self._plan = plan
        self._kept = KeptAnswers(clock)

    async def find(self, number: str) -> tuple[Found, ...]:
        """Return who has `number`; nobody for none.

        Raises:
            LookupFailed: the CRM did not answer in time, or with something else than told.
        """
        party = await asyncio.to_thread(self._plan.party, number)  # may load the numbering plans
        if not digits_of(party):
            return ()
        known = self._kept.get(party)
        if known is None:
            known = await self._ask(number, party)
            self._kept.keep(party, known)
        return known

    async def _ask(self, number: str, party: str) -> tuple[Found, ...]:
        url = filled(self._settings.url, number, party)
        headers = {"Accept": "application/json", "User-Agent": "ctidesk", **self._settings.headers}
        try:
            answer = await self._client.send(HttpRequest(url, headers=headers), LIMIT)
        except RequestFailed as error:
            raise LookupFailed(str(error)) from error
        if answer.status in (204, 404):
            return ()
        if answer.status != 200:
            raise LookupFailed(f"the server answers with status {answer.status}")
        try:
            content: Json = msgspec.json.decode(answer.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise LookupFailed("the answer is no JSON") from None
        return tuple(self._people(content))

    def _people(self, content: Json) -> Iterator[Found]:
        results = at_path(content, self._settings.results)
        for person in (results if isinstance(results, list) else [results])[:MOST_FOUND]:
            texts = {
                name: _text(at_path(person, path)) for name, path in self._settings.fields.items() if name in FIELDS
            }
            texts = {
                name: many_lines(text) if name == "note" else one_line(text, _LONGEST) for name, text in texts.items()
            }
            texts["name"] = one_line(texts.get("name") or texts.get("company", ""))
            if texts["name"]:
                yield Found(**texts)


def filled(template: str, number: str, party: str) -> str:
    """Return the address for a number; what is filled in can never become another part of the address."""
    values = {"number": number, "party": party, "digits": digits_of(party)}
    return re.sub(r"\{(number|party|digits)\}", lambda found: quote(values[found[1]], safe=""), template)


def at_path(content: Json, path: str) -> Json:
    """Return what lies at a path like ``a.0.b``, or None."""
    for step in path.split(".") if path else ():
        match content:
            case dict():
                content = content.get(step)
            case list() if step.isascii() and step.isdecimal() and int(step) < len(content):
                content = content[int(step)]
            case _:
                return None
    return content


_LONGEST = 1_000


def _text(value: Json) -> str:
    match value:
        case str():
            return value
        case bool() | None | dict():
            return ""
        case int() | float():
            return str(value)
        case list():
            return ", ".join(text for one in value if (text := _text(one)))
