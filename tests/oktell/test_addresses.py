"""Addresses (oktell-protocol.md, "1.1 Addresses", "1.3 websocketredirect", "8.6 HTTP side" and D4)."""

from __future__ import annotations

import pytest

from ctidesk.oktell.addresses import BadAddressError, http_form, redirected_url, server_url, server_urls, web_base

COMPLETED = [
    ("ws://pbx:4055/x?y=1", False, "ws://pbx:4055/x?y=1"),
    ("wss://pbx", False, "wss://pbx"),
    ("WS://pbx", True, "ws://pbx"),
    ("pbx:4055", False, "ws://pbx:4055"),
    ("pbx:4055", True, "wss://pbx:4055"),
    ("pbx", False, "ws://pbx:80"),
    ("pbx", True, "wss://pbx:443"),
    ("pbx/api", False, "ws://pbx:80/api"),
    ("pbx/a://b", False, "ws://pbx:80/a://b"),
    (" pbx.example ", False, "ws://pbx.example:80"),
    ("[fe80::1]", False, "ws://[fe80::1]:80"),
    ("[::1]:4055", True, "wss://[::1]:4055"),
    ("ws://[::1]:4055", False, "ws://[::1]:4055"),
    ("10.0.0.7:4055", False, "ws://10.0.0.7:4055"),
]
REDIRECTED = [
    ("ws://pbx:4055", "wss://pbx:443"),
    ("ws://pbx:4066/api", "wss://pbx:443/api"),
    ("ws://pbx:4066/api:8080?x=:1", "wss://pbx:443/api:8080?x=:1"),
    ("ws://pbx", "wss://pbx"),
    ("ws://[2001:db8::1]:4055/api", "wss://[2001:db8::1]:443/api"),
    ("ws://[2001:db8::1]", "wss://[2001:db8::1]"),
    ("wss://pbx:4056", "wss://pbx:443"),
]


@pytest.mark.parametrize(("address", "secure", "expected"), COMPLETED)
def test_server_url(address: str, secure: bool, expected: str) -> None:
    assert server_url(address, secure=secure) == expected


@pytest.mark.parametrize(
    "address", ["http://pbx", "pbx:99999", "pb x", "://pbx", ":4055", "[::1", "::1", "ws://", "ws:// pbx", "pbx:port"]
)
def test_no_address(address: str) -> None:
    with pytest.raises(BadAddressError):
        server_url(address)


def test_several() -> None:
    assert server_urls(["a", 5, None, "b:1", " "]) == ["ws://a:80", "ws://b:1"]
    assert len(server_urls([f"pbx{number}" for number in range(20)])) == 10


@pytest.mark.parametrize("nothing", ["", "  ", [], [5, None], [""]])
def test_none_at_all(nothing: str | list[object]) -> None:
    with pytest.raises(BadAddressError):
        server_urls(nothing)


@pytest.mark.parametrize(("before", "after"), REDIRECTED)
def test_redirect(before: str, after: str) -> None:
    assert redirected_url(before) == after


@pytest.mark.parametrize(
    ("url", "port", "expected"),
    [
        ("ws://pbx:4055", 4057, "http://pbx:4057"),
        ("wss://pbx:443/api", 4057, "https://pbx:4057"),
        ("ws://pbx:4055", 80, "http://pbx"),
        ("wss://pbx:443", 443, "https://pbx"),
        ("wss://pbx:443", 80, "https://pbx:80"),
        ("ws://[::1]:4055", None, "http://[::1]"),
    ],
)
def test_web_base(url: str, port: int | None, expected: str) -> None:
    assert web_base(url, port) == expected


def test_http_form() -> None:
    assert http_form("ws://pbx:4055/api") == "http://pbx:4055"
    assert http_form("wss://[::1]:443") == "https://[::1]:443"
