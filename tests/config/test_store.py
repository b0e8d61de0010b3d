"""The settings that count, out of file, policy and run; and changing them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ctidesk.config.keys import Value
from ctidesk.config.policy import Policy
from ctidesk.config.settings import Settings, Theme
from ctidesk.config.settings_file import SettingsError, SettingsFile
from ctidesk.config.store import SettingsStore, Source, run_values

LOGIN = "connection.oktell.login"
VOLUME = "sound.volume"
THEME = "interface.theme"


def store_with(file: SettingsFile, text: str = "", **layers: dict[str, Value]) -> SettingsStore:
    if text:
        file.path.write_text(text, "utf-8")
    policy = Policy(layers.get("policy", {}), frozenset(layers.get("locked", {})))
    return SettingsStore(file, policy, layers.get("run"))


def heard(store: SettingsStore) -> list[tuple[Settings, frozenset[str]]]:
    told: list[tuple[Settings, frozenset[str]]] = []
    store.changed.subscribe(lambda settings, keys: told.append((settings, keys)))
    return told


def test_without_anything_the_defaults_count(file: SettingsFile) -> None:
    store = store_with(file)
    assert store.settings == Settings()
    assert store.problems == ()
    assert store.source(VOLUME) is Source.DEFAULT


def test_each_source_wins_over_those_before(file: SettingsFile) -> None:
    text = "[sound]\nvolume = 2\n[connection.oktell]\nlogin = 'file'\n"
    policy: dict[str, Value] = {VOLUME: 1, LOGIN: "policy", THEME: "dark"}
    store = store_with(file, text, policy=policy, run={LOGIN: "run"})
    assert store.settings.sound.volume == 2
    assert store.settings.connection.oktell.login == "run"
    assert store.settings.interface.theme is Theme.DARK
    assert [store.source(key) for key in (VOLUME, LOGIN, THEME)] == [Source.FILE, Source.RUN, Source.ADMINISTRATOR]


def test_a_locked_value_wins_over_all(file: SettingsFile) -> None:
    text = "[sound]\nvolume = 2\n[interface]\ntheme = 'light'\n"
    store = store_with(file, text, policy={VOLUME: 1}, locked={VOLUME: 1, THEME: 1}, run={VOLUME: 3})
    assert store.settings.sound.volume == 1
    assert store.settings.interface.theme is Theme.SYSTEM, "locked without a value is locked at the default"
    assert store.is_locked(VOLUME)
    assert store.source(VOLUME) is Source.LOCKED


def test_a_wrong_value_is_told_and_the_one_below_counts(file: SettingsFile) -> None:
    text = "[sound]\nvolume = 'S3CR3T'\n[interface]\ntheme = 'dark'\n"
    store = store_with(file, text, policy={VOLUME: 1})
    assert store.settings.sound.volume == 1
    assert store.settings.interface.theme is Theme.DARK
    assert [problem.key for problem in store.problems] == [VOLUME]
    assert "S3CR3T" not in store.problems[0].text


def test_a_broken_file_is_a_problem_and_the_defaults_count(file: SettingsFile) -> None:
    store = store_with(file, "[a")
    assert store.settings == Settings()
    assert "broken" in store.problems[0].text


async def test_a_change_is_saved_and_told_once(file: SettingsFile) -> None:
    store = store_with(file, "# mine\n[sound]\nvolume = 2 # soft\n")
    told = heard(store)
    await store.change({VOLUME: 3, THEME: "dark", LOGIN: ""})
    assert told == [(store.settings, frozenset({VOLUME, THEME}))]
    assert store.settings.sound.volume == 3
    assert "volume = 3 # soft" in file.path.read_text()
    assert SettingsStore(file).settings == store.settings
    await store.change({VOLUME: None})
    assert store.settings.sound.volume == Settings().sound.volume
    assert store.source(VOLUME) is Source.DEFAULT


async def test_what_changes_nothing_is_not_told(file: SettingsFile) -> None:
    store = store_with(file, run={VOLUME: 9})
    told = heard(store)
    await store.change({VOLUME: 3})
    assert told == []
    assert store.settings.sound.volume == 9, "the run goes on with its own value"
    assert SettingsStore(file).settings.sound.volume == 3


async def test_what_others_have_saved_is_taken_over(file: SettingsFile) -> None:
    store, other = store_with(file), SettingsStore(file)
    told = heard(store)
    await other.change({THEME: "dark"})
    await store.change({VOLUME: 3})
    assert told[0][1] == {VOLUME, THEME}
    assert store.settings.interface.theme is Theme.DARK


async def test_changes_at_once_come_back_in_order(file: SettingsFile) -> None:
    store = store_with(file)
    await asyncio.gather(*(store.change({VOLUME: number}) for number in range(20)))
    assert store.settings.sound.volume == 19
    assert SettingsStore(file).settings == store.settings


@pytest.mark.parametrize(
    ("values", "words"), [({VOLUME: 3, THEME: "dark"}, "Set by your administrator"), ({THEME: "pink"}, "one of")]
)
async def test_all_or_none(file: SettingsFile, values: dict[str, Value | None], words: str) -> None:
    store = store_with(file, locked={VOLUME: 1})
    with pytest.raises(SettingsError, match=words):
        await store.change(values)
    assert store.settings == Settings()
    assert not file.path.exists()


async def test_a_mended_file_is_no_problem_any_more(file: SettingsFile) -> None:
    store = store_with(file, "[a")
    await store.change({VOLUME: 3})
    assert store.problems == ()


async def test_a_failing_disk_changes_nothing(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.toml")
    store = SettingsStore(file)
    told = heard(store)
    file.path.mkdir()
    with pytest.raises(SettingsError):
        await store.change({VOLUME: 3})
    assert told == []
    assert store.settings == Settings()


def test_what_a_run_asks_for() -> None:
    assert run_values() == {}
    assert run_values(provider="oktell", url="ws://a", login="anna", secure=False) == {
        "connection.provider": "oktell",
        "connection.oktell.addresses": ["ws://a"],
        LOGIN: "anna",
        "connection.oktell.secure": False,
    }
    assert run_values(provider="webitel", url="ws://a", login="214", ca_file=Path("/a.pem")) == {
        "connection.provider": "webitel",
        "connection.webitel.connection_string": "ws://a",
        "connection.webitel.number": "214",
        "connection.ca_file": "/a.pem",
    }


def test_a_whole_webitel_account_is_a_number_and_its_domain() -> None:
    assert run_values(provider="webitel", url="crm.example", login="214@crm.test", secure=True) == {
        "connection.provider": "webitel",
        "connection.webitel.connection_string": "wss://crm.example",
        "connection.webitel.number": "214",
        "connection.webitel.domain": "crm.test",
    }
