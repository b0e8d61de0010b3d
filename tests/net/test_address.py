"""Which addresses are accepted, and what becomes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.net.address import Address, complete, parse
from ctidesk.net.errors import NetError, Reason


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("ws://pbx:4055", Address(False, "pbx", 4055, "/", "")),
        ("wss://pbx", Address(True, "pbx", 443, "/", "")),
        ("ws://pbx/api", Address(False, "pbx", 80, "/api", "")),
        ("WSS://PBX.Example.com.:871/verto/", Address(True, "pbx.example.com.", 871, "/verto/", "")),
        ("ws://10.0.0.1:871/?a=1&b=%20", Address(False, "10.0.0.1", 871, "/", "a=1&b=%20")),
        ("wss://[2001:db8::1]:871", Address(True, "2001:db8::1", 871, "/", "")),
        ("wss://[::1]", Address(True, "::1", 443, "/", "")),
        ("ws://атс.рф/я?ж=1", Address(False, "xn--80a8ac.xn--p1ai", 80, "/%D1%8F", "%D0%B6=1")),
        ("  ws://pbx_1-a ", Address(False, "pbx_1-a", 80, "/", "")),
    ],
)
def test_accepted(given: str, expected: Address) -> None:
    assert parse(given) == expected
    assert parse(parse(given).url) == expected


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("wss://[::1]:871/a?b", "wss://[::1]:871/a?b"),
        ("wss://pbx:443", "wss://pbx/"),
        ("ws://pbx:443", "ws://pbx:443/"),
    ],
)
def test_url(given: str, url: str) -> None:
    assert parse(given).url == url


@pytest.mark.parametrize(
    "given",
    [
        "",
        "pbx",
        "pbx:871",
        "http://pbx",
        "ws:pbx",
        "ws://",
        "ws:///path",
        "ws://:871",
        "ws://pbx:",
        "ws://pbx:0",
        "ws://pbx:65536",
        "ws://pbx:-1",
        "ws://pbx:port",
        "ws://user@pbx",
        "ws://user:S3CR3T@pbx",
        "ws://@pbx",
        "ws://pbx/#S3CR3T",
        "ws://pbx/#",
        "ws://p bx",
        "ws://pbx\n.example",
        "ws://pbx..example",
        "ws://-pbx",
        "ws://" + "a" * 64,
        "ws://" + ".".join(["a" * 60] * 5),
        "ws://[::1",
        "ws://[::zz]",
        "ws://::1",
        "ws://pbx\\evil",
        "ws://pbx%2Fevil",
    ],
)
def test_refused(given: str) -> None:
    with pytest.raises(NetError) as caught:
        parse(given)
    assert caught.value.reason is Reason.BAD_ADDRESS
    assert not caught.value.retryable
    assert caught.value.detail
    assert "S3CR3T" not in f"{caught.value!r}{caught.value.__cause__!r}"


def test_the_query_is_not_shown() -> None:
    address = parse("ws://pbx/upload?temppass=S3CR3T")
    assert str(address) == "ws://pbx/upload"
    assert "S3CR3T" not in repr(address)
    assert "S3CR3T" in address.url


@given(st.text(alphabet="ws:/[]@#?%.-a1я \n\\", max_size=30).map(lambda tail: "ws://" + tail) | st.text(max_size=30))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        address = parse(text)
    except NetError:
        return
    assert parse(address.url) == address
    assert 1 <= address.port <= 65535


@pytest.mark.parametrize(
    ("text", "secure", "url"),
    [
        ("", False, ""),
        (" pbx ", False, "ws://pbx:5066"),
        ("pbx", True, "wss://pbx:5066"),
        ("pbx:8081/verto", True, "wss://pbx:8081/verto"),
        ("pbx/verto", False, "ws://pbx:5066/verto"),
        ("[::1]", False, "ws://[::1]:5066"),
        ("[::1]:8081", False, "ws://[::1]:8081"),
        ("ws://pbx", True, "ws://pbx"),
    ],
)
def test_completed(text: str, secure: bool, url: str) -> None:
    assert complete(text, port=5066, secure=secure) == url


@pytest.mark.parametrize("text", ["http://pbx", "::1", "the pbx", "pbx:0", "/verto"])
def test_nothing_to_complete(text: str) -> None:
    with pytest.raises(NetError) as refused:
        complete(text, port=5066, secure=False)
    assert refused.value.reason is Reason.BAD_ADDRESS
