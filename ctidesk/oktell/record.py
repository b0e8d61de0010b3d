"""A JSON object of the wire, read by the protocol's own rules of truth and equality.

Oktell's fields are loosely typed: a flag may be `true`, `1` or `"1"`, a number may come as text. Reading every field
through a `Record` keeps that in one place (oktell-protocol.md, "0. Terms and conventions").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]

_INTEGER = re.compile(r"\s*[+-]?[0-9]{1,18}\s*")
_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,18}(\.[0-9]{1,18})?\s*")


def is_true(value: Json) -> bool:
    """Tell whether a field counts as true: the strings "0" and "false" do, empty ones do not; lists always do."""
    return isinstance(value, (list, dict)) or bool(value)


def same(one: Json, other: Json) -> bool:
    """Compare loosely: 5 equals "5"; values of other kinds must be equal as they are."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, (int, float)):
        one, other = other, one
    if isinstance(one, (int, float)) and isinstance(other, str):
        return _NUMBER.fullmatch(other) is not None and float(other) == one
    return one == other


def as_text(value: Json) -> str:
    """Return a string or a number as text, anything else as an empty one."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else str(value)


def as_number(value: Json) -> int | None:
    """Return an integer or integer text as a number, anything else as None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return int(value) if _INTEGER.fullmatch(value) else None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) else None


class Record(Mapping[str, Json]):
    """A read-only view of a JSON object; what is no object is an empty record."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Json = None) -> None:
        self._fields: JsonObject = fields if isinstance(fields, dict) else {}

    def __getitem__(self, name: str) -> Json:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    @property
    def fields(self) -> JsonObject:
        """The object itself; do not change it."""
        return self._fields

    def true(self, name: str) -> bool:
        """Whether the field counts as true."""
        return is_true(self._fields.get(name))

    def text(self, name: str) -> str:
        """The field as text, empty when it is missing or no text."""
        return as_text(self._fields.get(name))

    def number(self, name: str) -> int | None:
        """The field as an integer, None when it is none."""
        return as_number(self._fields.get(name))

    def record(self, name: str) -> Record:
        """The field as a record, empty when it is no object."""
        return Record(self._fields.get(name))

    def records(self, name: str) -> list[Record]:
        """The objects of a list field; other members are skipped."""
        value = self._fields.get(name)
        return [Record(one) for one in value if isinstance(one, dict)] if isinstance(value, list) else []
