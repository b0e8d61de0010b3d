"""What the settings need of contacts and of the company's other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ctidesk.config.secrets import Answer, Program
from ctidesk.config.settings import Integration, Settings
from ctidesk.cti.identification import Source
from ctidesk.cti.signals import Signal

if TYPE_CHECKING:
    from ctidesk.store.contact_csv import CsvForm, CsvPreview


class ContactFiles(Protocol):
    """The contacts of this desk and where they are from. All methods raise `StoreError` when they cannot be used.

    Signals:
        changed(): there are other contacts.
    """

    changed: Signal[()]

    async def preview(self, path: Path, form: CsvForm | None = None) -> CsvPreview:
        """Look at the beginning of a CSV file."""

    async def import_file(
        self, path: Path, form: CsvForm | None = None, progress: Callable[[float], None] | None = None
    ) -> int:
        """Take the contacts of a file in; return how many there are."""

    async def sources(self) -> dict[str, int]:
        """Return how many contacts there are from where."""

    async def remove(self, source: str) -> None:
        """Forget the contacts of a source."""


class OtherPrograms(Protocol):
    """The company's other programs."""

    @property
    def contacts(self) -> ContactFiles:
        """The contacts of this desk. The first use loads the database."""

    async def find_key(self, program: Program, integration: Integration) -> Answer:
        """Return where the secret for a program is kept."""

    async def keep_key(self, program: Program, integration: Integration, secret: str) -> Answer:
        """Keep the secret for a program, and use it from now on."""

    async def forget_key(self, program: Program, integration: Integration) -> Answer:
        """Take the secret for a program out of the keyring."""

    async def find(self, source: Source, settings: Settings, secret: str, number: str) -> tuple[str, ...]:
        """Return in words whom a source finds under a number; raises `TrialFailed`."""
