"""What bridges the moment between an event and the database: records of calls in a plain file.

The database is written by a thread and needs the disk; a record is appended here at once, into the system's memory of
the file, which outlives this program however it ends. When the database has everything the file is emptied.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

import msgspec

from ctidesk.store.record import CallRecord

logger = logging.getLogger(__name__)


class Spool:
    """A file of records, one in each line; a later line of a record replaces an earlier one.

    It never raises: without it the records are still in memory and on their way to the database.
    """

    def __init__(self, path: Path) -> None:
        """Prepare; the file is made when it is needed."""
        self._path = path
        self._file: int | None = None
        self._has_failed = False
        self._is_empty = False

    def append(self, record: CallRecord) -> None:
        """Add a record."""
        # The line break comes first: it also ends a line that was cut off.
        line = b"\n" + msgspec.json.encode(record)
        try:
            if self._file is None:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
                self._file = os.open(self._path, flags, 0o600)
            os.write(self._file, line)
        except OSError as error:
            self._tell(error)
        self._is_empty = False

    def read(self) -> list[CallRecord]:
        """Return the last state of each record, in the order in which they began; what cannot be read is left out."""
        try:
            lines = self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            self._tell(error)
            return []
        records: dict[str, CallRecord] = {}
        for line in lines:
            if not line:
                continue
            try:
                record = _decoder.decode(line)
            except msgspec.DecodeError:
                logger.warning("a record of a call that was cut off is left out")
                continue
            records[str(record.record_id)] = record
        return list(records.values())

    def clear(self) -> None:
        """Forget all records."""
        if self._is_empty:
            return
        try:
            if self._file is not None:
                os.ftruncate(self._file, 0)
            elif self._path.exists():
                os.truncate(self._path, 0)
            self._is_empty = True
        except OSError as error:
            self._tell(error)

    def close(self) -> None:
        """Close the file; what is in it stays."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def _tell(self, error: OSError) -> None:
        if not self._has_failed:
            self._has_failed = True
            logger.warning("%s cannot be used: %s", self._path.name, error.strerror)


_decoder = msgspec.json.Decoder(CallRecord)
