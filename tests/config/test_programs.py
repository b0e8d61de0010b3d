"""What may be set about other programs, and that only the administrator opens further doors."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctidesk.config.policy import load_policy
from ctidesk.config.secrets import Program, program_account
from ctidesk.config.settings import CallerLookup, Creatio, Integration
from ctidesk.config.settings_file import SettingsError, SettingsFile
from ctidesk.config.store import SettingsStore
from ctidesk.config.validation import check

SCHEMES = "integration.screen_pop.schemes"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("integration.lookup.address", ""),
        ("integration.lookup.address", "https://crm.example:8443/find?n={digits}"),
        ("integration.screen_pop.address", "{card}"),
        ("integration.screen_pop.address", "onec:open/{number}"),
        ("integration.screen_pop.address", "https://crm.example/{record_id}/{call_id}"),
        ("integration.screen_pop.program", ["/usr/bin/crm", "--n={number}", "{card}"]),
        ("integration.screen_pop.program", ["C:\\crm\\crm.exe", "{name}"]),
        ("integration.webhook", "http://127.0.0.1:8080/calls"),
        ("integration.creatio.address", "https://company.creatio.com/0"),
        ("numbers.country", "UA"),
        ("numbers.outside_line", "9"),
    ],
)
def test_what_can_be_set(key: str, value: object) -> None:
    assert check(key, value) == ""


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("integration.lookup.address", "https://crm.example/find"),
        ("integration.lookup.address", "https://{number}.example/"),
        ("integration.lookup.address", "ftp://x/{number}"),
        ("integration.screen_pop.address", "crm.example/{number}"),
        ("integration.screen_pop.address", "{name}"),
        ("integration.screen_pop.address", "https://crm.example{name}/"),
        ("integration.screen_pop.address", "https://crm.example/ {name}"),
        ("integration.screen_pop.address", "https://crm.example/{password}"),
        ("integration.screen_pop.program", ["crm"]),
        ("integration.screen_pop.program", ["/usr/bin/{name}"]),
        ("integration.screen_pop.program", ["C:\\crm\\start.BAT", "{name}"]),
        ("integration.screen_pop.program", ["/usr/bin/crm", "{unknown}"]),
        ("integration.webhook", "https://user:pass@x/"),
        ("integration.webhook", "file:///x"),
        ("numbers.country", "Russia"),
        ("numbers.area_code", "(495)"),
        ("numbers.longest_extension", 9),
        ("directory.contacts_folder", "contacts"),
    ],
)
def test_what_cannot(key: str, value: object) -> None:
    assert check(key, value)


async def test_only_the_policy_allows_schemes(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[integration.screen_pop]\nschemes = ["mine"]\n')
    file = SettingsFile(tmp_path / "settings.toml")
    store = SettingsStore(file)
    assert store.settings.integration.screen_pop.schemes == ()
    assert store.is_locked(SCHEMES)
    with pytest.raises(SettingsError):
        await store.change({SCHEMES: ["mine"]})
    (tmp_path / "policy.toml").write_text('[integration.screen_pop]\nschemes = ["onec"]\n')
    store = SettingsStore(file, load_policy(tmp_path / "policy.toml"))
    assert store.settings.integration.screen_pop.schemes == ("onec",)


def test_a_secret_belongs_to_one_address() -> None:
    one = Integration(CallerLookup("https://a/"), Creatio("https://c", "me"), webhook="https://w")
    other = Integration(CallerLookup("https://b/"), Creatio("https://d", "me"), webhook="https://v")
    for program in Program:
        assert program_account(program, one) != program_account(program, other)
