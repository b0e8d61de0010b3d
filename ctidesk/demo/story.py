"""The traffic of `ctidesk demo`: colleagues come and go, callers ring the operator whenever the line is free."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable

from ctidesk.demo.callers import (
    BETWEEN_CALLS_SECONDS,
    BETWEEN_PRESENCES_SECONDS,
    FIRST_CALL_AFTER_SECONDS,
    PRESENCES,
)
from ctidesk.demo.scheduler import Scheduler, Timer

FIRST_PRESENCES = 8
"""Colleagues whose presence is drawn before the first client comes."""


class CompanyStory(ABC):
    """When something happens; what it is, a PBX's own story says. The same `seed` tells the same story.

    Args:
        scheduler: the PBX's time.
        direct: carries out one of the director's lines.
        quiet: nobody calls the operator.
    """

    def __init__(self, scheduler: Scheduler, direct: Callable[[str], object], *, seed: int, quiet: bool) -> None:
        self._chance = random.Random(f"story {seed}")  # noqa: S311 - traffic, no secrets
        self._scheduler = scheduler
        self._direct = direct
        self._quiet = quiet
        self._timers: dict[str, Timer] = {}

    def start(self) -> None:
        for _ in range(min(FIRST_PRESENCES, len(self._colleague_numbers()))):
            self._change_presence()
        self._plan("presence", self._chance.uniform(*BETWEEN_PRESENCES_SECONDS), self._next_presence)
        if not self._quiet:
            self._plan("call", FIRST_CALL_AFTER_SECONDS, self._next_call)

    def stop(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    @abstractmethod
    def _colleague_numbers(self) -> list[str]:
        """The colleagues whom a change would not disturb: those who talk to somebody real stay as they are."""

    @abstractmethod
    def _call_if_free(self) -> None:
        """Let somebody call the operator, if his line is free and he is there."""

    def _plan(self, name: str, seconds: float, action: Callable[[], None]) -> None:
        self._timers[name] = self._scheduler.later(seconds, action)

    def _next_presence(self) -> None:
        self._change_presence()
        self._plan("presence", self._chance.uniform(*BETWEEN_PRESENCES_SECONDS), self._next_presence)

    def _change_presence(self) -> None:
        if numbers := self._colleague_numbers():
            self._direct(f"presence {self._chance.choice(numbers)} {self._chance.choice(PRESENCES)}")

    def _next_call(self) -> None:
        self._call_if_free()
        self._plan("call", self._chance.uniform(*BETWEEN_CALLS_SECONDS), self._next_call)
