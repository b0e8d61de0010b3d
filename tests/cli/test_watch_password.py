"""The password out of the keyring, or in plain words why there is none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError

from ctidesk.watch.password import NoPasswordError, password_from_keyring

Lookup = Callable[[str, str], str | None]
LOGIN = ("oktell", "op1", "ws://pbx.example")


class FakeKeyring(KeyringBackend):
    """A keyring that answers as the test says."""

    priority = 1.0

    lookup: Lookup

    def get_password(self, service: str, username: str) -> str | None:
        return self.lookup(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


def use(monkeypatch: pytest.MonkeyPatch, lookup: Lookup) -> None:
    """Have the system's keyring answer by `lookup`."""
    backend = FakeKeyring()  # type: ignore[no-untyped-call]
    backend.lookup = lookup
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)


async def test_found(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {("ctidesk", "oktell:op1@ws://pbx.example"): "hunter2"}
    use(monkeypatch, lambda service, user: entries.get((service, user)))
    assert await password_from_keyring(*LOGIN) == "hunter2"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (None, "has none for this login"),
        (KeyringLocked("hunter2"), "is locked"),
        (NoKeyringError("hunter2"), "no keyring"),
        (ValueError("hunter2"), "has failed"),
    ],
)
async def test_not_found(error: Exception | None, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(_service: str, _user: str) -> None:
        if error is not None:
            raise error

    use(monkeypatch, lookup)
    with pytest.raises(NoPasswordError, match=words) as told:
        await password_from_keyring(*LOGIN)
    assert "hunter2" not in str(told.value)


@pytest.fixture
def unlocked() -> Iterator[threading.Event]:
    """An event for which a keyring waits; set at the end of the test at the latest."""
    event = threading.Event()
    yield event
    event.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join()


async def test_a_keyring_that_waits_for_somebody_is_not_waited_for(
    unlocked: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lookup(_service: str, _user: str) -> str:
        unlocked.wait()
        return "too late"

    use(monkeypatch, lookup)
    with pytest.raises(NoPasswordError, match="does not answer"):
        await password_from_keyring(*LOGIN, limit=0.01)
