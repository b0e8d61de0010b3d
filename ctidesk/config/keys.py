"""Single settings by their keys, like ``connection.oktell.login``.

Files, policies, overrides and the settings dialog speak of single values; the rest of the application reads
`Settings`. A value has here the form that it has in a TOML file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

import msgspec

from ctidesk.config.settings import Settings

Value: TypeAlias = str | int | bool | list[str]
Values: TypeAlias = dict[str, Value]
Table: TypeAlias = Mapping[str, object]
"""A table of a TOML file."""


@cache
def value_types() -> dict[str, object]:
    """Return the type of each setting by its key, in the order of the settings dialog."""
    return _types(Settings, "")


@cache
def sections() -> frozenset[str]:
    """Return the names of all groups of settings, like ``connection`` and ``connection.oktell``."""
    names = set()
    for key in value_types():
        while key := key.rpartition(".")[0]:
            names.add(key)
    return frozenset(names)


def values_of(settings: Settings) -> Values:
    """Return all values by key."""
    return values_in(msgspec.json.decode(msgspec.json.encode(settings)))


def values_in(table: Table) -> Values:
    """Return what a table of a file holds for the keys that exist, whatever its type; other members are left out."""
    found: Values = {}
    for key in value_types():
        member: object = table
        for name in key.split("."):
            member = member.get(name) if isinstance(member, Mapping) else None
        if member is not None:
            found[key] = member  # type: ignore[assignment]  # still to be checked by the reader
    return found


def settings_from(values: Mapping[str, Value]) -> Settings:
    """Return settings with `values` and the defaults of all others.

    Raises:
        msgspec.ValidationError: a value has not the type of its key.
        KeyError: there is no such key.
    """
    table = msgspec.to_builtins(Settings())
    for key, value in values.items():
        if key not in value_types():
            raise KeyError(key)
        *parents, name = key.split(".")
        group = table
        for parent in parents:
            group = group[parent]
        group[name] = value
    return msgspec.convert(table, Settings)


def fits(key: str, value: object) -> bool:
    """Whether `value` has the type of `key`."""
    try:
        msgspec.convert(value, value_types()[key])
    except msgspec.ValidationError:
        return False
    return True


def _types(struct: type[msgspec.Struct], prefix: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in msgspec.structs.fields(struct):
        key = f"{prefix}{field.name}"
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            found |= _types(field.type, f"{key}.")
        else:
            found[key] = field.type
    return found
