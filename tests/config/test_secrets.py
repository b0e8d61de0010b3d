"""Passwords in keyrings of all characters; the real one is used in `tests/desktop`."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import threading
import types
from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked, NoKeyringError

from ctidesk.config.secrets import Account, Answer, Outcome, Reason, Secrets

ACCOUNT = Account("oktell", "anna", "wss://pbx.test")
PASSWORD = "S3CR3T пароль"


class PromptDismissedException(Exception):
    """As the Secret Service's library raises it."""


class Memory(KeyringBackend):
    """Keeps passwords; `trouble` is called before each request."""

    priority = 1

    def __init__(self, trouble: Callable[[], None] = lambda: None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble = trouble
        self.requests = 0

    def get_password(self, service: str, username: str) -> str | None:
        self._begin()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._begin()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._begin()
        del self.kept[service, username]

    def _begin(self) -> None:
        self.requests += 1
        self.trouble()


@pytest.fixture
def use() -> Iterator[Callable[[KeyringBackend], None]]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


Use = Callable[[KeyringBackend], None]


async def test_a_password_is_stored_read_and_removed(use: Use) -> None:
    backend = Memory()
    use(backend)
    secrets = Secrets()
    assert await secrets.load(ACCOUNT) == Answer(Outcome.ASK_EACH_START)
    assert await secrets.store(ACCOUNT, PASSWORD) == Answer(Outcome.STORED)
    assert backend.kept == {("ctidesk", "oktell:anna@wss://pbx.test"): PASSWORD}
    assert await secrets.load(ACCOUNT) == Answer(Outcome.STORED, password=PASSWORD)
    assert await secrets.remove(ACCOUNT) == Answer(Outcome.ASK_EACH_START)
    assert backend.kept == {}
    assert await secrets.remove(ACCOUNT) == Answer(Outcome.ASK_EACH_START)


def test_a_password_is_not_shown_by_accident() -> None:
    assert PASSWORD not in repr(Answer(Outcome.STORED, password=PASSWORD))


def raise_chained() -> None:
    try:
        raise PromptDismissedException
    except PromptDismissedException as error:
        raise InitError(PASSWORD) from error


def raising(error: Exception) -> Callable[[], None]:
    def trouble() -> None:
        raise error

    return trouble


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (raising(NoKeyringError(PASSWORD)), Reason.NO_SERVICE),
        (raising(InitError(PASSWORD)), Reason.NO_SERVICE),
        (raising(KeyringLocked(PASSWORD)), Reason.LOCKED),
        (raising(PromptDismissedException(PASSWORD)), Reason.DISMISSED),
        (raise_chained, Reason.DISMISSED),
        (raising(ValueError(PASSWORD)), Reason.FAILED),
    ],
)
async def test_troubles_are_told_apart(
    use: Use, caplog: pytest.LogCaptureFixture, trouble: Callable[[], None], reason: Reason
) -> None:
    use(Memory(trouble))
    secrets = Secrets()
    answers = [await secrets.load(ACCOUNT), await secrets.store(ACCOUNT, PASSWORD), await secrets.remove(ACCOUNT)]
    assert {(answer.outcome, answer.reason) for answer in answers} == {(Outcome.NOT_AVAILABLE, reason)}
    assert PASSWORD not in caplog.text + repr(answers)


def test_each_end_has_its_own_words() -> None:
    ends = [Answer(Outcome.STORED), Answer(Outcome.ASK_EACH_START)]
    ends += [Answer(Outcome.NOT_AVAILABLE, reason) for reason in Reason]
    assert len({end.words for end in ends}) == len(ends)


def backend_of(module: str) -> KeyringBackend:
    """Return a keyring that comes from `module`."""
    kind = types.new_class("Keyring", (Memory,), exec_body=lambda members: members.update(__module__=module))
    backend = kind()
    assert isinstance(backend, KeyringBackend)
    return backend


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("keyring.backends.fail", Reason.NO_SERVICE),
        ("keyring.backends.null", Reason.UNSAFE),
        ("keyrings.alt.file", Reason.UNSAFE),
        ("keyrings.alt.Windows", Reason.UNSAFE),
        ("keyrings.cryptfile.cryptfile", Reason.UNSAFE),
    ],
)
async def test_no_password_goes_where_it_is_not_safe(use: Use, module: str, reason: Reason) -> None:
    backend = backend_of(module)
    use(backend)
    answer = await Secrets().store(ACCOUNT, PASSWORD)
    assert (answer.outcome, answer.reason) == (Outcome.NOT_AVAILABLE, reason)
    assert isinstance(backend, Memory)
    assert (backend.kept, backend.requests) == ({}, 0)


async def test_of_several_keyrings_the_safe_one_is_used(use: Use) -> None:
    unsafe, safe = backend_of("keyrings.alt.file"), Memory()

    class Chain(Memory):
        backends = (unsafe, safe)

    use(Chain())
    await Secrets().store(ACCOUNT, PASSWORD)
    assert isinstance(unsafe, Memory)
    assert unsafe.kept == {}
    assert list(safe.kept.values()) == [PASSWORD]


class Hanging:
    """A keyring that waits for somebody to answer its question."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.answered = threading.Event()

    def __call__(self) -> None:
        self.entered.set()
        self.answered.wait()


async def test_a_hanging_keyring_is_left_behind_and_not_asked_again(use: Use) -> None:
    hanging = Hanging()
    backend = Memory(hanging)
    use(backend)
    secrets = Secrets(limit=0.05)
    try:
        for answer in (await secrets.load(ACCOUNT), await secrets.store(ACCOUNT, PASSWORD)):
            assert (answer.outcome, answer.reason) == (Outcome.NOT_AVAILABLE, Reason.TIMED_OUT)
        assert backend.requests == 1
    finally:
        hanging.answered.set()
    threads = [thread for thread in threading.enumerate() if thread.name == "keyring"]
    await asyncio.gather(*(asyncio.to_thread(thread.join) for thread in threads))
    secrets = Secrets()
    assert (await secrets.load(ACCOUNT)).outcome is Outcome.ASK_EACH_START


async def test_a_keyring_that_answers_late_is_used_again(use: Use) -> None:
    hanging = Hanging()
    use(Memory(hanging))
    secrets = Secrets(limit=0.05)
    assert (await secrets.load(ACCOUNT)).reason is Reason.TIMED_OUT
    former = secrets._request
    assert former is not None
    hanging.answered.set()
    await former.end()
    secrets._limit = 60
    assert (await secrets.load(ACCOUNT)).outcome is Outcome.ASK_EACH_START


async def test_the_loop_runs_while_the_keyring_is_slow(use: Use) -> None:
    hanging = Hanging()
    use(Memory(hanging))
    loading = asyncio.create_task(Secrets().load(ACCOUNT))
    while not hanging.entered.is_set():
        await asyncio.sleep(0)
    assert not loading.done()
    hanging.answered.set()
    assert (await loading).outcome is Outcome.ASK_EACH_START


async def test_after_a_cancelled_request_the_next_one_waits_for_its_end(use: Use) -> None:
    hanging = Hanging()
    use(Memory(hanging))
    secrets = Secrets()
    loading = asyncio.create_task(secrets.load(ACCOUNT))
    while not hanging.entered.is_set():
        await asyncio.sleep(0)
    loading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loading
    storing = asyncio.create_task(secrets.store(ACCOUNT, PASSWORD))
    await asyncio.sleep(0)
    hanging.answered.set()
    assert (await storing).outcome is Outcome.STORED


ASK = """
import asyncio, sys
from ctidesk.config.secrets import Account, Secrets
answer = asyncio.run(Secrets(limit=float(sys.argv[1])).load(Account("oktell", "anna", "pbx")))
print(answer.outcome.name, answer.reason.name, answer.detail)
"""
HANG = "import keyring, threading; keyring.get_keyring = lambda: threading.Event().wait()\n"


def ask(program: str = ASK, limit: str = "60", **environment: str) -> list[str]:
    result = subprocess.run(
        [sys.executable, "-c", program, limit],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    return result.stdout.split()


@pytest.mark.parametrize(
    ("environment", "end"),
    [
        ({"PYTHON_KEYRING_BACKEND": ""}, ["NOT_AVAILABLE", "FAILED", "ValueError"]),
        ({"PYTHON_KEYRING_BACKEND": "no.such.Keyring"}, ["NOT_AVAILABLE", "FAILED", "ModuleNotFoundError"]),
        ({"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}, ["NOT_AVAILABLE", "NO_SERVICE"]),
        (
            {
                "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
                "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
            },
            ["NOT_AVAILABLE", "NO_SERVICE"],
        ),
    ],
)
def test_keyrings_that_cannot_even_be_loaded(environment: dict[str, str], end: list[str]) -> None:
    assert ask(**environment)[: len(end)] == end


def test_a_hanging_keyring_does_not_keep_the_program_from_ending() -> None:
    assert ask(HANG + ASK, "0.05")[:2] == ["NOT_AVAILABLE", "TIMED_OUT"]


def test_the_log_names_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        keyring_error = raising(ValueError(PASSWORD))
        before = keyring.get_keyring()
        keyring.set_keyring(Memory(keyring_error))
        try:
            asyncio.run(Secrets().store(ACCOUNT, PASSWORD))
        finally:
            keyring.set_keyring(before)
    assert "ValueError" in caplog.text
    assert PASSWORD not in caplog.text
