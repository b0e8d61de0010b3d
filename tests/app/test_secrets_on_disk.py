"""Whatever is written during a run holds no password, in no form."""

from __future__ import annotations

import base64
import hashlib
import logging
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtWidgets import QApplication

from ctidesk import cli
from ctidesk.app import Application
from ctidesk.config.settings import Settings
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.diagnostics import LogFiles, report, write_report
from ctidesk.net.frames import FrameLog
from ctidesk.oktell.client import ClientOptions
from ctidesk.oktell.provider import OktellCtiProvider
from tests.ui.components.stage import show

PLANTED = "plänted p&ss/4711"
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


def forms(secret: str) -> list[bytes]:
    """Return what a secret may look like."""
    digest = hashlib.md5(secret.encode()).hexdigest()
    found = [secret, quote(secret), quote(secret, safe=""), base64.b64encode(secret.encode()).decode(), digest]
    found += [digest.upper(), ascii(secret)[1:-1], base64.b64encode(digest.encode()).decode()]
    return [form.encode() for form in found]


def leaks(folder: Path, secrets: list[str]) -> list[str]:
    """Return the files, packed ones included, that hold a secret."""
    found = []
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        contents = [path.read_bytes()]
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                contents += [archive.read(name) for name in archive.namelist()]
        if any(form in content for secret in secrets for form in forms(secret) for content in contents):
            found.append(path.name)
    return found


def test_the_search_finds_every_form(tmp_path: Path) -> None:
    for index, form in enumerate(forms(PLANTED)):
        (tmp_path / f"{index}.txt").write_bytes(b"before " + form + b" after")
    assert len(leaks(tmp_path, [PLANTED])) == len(forms(PLANTED))


async def test_a_run_with_everything_recorded_writes_no_secret(
    tmp_path: Path, home: Path, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    frame_log = FrameLog(enabled=True)
    files = LogFiles(tmp_path, frame_log)
    secrets = [PLANTED]
    try:
        async with OktellDemo(OktellOptions(seed=1, login_password=PLANTED)) as demo:
            provider = OktellCtiProvider(ClientOptions(demo.url, demo.operator_login, PLANTED), frame_log=frame_log)
            application = Application(provider, tmp_path, lambda: None, audible=False)
            application.start()
            await connected(application)
            session_id = provider.client._session_id
            assert session_id
            secrets.append(session_id)
            await application.close()
            show()
        logging.getLogger("a.library").warning("password=%s&x=1", PLANTED.replace("&", "and"))
    finally:
        files.close()
    write_report(tmp_path / "report.zip", report(tmp_path, Settings(), ["screen: test"]))
    assert "messages.log" in {path.name for path in tmp_path.iterdir()}
    assert "login" in (tmp_path / "messages.log").read_text()
    assert leaks(tmp_path, secrets) == []
    assert leaks(home, secrets) == []


async def connected(application: Application) -> None:
    """Return when the line is usable."""
    import asyncio

    happened = asyncio.Event()
    unsubscribe = application.model.changed.subscribe(happened.set)
    async with asyncio.timeout(20):
        while not application.model.is_connected:
            await happened.wait()
            happened.clear()
    unsubscribe()


def test_the_commands_write_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CTIDESK_PASSWORD", PLANTED)
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
    assert PLANTED not in printed.out + printed.err
    assert leaks(tmp_path, [PLANTED]) == []
