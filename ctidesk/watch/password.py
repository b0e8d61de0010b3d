"""The password out of the system's keyring, or why there is none."""

from __future__ import annotations

from ctidesk.config.secrets import LIMIT, Account, Answer, Outcome, Reason, Secrets


class NoPasswordError(Exception):
    """There is no password; the text says why."""


async def password_from_keyring(provider: str, login: str, url: str, *, limit: float = LIMIT) -> str:
    """Return the password that the keyring keeps for a login.

    Args:
        provider, login, url: the login.
        limit: seconds to wait for the keyring, which may ask somebody to unlock it.

    Raises:
        NoPasswordError: there is no keyring, no such entry, or no answer in time.
    """
    answer = await Secrets(limit=limit).load(Account(provider, login, url))
    if answer.password is None:
        raise NoPasswordError(_why(answer))
    return answer.password


def _why(answer: Answer) -> str:
    if answer.outcome is not Outcome.NOT_AVAILABLE:
        return "the keyring has none for this login"
    match answer.reason:
        case Reason.LOCKED:
            return "the keyring is locked"
        case Reason.DISMISSED:
            return "the question of the keyring was dismissed"
        case Reason.TIMED_OUT:
            return "the keyring does not answer"
        case Reason.FAILED:
            return f"the keyring has failed ({answer.detail})"
        case _:
            return "this computer has no keyring that keeps secrets"
