"""`ctidesk probe`: what is printed, and the exit code."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from ctidesk.config.secrets import account_of
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.options import DesktopOptions
from ctidesk.probe.command import run_probe
from tests.config.test_secrets import Memory


class Pbx:
    """The demo PBX in a thread of its own: the command has the test's."""

    def __init__(self) -> None:
        self.url = self.login = self.number = self.password = ""
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        self._started.wait()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    def _run(self) -> None:
        import asyncio

        async def serve() -> None:
            self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
            async with OktellDemo(OktellOptions(login_password="пароль S3CR3T")) as demo:
                self.url, self.login, self.password = demo.url, demo.operator_login, demo.password
                self.number = demo.operator_number
                self._started.set()
                await self._ended.wait()

        asyncio.run(serve())


@pytest.fixture
def pbx() -> Iterator[Pbx]:
    running = Pbx()
    yield running
    running.stop()


def options(pbx: Pbx, folder: Path, password: str | None = None) -> DesktopOptions:
    return DesktopOptions(provider="oktell", url=pbx.url, login=pbx.login, password=password, config_dir=folder)


def test_each_step_is_printed_with_its_time_and_result(pbx: Pbx, tmp_path: Path) -> None:
    output = io.StringIO()
    assert run_probe(options(pbx, tmp_path, pbx.password), output=output) == 0
    lines = output.getvalue().splitlines()
    assert [line.split(" ms")[0].split()[0] for line in lines] == ["ok"] * 5
    assert all(" ms  " in line for line in lines)
    assert lines[-1].endswith(f"Line is ready           {pbx.number}")


def test_for_scripts(pbx: Pbx, tmp_path: Path) -> None:
    output = io.StringIO()
    assert run_probe(options(pbx, tmp_path, "S3CR3T"), as_json=True, output=output) == 1
    steps = [json.loads(line) for line in output.getvalue().splitlines()]
    assert [(step["step"], step["state"]) for step in steps] == [
        ("address", "done"),
        ("tcp", "done"),
        ("websocket", "done"),
        ("login", "failed"),
        ("line", "not-reached"),
    ]
    assert steps[3]["error"]["kind"] == "AUTHENTICATION"
    assert steps[3]["error"]["raw"] == "Wrong login/pass combination"
    assert steps[3]["fault"] == "password"
    assert steps[0]["seconds"] >= 0
    assert "S3CR3T" not in output.getvalue()


def test_a_failure_says_what_to_do(pbx: Pbx, tmp_path: Path) -> None:
    output = io.StringIO()
    assert run_probe(options(pbx, tmp_path, "S3CR3T"), output=output) == 1
    *_, failed, words, not_reached = output.getvalue().splitlines()
    assert failed.startswith("FAILED")
    assert "Login refused" in failed
    assert "Correct them" in words
    assert "[Wrong login/pass combination]" in words
    assert not_reached.endswith("not reached")


async def test_settings_and_keyring_are_used(pbx: Pbx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    store = SettingsStore(SettingsFile(tmp_path / "settings.toml"))
    await store.change(
        {
            "connection.provider": "oktell",
            "connection.oktell.addresses": [pbx.url],
            "connection.oktell.login": pbx.login,
        }
    )
    backend = Memory()
    backend.kept["ctidesk", account_of(store.settings.connection).name] = pbx.password
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    output = io.StringIO()
    ended = await asyncio.to_thread(run_probe, DesktopOptions(config_dir=tmp_path), output=output)
    assert ended == 0, output.getvalue()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (DesktopOptions(), "connection.provider: Choose your PBX."),
        (DesktopOptions(provider="oktell", url="pbx"), "connection.oktell.login: This is needed"),
        (DesktopOptions(provider="demo"), "needs no test"),
        (DesktopOptions(provider="webitel", url="pbx"), "connection.webitel.number: This is needed"),
    ],
)
def test_nothing_to_try(given: DesktopOptions, words: str, capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert run_probe(given) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err
    assert printed.err.count("\n") == 1
