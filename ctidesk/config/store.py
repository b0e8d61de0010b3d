"""The settings that count now, out of all places where something is set."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from ctidesk.config.keys import Value, Values, settings_from, value_types, values_in, values_of
from ctidesk.config.policy import Policy
from ctidesk.config.settings import ADMINISTRATORS, Settings
from ctidesk.config.settings_file import SettingsError, SettingsFile
from ctidesk.config.validation import Problem, check
from ctidesk.cti.signals import Signal
from ctidesk.cti.text import translate

logger = logging.getLogger(__name__)


class Source(Enum):
    """Where a value comes from; each wins over those before it."""

    DEFAULT = "default"
    ADMINISTRATOR = "administrator"
    """A value of the policy that is not locked."""
    FILE = "file"
    RUN = "run"
    """The command line or the environment of this run."""
    LOCKED = "locked"


class SettingsStore:
    """Holds the settings, and changes them.

    Signals:
        changed(settings, keys): other values count now for these keys.
    """

    def __init__(
        self, file: SettingsFile, policy: Policy | None = None, run: Mapping[str, Value] | None = None
    ) -> None:
        """Read the settings.

        Args:
            file: this user's file.
            policy: the administrator's.
            run: what the command line and the environment of this run ask for (`run_values`).
        """
        self.changed: Signal[Settings, frozenset[str]] = Signal("settings.changed")
        self._file = file
        self._policy = policy or Policy()
        self._run = dict(run or {})
        self._one_at_a_time = asyncio.Lock()
        reading = file.read()
        self._file_problem = reading.problem
        self._settings = Settings()
        self._sources: dict[str, Source] = {}
        self._problems: tuple[Problem, ...] = ()
        self._lay(values_in(reading.table))

    @property
    def settings(self) -> Settings:
        """What counts now."""
        return self._settings

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What in the files does not count, in translated words."""
        return self._problems

    @property
    def path(self) -> Path:
        """The user's file."""
        return self._file.path

    def source(self, key: str) -> Source:
        """Return where the value of `key` comes from."""
        return self._sources[key]

    def is_locked(self, key: str) -> bool:
        """Whether the administrator has locked `key`."""
        return key in self._policy.locked or key in ADMINISTRATORS

    def check(self, key: str, value: Value) -> str:
        """Return translated words about why `value` cannot be set; empty when it can."""
        if self.is_locked(key):
            return translate("Settings", "Set by your administrator")
        return check(key, value)

    async def change(self, values: Mapping[str, Value | None]) -> None:
        """Save new values, all or none, and tell what has changed by that.

        What another process has saved meanwhile is taken over as well. A value that this run was started with goes
        on to count until its end.

        Args:
            values: new values by key; None returns to the default.

        Raises:
            SettingsError: a value is locked or wrong, or the file could not be written.
        """
        for key, value in values.items():
            usual = _DEFAULTS[key]
            if words := self.check(key, usual if value is None else value):
                raise SettingsError(words)
        # Each change returns the whole file: they must come back in the order in which they were made.
        async with self._one_at_a_time:
            table = await asyncio.to_thread(self._file.change, values)
            self._file_problem = None
            before = values_of(self._settings)
            self._lay(values_in(table))
        after = values_of(self._settings)
        if keys := frozenset(key for key in after if after[key] != before[key]):
            self.changed.emit(self._settings, keys)

    def _lay(self, in_file: Mapping[str, Value]) -> None:
        """Lay the sources over one another."""
        problems = list(self._policy.problems)
        if self._file_problem is not None:
            problems.append(self._file_problem)
        values: Values = {}
        self._sources = dict.fromkeys(value_types(), Source.DEFAULT)
        layers = (
            (Source.ADMINISTRATOR, self._policy.values),
            (Source.FILE, in_file),
            (Source.RUN, self._run),
        )
        for source, layer in layers:
            for key, value in layer.items():
                if source is not Source.ADMINISTRATOR and self.is_locked(key):
                    continue
                if words := check(key, value):
                    text = translate("Settings", "The setting {key} is ignored. {words}")
                    problems.append(Problem(text.format(key=key, words=words), key))
                    continue
                values[key] = value
                self._sources[key] = source
        self._sources.update(dict.fromkeys(self._policy.locked, Source.LOCKED))
        self._settings = settings_from(values)
        self._problems = tuple(problems)
        for problem in problems:
            logger.warning("%s", problem.text)


def run_values(
    *,
    provider: str | None = None,
    url: str = "",
    login: str = "",
    secure: bool | None = None,
    ca_file: Path | None = None,
) -> Values:
    """Return as values by key what one run was asked for; what was not asked for is left out.

    A proxy is not among them: one of the command line may hold a password, which never becomes a setting.

    Args:
        provider: the kind of PBX; without it, Oktell is meant.
        url: the PBX's address.
        login: the operator's name, or number, at the PBX.
        secure: an address without a scheme means TLS.
        ca_file: PEM file of certificates to trust.
    """
    values: Values = {}
    if provider:
        values["connection.provider"] = provider
    if provider == "webitel":
        values |= _webitel_values(url, login, bool(secure))
    else:
        if url:
            values["connection.oktell.addresses"] = [url]
        if login:
            values["connection.oktell.login"] = login
        if secure is not None:
            values["connection.oktell.secure"] = secure
    if ca_file is not None:
        values["connection.ca_file"] = str(ca_file.absolute())
    return values


def _webitel_values(url: str, login: str, secure: bool) -> Values:
    """Return how Webitel is reached; a whole account, like 214@crm.example, is a number and its domain."""
    values: Values = {}
    if url:
        values["connection.webitel.connection_string"] = f"wss://{url}" if secure and "://" not in url else url
    number, at_sign, domain = login.partition("@")
    if number:
        values["connection.webitel.number"] = number
    if at_sign:
        values["connection.webitel.domain"] = domain
    return values


_DEFAULTS = values_of(Settings())
