"""Contacts in vCard files of the versions 2.1 (versit), 3.0 (RFC 2426) and 4.0 (RFC 6350).

Telephones and programs write files that no grammar allows: pictures without indents, lines without colons, cards
without an end. What can be understood is taken, the rest is left out; only a file that cannot be read is an error.
"""

from __future__ import annotations

import codecs
import io
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ctidesk.store.contact import LONGEST_NOTE, Contact, ContactNumber, ContactReader
from ctidesk.store.encodings import recognise_encoding
from ctidesk.store.plain_text import digits_of

LONGEST_LINE = 4 * LONGEST_NOTE
"""Bytes of a line, unfolded; what is longer is cut off."""


class VcardContacts(ContactReader):
    """Reads the contacts of a vCard file."""

    def __init__(self, path: Path, *, legacy: str = "cp1251") -> None:
        """Prepare to read `path`; what is no Unicode and names no character set is in the code page `legacy`."""
        super().__init__(path)
        self._legacy = legacy

    def _read(self, file: io.BufferedReader) -> Iterator[Contact]:
        card: _Card | None = None
        depth = 0  # a card may hold another one: that of an assistant
        for line in _unfolded(_physical_lines(file, recognise_encoding(self._path, self._legacy))):
            entry = _property(line, self._legacy)
            bound = "" if entry is None else _bound(entry)
            if entry is None or (depth == 0 and not bound):
                continue
            if not bound:
                if card is not None and depth == 1:
                    card.add(entry)
            elif bound == "BEGIN":
                depth += 1
                card = card or _Card()
            else:
                depth -= 1
                if depth <= 0:
                    yield from _contacts(card)
                    card, depth = None, 0
        yield from _contacts(card)


def _bound(entry: _Property) -> str:
    """Return whether a card begins or ends with a line; one within a card may begin on the line of its name."""
    text = entry.text.strip().upper()
    if entry.name in ("BEGIN", "END") and text == "VCARD":
        return entry.name
    return "BEGIN" if entry.name == "AGENT" and text == "BEGIN:VCARD" else ""


def _contacts(card: _Card | None) -> Iterator[Contact]:
    if card is not None and (contact := card.contact()) is not None:
        yield contact


@dataclass(slots=True)
class _Property:
    """A line of a card, decoded; `text` still has its backslashes."""

    group: str
    name: str
    parameters: dict[str, list[str]]
    text: str

    @property
    def value(self) -> str:
        return _unescaped(self.text)

    def parts(self) -> list[str]:
        """The parts between semicolons."""
        return [_unescaped(part).strip() for part in re.split(r"(?<!\\);", self.text)]


@dataclass(slots=True)
class _Card:
    full_name: str = ""
    name_parts: list[str] = field(default_factory=list)
    company: str = ""
    title: str = ""
    email: str = ""
    note: str = ""
    key: str = ""
    numbers: list[tuple[str, ContactNumber]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    def add(self, entry: _Property) -> None:
        match entry.name:
            case "FN":
                self.full_name = self.full_name or entry.value.strip()
            case "N":
                self.name_parts = self.name_parts or entry.parts()
            case "ORG":
                self.company = self.company or ", ".join(part for part in entry.parts() if part)
            case "TITLE":
                self.title = self.title or entry.value.strip()
            case "EMAIL":
                self.email = self.email or entry.value.strip().removeprefix("mailto:")
            case "NOTE":
                self.note = "\n".join(part for part in (self.note, entry.value.strip()) if part)
            case "UID":
                self.key = self.key or entry.value.strip()
            case "X-ABLABEL":
                self.labels[entry.group] = re.sub(r"^_\$!<(.*)>!\$_$", r"\1", entry.value.strip())
            case "TEL":
                number = re.sub("^tel:", "", entry.value.strip(), flags=re.IGNORECASE)
                if digits_of(number):
                    self.numbers.append((entry.group, ContactNumber(number, _label(entry.parameters))))

    def contact(self) -> Contact | None:
        if not self.numbers:
            return None
        last, first, middle = (*self.name_parts, "", "", "")[:3]
        numbers = tuple(
            ContactNumber(number.number, self.labels.get(group, "") or number.label if group else number.label)
            for group, number in self.numbers
        )
        return Contact(
            name=self.full_name or " ".join(part for part in (last, first, middle) if part) or self.company,
            numbers=numbers,
            company=self.company,
            title=self.title,
            email=self.email,
            note=self.note,
            key=self.key,
        )


_LINE = re.compile(rb"(?:([\w\-]+)\.)?([\w\-]+)((?:;(?:[^\":;]|\"[^\"]*\")*)*):(.*)", re.DOTALL)
_ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"}
_LABELS = ("cell", "work", "home", "fax", "pager", "main", "car", "other")


def _physical_lines(file: io.BufferedReader, encoding: str) -> Iterator[bytes]:
    """Yield the lines in UTF-8, or in the code page of a file that is no Unicode."""
    if encoding.startswith(("utf-16", "utf-32")):
        with io.TextIOWrapper(file, encoding, errors="replace") as text:
            for line in text:
                yield line.rstrip("\n").encode("utf-8", "replace")
        return
    while line_bytes := file.readline(LONGEST_LINE):
        yield line_bytes.rstrip(b"\r\n").removeprefix(codecs.BOM_UTF8)


def _unfolded(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Join lines that were cut for their length: with a blank at the next one, or in 2.1 with an equals sign."""
    parts: list[bytes] = []
    is_soft = False
    for line in lines:
        if parts and (is_soft or line[:1] in (b" ", b"\t")):
            parts.append(line if is_soft else line[1:])
        else:
            if parts:
                yield b"".join(parts)[:LONGEST_LINE]
            parts = [line]
        is_soft = parts[-1].endswith(b"=") and _is_quoted_printable(parts[0])
        if is_soft:
            parts[-1] = parts[-1][:-1]
    if parts:
        yield b"".join(parts)[:LONGEST_LINE]


def _is_quoted_printable(line: bytes) -> bool:
    return b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()


def _property(line: bytes, legacy: str) -> _Property | None:
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    group, name, written, value = found.groups()
    parameters: dict[str, list[str]] = {}
    for one in re.findall(rb";((?:[^\";]|\"[^\"]*\")*)", written):
        key, equals, text = one.decode("ascii", "replace").partition("=")
        key, text = (key.strip().upper(), text) if equals else ("", key)
        if not equals:  # 2.1 leaves the name of the parameter out
            key = "ENCODING" if text.strip().upper() in _ENCODINGS else "TYPE"
        parameters.setdefault(key, []).extend(part.strip().strip('"') for part in text.strip('"').split(","))
    encodings = {one.upper() for one in parameters.get("ENCODING", ())}
    if encodings & {"BASE64", "B"}:
        return None  # pictures, sounds and keys
    if "QUOTED-PRINTABLE" in encodings:
        value = quopri.decodestring(value)
    charset = parameters.get("CHARSET", [""])[0]
    return _Property(
        group=(group or b"").decode("ascii", "replace").lower(),
        name=name.decode("ascii", "replace").upper(),
        parameters=parameters,
        text=_decoded(value, charset, legacy),
    )


def _decoded(value: bytes, charset: str, legacy: str) -> str:
    for encoding in (charset, "utf-8"):
        try:
            if encoding:
                return value.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return value.decode(legacy, "replace")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text, flags=re.DOTALL)


def _label(parameters: dict[str, list[str]]) -> str:
    types = {one.lower() for one in parameters.get("TYPE", ())}
    return " ".join(one for one in _LABELS if one in types)
