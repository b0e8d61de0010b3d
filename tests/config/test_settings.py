"""The model, its keys and the words about what may not stand in a field."""

from __future__ import annotations

import msgspec
import pytest

from ctidesk.config import keys
from ctidesk.config.settings import PERSONAL, Provider, Settings
from ctidesk.config.validation import check, missing


def test_the_defaults_may_stand_in_their_fields() -> None:
    values = keys.values_of(Settings())
    assert list(values) == list(keys.value_types())
    assert {key: check(key, value) for key, value in values.items()} == dict.fromkeys(values, "")


def test_values_become_settings_and_back() -> None:
    changes: keys.Values = {
        "connection.provider": "oktell",
        "connection.oktell.addresses": ["wss://a:4066", "b"],
        "sound.volume": 5,
        "interface.start_hidden": True,
    }
    settings = keys.settings_from(changes)
    assert settings.connection.provider is Provider.OKTELL
    assert settings.connection.oktell.addresses == ("wss://a:4066", "b")
    assert keys.values_of(settings) == keys.values_of(Settings()) | changes


def test_settings_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        Settings().sound.volume = 5  # type: ignore[misc]


def test_unknown_keys_and_wrong_types_are_no_settings() -> None:
    with pytest.raises(KeyError):
        keys.settings_from({"sound.colour": 5})
    with pytest.raises(msgspec.ValidationError):
        keys.settings_from({"sound.volume": "loud"})


def test_personal_keys_exist() -> None:
    assert keys.value_types().keys() >= PERSONAL


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("connection.provider", "asterisk", 'one of: "", "oktell"'),
        ("connection.provider", 5, "one of"),
        ("connection.oktell.login", None, "must be text"),
        ("connection.oktell.login", "a\nb", "control characters"),
        ("connection.oktell.login", "a\ud800", "control characters"),
        ("connection.oktell.login", "a" * 1025, "too long"),
        ("connection.oktell.addresses", "ws://a", "list of texts"),
        ("connection.oktell.addresses", ["a", 5], "list of texts"),
        ("connection.oktell.addresses", ["a"] * 11, "too many"),
        ("connection.oktell.addresses", ["a", ""], "remove the line"),
        ("connection.oktell.addresses", ["a b"], "no spaces"),
        ("connection.oktell.addresses", ["http://a"], "ws://"),
        ("connection.oktell.addresses", ["ws://"], "no server name"),
        ("connection.oktell.addresses", ["ws://anna:S3CR3T@a"], "password"),
        ("connection.oktell.addresses", ["anna:S3CR3T@a"], "password"),
        ("connection.oktell.addresses", ["a:70000"], "port"),
        ("connection.oktell.addresses", ["a:0"], "port"),
        ("connection.oktell.addresses", ["a:x"], "port"),
        ("connection.oktell.addresses", ["a:"], "port"),
        ("connection.oktell.addresses", ["ws://[::1"], "port"),
        ("connection.oktell.addresses", ["ws://a/#b"], "#"),
        ("connection.webitel.connection_string", "ftp://a", "ws://"),
        ("connection.webitel.domain", "a@b", "domain"),
        ("connection.webitel.number", "214@b", "without the domain"),
        ("connection.webitel.auto_answer_parameter", "answer", "name=value"),
        ("connection.proxy", "proxy:3128", "begins with"),
        ("connection.proxy", "http://anna:S3CR3T@proxy:3128", "password"),
        ("connection.ca_file", "root.pem", "whole path"),
        ("connection.oktell.secure", 1, "true or false"),
        ("sound.volume", 101, "from 0 to 100"),
        ("sound.volume", True, "whole number"),
        ("sound.volume", 5.5, "whole number"),
        ("sound.ringtone", "", "Choose"),
        ("sound.ringtone", "sounds/own.wav", "whole path"),
        ("interface.text_scale", 10, "from 75 to 300"),
        ("interface.dial_shortcut", "D", "together with"),
        ("interface.dial_shortcut", "Shift+D", "together with"),
        ("interface.dial_shortcut", "Ctrl+", "together with"),
        ("interface.dial_shortcut", "Ctrl+K, Ctrl+D", "together with"),
    ],
)
def test_wrong_values_are_told_without_repeating_them(key: str, value: object, words: str) -> None:
    told = check(key, value)
    assert words in told
    assert "S3CR3T" not in told


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("connection.oktell.addresses", ["pbx", "pbx:4066", "ws://pbx/api", "wss://[::1]:4066", "телефон.рф:871"]),
        ("connection.webitel.connection_string", ""),
        ("connection.webitel.connection_string", "wss://webitel.test:10022"),
        ("connection.webitel.auto_answer_parameter", "sip_auto_answer=true"),
        ("connection.proxy", "socks5h://proxy:1080"),
        ("connection.ca_file", "C:\\certificates\\root.pem"),
        ("connection.ca_file", "/etc/ssl/root.pem"),
        ("sound.ringtone", "/home/anna/ring.wav"),
        ("interface.dial_shortcut", ""),
        ("interface.dial_shortcut", "Ctrl+Alt+D"),
        ("interface.dial_shortcut", "Meta+Ctrl+Shift+F12"),
    ],
)
def test_right_values_may_stand(key: str, value: object) -> None:
    assert check(key, value) == ""


@pytest.mark.parametrize(
    ("values", "needed"),
    [
        ({}, ["connection.provider"]),
        ({"connection.provider": "demo"}, []),
        ({"connection.provider": "oktell"}, ["connection.oktell.addresses", "connection.oktell.login"]),
        ({"connection.provider": "oktell", "connection.oktell.addresses": ["a"], "connection.oktell.login": "b"}, []),
        (
            {"connection.provider": "webitel", "connection.webitel.number": "1"},
            ["connection.webitel.connection_string"],
        ),
        (
            {
                "connection.provider": "webitel",
                "connection.webitel.number": "1",
                "connection.webitel.connection_string": "a",
                "connection.webitel.use_web_phone": True,
            },
            [],
        ),
    ],
)
def test_what_a_connection_still_needs(values: keys.Values, needed: list[str]) -> None:
    assert list(missing(keys.settings_from(values))) == needed
