"""Contacts in CSV files: how a file is written is recognised and can be changed before the import."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from ctidesk.store.contact import LONGEST_NOTE, Contact, ContactNumber, ContactReader
from ctidesk.store.csv_columns import ColumnMapping, guess_mapping, number_in
from ctidesk.store.encodings import recognise_encoding
from ctidesk.store.plain_text import digits_of, one_line

PREVIEWED = 20
"""Rows in a preview."""

# Python's limit of 128 KiB for a cell would refuse the rest of a file for one long note.
csv.field_size_limit(2 * LONGEST_NOTE)


class CsvForm(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is to be read."""

    encoding: str = "utf-8"
    delimiter: str = ","
    mapping: ColumnMapping = ColumnMapping()


class CsvPreview(msgspec.Struct, frozen=True, kw_only=True):
    """The beginning of a file, for a look before the import; cells are without control characters.

    Attributes:
        form: what was recognised and guessed.
        header: the names of the columns, or empty.
        rows: the first rows after the header.
        contacts: what the import would make of them.
    """

    form: CsvForm
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    contacts: tuple[Contact, ...]


def preview_csv(path: Path, form: CsvForm | None = None, *, legacy: str = "cp1251") -> CsvPreview:
    """Look at the beginning of a file.

    Args:
        path: the file.
        form: how to read it; None to recognise that. When no column of it means anything, that is guessed.
        legacy: the code page for a file that is no Unicode.

    Raises:
        OSError: the file cannot be read.
    """
    form = form or recognise_form(path, legacy)
    rows = _first_rows(path, form)
    if msgspec.structs.replace(form.mapping, has_header=True) == ColumnMapping():
        form = msgspec.structs.replace(form, mapping=guess_mapping(rows))
    header = rows.pop(0) if form.mapping.has_header and rows else []
    shown = rows[:PREVIEWED]
    contacts = [contact for row in shown if (contact := _contact(row, form.mapping, header)) is not None]
    return CsvPreview(
        form=form,
        header=tuple(map(one_line, header)),
        rows=tuple(tuple(map(one_line, row)) for row in shown),
        contacts=tuple(contacts),
    )


def recognise_form(path: Path, legacy: str = "cp1251") -> CsvForm:
    """Recognise encoding and delimiter of a file and guess what its columns mean.

    Raises:
        OSError: the file cannot be read.
    """
    encoding = recognise_encoding(path, legacy)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        form = CsvForm(encoding=encoding, delimiter=_delimiter(file.read(_SAMPLE)))
    return msgspec.structs.replace(form, mapping=guess_mapping(_first_rows(path, form)))


class CsvContacts(ContactReader):
    """Reads the contacts of a CSV file."""

    def __init__(self, path: Path, form: CsvForm | None = None, *, legacy: str = "cp1251") -> None:
        """Prepare to read `path`; without a `form` as `recognise_form` finds it."""
        super().__init__(path)
        self._form = form
        self._legacy = legacy

    def _read(self, file: io.BufferedReader) -> Iterator[Contact]:
        form = self._form or recognise_form(self._path, self._legacy)
        with io.TextIOWrapper(file, form.encoding, errors="replace", newline="") as text:
            rows = _rows(text, form.delimiter)
            header = next(rows, []) if form.mapping.has_header else []
            for row in rows:
                contact = _contact(row, form.mapping, header)
                if contact is not None:
                    yield contact


_SAMPLE = 64 * 1024
_DELIMITERS = ";,\t|"
_BETWEEN_NUMBERS = re.compile(r":::|[;\n]|,(?=\s*[+(\d])|/(?=\s*[+(\d])")


def _delimiter(sample: str) -> str:
    """The sign that cuts the most rows into the same number of cells, more than one."""
    if told := re.match(r"\ufeff?sep=(.)\r?\n", sample):  # how spreadsheets are told
        return told[1]

    def evenness(delimiter: str) -> tuple[float, int]:
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row][:PREVIEWED]
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 0)

    return max(_DELIMITERS, key=evenness)


def _first_rows(path: Path, form: CsvForm) -> list[list[str]]:
    with path.open(encoding=form.encoding, errors="replace", newline="") as file:
        return list(islice(_rows(file, form.delimiter), PREVIEWED + 1))


def _rows(file: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the rows that hold anything; of a cell that is too long only that row is left out."""
    reader = csv.reader(file, delimiter=delimiter)
    is_first = True
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        is_told = is_first and len(row) <= 2 and row and row[0].startswith("sep=")
        is_first = False
        if not is_told and any(cell.strip() for cell in row):
            yield row


def _contact(row: Sequence[str], mapping: ColumnMapping, header: Sequence[str]) -> Contact | None:
    def cell(column: int | None) -> str:
        return row[column].strip() if column is not None and column < len(row) else ""

    numbers = tuple(
        ContactNumber(number, header[column].strip() if column < len(header) else "")
        for column in mapping.numbers
        for part in _BETWEEN_NUMBERS.split(cell(column))
        if digits_of(number := number_in(part))
    )
    if not numbers:
        return None
    return Contact(
        name=" ".join(part for column in mapping.name if (part := cell(column))),
        numbers=numbers,
        company=cell(mapping.company),
        title=cell(mapping.title),
        email=cell(mapping.email),
        note=cell(mapping.note),
        key=cell(mapping.key),
    )
