"""Settings that are being typed: nothing counts before they are saved."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ctidesk.config.keys import Value, Values, settings_from, values_of
from ctidesk.config.secrets import Program
from ctidesk.config.settings import Connection, Settings
from ctidesk.config.store import SettingsStore
from ctidesk.config.validation import missing
from ctidesk.cti.text import translate


class Draft(QObject):
    """Values by key, as the fields show them.

    Signals:
        changed(key): another value stands there now; an empty key means all of them.
    """

    changed = Signal(str)

    def __init__(self, store: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._changes: Values = {}
        self._secrets: dict[Program, str] = {}
        self._saved = values_of(store.settings)

    @property
    def changes(self) -> Values:
        """What differs from what counts now."""
        return dict(self._changes)

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to save."""
        return bool(self._changes or self._secrets)

    @property
    def secrets(self) -> dict[Program, str]:
        """What was typed as secrets of other programs."""
        return dict(self._secrets)

    def set_secret(self, program: Program, text: str) -> None:
        """Take a secret that is being typed; an empty one stays as it is."""
        if text:
            self._secrets[program] = text
        else:
            self._secrets.pop(program, None)
        self.changed.emit(f"secret.{program}")

    @property
    def settings(self) -> Settings:
        """All settings as they are typed; a value that cannot stand there counts as it was."""
        return self._settings()

    @property
    def connection(self) -> Connection:
        """The connection as it is typed, for a test; a value that cannot stand there counts as it was."""
        return self._settings().connection

    def value(self, key: str) -> Value:
        """Return what stands in the field of `key`."""
        return self._changes.get(key, self._saved[key])

    def set(self, key: str, value: Value) -> None:
        """Take what has been typed; what cannot stand there is told by `words`."""
        if self.is_locked(key) or value == self.value(key):
            return
        if value == self._saved[key]:
            self._changes.pop(key, None)
        else:
            self._changes[key] = value
        self.changed.emit(key)

    def is_locked(self, key: str) -> bool:
        """Whether the administrator has set `key` for good."""
        return self._store.is_locked(key)

    def words(self, key: str) -> str:
        """Return translated words about why the value of `key` cannot be saved; empty when it can."""
        return self._store.check(key, self._changes[key]) if key in self._changes else ""

    def problems(self) -> dict[str, str]:
        """Return the words by key of all that has to be put right before this can be saved."""
        found = {key: words for key in self._changes if (words := self.words(key))}
        if any(key.startswith("connection.") for key in self._changes):
            found = self.missing() | found
        return found

    def missing(self) -> dict[str, str]:
        """Return the words by key of what is still needed to connect."""
        return missing(self._settings())

    def take_saved(self) -> None:
        """Begin anew from what counts now."""
        self._changes.clear()
        self._secrets.clear()
        self._saved = values_of(self._store.settings)
        self.changed.emit("")

    def _settings(self) -> Settings:
        fine = {key: value for key, value in self._changes.items() if not self._store.check(key, value)}
        return settings_from({**self._saved, **fine})


def locked_words() -> str:
    """Return what stands at a value that the administrator has locked."""
    return translate("Settings", "Set by your administrator")
