"""Lines and the commands that they give (cti-model.md, "3. Provider: commands")."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ctidesk.cti.errors import CtiException, ErrorKind
from ctidesk.cti.events import CallStarted, CommutationStarted
from ctidesk.cti.json_value import Json
from ctidesk.cti.model import CtiModel
from ctidesk.cti.values import CallState
from ctidesk.watch.commands import Commands
from ctidesk.watch.pbx import TellEvent, WrongCommandError
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.cti.watcher import incoming, outgoing
from tests.waiting import settle


class FakePbx:
    """A PBX whose client has the commands `echo`, `login` and `link`."""

    links = frozenset({"link"})

    def __init__(self, provider: FakeProvider) -> None:
        self.provider = provider

    def subscribe(self, tell: TellEvent) -> None:
        """Tell nothing."""

    async def run(self, name: str, arguments: Sequence[Json]) -> Json:
        match name:
            case "echo":
                return list(arguments)
            case "login":
                return {"result": True, "password": "hunter2", "link": "ws://u:hunter2@pbx/?token=hunter2"}
            case "link":
                return "http://pbx.example/record/1?temppass=once"
            case "strict":
                raise WrongCommandError("strict: too many arguments")
            case _:
                raise WrongCommandError("no such command", is_unknown=True)

    async def hear(self) -> Json:
        raise WrongCommandError("no web phone", is_unknown=True)


class Desk:
    """A connected model and its commands."""

    def __init__(self) -> None:
        self.provider = FakeProvider()
        self.model = CtiModel(self.provider, FakeClock())
        self.commands = Commands(self.model, FakePbx(self.provider))

    async def connect(self) -> None:
        """Connect, and forget the commands for that."""
        self.model.start()
        await settle()
        self.provider.commands.clear()


@pytest.fixture
async def desk() -> Desk:
    connected = Desk()
    await connected.connect()
    return connected


async def refusal(desk: Desk, line: str) -> ErrorKind:
    """Give a line that must be refused, and return the kind of error."""
    with pytest.raises(CtiException) as told:
        await desk.commands.run(line)
    assert told.value.error.text
    return told.value.error.kind


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("call 102", ("make_call", "102")),
        ("  call   +7 916 123-45-67 ", ("make_call", "+79161234567")),
        ("state break 1", ("set_agent_state", "break", "1")),
        ("state ready", ("set_agent_state", "ready", "")),
        ("wrapup on", ("set_wrap_up", True)),
        ("wrapup off", ("set_wrap_up", False)),
        ("callcentre on", ("change_call_centre_state", True)),
        ("callcentre off", ("change_call_centre_state", False)),
        ("records c-1:102", ("query_call_records", "c-1:102")),
    ],
)
async def test_without_a_call(desk: Desk, line: str, command: tuple[object, ...]) -> None:
    result = await desk.commands.run(line)
    assert desk.provider.commands == [command]
    assert result == ([] if line.startswith("records") else None)


async def test_with_calls(desk: Desk) -> None:
    main, consult = incoming(), outgoing()
    desk.provider.tell(CallStarted(main))
    main.state = CallState.CONNECTED
    desk.provider.tell(CommutationStarted(main), CallStarted(consult))
    for line in ("answer", "hold", "unhold", "drop", "drop 79161234567", "drop c1", "dtmf 12#", "mute", "consult 103"):
        await desk.commands.run(line)
    for line in ("blind 104", "transfer", "cancel"):
        await desk.commands.run(line)
    assert desk.provider.commands == [
        ("answer", main),
        ("hold_or_unhold", main),
        ("hold_or_unhold", main),
        ("drop", consult),
        ("drop", main),
        ("drop", main),
        ("send_dtmf", main, "12#"),
        ("mute", main),
        ("make_consult_call", main, "103"),
        ("blind_transfer", main, "104"),
        ("transfer", main, consult),
        ("cancel_transfer", main, consult),
    ]
    calls = await desk.commands.run("snapshot")
    assert isinstance(calls, list)
    assert [one["id"] for one in calls if isinstance(one, dict)] == ["c1", "c2"]
    assert await refusal(desk, "drop 105") is ErrorKind.COMMAND


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("nonsense", ErrorKind.COMMAND_NOT_IMPLEMENTED),
        ("CALL 102", ErrorKind.COMMAND_NOT_IMPLEMENTED),
        ("call", ErrorKind.GENERAL),
        ("call anna", ErrorKind.GENERAL),
        ("hold 102", ErrorKind.GENERAL),
        ("wrapup yes", ErrorKind.GENERAL),
        ("callcentre", ErrorKind.GENERAL),
        ("hold", ErrorKind.COMMAND),
        ("pbx", ErrorKind.GENERAL),
        ("pbx nonsense", ErrorKind.COMMAND_NOT_IMPLEMENTED),
        ("pbx strict [1, 2]", ErrorKind.GENERAL),
        ("pbx echo {}", ErrorKind.GENERAL),
        ("pbx echo [1", ErrorKind.GENERAL),
        ("pbx echo " + "[" * 100_000, ErrorKind.GENERAL),
    ],
    ids=lambda value: str(value)[:20],
)
async def test_refused(desk: Desk, line: str, kind: ErrorKind) -> None:
    assert await refusal(desk, line) is kind
    assert desk.provider.commands == []


async def test_the_library_s_own_commands(desk: Desk) -> None:
    assert await desk.commands.run("pbx echo") == []
    assert await desk.commands.run('pbx echo ["204", {"a": [1, null]}]') == ["204", {"a": [1, None]}]


async def test_secrets_in_results_are_masked(desk: Desk) -> None:
    result = await desk.commands.run("pbx login")
    assert isinstance(result, dict)
    assert (result["result"], result["password"]) == (True, "***")
    assert "hunter2" not in str(result)


async def test_the_links_of_recordings_are_whole(desk: Desk) -> None:
    """They are what was asked for, and open nothing without their one-time password."""
    assert await desk.commands.run("pbx link") == "http://pbx.example/record/1?temppass=once"
    desk.provider.records = ("http://pbx.example/record/1?temppass=once",)
    assert await desk.commands.run("records c-1") == ["http://pbx.example/record/1?temppass=once"]


async def test_users(desk: Desk) -> None:
    assert await desk.commands.run("users") == []
