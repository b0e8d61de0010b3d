"""People and companies that may call."""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import msgspec

LONGEST_NOTE = 2_000_000
"""Characters that are kept of a note."""
LONGEST_FIELD = 1_000
"""Characters that are kept of anything else."""
MOST_NUMBERS = 50
"""Numbers that are kept of one contact."""


class ContactNumber(msgspec.Struct, frozen=True):
    """A number and what it is for, like ``work`` or a column's name."""

    number: str
    label: str = ""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A contact as a file holds it; the text is as it came.

    Attributes:
        key: what tells it from the others of its file, or empty.
    """

    name: str
    numbers: tuple[ContactNumber, ...] = ()
    company: str = ""
    title: str = ""
    email: str = ""
    note: str = ""
    key: str = ""


class KnownContact(msgspec.Struct, frozen=True, kw_only=True):
    """A contact of the book as it is given out: without control characters and direction marks.

    Attributes:
        id: its number in the book, until its file is read anew.
        source: the file or list that it is from.
        numbers: all its numbers, those that were asked for first.
    """

    id: int
    source: str
    name: str
    numbers: tuple[ContactNumber, ...] = ()
    company: str = ""
    title: str = ""
    email: str = ""
    note: str = ""


class ContactReader(ABC):
    """Reads the contacts of a file once; used in one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: io.BufferedReader | None = None
        self._size = 1
        self._is_done = False

    @property
    def done(self) -> float:
        """How much of the file is read, from 0 to 1."""
        if self._is_done:
            return 1.0
        return 0.0 if self._file is None or self._file.closed else min(1.0, self._file.tell() / self._size)

    def __iter__(self) -> Iterator[Contact]:
        """Yield the contacts in the order of the file; those without a number are left out.

        Raises:
            OSError: the file cannot be read.
        """
        self._size = max(1, self._path.stat().st_size)
        with self._path.open("rb") as self._file:
            yield from self._read(self._file)
        self._is_done = True

    def close(self) -> None:
        """Close the file before its end."""
        if self._file is not None:
            self._file.close()

    @abstractmethod
    def _read(self, file: io.BufferedReader) -> Iterator[Contact]:
        """Yield the contacts of the open file."""
