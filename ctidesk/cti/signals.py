"""Typed signals without Qt whose subscribers cannot stop one another (cti-model.md, "5.1 Rules", rule 7)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, TypeVarTuple

Arguments = TypeVarTuple("Arguments")
Unsubscribe = Callable[[], None]
ErrorHook = Callable[[Exception], None]

logger = logging.getLogger(__name__)


class Signal(Generic[*Arguments]):
    """Calls its subscribers in the order of their subscription.

    A subscriber that raises is logged and told to `on_error`; the others are called all the same.
    Subscribers that come or go during an emission count from the next one on.
    """

    def __init__(self, name: str, on_error: ErrorHook | None = None) -> None:
        """Create a signal called `name` in the log; `on_error` hears of every subscriber's exception."""
        self._name = name
        self._on_error = on_error
        self._subscribers: tuple[Callable[[*Arguments], object], ...] = ()

    def subscribe(self, subscriber: Callable[[*Arguments], object]) -> Unsubscribe:
        """Call `subscriber` at each emission until the returned function is called."""
        self._subscribers = (*self._subscribers, subscriber)

        def unsubscribe() -> None:
            # Compared by identity of the entry's position: the same callable may be subscribed twice.
            kept = list(self._subscribers)
            if subscriber in kept:
                kept.remove(subscriber)
                self._subscribers = tuple(kept)

        return unsubscribe

    def emit(self, *arguments: *Arguments) -> None:
        """Call every subscriber with `arguments`."""
        for subscriber in self._subscribers:
            try:
                subscriber(*arguments)
            except Exception as error:
                logger.exception("a subscriber of %s raised", self._name)
                if self._on_error is not None:
                    self._on_error(error)
