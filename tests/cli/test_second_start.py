"""Other starts, and what stands in links: handed on, refused or cleaned, and nothing dialled by surprise."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ctidesk import cli
from ctidesk.options import DesktopOptions

HOSTILE = [
    "tel:+7495\n123",
    "tel:" + "1" * 10_000,
    "1" * 10_000,
    "tel:<b>1</b>",
    "tel:$(id)",
    "tel:`reboot`",
    "tel:%00123",
    "tel:%E2%80%AE123",
    "callto:javascript:alert(1)",
    "sip:attacker.example",
    "tel:",
    "1-800-FLOWERS",
    "\u202e123",
]


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The numbers that the application would be started with."""
    from types import ModuleType

    numbers: list[str] = []

    def run_desktop(options: DesktopOptions) -> int:
        numbers.append(options.dial)
        return 0

    app = ModuleType("ctidesk.app")
    app.__dict__["run_desktop"] = run_desktop
    monkeypatch.setitem(sys.modules, "ctidesk.app", app)
    return numbers


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_number_is_refused_in_one_line(
    text: str, dialled: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = [text] if text.startswith(("tel:", "callto:", "sip:")) else ["dial", "--", text]
    assert cli.main(words) == 2
    assert dialled == []
    said = capsys.readouterr().err
    assert said.startswith("ctidesk: ")
    assert len(said.splitlines()) == 1
    assert len(said) < 300


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tel:+7-495-123;phone-context=evil.example;ext=9", "+7495123"),
        ("callto:+7%20495%20123", "+7495123"),
        ("sip:204;user=phone@pbx.example;transport=tls?subject=x", "204"),
        ("TEL:(204)", "204"),
        ("tel:204;rm -rf /;$(id)", "204"),
    ],
)
def test_what_surrounds_a_number_is_dropped(text: str, number: str, dialled: list[str]) -> None:
    assert cli.main([text]) == 0
    assert dialled == [number]


@pytest.mark.parametrize("scheme", ["http", "file", "javascript", "mailto"])
def test_other_schemes_are_refused(scheme: str, dialled: list[str]) -> None:
    assert cli.main([f"{scheme}:123"]) == 2
    assert dialled == []


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "ctidesk", "--log-level", "info", "--config", str(folder), *words]


def test_a_second_start_hands_its_number_to_the_first(tmp_path: Path) -> None:
    first = subprocess.Popen(command(tmp_path), stderr=subprocess.PIPE, text=True)
    assert first.stderr is not None
    try:
        while "not set up" not in (line := first.stderr.readline()):
            assert line, "it has ended by itself"
        for words in ((), ("dial", "204"), ("tel:+7495",)):
            second = subprocess.run(command(tmp_path, *words), capture_output=True, text=True, timeout=60)
            assert (second.returncode, "runs already" in second.stderr) == (0, True)
        assert first.poll() is None
    finally:
        first.send_signal(signal.SIGTERM)
        first.communicate()
    assert first.returncode == 0


def test_the_report_shows_what_it_will_contain_and_holds_it(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[connection]\nprovider = "oktell"\n')
    done = subprocess.run(
        command(tmp_path, "diagnostics", str(tmp_path / "report.zip")), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "report.zip") as archive:
        assert {"system.txt", "settings.toml"} <= set(archive.namelist())
        assert 'provider = "oktell"' in archive.read("settings.toml").decode()
        assert all(name in done.stdout for name in archive.namelist())


def test_the_probe_names_the_step_that_fails(tmp_path: Path) -> None:
    line = ["--provider", "oktell", "--url", "ws://127.0.0.1:9/", "--login", "op1"]
    done = subprocess.run(command(tmp_path, "probe", "--json", *line), capture_output=True, text=True, timeout=60)
    steps = [json.loads(text) for text in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [step["step"] for step in steps if step["state"] == "failed"] == ["tcp"]


def test_a_probe_without_settings_is_wrong_use(tmp_path: Path) -> None:
    done = subprocess.run(command(tmp_path, "probe"), capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
