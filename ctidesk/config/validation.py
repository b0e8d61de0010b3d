"""What may stand in each setting, and the words when something else does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import urlsplit

from msgspec import Struct

from ctidesk.config.keys import fits, value_types
from ctidesk.config.settings import Provider, Settings
from ctidesk.cti.templates import CARD, PLACEHOLDERS, WEB_SCHEMES, has_fixed_server, placeholders_of, scheme_of
from ctidesk.cti.text import translate

MOST_ADDRESSES = 10
LONGEST_TEXT = 1024
MOST_DISPOSITIONS = 30
LONGEST_DISPOSITION = 80


class Problem(Struct, frozen=True):
    """Something about the settings that people should know.

    Attributes:
        text: translated words: what is wrong and what follows. They never repeat the value.
        key: the setting concerned; empty when it is a whole file.
    """

    text: str
    key: str = ""


def check(key: str, value: object) -> str:
    """Return translated words about what is wrong with `value` for `key`; empty when it may stand there.

    Raises:
        KeyError: there is no such key.
    """
    if not fits(key, value):
        return _wrong_type(key)
    if isinstance(value, str) and (words := _check_text(value)):
        return words
    rule = _RULES.get(key)
    return rule(value) if rule is not None else ""


def missing(settings: Settings) -> dict[str, str]:
    """Return by key the words about what is still needed before a connection can be tried."""
    connection = settings.connection
    match connection.provider:
        case Provider.NONE:
            return {"connection.provider": translate("Settings", "Choose your PBX.")}
        case Provider.OKTELL:
            needed: Mapping[str, object] = {
                "connection.oktell.addresses": connection.oktell.addresses,
                "connection.oktell.login": connection.oktell.login,
            }
        case Provider.WEBITEL:
            needed = {
                "connection.webitel.connection_string": connection.webitel.connection_string,
                "connection.webitel.number": connection.webitel.number,
            }
        case Provider.DEMO:
            needed = {}
    return {key: translate("Settings", "This is needed to connect.") for key, value in needed.items() if not value}


def _wrong_type(key: str) -> str:
    kind = value_types()[key]
    if kind is bool:
        return translate("Settings", "This must be true or false.")
    if kind is int:
        return translate("Settings", "This must be a whole number.")
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        choices = ", ".join(f'"{choice}"' for choice in kind)
        return translate("Settings", "This must be one of: {choices}.").format(choices=choices)
    if kind is str:
        return translate("Settings", "This must be text.")
    return translate("Settings", "This must be a list of texts.")


def _check_text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        return translate("Settings", "This text is too long.")
    # Surrogates cannot be written to a file.
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        return translate("Settings", "This text has control characters. Type it again.")
    return ""


def _check_addresses(value: object) -> str:
    assert isinstance(value, list | tuple)
    if len(value) > MOST_ADDRESSES:
        return translate("Settings", "There are too many addresses. Ten are the most.")
    return next((words for address in value if (words := _check_text(address) or _check_address(address))), "")


def _check_optional_address(value: object) -> str:
    assert isinstance(value, str)
    return _check_address(value) if value else ""


def _check_address(address: str) -> str:
    text = address.strip()
    if not text:
        return translate("Settings", "Enter an address, or remove the line.")
    if any(character.isspace() for character in text):
        return translate("Settings", "An address has no spaces.")
    if "://" not in text:
        text = f"ws://{text}"
    elif not text.startswith(("ws://", "wss://")):
        return translate("Settings", "An address begins with ws:// or wss://, or with the server's name.")
    return _check_server(text) or ("" if "#" not in text else translate("Settings", "An address has no # in it."))


def _check_proxy(value: object) -> str:
    assert isinstance(value, str)
    text = value.strip()
    if not text:
        return ""
    if not re.match(r"(?:https?|socks[45]h?)://", text):
        return translate("Settings", "A proxy's address begins with http://, https:// or socks5://.")
    return _check_server(text)


def _check_server(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return translate("Settings", "The server's name or the port is wrong. A port is a number from 1 to 65535.")
    if "@" in parts.netloc:
        return translate("Settings", "An address must not hold a name or a password: it would stand in a file.")
    if not host:
        return translate("Settings", "The address has no server name.")
    if port == 0 or parts.netloc.endswith(":"):
        return translate("Settings", "The server's name or the port is wrong. A port is a number from 1 to 65535.")
    return ""


def _check_web_address(value: object) -> str:
    assert isinstance(value, str)
    text = value.strip()
    if not text:
        return ""
    if any(character.isspace() for character in text):
        return translate("Settings", "An address has no spaces.")
    if scheme_of(text) not in WEB_SCHEMES:
        return translate("Settings", "This address begins with http:// or https://.")
    if not has_fixed_server(text):
        return translate("Settings", "The server's name must be written out, without { }.")
    return _check_server(text)


def _check_lookup_address(value: object) -> str:
    assert isinstance(value, str)
    if words := _check_web_address(value):
        return words
    if value.strip() and not placeholders_of(value).intersection(_NUMBER_PLACES):
        return translate("Settings", "Put {number} where the number belongs.")
    return _check_places(value, _NUMBER_PLACES)


def _check_card_address(value: object) -> str:
    """The scheme is checked against the administrator's list when the address is opened."""
    assert isinstance(value, str)
    text = value.strip()
    if not text or text == CARD:
        return ""
    if scheme_of(text) in WEB_SCHEMES:
        return _check_web_address(text) or _check_places(text, PLACEHOLDERS)
    if not scheme_of(text):
        return translate("Settings", "This address begins with http:// or https://.")
    if not has_fixed_server(text) or any(character.isspace() for character in text):
        return translate("Settings", "The server's name must be written out, without { }.")
    return _check_places(text, PLACEHOLDERS)


def _check_program(value: object) -> str:
    assert isinstance(value, list | tuple)
    if not value:
        return ""
    program, *arguments = value
    if not PurePosixPath(program).is_absolute() and not PureWindowsPath(program).is_absolute():
        return translate("Settings", "Give the whole path of the program.")
    if "{" in program:
        return translate("Settings", "The program itself must be written out, without { }.")
    if PureWindowsPath(program).suffix.casefold() in (".bat", ".cmd"):
        return translate("Settings", "Scripts for the command prompt cannot be started safely. Give a program.")
    return next(
        (words for one in arguments if (words := _check_text(one) or _check_places(one, (*PLACEHOLDERS, "card")))), ""
    )


def _check_places(template: str, known: Collection[str]) -> str:
    unknown = sorted(placeholders_of(template) - frozenset(known))
    if not unknown:
        return ""
    words = translate("Settings", "{name} is not known here. These are: {names}.")
    return words.format(name=f"{{{unknown[0]}}}", names=", ".join(f"{{{name}}}" for name in known))


def _check_schemes(value: object) -> str:
    assert isinstance(value, list | tuple)
    if all(re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme.lower()) for scheme in value):
        return ""
    return translate("Settings", "A scheme is the part of an address before the colon.")


def _check_country(value: object) -> str:
    assert isinstance(value, str)
    return "" if re.fullmatch("[A-Z]{2}", value) else translate("Settings", "Give the two letters of the country.")


def _check_digits(value: object) -> str:
    assert isinstance(value, str)
    return "" if re.fullmatch("[0-9]{0,8}", value) else translate("Settings", "These are digits alone.")


def _check_file(value: object) -> str:
    assert isinstance(value, str)
    if not value or PurePosixPath(value).is_absolute() or PureWindowsPath(value).is_absolute():
        return ""
    return translate("Settings", "Give the whole path of the file.")


def _check_folder(value: object) -> str:
    assert isinstance(value, str)
    if not value or PurePosixPath(value).is_absolute() or PureWindowsPath(value).is_absolute():
        return ""
    return translate("Settings", "Give the whole path of the folder.")


def _check_ringtone(value: object) -> str:
    assert isinstance(value, str)
    if not value:
        return translate("Settings", "Choose a ringtone.")
    return _check_file(value) if "/" in value or "\\" in value else ""


def _check_parameter(value: object) -> str:
    assert isinstance(value, str)
    if not value or re.fullmatch(r"[\w.-]+=[^,]+", value):
        return ""
    return translate("Settings", "Write this as name=value.")


def _check_domain(value: object) -> str:
    assert isinstance(value, str)
    if re.fullmatch(r"[^\s@:/]*", value):
        return ""
    return translate("Settings", "A domain has no spaces, @, : or /.")


def _check_number(value: object) -> str:
    assert isinstance(value, str)
    if re.fullmatch(r"[^\s@:/]*", value):
        return ""
    return translate("Settings", "Enter the number alone, without the domain.")


def _check_dispositions(value: object) -> str:
    assert isinstance(value, list | tuple)
    if len(value) > MOST_DISPOSITIONS:
        return translate("Settings", "There are too many. Thirty are the most.")
    if any(len(text) > LONGEST_DISPOSITION for text in value):
        return translate("Settings", "This text is too long.")
    if any(not text.strip() for text in value):
        return translate("Settings", "Enter a text, or remove the line.")
    return next((words for text in value if (words := _check_text(text))), "")


def _check_shortcut(value: object) -> str:
    assert isinstance(value, str)
    # A key alone, or with Shift, is one that somebody types.
    if not value or re.fullmatch(r"(?:(?:Ctrl|Alt|Shift|Meta)\+){0,3}(?:Ctrl|Alt|Meta)\+(?:Shift\+)?[^+]+", value):
        return ""
    return translate("Settings", "Use a key together with Ctrl, Alt or the system key.")


def _between(lowest: int, highest: int) -> Callable[[object], str]:
    def rule(value: object) -> str:
        assert isinstance(value, int)
        if lowest <= value <= highest:
            return ""
        words = translate("Settings", "This must be a number from {lowest} to {highest}.")
        return words.format(lowest=lowest, highest=highest)

    return rule


_NUMBER_PLACES = ("number", "party", "digits")

_RULES: dict[str, Callable[[object], str]] = {
    "directory.contacts_folder": _check_folder,
    "numbers.country": _check_country,
    "numbers.area_code": _check_digits,
    "numbers.longest_extension": _between(0, 8),
    "numbers.outside_line": _check_digits,
    "integration.lookup.address": _check_lookup_address,
    "integration.creatio.address": _check_web_address,
    "integration.screen_pop.address": _check_card_address,
    "integration.screen_pop.program": _check_program,
    "integration.screen_pop.schemes": _check_schemes,
    "integration.webhook": _check_web_address,
    "connection.oktell.addresses": _check_addresses,
    "connection.webitel.connection_string": _check_optional_address,
    "connection.webitel.webrtc_string": _check_optional_address,
    "connection.webitel.domain": _check_domain,
    "connection.webitel.number": _check_number,
    "connection.webitel.auto_answer_parameter": _check_parameter,
    "connection.ca_file": _check_file,
    "connection.proxy": _check_proxy,
    "sound.microphone_gain": _between(0, 200),
    "sound.volume": _between(0, 100),
    "sound.ringtone": _check_ringtone,
    "history.keep_days": _between(0, 36_500),
    "wrap_up.seconds": _between(0, 3600),
    "wrap_up.dispositions": _check_dispositions,
    "interface.text_scale": _between(75, 300),
    "interface.dial_shortcut": _check_shortcut,
}
