"""The administrator's policy: read, locked, exported."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ctidesk.config import places
from ctidesk.config.keys import settings_from, value_types
from ctidesk.config.policy import Policy, export_policy, load_policy
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore

ADDRESSES = "connection.oktell.addresses"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "policy.toml"


def test_no_policy_lays_nothing_down(path: Path) -> None:
    assert load_policy(path) == Policy()


def test_values_and_locks(path: Path) -> None:
    path.write_text(
        f'locked = ["{ADDRESSES}", "sound"]\n'
        '[connection.oktell]\naddresses = ["wss://a"]\n[interface]\ntheme = "dark"\n'
    )
    policy = load_policy(path)
    assert policy.values == {ADDRESSES: ["wss://a"], "interface.theme": "dark"}
    assert policy.locked == {ADDRESSES} | {key for key in value_types() if key.startswith("sound.")}
    assert policy.problems == ()


def test_a_section_inside_a_section_is_locked(path: Path) -> None:
    path.write_text('locked = ["connection"]')
    assert {ADDRESSES, "connection.provider"} < load_policy(path).locked


def test_wrong_values_and_unknown_locks_are_told(path: Path) -> None:
    path.write_text('locked = ["sound.colour", 5, "sound.volume"]\n[sound]\nvolume = 500\nheadset = "Jabra"\n')
    policy = load_policy(path)
    assert policy.values == {"sound.headset": "Jabra"}
    assert policy.locked == {"sound.volume"}
    texts = [problem.text for problem in policy.problems]
    assert len(texts) == 3
    assert "sound.volume is ignored" in texts[0]
    assert "sound.colour" in texts[1]


@pytest.mark.parametrize("text", ["[a", "locked = [\n", "\x00"])
def test_a_broken_policy_is_told_and_left_alone(path: Path, text: str) -> None:
    path.write_text(text)
    policy = load_policy(path)
    assert (dict(policy.values), policy.locked) == ({}, frozenset())
    assert str(path) in policy.problems[0].text
    assert path.read_text() == text
    assert [file.name for file in path.parent.iterdir()] == ["policy.toml"]


def test_a_policy_that_cannot_be_read_is_told(path: Path) -> None:
    path.mkdir()
    assert "cannot be used" in load_policy(path).problems[0].text


def test_an_exported_policy_sets_another_desk_the_same_way(path: Path) -> None:
    settings = settings_from(
        {
            "connection.provider": "oktell",
            ADDRESSES: ['wss://a"b', "c"],
            "connection.oktell.login": "anna",
            "sound.headset": "Jabra",
            "sound.volume": 5,
        }
    )
    text = export_policy(settings, lock=[ADDRESSES])
    assert "anna" not in text
    assert "Jabra" not in text
    path.write_text(text, "utf-8")
    policy = load_policy(path)
    assert policy.problems == ()
    assert policy.values == {"connection.provider": "oktell", ADDRESSES: ['wss://a"b', "c"], "sound.volume": 5}
    assert policy.locked == {ADDRESSES}
    path.write_text(export_policy(settings, personal=True), "utf-8")
    store = SettingsStore(SettingsFile(path.with_name("settings.toml")), load_policy(path))
    assert store.settings == settings


def test_nothing_set_exports_nothing() -> None:
    lines = export_policy(settings_from({})).splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == ["version = 1", "locked = []"]


@pytest.mark.skipif(sys.platform != "linux", reason="the place differs")
def test_the_user_cannot_move_the_policy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path))
    assert places.policy_file() == Path("/etc/ctidesk/policy.toml")


def test_the_settings_folder(home: Path, tmp_path: Path) -> None:
    assert home in places.settings_folder().parents
    assert places.settings_folder(tmp_path) == tmp_path
