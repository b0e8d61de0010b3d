"""Passwords in the real Secret Service: kept for the next start, locked, removed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import closing

import pytest
import secretstorage
from secretstorage.util import DBusAddressWrapper, format_secret, open_session

from ctidesk.config.secrets import Account, Answer, Outcome, Reason, Secrets

ACCOUNT = Account("oktell", "анна", "wss://pbx.test:4066")
PASSWORD = "S3CR3T пароль"

pytestmark = pytest.mark.usefixtures("secret_service")

NEXT_START = """
import asyncio, sys
from ctidesk.config.secrets import Account, Secrets
answer = asyncio.run(Secrets().load(Account(*sys.argv[1:])))
print(answer.outcome.name, answer.password)
"""


def at_the_next_start() -> str:
    arguments = [sys.executable, "-c", NEXT_START, ACCOUNT.provider, ACCOUNT.login, ACCOUNT.server]
    return subprocess.run(arguments, capture_output=True, text=True, check=True, encoding="utf-8").stdout.strip()


async def test_a_password_is_there_at_the_next_start_until_it_is_removed() -> None:
    secrets = Secrets()
    assert await secrets.load(ACCOUNT) == Answer(Outcome.ASK_EACH_START)
    assert await secrets.store(ACCOUNT, PASSWORD) == Answer(Outcome.STORED)
    assert await asyncio.to_thread(at_the_next_start) == f"STORED {PASSWORD}"
    assert await secrets.store(ACCOUNT, "another") == Answer(Outcome.STORED)
    assert await secrets.load(ACCOUNT) == Answer(Outcome.STORED, password="another")
    assert await secrets.remove(ACCOUNT) == Answer(Outcome.ASK_EACH_START)
    assert await asyncio.to_thread(at_the_next_start) == "ASK_EACH_START None"


# The library forgets its connection to the bus when a keyring stays locked.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_locked_keyring_that_nobody_unlocks() -> None:
    with closing(secretstorage.dbus_init()) as bus:
        collection = secretstorage.get_default_collection(bus)
        collection.lock()
        try:
            answer = await Secrets().load(ACCOUNT)
        finally:
            unlock(collection)
    assert (answer.outcome, answer.reason) == (Outcome.NOT_AVAILABLE, Reason.LOCKED)
    assert (await Secrets().load(ACCOUNT)).outcome is Outcome.ASK_EACH_START


def unlock(collection: secretstorage.Collection) -> None:
    """Unlock the keyring for the other tests with the password that `packaging/desktop.sh` has given it."""
    master_password = b"password of a keyring that is thrown away\n"
    session = open_session(collection.connection)
    assert session.object_path is not None
    service = DBusAddressWrapper(
        "/org/freedesktop/secrets",
        "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
        collection.connection,
    )
    secret = format_secret(session, master_password, "text/plain")
    service.call("UnlockWithMasterPassword", "o(oayays)", collection.collection_path, secret)
    assert not collection.is_locked()
