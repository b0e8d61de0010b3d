"""What the demo PBXs have in common for those who start them: `ctidesk demo`, `ctidesk pbx` and tests."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from ctidesk.demo.directing import Answer
from ctidesk.demo.scheduler import LoopScheduler, Scheduler

AUTO_ANSWER_SECONDS = 1.5


class Options(Protocol):
    """What can be chosen of every PBX."""

    @property
    def login_password(self) -> str: ...

    @property
    def auto(self) -> bool: ...


class Operator(Protocol):
    """The user whom the demo is for."""

    @property
    def login(self) -> str: ...

    @property
    def number(self) -> str: ...


class Director(Protocol):
    """Carries out lines."""

    def direct(self, line: str) -> Answer: ...


OptionsT = TypeVar("OptionsT", bound=Options)


class DemoPbx(ABC, Generic[OptionsT]):
    """A PBX as one object: `async with` opens its ports and closes them again.

    `scheduler`: the PBX's time; by default the running loop's. Raises OSError when a port is taken.
    """

    def __init__(self, options: OptionsT, scheduler: Scheduler | None = None) -> None:
        self._options = options
        self._scheduler = scheduler

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as closing:
            await self._open(self._scheduler or LoopScheduler(), closing)
            self._closing = closing.pop_all()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self._closing.aclose()

    @property
    @abstractmethod
    def url(self) -> str:
        """Where clients connect to, for instance `ws://127.0.0.1:40123/`."""

    @property
    def operator_login(self) -> str:
        """What the demo operator logs in with."""
        return self._operator.login

    @property
    def operator_number(self) -> str:
        return self._operator.number

    @property
    def password(self) -> str:
        """The password of every user; the demo's own, no secret."""
        return self._options.login_password

    async def direct(self, line: str) -> Answer:
        """Carries out one of the director's lines (`director.py`) and returns its answer, `ok` and more."""
        return self._director.direct(line)

    @abstractmethod
    async def _open(self, scheduler: Scheduler, closing: AsyncExitStack) -> None:
        """Makes the parts and opens the ports; `closing` closes what it has been told of, the last first."""

    @property
    @abstractmethod
    def _operator(self) -> Operator: ...

    @property
    @abstractmethod
    def _director(self) -> Director: ...

    @property
    def _answers_after(self) -> float | None:
        """After how many seconds a called party answers by itself."""
        return AUTO_ANSWER_SECONDS if self._options.auto else None
