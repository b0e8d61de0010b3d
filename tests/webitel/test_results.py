"""What a reply says (webitel-protocol.md, "2.2 Reply" and "12.1 onError")."""

from __future__ import annotations

from typing import Any

import pytest

from ctidesk.webitel.results import ErrorType, error_type, read_result
from ctidesk.webitel.wire import BadMessageError, Event, Reply, read, write

OK, AUTH, CALL, AGENT, COMMAND = None, ErrorType.AUTH, ErrorType.CALL, ErrorType.AGENT, ErrorType.COMMAND


def reply(complete: str, response: Any = None) -> Reply:
    """Return a reply as it comes from the wire."""
    import json

    frame = {"exec-uuid": "1", "exec-complete": complete}
    message = read(json.dumps(frame if response is None else frame | {"exec-response": response}))
    assert isinstance(message, Reply)
    return message


@pytest.mark.parametrize(
    ("command", "complete", "response", "error"),
    [
        ("hold", "+OK", "+OK Success\n", OK),
        ("hold", "-ERR", "-ERR Operation failed\n", CALL),
        ("hold", "-ERR: bad response", None, CALL),
        ("dtmf", "-ERR no reply\n", None, OK),
        ("dtmf", "-ERR", "-ERR no reply\n", OK),
        ("dtmf", "-ERR no reply", None, CALL),
        ("cc ready", "+ERR", "cc ready - not found.", COMMAND),
        ("park", "+ERR", "park - not found.", COMMAND),
        ("auth", "+ERR", {"login": {"status": 401, "message": "secret incorrect"}}, AUTH),
        ("login", "-ERR", "no", AUTH),
        ("cc login", "+OK", "-ERR: no agent", AGENT),
        ("cc logout", "+OK", "-ERR: no agent", AGENT),
        ("cc tier from user", "+OK", "-ERR: Permission denied!", AGENT),
        ("cc login", "+OK", "+OK", OK),
        ("blacklist_create", "+OK", "-ERR x", COMMAND),
        ("api account", "+OK", "-ERR is content here", OK),
        ("api list_users", "-ERR", "Permission denied!", AGENT),
        ("api account create", "-ERR", "Number exists", AGENT),
        ("getvar", "-ERR", "x", COMMAND),
        ("call", "+OKAY", None, CALL),
    ],
)
def test_success(command: str, complete: str, response: Any, error: ErrorType | None) -> None:
    result = read_result(command, reply(complete, response))
    assert result.error is error
    assert result.public()["status"] == (0 if error is None else 1)


@pytest.mark.parametrize(
    ("response", "text"),
    [
        ("-ERR USER_BUSY\n", "USER_BUSY"),
        ("-ERR: -ERR Number reserved.\n", "Number reserved."),
        ({"login": {"status": 401, "message": "secret incorrect"}}, "secret incorrect"),
        ({"login": "no such account"}, "no such account"),
        ({"other": 1}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_words_of_a_failure(response: Any, text: str) -> None:
    assert read_result("hold", reply("-ERR", response)).text == text


def test_a_nothing_to_say_has_no_value() -> None:
    assert read_result("dtmf", reply("-ERR", "-ERR no reply\n")).public() == {"id": "1", "status": 0}


def test_every_command_has_a_type() -> None:
    assert {error_type(name) for name in ("eavesdrop", "att_xfer2", "bridge", "displace")} == {CALL}
    assert error_type("subscribe") is COMMAND


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "5",
        '"x"',
        "{}",
        '{"exec-uuid":"1"}',
        '{"exec-complete":"+OK"}',
        '{"exec-uuid":"1","exec-complete":5}',
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"webitel-event-name":""}',
        "\ud800",
    ],
)
def test_what_cannot_be_read(text: str) -> None:
    with pytest.raises(BadMessageError):
        read(text)


def test_what_has_an_event_name_is_an_event() -> None:
    message = read('{"webitel-event-name":"call","Event-Name":"CHANNEL_CREATE","exec-uuid":"1","exec-complete":"+OK"}')
    assert isinstance(message, Event)
    assert (message.kind, message.name) == ("call", "CHANNEL_CREATE")


def test_commands_without_arguments_have_none() -> None:
    assert write("1", "ping") == '{"exec-uuid":"1","exec-func":"ping"}'
    assert write("1", "x", {"a": None}) == '{"exec-uuid":"1","exec-func":"x","exec-args":{"a":null}}'


def test_contents_are_not_shown() -> None:
    found = reply("+OK", "http://pbx/?access_token=PLANTED")
    assert "PLANTED" not in repr(found) + repr(read_result("cdr_get_record_link", found))
