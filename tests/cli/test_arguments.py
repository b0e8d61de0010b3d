"""What the command line understands, and how it refuses (command-line.md)."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ctidesk import __version__, cli
from ctidesk.demo import command as demo_command
from ctidesk.options import DemoOptions, DesktopOptions
from ctidesk.watch import command as watch_command
from ctidesk.watch.options import Level, WatchOptions

Started = list[DesktopOptions | DemoOptions | WatchOptions | argparse.Namespace]
LINE = ["--provider", "oktell", "--url", "ws://pbx.example:4055", "--login", "op1"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """Return a list to which each command adds its options instead of running."""
    runs: Started = []

    def run(options: DesktopOptions | DemoOptions | WatchOptions | argparse.Namespace) -> int:
        runs.append(options)
        return 0

    app = ModuleType("ctidesk.app")
    app.__dict__.update(run_desktop=run, run_demo=run)
    monkeypatch.setitem(sys.modules, "ctidesk.app", app)
    monkeypatch.setattr(watch_command, "run", run)
    monkeypatch.setattr(demo_command, "run", run)
    return runs


def start_desktop(started: Started, *words: str) -> DesktopOptions:
    """Give the words and return what the desktop application was started with."""
    assert cli.main(words) == 0
    (options,) = started
    assert isinstance(options, DesktopOptions)
    return options


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert (end.value.code, capsys.readouterr().out) == (0, f"ctidesk {__version__}\n")


@pytest.mark.parametrize("words", [["--help"], ["watch", "--help"], ["pbx", "oktell", "--help"], ["demo", "--help"]])
def test_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("usage: ctidesk")


def test_desktop_without_anything(started: Started) -> None:
    assert start_desktop(started) == DesktopOptions()


def test_desktop_with_everything(started: Started) -> None:
    options = start_desktop(
        started, *LINE, "--hidden", "--secure", "--ca-file", "ca.pem", "--proxy", "http://u:secret@p", "--config", "d"
    )
    assert options == DesktopOptions(
        provider="oktell",
        url="ws://pbx.example:4055",
        login="op1",
        hidden=True,
        secure=True,
        ca_file=Path("ca.pem"),
        proxy="http://u:secret@p",
        config_dir=Path("d"),
    )
    assert "secret" not in repr(options)


def test_the_environment_configures_a_run(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CTIDESK_PROVIDER", "oktell")
    monkeypatch.setenv("CTIDESK_URL", "ws://from.environment")
    monkeypatch.setenv("CTIDESK_LOGIN", "op2")
    monkeypatch.setenv("CTIDESK_PASSWORD", "hunter2")
    options = start_desktop(started, "--url", "ws://from.option")
    assert (options.provider, options.url, options.login) == ("oktell", "ws://from.option", "op2")
    assert options.password == "hunter2"
    assert "hunter2" not in repr(options)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (["dial", "102"], "102"),
        (["dial", "+7 (916) 123-45-67"], "+79161234567"),
        (["dial", "+7", "916", "1234567"], "+79161234567"),
        (["dial", "tel:102"], "102"),
        (["tel:+7-916-123-45-67"], "+79161234567"),
        (["TEL:%2B79161234567"], "+79161234567"),
        (["callto:102"], "102"),
        (["sip:102@pbx.example;transport=tcp"], "102"),
        (["--hidden", "tel:102"], "102"),
    ],
)
def test_dial(words: list[str], number: str, started: Started) -> None:
    assert start_desktop(started, *words).dial == number


@pytest.mark.parametrize(
    "words",
    [
        ["tel:+7916CALLME"],
        ["tel:"],
        ["tel:%00102"],
        ["sip:anna@pbx.example"],
        ["dial", "anna"],
        ["dial", "102;rm -rf"],
        ["dial", "1" * 65],
        ["dial", ""],
    ],
)
def test_what_is_no_number_is_not_dialled(
    words: list[str], started: Started, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 2
    assert started == []
    assert_one_line(capsys)


@pytest.mark.parametrize(
    "words",
    [
        ["--log-level", "debug", "--config", "dir", "watch", *LINE],
        ["watch", *LINE, "--log-level", "debug", "--config", "dir"],
        ["--log-level", "debug", "pbx", "oktell", "--config", "dir"],
        ["pbx", "oktell", "--config", "dir", "--log-level", "debug"],
        ["--config", "dir", "demo", "--log-level", "debug"],
        ["dial", "102", "--config", "dir", "--log-level", "debug"],
        ["--config", "dir", "tel:102", "--log-level", "debug"],
    ],
)
def test_common_options_stand_before_or_after_the_command(words: list[str], started: Started) -> None:
    assert cli.main(words) == 0
    assert logging.getLogger().level == logging.DEBUG
    (options,) = started
    if isinstance(options, DesktopOptions):
        assert (options.config_dir, options.log_level) == (Path("dir"), "debug")


def test_demo(started: Started, tmp_path: Path) -> None:
    assert cli.main(["demo", "--quiet", "--seed", "7", "--shots", str(tmp_path), "--log-level", "info"]) == 0
    assert started == [DemoOptions(quiet=True, seed=7, shots=tmp_path, log_level="info")]


def test_pbx(started: Started) -> None:
    assert cli.main(["pbx", "oktell", "--port", "4055", "--users", "3", "--login-password", "x"]) == 0
    (options,) = started
    assert isinstance(options, argparse.Namespace)
    assert (options.host, options.port, options.users, options.login_password) == ("127.0.0.1", 4055, 3, "x")


def test_watch(started: Started) -> None:
    assert cli.main(["watch", *LINE]) == 0
    words = ["--events", "pbx,wire", "--password-stdin", "--for", "2.5", "--no-reconnect", "--secure"]
    assert cli.main(["watch", *LINE, *words]) == 0
    shortest, longest = started
    assert shortest == WatchOptions("oktell", "ws://pbx.example:4055", "op1")
    assert longest == WatchOptions(
        "oktell",
        "ws://pbx.example:4055",
        "op1",
        password_in_input=True,
        secure=True,
        levels=frozenset({Level.PBX, Level.WIRE}),
        reconnects=False,
        seconds=2.5,
    )


@pytest.mark.parametrize(
    "words",
    [
        ["hunter2"],
        ["--password", "hunter2"],
        ["--password=hunter2"],
        ["--login"],
        ["--provider", "hunter2"],
        ["--url", "ws://pbx", "hunter2"],
        ["--log-level", "hunter2"],
        ["watch"],
        ["watch", "--provider", "oktell", "--url", "ws://pbx"],
        ["watch", *LINE, "--password", "hunter2"],
        ["watch", *LINE, "--password-stdin=hunter2"],
        ["watch", *LINE, "hunter2"],
        ["watch", *LINE, "--events", "hunter2"],
        ["watch", *LINE, "--events", ""],
        ["watch", *LINE, "--for", "hunter2"],
        ["watch", *LINE, "--for", "-1"],
        ["watch", *LINE, "--for", "nan"],
        ["watch", *LINE, "--hidden"],
        ["--hidden", "watch", *LINE],
        ["watch", *LINE, "--prov", "oktell"],
        ["watch", "--provider", "verto", "--url", "ws://pbx", "--login", "op1@hunter2"],
        ["dial"],
        ["demo", "--seed", "hunter2"],
        ["demo", "--pbx", "verto"],
        ["demo", "--web-phone"],
        ["demo", "hunter2"],
        ["--url", "ws://hunter2", "demo"],
        ["pbx"],
        ["pbx", "verto", "--without", "hunter2"],
        ["pbx", "oktell", "--users", "0"],
        ["pbx", "oktell", "--port", "hunter2"],
        ["pbx", "oktell", "--password", "hunter2"],
        ["--login", "hunter2", "pbx", "oktell"],
    ],
)
def test_wrong_use(words: list[str], started: Started, capsys: pytest.CaptureFixture[str]) -> None:
    """One plain line, exit code 2, and what was typed is not repeated: it may be a password in the wrong place."""
    assert cli.main(words) == 2
    assert started == []
    assert "hunter2" not in assert_one_line(capsys)


def test_a_wrong_time_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["watch", *LINE, "--for", "hunter2"]) == 2
    assert "a number of seconds" in assert_one_line(capsys)


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_file = tmp_path / "file"
    a_file.touch()
    assert cli.main(["demo", "--shots", str(a_file / "pictures")]) == 1
    line = assert_one_line(capsys)
    assert "Not a directory" in line
    assert str(a_file) in line
    assert "defect" not in line


def test_wrong_provider_in_the_environment(
    started: Started, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CTIDESK_PROVIDER", "asterisk")
    assert cli.main([]) == 2
    assert started == []
    assert "CTIDESK_PROVIDER" in assert_one_line(capsys)


@pytest.mark.parametrize("error", [RuntimeError("hunter2"), ImportError("libEGL.so.1 is missing"), KeyboardInterrupt()])
def test_a_failure_is_one_line(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_options: WatchOptions) -> int:
        raise error

    monkeypatch.setattr(watch_command, "run", fail)
    assert cli.main(["watch", *LINE]) == 1
    if not isinstance(error, KeyboardInterrupt):
        assert "hunter2" not in assert_one_line(capsys)


def test_the_log_masks_secrets(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def log(_options: WatchOptions) -> int:
        logger = logging.getLogger("ctidesk.test")
        logger.debug("not shown")
        logger.warning('a frame ["login",{"password":"hunter2"}] and ws://u:hunter2@pbx/?token=hunter2')
        try:
            raise ValueError("Authorization: hunter2")
        except ValueError:
            logger.exception("it failed")
        return 0

    monkeypatch.setattr(watch_command, "run", log)
    assert cli.main(["watch", *LINE]) == 0
    written = capsys.readouterr()
    assert "hunter2" not in written.err
    assert "a frame" in written.err
    assert "Traceback" in written.err
    assert "not shown" not in written.err
    assert written.out == ""


def assert_one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what stands on standard error, which must be one line; nothing may stand on standard output."""
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.startswith("ctidesk: ")
    assert written.err.count("\n") == 1
    assert written.err.endswith("\n")
    return written.err
