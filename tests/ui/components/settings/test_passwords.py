"""Passwords of this run follow their account and stay out of sight."""

from __future__ import annotations

from ctidesk.config.secrets import Account, Outcome
from ctidesk.ui.components.settings.passwords import Passwords
from tests.ui.components.settings.settings_desk import MemorySecrets

OLD = Account("oktell", "op1", "ws://one")
NEW = Account("oktell", "op1", "ws://two")
OTHER = Account("oktell", "op2", "ws://one")


async def test_what_the_environment_gives_wins_until_another_is_typed() -> None:
    secrets = MemorySecrets()
    secrets.kept[OLD] = "kept"
    passwords = Passwords(secrets, "given")
    assert (await passwords.find(OLD)).password == "given"
    passwords.use(OLD, "typed")
    assert (await passwords.find(OLD)).password == "typed"
    assert secrets.kept == {OLD: "kept"}


async def test_a_new_server_address_takes_the_password_along() -> None:
    secrets = MemorySecrets()
    secrets.kept[OLD] = "kept"
    await Passwords(secrets).move(OLD, NEW)
    assert secrets.kept == {NEW: "kept"}


async def test_another_login_leaves_no_password_behind() -> None:
    secrets = MemorySecrets()
    secrets.kept[OLD] = "kept"
    passwords = Passwords(secrets)
    await passwords.move(OLD, OTHER)
    assert secrets.kept == {}
    assert passwords.known(OTHER) is None


async def test_forgetting_removes_it_from_the_keyring_and_this_run_goes_on() -> None:
    secrets = MemorySecrets()
    secrets.kept[OLD] = "kept"
    passwords = Passwords(secrets)
    assert (await passwords.forget(OLD)).outcome is Outcome.ASK_EACH_START
    assert secrets.kept == {}
    assert passwords.known(OLD) == "kept"


async def test_without_a_keyring_it_is_known_until_the_end() -> None:
    secrets = MemorySecrets()
    secrets.broken = True
    passwords = Passwords(secrets)
    assert (await passwords.keep(OLD, "typed")).outcome is Outcome.NOT_AVAILABLE
    assert (await passwords.find(OLD)).password == "typed"
    assert "typed" not in repr(passwords)
