"""The real library for the Secret Service on a message bus of the test's own; `tests/desktop` has the real service."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.architecture.rules import CHECKOUT
from tests.system.private_bus import address

__all__ = ["address"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is there on Linux")

# The limit is passed only where nobody answers; the program must end then, too.
ASK = """
import asyncio, sys
from ctidesk.config.secrets import Account, Secrets

async def main():
    secrets = Secrets(limit=float(sys.argv[1]))
    account = Account("oktell", "anna", "wss://pbx.test")
    for answer in (await secrets.load(account), await secrets.store(account, "S3CR3T"), await secrets.remove(account)):
        print(answer.outcome.name, answer.reason and answer.reason.name)

asyncio.run(main())
"""
PATIENT, QUICK = "60", "1"


@pytest.fixture
def environment(address: str) -> dict[str, str]:
    return {
        **os.environ,
        "DBUS_SESSION_BUS_ADDRESS": address,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
    }


@pytest.fixture
def service(request: pytest.FixtureRequest, environment: dict[str, str]) -> Iterator[None]:
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.config.fake_secret_service", request.param],
        env=environment,
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    yield
    running.kill()
    running.communicate()


def asked(environment: dict[str, str], limit: str) -> list[str]:
    """Load, store and remove a password in a program of its own, and return what became of each."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, limit], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "S3CR3T" not in done.stdout + done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("service", "limit", "outcome"),
    [
        ("silent", QUICK, "NOT_AVAILABLE TIMED_OUT"),
        ("ignored", QUICK, "NOT_AVAILABLE TIMED_OUT"),
        ("dismissed", PATIENT, "NOT_AVAILABLE DISMISSED"),
        ("locked", PATIENT, "NOT_AVAILABLE LOCKED"),
    ],
    indirect=["service"],
)
def test_a_service_in_trouble(service: None, environment: dict[str, str], limit: str, outcome: str) -> None:
    assert asked(environment, limit) == [outcome] * 3


def test_a_bus_without_the_service(environment: dict[str, str]) -> None:
    assert asked(environment, PATIENT) == ["NOT_AVAILABLE NO_SERVICE"] * 3


def test_no_bus(environment: dict[str, str]) -> None:
    environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere"
    assert asked(environment, PATIENT) == ["NOT_AVAILABLE NO_SERVICE"] * 3
