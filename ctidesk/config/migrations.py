"""From older forms of the settings file to the present one.

The first migration leads from version 1 to version 2, and so on. A migration changes the document in place, be it a
plain dictionary or one that knows its comments. There is only one form so far, hence none.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from typing import TypeAlias

Document: TypeAlias = MutableMapping[str, object]
Migration: TypeAlias = Callable[[Document], None]

VERSION = "version"
MIGRATIONS: tuple[Migration, ...] = ()


def version_of(document: Document) -> int:
    """Return the version of a document's form. One without a usable version was written by hand in the first form."""
    version = document.get(VERSION)
    return version if isinstance(version, int) and not isinstance(version, bool) and version > 0 else 1


def migrate(document: Document, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring a document into the present form. One from a later release is left as it is."""
    newest = len(migrations) + 1
    version = version_of(document)
    if version > newest:
        return
    for migration in migrations[version - 1 :]:
        migration(document)
    document[VERSION] = newest
