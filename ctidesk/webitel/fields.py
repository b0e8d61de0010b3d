"""Reading the objects of the wire: absent, wrong and encoded values (webitel-protocol.md, "5.1 Envelope")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]

_BROKEN_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")


def decode(text: str) -> str:
    """Decode percent escapes once; a text that is not encoded as a whole stays as it is. `+` stays `+`."""
    if "%" not in text or _BROKEN_ESCAPE.search(text):
        return text
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeError:
        return text


def decode_description(text: str) -> str:
    """Decode the text of a status, which may be encoded twice."""
    once = decode(text)
    return once if any(character.isspace() for character in once) else decode(once)


def as_text(value: Json) -> str:
    """Return a string or a number as text, anything else as an empty one."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(value)


class Fields(Mapping[str, Json]):
    """A read-only view of a JSON object; what is no object has no fields."""

    __slots__ = ("_values",)

    def __init__(self, values: Json = None) -> None:
        self._values: JsonObject = values if isinstance(values, dict) else {}

    def __getitem__(self, name: str) -> Json:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def values_by_name(self) -> JsonObject:
        """The object itself; do not change it."""
        return self._values

    def text(self, name: str) -> str:
        """The field as text, empty when it is missing or no text."""
        return as_text(self._values.get(name))

    def decoded(self, name: str) -> str:
        """The field as text without percent escapes."""
        return decode(self.text(name))

    def fields(self, name: str) -> Fields:
        """The field as an object, empty when it is none."""
        return Fields(self._values.get(name))

    def number(self, name: str) -> int | None:
        """The field as an integer, also when it stands as text; None when it is none."""
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        try:
            return int(value)
        except (ValueError, OverflowError):
            return None
