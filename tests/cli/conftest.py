"""The command line within the test's own process."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """Give the log back as it was: the command line sets it up for the whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    for handler in handlers:
        root.removeHandler(handler)  # lest they are closed
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without anything configured."""
    for name in ("PROVIDER", "URL", "LOGIN", "PASSWORD"):
        monkeypatch.delenv(f"CTIDESK_{name}", raising=False)
