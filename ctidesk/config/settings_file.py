"""The file that holds this user's settings.

It is read without help of others (`tomllib`, fast) and written with its comments, order and unknown keys kept
(`tomlkit`, loaded at the first change).
"""

from __future__ import annotations

import errno
import logging
import os
import tempfile
import tomllib
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from ctidesk.config.file_lock import FileLock
from ctidesk.config.keys import Table, Value
from ctidesk.config.migrations import MIGRATIONS, Document, Migration, migrate
from ctidesk.config.validation import Problem
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.text import translate

logger = logging.getLogger(__name__)

LARGEST = 2**20
"""Bytes of a file that is still read."""
_HEADER = "# Settings of ctidesk. Changes by hand are kept; they count from the next start on.\n"
_TEMPORARY = ".new"


class SettingsError(CtiException):
    """The settings could not be changed; nothing was lost. The error says why in the user's words."""

    def __init__(self, text: str, raw: str = "") -> None:
        super().__init__(CtiError(ErrorKind.GENERAL, text, raw=raw, source="settings"))


class BrokenFileError(ValueError):
    """The content of a file is no TOML; the text says what is wrong and where."""


class Reading(Struct, frozen=True):
    """What was found in the file.

    Attributes:
        table: the content in the present form; empty when there is no usable file.
        problem: why the file could not be used, or None.
    """

    table: Table
    problem: Problem | None = None


class SettingsFile:
    """Reads and changes one file. All methods block for as long as the disk does."""

    def __init__(
        self,
        path: Path,
        *,
        migrations: Sequence[Migration] = MIGRATIONS,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        lock_limit: float = 5.0,
    ) -> None:
        """Create the file's keeper.

        Args:
            path: the file; it and its folder need not exist.
            migrations: from older forms of the file to the present one.
            now: the time, for the name of a broken file.
            lock_limit: seconds to wait for another process that is changing the file.
        """
        self.path = path
        self._migrations = migrations
        self._now = now
        self._lock_limit = lock_limit

    def read(self) -> Reading:
        """Return what the file holds. A broken file is set aside; the problem says so."""
        try:
            data = read_limited(self.path)
            return Reading(self._parse(data))
        except FileNotFoundError:
            return Reading({})
        except OSError as error:
            words = translate("Settings", "The settings file cannot be read, so the usual values count. ({reason})")
            return Reading({}, problem=Problem(words.format(reason=error.strerror or type(error).__name__)))
        except BrokenFileError as error:
            logger.warning("the settings file is broken: %s", error)
            return Reading({}, problem=self._put_aside(data, str(error)))

    def change(self, changes: Mapping[str, Value | None]) -> Table:
        """Change single values in the file as it is now, and return what it then holds.

        Whatever another process has written meanwhile stays. The file is replaced as a whole, at once.

        Args:
            changes: new values by key; None takes the key out of the file, so that the default counts.

        Raises:
            SettingsError: the file could not be written; it is as it was.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._lock():
                return self._change(changes)
        except OSError as error:
            raise _cannot_write(error) from error

    def _change(self, changes: Mapping[str, Value | None]) -> Table:
        # A link leads to the real file: that one is replaced, and the link stays.
        target = self.path.resolve()
        _remove_leftovers(target)
        data = self._read_for_change(target)
        text = data.decode("utf-8-sig")
        wanted = _loads(text, _as_text)
        migrate(wanted, self._migrations)
        _apply(wanted, changes)
        new = self._edited(text, changes)
        # What does not read back as it should must not take the place of what does.
        if new is None or _loads(new, _as_text) != wanted:
            raise SettingsError(
                translate(
                    "Settings",
                    "The settings file has been changed by hand in a way that this program cannot continue. "
                    "Move it elsewhere and try again.",
                )
            )
        if new.encode() != data:
            _replace(target, new.encode())
        return self._parse(new.encode())

    def _read_for_change(self, target: Path) -> bytes:
        try:
            data = read_limited(target)
            self._parse(data)
        except FileNotFoundError:
            return _HEADER.encode()
        except BrokenFileError:
            target.rename(self._name_aside(target))
            return _HEADER.encode()
        return data

    def _parse(self, data: bytes) -> dict[str, Any]:
        table = parse_toml(data)
        migrate(table, self._migrations)
        return table

    def _edited(self, text: str, changes: Mapping[str, Value | None]) -> str | None:
        """Return the changed text, its comments kept; None when that is not possible."""
        import tomlkit
        from tomlkit.exceptions import TOMLKitError

        try:
            document = tomlkit.parse(text)
            migrate(document, self._migrations)
            _apply(document, changes)
            return tomlkit.dumps(document)
        except (TOMLKitError, ValueError) as error:
            logger.warning("the settings file cannot be edited: %s", type(error).__name__)
            return None

    # ---- broken files

    def _put_aside(self, broken: bytes, detail: str) -> Problem:
        """Rename the broken file, unless somebody has mended it meanwhile."""
        try:
            with self._lock():
                target = self.path.resolve()
                if target.read_bytes()[: LARGEST + 1] == broken:
                    aside = self._name_aside(target)
                    target.rename(aside)
                else:
                    aside = target
        except OSError as error:
            words = translate(
                "Settings",
                "The settings file is broken and cannot be moved away, so the usual values count. ({reason})",
            )
            return Problem(words.format(reason=error.strerror or type(error).__name__))
        words = translate(
            "Settings",
            "The settings file is broken ({detail}). It was kept as {file}, and the usual values count.",
        )
        return Problem(words.format(detail=detail, file=aside))

    def _name_aside(self, target: Path) -> Path:
        stem = f"{target.stem}.broken-{self._now():%Y%m%d-%H%M%S}"
        names = (f"{stem}{number}{target.suffix}" for number in ("", *(f"-{n}" for n in range(2, 1000))))
        return next(path for name in names if not (path := target.with_name(name)).exists())

    def _lock(self) -> FileLock:
        return FileLock(self.path.with_suffix(".lock"), self._lock_limit)


def read_limited(path: Path) -> bytes:
    """Return the content of a file, up to one byte more than `LARGEST`.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def parse_toml(data: bytes) -> dict[str, Any]:
    """Return the table in the content of a TOML file.

    Raises:
        BrokenFileError: it holds none.
    """
    if len(data) > LARGEST:
        raise BrokenFileError(translate("Settings", "it is too large"))
    try:
        return _loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BrokenFileError(translate("Settings", "it is not UTF-8 text")) from None


def _loads(text: str, parse_float: Callable[[str], object] = float) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        # Only the place: the words may quote what stands there.
        raise BrokenFileError(str(error).rpartition("(at ")[2].removesuffix(")")) from None
    except (ValueError, RecursionError):
        raise BrokenFileError(translate("Settings", "it cannot be understood")) from None


def _as_text(number: str) -> object:
    """Keep a number as it is written: `nan` would equal nothing."""
    return f"number {number}"


def _apply(document: Document, changes: Mapping[str, Value | None]) -> None:
    for key, value in changes.items():
        *parents, name = key.split(".")
        group = document
        for parent in parents:
            member = group.get(parent)
            if not isinstance(member, MutableMapping):
                if value is None:
                    break
                group[parent] = {}
                member = group[parent]
                assert isinstance(member, MutableMapping)
            group = member
        else:
            if value is None:
                group.pop(name, None)
            else:
                group[name] = value


def _remove_leftovers(target: Path) -> None:
    """Remove what writers left behind that were killed: under the lock nobody else is writing."""
    for path in target.parent.glob(f"{target.name}.*{_TEMPORARY}"):
        path.unlink(missing_ok=True)


def _replace(target: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=_TEMPORARY, dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Have the new name on the disk as well; Windows has no such request."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cannot_write(error: OSError) -> SettingsError:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            text = translate("Settings", "The disk is full. Nothing was saved; make room and try again.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            text = translate(
                "Settings", "The settings folder cannot be written to. Nothing was saved; ask your administrator."
            )
        case _ if isinstance(error, TimeoutError):
            text = translate("Settings", "Another program is saving these settings. Try again in a moment.")
        case _:
            text = translate("Settings", "The settings could not be saved. They are as they were.")
    return SettingsError(text, raw=error.strerror or str(error))
