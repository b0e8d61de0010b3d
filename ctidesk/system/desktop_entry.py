"""Desktop entries: how Linux desktops know programs (freedesktop.org, "Desktop Entry Specification")."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path


def entry_text(fields: Mapping[str, str]) -> str:
    """Return the text of an entry of the type Application; values are escaped."""
    lines = [f"{name}={_escape(value)}" for name, value in {"Type": "Application", **fields}.items()]
    return "\n".join(["[Desktop Entry]", *lines, ""])


def exec_line(words: Sequence[str], field_code: str = "") -> str:
    """Return the value of `Exec` that starts exactly `words`.

    Args:
        words: the program and its arguments.
        field_code: what the desktop appends, like ``%u`` for an address.
    """
    return " ".join([*map(_quote, words), *([field_code] if field_code else [])])


def read_fields(text: str) -> dict[str, str]:
    """Return the fields of an entry, their escapes resolved; whatever is no field is left out."""
    fields: dict[str, str] = {}
    group = ""
    for line in text.splitlines():
        if line.startswith("["):
            group = line.strip()
        elif group == "[Desktop Entry]" and "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            fields[name.strip()] = _unescape(value.strip())
    return fields


def write_atomically(path: Path, text: str) -> None:
    """Replace a small file as a whole, so that no desktop ever reads half of it.

    Raises:
        OSError: it could not be written, and is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _quote(word: str) -> str:
    """Quote an argument: the specification's section "The Exec key"."""
    quoted = "".join(f"\\{character}" if character in '"`$\\' else character for character in word)
    return f'"{quoted}"'.replace("%", "%%")


_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _escape(value: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in value)


def _unescape(value: str) -> str:
    plain = {escape[1]: character for character, escape in _ESCAPES.items()} | {"s": " "}
    result, characters = "", iter(value)
    for character in characters:
        if character == "\\":
            following = next(characters, "")
            result += plain.get(following, f"\\{following}")
        else:
            result += character
    return result
