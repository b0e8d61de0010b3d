"""The administrator's policy: a machine-wide file that sets values and locks them.

It is a settings file with one member more: ``locked``, a list of keys and sections that users cannot change. What it
sets without locking is the default of this computer. A policy spares users from breaking their desk; it is no wall
against a user who may run programs of their own.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ctidesk.config import places
from ctidesk.config.keys import Value, Values, sections, value_types, values_in, values_of
from ctidesk.config.migrations import MIGRATIONS, VERSION, migrate
from ctidesk.config.settings import PERSONAL, Settings
from ctidesk.config.settings_file import BrokenFileError, parse_toml, read_limited
from ctidesk.config.validation import Problem, check
from ctidesk.cti.text import translate

logger = logging.getLogger(__name__)

LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the administrator has laid down; without a file, nothing.

    Attributes:
        values: checked values by key.
        locked: keys that nobody else changes; one without a value is locked at its default.
        problems: what in the file does not count, and why.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def load_policy(path: Path | None = None) -> Policy:
    """Read a policy, or a settings file that an administrator handed out.

    Args:
        path: the file; by default the one of this computer.
    """
    path = places.policy_file() if path is None else path
    try:
        table = parse_toml(read_limited(path))
    except FileNotFoundError:
        return Policy()
    except OSError as error:
        return _unusable(path, error.strerror or type(error).__name__)
    except BrokenFileError as error:
        return _unusable(path, str(error))
    migrate(table, MIGRATIONS)
    problems: list[Problem] = []
    values: Values = {}
    for key, value in values_in(table).items():
        words = check(key, value)
        if words:
            text = translate("Settings", "Your administrator's value for {key} is ignored. {words}")
            problems.append(Problem(text.format(key=key, words=words), key))
        else:
            values[key] = value
    return Policy(values, _locked(table.get(LOCKED, []), problems), tuple(problems))


def export_policy(settings: Settings, *, lock: Iterable[str] = (), personal: bool = False) -> str:
    """Return the text of a policy that sets other desks as this one is set. It holds no secret, for no setting does.

    Args:
        settings: the desk's settings; what is as usual is left out.
        lock: keys and sections to lock.
        personal: with what belongs to one operator or one computer, like the login.
    """
    import tomlkit

    document = tomlkit.document()
    for line in _EXPLANATION:
        document.add(tomlkit.comment(line))
    document[VERSION] = len(MIGRATIONS) + 1
    document[LOCKED] = list(lock)
    usual = values_of(Settings())
    for key, value in values_of(settings).items():
        if value == usual[key] or (key in PERSONAL and not personal):
            continue
        *parents, name = key.split(".")
        group: tomlkit.TOMLDocument | tomlkit.items.Table = document
        for parent in parents:
            member = group.setdefault(parent, tomlkit.table())
            assert isinstance(member, tomlkit.items.Table)
            group = member
        group[name] = value
    return tomlkit.dumps(document)


_EXPLANATION = (
    "A policy of ctidesk: default values for all users of a computer.",
    "Put it where ctidesk looks for it:",
    "  Linux    /etc/ctidesk/policy.toml",
    "  Windows  C:\\ProgramData\\ctidesk\\policy.toml",
    "  macOS    /Library/Application Support/ctidesk/policy.toml",
    "What is listed as locked cannot be changed by users: keys like",
    '"connection.oktell.addresses", or whole sections like "connection".',
)


def _locked(names: object, problems: list[Problem]) -> frozenset[str]:
    locked: set[str] = set()
    for name in names if isinstance(names, list) else [names]:
        if isinstance(name, str) and name in value_types():
            locked.add(name)
        elif isinstance(name, str) and name in sections():
            locked.update(key for key in value_types() if key.startswith(f"{name}."))
        else:
            shown = name if isinstance(name, str) else "?"
            text = translate("Settings", "Your administrator's file locks {name}, which this program does not have.")
            problems.append(Problem(text.format(name=shown[:80])))
    return frozenset(locked)


def _unusable(path: Path, reason: str) -> Policy:
    logger.warning("the policy cannot be used: %s", reason)
    text = translate("Settings", "Your administrator's file {file} cannot be used, so nothing in it counts. ({reason})")
    return Policy(problems=(Problem(text.format(file=path, reason=reason)),))
