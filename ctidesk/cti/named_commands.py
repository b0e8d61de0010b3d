"""Commands that are called by their documented names with positional arguments, as scripts give them."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

from ctidesk.cti.json_value import Json

Outcome = TypeVar("Outcome")


class UnknownCommandError(LookupError):
    """There is no command of this name."""


class NamedCommands(Generic[Outcome]):
    """The public commands of a PBX's client; what each gives is an `Outcome`, or comes to one."""

    _table: Mapping[str, Callable[..., Outcome | Awaitable[Outcome]]]

    def __contains__(self, name: str) -> bool:
        return name in self._table

    async def run(self, name: str, arguments: Sequence[Json]) -> Outcome:
        """Run a command and return what it gives.

        Raises:
            UnknownCommandError: there is no such command.
            TypeError: it takes fewer arguments.
        """
        command = self._table.get(name)
        if command is None:
            raise UnknownCommandError(name)
        try:
            inspect.signature(command).bind(*arguments)
        except TypeError as error:
            raise TypeError(f"{name}: {error}") from None
        given = command(*arguments)
        return await given if isinstance(given, Awaitable) else given
