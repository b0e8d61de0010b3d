"""Whatever is written during a run holds no password, in no form."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtWidgets import QApplication

from ctidesk import cli
from ctidesk.app import Application
from ctidesk.config.settings import Settings
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.demo.webitel import WebitelDemo, WebitelOptions
from ctidesk.diagnostics import LogFiles, report, write_report
from ctidesk.net.frames import FrameLog
from ctidesk.oktell import client as oktell
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.webitel import client as webitel
from ctidesk.webitel.provider import WebitelCtiProvider
from tests.leaks.planted import HEX_MARK, PASSWORD, TOKEN_MARK
from tests.leaks.search import leaks
from tests.ui.components.stage import show
from tests.waiting import until_told

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


Demo = OktellDemo | WebitelDemo
CALLER = "79161234567"


@pytest.fixture(params=["oktell", "webitel"])
async def demo(request: pytest.FixtureRequest) -> AsyncIterator[Demo]:
    if request.param == "oktell":
        async with OktellDemo(OktellOptions(seed=1, login_password=PASSWORD)) as running:
            yield running
    else:
        async with WebitelDemo(WebitelOptions(seed=1, login_password=PASSWORD)) as running:
            yield running


def provider_of(demo: Demo, frame_log: FrameLog) -> OktellCtiProvider | WebitelCtiProvider:
    url, login = demo.url, demo.operator_login
    if isinstance(demo, OktellDemo):
        return OktellCtiProvider(oktell.ClientOptions(url, login, PASSWORD), frame_log=frame_log)
    return WebitelCtiProvider(webitel.ClientOptions(url, login, PASSWORD), frame_log=frame_log)


async def test_a_run_with_everything_recorded_writes_no_secret(
    demo: Demo, tmp_path: Path, home: Path, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    frame_log = FrameLog(enabled=True)
    files = LogFiles(tmp_path, frame_log)
    secrets = [PASSWORD, HEX_MARK, TOKEN_MARK]
    try:
        provider = provider_of(demo, frame_log)
        application = Application(provider, tmp_path, lambda: None, audible=False)
        application.start()
        model, number = application.model, demo.operator_number
        await until_told(lambda: model.abilities.call, model.changed)
        await demo.direct(f"ring {number} {CALLER}")
        await until_told(lambda: model.current_call is not None, model.changed)
        assert model.current_call is not None
        call_id = model.current_call.id
        await demo.direct(f"pickup {number}")
        await until_told(lambda: model.talking_call is not None, model.changed)
        await demo.direct(f"hangup {CALLER}")
        await until_told(lambda: not model.calls, model.changed)
        if isinstance(demo, OktellDemo):
            # Where a recording can be heard is told with a one-time password.
            [link] = await provider.query_call_records(call_id)
            secrets += parse_qs(urlsplit(link).query)["temppass"]
        await application.close()
        show()
        logging.getLogger("a.library").warning("password=%s&x=1", PASSWORD.replace("&", "and"))
    finally:
        files.close()
    write_report(tmp_path / "report.zip", report(tmp_path, Settings(), ["screen: test"]))
    assert "messages.log" in {path.name for path in tmp_path.iterdir()}
    written = (tmp_path / "messages.log").read_text()
    assert "***" in written
    assert "auth" in written or "login" in written
    assert leaks(tmp_path, secrets) == []
    assert leaks(home, secrets) == []


def test_the_commands_write_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CTIDESK_PASSWORD", PASSWORD)
    settings = tmp_path / "settings.toml"
    settings.write_text('[connection]\nprovider = "oktell"\nproxy = "http://proxy.example"\n')
    (tmp_path / "ctidesk.log").write_text("old line password=planted4711\n")
    config = ["--config", str(tmp_path)]
    level, handlers = logging.getLogger().level, logging.getLogger().handlers[:]
    try:
        assert cli.main([*config, "settings", "export", "--lock", "connection", str(tmp_path / "policy.toml")]) == 0
        assert cli.main([*config, "settings", "export", "--lock", "nothing", "-"]) == 2
    finally:
        logging.getLogger().handlers[:] = handlers
        logging.getLogger().setLevel(level)
    assert 'locked = ["connection"]' in (tmp_path / "policy.toml").read_text()
    texts = report(tmp_path, Settings(), [])
    assert "planted4711" not in "".join(texts.values())
    (tmp_path / "ctidesk.log").unlink()
    printed = capsys.readouterr()
    assert PASSWORD not in printed.out + printed.err
    assert leaks(tmp_path, [PASSWORD]) == []
