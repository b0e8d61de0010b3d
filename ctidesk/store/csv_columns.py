"""Which column of a table of contacts means what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

import msgspec

from ctidesk.store.plain_text import digits_of, folded


class ColumnMapping(msgspec.Struct, frozen=True, kw_only=True):
    """Which columns mean what; columns are counted from 0.

    Attributes:
        name: the columns that make the name, in the order in which they are joined.
        numbers: the columns that hold numbers.
        has_header: whether the first row names the columns.
    """

    name: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    company: int | None = None
    title: int | None = None
    email: int | None = None
    note: int | None = None
    key: int | None = None
    has_header: bool = True


def guess_mapping(rows: Sequence[Sequence[str]]) -> ColumnMapping:
    """Guess the meaning of columns from the names in the first row, or from what the columns hold.

    Args:
        rows: the first rows of the table.
    """
    if not rows:
        return ColumnMapping()
    names = [" ".join(re.findall(r"\w+", folded(cell))) for cell in rows[0]]
    is_known = any(_is_called(name, meaning) for name in names for meaning in _Meaning)
    if is_known and not any(map(looks_like_number, rows[0])):
        return _by_names(names, rows[1:])
    return _by_content(rows)


def looks_like_number(text: str) -> bool:
    """Whether a cell can hold a phone number and hardly anything else."""
    return len(digits_of(text)) >= _FEWEST_DIGITS and _NUMBER.fullmatch(number_in(text)) is not None


def number_in(cell: str) -> str:
    """Return a number without the signs by which a spreadsheet is told that it is text."""
    return cell.strip().removeprefix("=").strip("\"'").strip()


class _Meaning(Enum):
    """What a column can mean, and how people and programs call it (Outlook, Google, Russian and Ukrainian tables)."""

    LAST_NAME = "last name, family name, surname, фамилия, прізвище"
    FIRST_NAME = "first name, given name, имя, ім'я"
    MIDDLE_NAME = "middle name, additional name, отчество, по батькові"
    NAME = "name, full name, display name, contact, фио, піб, имя, ім'я, наименование, контакт, клиент, клієнт"
    NUMBER = "phone, telephone, tel, mobile, cell, number, телефон, тел, мобильный, мобільний, моб, номер"
    COMPANY = "company, organization, organisation, организация, компания, фирма, організація, компанія, фірма"
    TITLE = "job title, title, position, должность, посада"
    EMAIL = "email, e-mail, mail, почта, пошта"
    NOTE = "note, notes, comment, comments, примечание, заметки, комментарий, примітка, нотатки, коментар"
    KEY = "id, uid, guid, код"


_WORDS = {
    meaning: tuple(" ".join(re.findall(r"\w+", folded(one))) for one in meaning.value.split(","))
    for meaning in _Meaning
}
_NO_NUMBERS = re.compile(r"\b(type|label|тип|fax|факс|договор\w*|account|contract|счет\w*|extension)\b")
_NUMBER = re.compile(r"[+(]?\s*\d[\d\s().,;:/+\-\u2010-\u2015]*((доб|ext|вн)\.?\s*\d+)?", re.IGNORECASE)
_FEWEST_DIGITS = 3


def _is_called(name: str, meaning: _Meaning) -> bool:
    return any(re.search(rf"\b{word}\b", name) for word in _WORDS[meaning])


def _by_names(names: Sequence[str], body: Sequence[Sequence[str]]) -> ColumnMapping:
    named = [
        column
        for column, name in enumerate(names)
        if _is_called(name, _Meaning.NUMBER) and not _NO_NUMBERS.search(name) and not _holds_no_numbers(body, column)
    ]
    numbers = named or [column for column in range(len(names)) if _holds_numbers(body, column)]

    def find(meaning: _Meaning, *besides: int | None) -> int | None:
        free = [column for column in range(len(names)) if column not in numbers and column not in besides]
        exact = (column for column in free if names[column] in _WORDS[meaning])
        close = (column for column in free if _is_called(names[column], meaning))
        return next(exact, next(close, None))

    last = find(_Meaning.LAST_NAME)
    company = find(_Meaning.COMPANY)
    if last is None:
        parts = [find(_Meaning.NAME, company)]
    else:
        first = find(_Meaning.FIRST_NAME, last)
        parts = [last, first, find(_Meaning.MIDDLE_NAME, last, first)]
    name = tuple(column for column in parts if column is not None)
    return ColumnMapping(
        name=name or (() if company is None else (company,)),
        numbers=tuple(numbers),
        company=company,
        title=find(_Meaning.TITLE, company, *name),
        email=find(_Meaning.EMAIL),
        note=find(_Meaning.NOTE),
        key=next((column for column, one in enumerate(names) if one in _WORDS[_Meaning.KEY]), None),
    )


def _by_content(rows: Sequence[Sequence[str]]) -> ColumnMapping:
    columns = range(max(map(len, rows)))
    numbers = tuple(column for column in columns if _holds_numbers(rows, column))
    texts = [column for column in columns if column not in numbers and _holds_words(rows, column)]
    name, company = (*texts, None, None)[:2]
    return ColumnMapping(name=() if name is None else (name,), numbers=numbers, company=company, has_header=False)


def _cells(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    return [cell for row in rows if column < len(row) and (cell := row[column].strip())]


def _holds_numbers(rows: Sequence[Sequence[str]], column: int) -> bool:
    cells = _cells(rows, column)
    return bool(cells) and sum(map(looks_like_number, cells)) * 2 > len(cells)


def _holds_words(rows: Sequence[Sequence[str]], column: int) -> bool:
    return any(character.isalpha() for cell in _cells(rows, column) for character in cell)


def _holds_no_numbers(rows: Sequence[Sequence[str]], column: int) -> bool:
    cells = _cells(rows, column)
    return bool(cells) and not any(looks_like_number(part) for cell in cells for part in re.split(":::|[;,/\n]", cell))
