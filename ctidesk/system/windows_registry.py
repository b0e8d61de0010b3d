"""Values of the Windows registry, and the text of a file that sets them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct


class RegistryValue(Struct, frozen=True):
    """One text value. An empty name is the key's default value."""

    key: str
    name: str
    text: str


def registry_file(values: Iterable[RegistryValue]) -> str:
    """Return the text of a `.reg` file that sets `values`; write it as UTF-16 with a byte order mark."""
    blocks = ["Windows Registry Editor Version 5.00\r\n"]
    for key, members in groupby(values, key=lambda value: value.key):
        lines = [f"[{key}]", *(f"{_name(value.name)}={_quote(value.text)}" for value in members)]
        blocks.append("\r\n".join([*lines, ""]))
    return "\r\n".join(blocks)


def _name(name: str) -> str:
    return _quote(name) if name else "@"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
