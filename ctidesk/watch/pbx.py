"""The PBX of a run: its provider, and its library's own events and commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from ctidesk.cti.json_value import Json
from ctidesk.cti.named_commands import UnknownCommandError

if TYPE_CHECKING:
    from ctidesk.cti.provider import BaseCtiProvider

TellEvent: TypeAlias = Callable[[str, Sequence[Json]], None]


class WrongCommandError(Exception):
    """The PBX client has no such command (`is_unknown`), or it was given wrong arguments."""

    def __init__(self, text: str, *, is_unknown: bool = False) -> None:
        super().__init__(text)
        self.is_unknown = is_unknown


class Named(Protocol):
    """The commands of a client by their names."""

    async def run(self, name: str, arguments: Sequence[Json]) -> Json:
        """See `ctidesk.cti.named_commands.NamedCommands`."""


async def run_named(commands: Named, name: str, arguments: Sequence[Json]) -> Json:
    """Run a command and return what it gives.

    Raises:
        WrongCommandError: there is no such command, or it takes other arguments.
    """
    try:
        return await commands.run(name, arguments)
    except UnknownCommandError:
        raise WrongCommandError(f"The client has no command {name}.", is_unknown=True) from None
    except TypeError as error:
        raise WrongCommandError(str(error)) from error


class Pbx(Protocol):
    """What `ctidesk watch` needs of a PBX.

    Attributes:
        links: commands whose result is a link with a one-time password: told whole, for it is of no use without.
    """

    links: frozenset[str]

    @property
    def provider(self) -> BaseCtiProvider:
        """The provider, for the model."""

    def subscribe(self, tell: TellEvent) -> None:
        """Call `tell` with the name and the arguments of each of the library's documented events."""

    async def run(self, name: str, arguments: Sequence[Json]) -> Json:
        """Run one of the library's public commands and return what it hands to its callback, or returns.

        Raises:
            WrongCommandError: there is no such command, or it takes other arguments.
        """

    async def hear(self) -> Json:
        """Listen to the talk of the web phone for a moment; return how loud it is, and the pitch of a tone.

        Raises:
            WrongCommandError: there is no web phone whose sound could be heard.
        """
