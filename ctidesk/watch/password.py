"""The password out of the keyring, which may be slow, locked or missing."""

from __future__ import annotations

import asyncio
import contextlib
import threading

SERVICE = "ctidesk"
LIMIT = 10.0
"""Seconds for the keyring, which may ask the user to unlock it."""


class NoPasswordError(Exception):
    """The keyring has none, or did not hand it out; the text says which."""


def keyring_user(provider: str, login: str, url: str) -> str:
    """Return the name under which the keyring has the password of a login."""
    return f"{provider}:{login}@{url}"


async def password_from_keyring(provider: str, login: str, url: str, *, limit: float = LIMIT) -> str:
    """Return the password of a login.

    Args:
        provider, login, url: the login.
        limit: seconds to wait. A keyring that asks for its own password may never answer: the question is then left
            to its thread, which ends with the program.

    Raises:
        NoPasswordError: there is no keyring, no such entry, or no answer in time.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[str | None] = loop.create_future()

    def settle(password: str | None, error: Exception | None) -> None:
        if found.done():
            return
        if error is None:
            found.set_result(password)
        else:
            found.set_exception(error)

    def ask() -> None:
        password, error = None, None
        try:
            password = _ask(keyring_user(provider, login, url))
        except NoPasswordError as told:
            error = told
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, password, error)

    threading.Thread(target=ask, name="keyring", daemon=True).start()
    try:
        async with asyncio.timeout(limit):
            password = await found
    except TimeoutError:
        raise NoPasswordError("the keyring does not answer; unlock it") from None
    if password is None:
        raise NoPasswordError("the keyring has no password for this login")
    return password


def _ask(user: str) -> str | None:
    import keyring  # takes a while to load: only who needs it waits for it
    from keyring.errors import KeyringLocked, NoKeyringError

    try:
        return keyring.get_password(SERVICE, user)
    except KeyringLocked:
        raise NoPasswordError("the keyring is locked; unlock it") from None
    except NoKeyringError:
        raise NoPasswordError("this computer has no keyring") from None
    except Exception as error:  # noqa: BLE001 - each keyring fails in its own way, and this thread must answer
        raise NoPasswordError(f"the keyring has failed ({type(error).__name__})") from None
