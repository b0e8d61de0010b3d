"""The passwords of this run: those in the keyring, and those that are only known until the program ends."""

from __future__ import annotations

from dataclasses import replace

from ctidesk.config.secrets import Account, Answer, Outcome, Secrets


class Passwords:
    """Remembers passwords until the end of the run, and in the keyring for the next one where there is a keyring."""

    def __init__(self, secrets: Secrets, given: str | None = None) -> None:
        """Know nothing yet.

        Args:
            secrets: the keyring.
            given: from the environment of this run; it wins over the keyring.
        """
        self._secrets = secrets
        self._given = given
        self._known: dict[Account, str] = {}

    def __repr__(self) -> str:
        return f"Passwords({len(self._known)} known)"

    async def find(self, account: Account) -> Answer:
        """Return the password of `account`, and where it is kept."""
        answer = await self._secrets.load(account)
        known = self._given or self._known.get(account)
        return replace(answer, password=known) if known is not None else answer

    def known(self, account: Account) -> str | None:
        """Return the password if it need not be looked up."""
        return self._given or self._known.get(account)

    def use(self, account: Account, password: str) -> None:
        """Use a password in this run alone."""
        self._given = None
        self._known[account] = password

    async def keep(self, account: Account, password: str) -> Answer:
        """Use a password and put it into the keyring."""
        self.use(account, password)
        return await self._secrets.store(account, password)

    async def move(self, old: Account, new: Account) -> Answer:
        """Follow an account to another server address; one of another login is removed.

        A keyring that does not answer keeps what it has.
        """
        found = await self._secrets.load(old)
        known = self._known.pop(old, found.password)
        answer = found
        if known is not None and (old.provider, old.login) == (new.provider, new.login):
            self._known[new] = known
            if found.outcome is Outcome.STORED:
                answer = await self._secrets.store(new, known)
        if found.outcome is Outcome.STORED:
            await self._secrets.remove(old)
        return answer

    async def forget(self, account: Account) -> Answer:
        """Take a password out of the keyring; this run goes on with it."""
        found = await self._secrets.load(account)
        if found.password is not None:
            self._known.setdefault(account, found.password)
        return await self._secrets.remove(account)
