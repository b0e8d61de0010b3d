"""The parts together: what is started, what follows from a tray, and that nothing is left at the end."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from ctidesk.app import Application
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.events import CallFinished, CallStarted, ErrorOccurred, LineStateChanged
from ctidesk.cti.values import CallFeatures
from ctidesk.desk import DIAL_SECONDS
from ctidesk.other_programs import OtherPrograms
from ctidesk.store.contact import Contact, ContactNumber, KnownContact
from ctidesk.ui.components.settings.passwords import Passwords
from ctidesk.ui.windows.about import About
from ctidesk.ui.windows.new_contact import NewContact
from tests.cti.fake_clock import FakeClock
from tests.cti.watcher import incoming
from tests.ui.components.finding import texts
from tests.ui.components.settings.settings_desk import MemorySecrets
from tests.ui.components.stage import RING, DeskProvider, turn

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)  # the off-screen platform has no tray


@pytest.fixture
def provider() -> DeskProvider:
    return DeskProvider()


@pytest.fixture
async def application(provider: DeskProvider, tmp_path: Path, qapp: QApplication) -> AsyncIterator[Application]:
    application = Application(
        provider, tmp_path, lambda: None, clock=FakeClock(), jitter=random.Random(1), audible=False
    )
    yield application
    await application.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def test_it_connects_and_shows_its_panel(application: Application, provider: DeskProvider) -> None:
    application.start()
    await turn()
    assert application.model.is_connected
    assert application.panel.isVisible()
    assert provider.names[0] == "connect"


async def test_a_number_given_at_the_start_is_dialled_once_the_line_can(
    application: Application, provider: DeskProvider
) -> None:
    application.start(dial="204")
    provider.tell(LineStateChanged(CallFeatures.CAN_NOTHING))
    await turn()
    provider.tell(LineStateChanged(CallFeatures.CAN_DIAL))
    provider.tell(LineStateChanged(CallFeatures.CAN_DIAL))
    await turn()
    assert [command for command in provider.commands if command[0] == "make_call"] == [("make_call", "204")]


async def test_a_number_given_at_a_start_that_took_too_long_is_only_shown(
    application: Application, provider: DeskProvider
) -> None:
    provider.tell(LineStateChanged(CallFeatures.CAN_NOTHING))
    application.start(dial="204")
    await turn()
    provider.tell(LineStateChanged(CallFeatures.CAN_NOTHING))
    clock = application.model.clock
    assert isinstance(clock, FakeClock)
    clock.advance(DIAL_SECONDS + 1)
    provider.tell(LineStateChanged(CallFeatures.CAN_DIAL))
    await turn()
    assert [command for command in provider.commands if command[0] == "make_call"] == []
    assert application.panel._dial.text() == "204"


async def test_hidden_means_minimised_while_there_is_no_tray(application: Application) -> None:
    application.start(hidden=True)
    await turn()
    assert application.panel.isMinimized()


async def test_a_tray_lets_the_panel_hide_and_its_loss_brings_it_back(application: Application) -> None:
    application.start()
    application.tray.found.emit()
    application.panel.close()
    assert not application.panel.isVisible()
    application.tray.lost.emit()
    assert application.panel.isVisible()
    application.panel.close()
    assert application.panel.isMinimized()


async def test_a_desktop_without_a_tray_is_said(application: Application) -> None:
    application.start()
    application.tray.missed.emit()
    [said] = [window for window in QApplication.topLevelWidgets() if "No tray on this desktop" in texts(window)]
    assert said.isVisible()


async def test_the_tray_menu_shows_the_panel_for_a_number(application: Application) -> None:
    application.tray.found.emit()
    assert not application.panel.isVisible()
    application.tray.dial_wanted.emit()
    assert application.panel.isVisible()


async def test_settings_stay_in_their_folder(application: Application, tmp_path: Path, home: Path) -> None:
    application.start()
    await turn()
    await application.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["journal.db", "windows.ini"]
    assert [path for path in home.rglob("*") if path.is_file()] == []


async def test_a_caller_is_known_by_the_contacts_in_every_window(
    provider: DeskProvider, tmp_path: Path, qapp: QApplication
) -> None:
    clock = FakeClock()
    programs = OtherPrograms(tmp_path / "data", Passwords(MemorySecrets()), clock)
    await programs.contacts.add(Contact(name="Anna", company="Romashka", numbers=(ContactNumber("84951234567"),)))
    application = Application(provider, tmp_path, lambda: None, clock=clock, audible=False, programs=programs)
    application.start()
    await turn()
    call = incoming("c1", "74951234567", features=RING)
    provider.tell(CallStarted(call))
    [popup] = application.popups.shown()
    assert "+7 495 123-45-67" in texts(popup), "it does not wait for the answer"
    while "Anna" not in texts(popup):
        await turn()
    assert "Anna" in texts(application.panel)
    assert "Anna" in application.tray.words()
    await application.close()
    await programs.close()


async def test_closing_takes_every_window_away(provider: DeskProvider, tmp_path: Path, qapp: QApplication) -> None:
    before = {window for window in QApplication.topLevelWidgets() if window.isVisible()}
    application = Application(provider, tmp_path, lambda: None, clock=FakeClock(), audible=False)
    application.start()
    await turn()
    application.tray.about_wanted.emit()
    await application.close()
    assert {window for window in QApplication.topLevelWidgets() if window.isVisible()} <= before
    assert provider.names[-1] == "close"


def test_without_a_password_anywhere_it_says_so(tmp_path: Path) -> None:
    line = said_at_the_start(
        "--provider", "oktell", "--url", "ws://127.0.0.1:9/", "--login", "operator", folder=tmp_path
    )
    assert line.endswith("not set up: The password is missing.\n")


def said_at_the_start(*arguments: str, folder: Path) -> str:
    """Start the application, end it when it has said something, and return that."""
    command = [sys.executable, "-m", "ctidesk", "--log-level", "info", "--config", str(folder), *arguments]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert started.stderr is not None
    said = ""
    while "not set up" not in said:
        said = started.stderr.readline()
        assert said, "it has ended by itself"
    started.send_signal(signal.SIGTERM)
    _, rest = started.communicate()
    assert (started.returncode, rest) == (0, "")
    return said


def test_without_settings_it_waits_in_a_window_until_it_is_ended(tmp_path: Path) -> None:
    line = said_at_the_start(folder=tmp_path)
    assert line.endswith("not set up: Nothing says which kind of PBX to connect to.\n")


async def test_about_is_one_window_however_often_it_is_asked_for(application: Application) -> None:
    application.start()
    for _ in range(2):
        application.tray.about_wanted.emit()
        await turn()
    [about] = [window for window in QApplication.topLevelWidgets() if isinstance(window, About) and window.isVisible()]
    about.close()
    await turn()
    application.tray.about_wanted.emit()
    await turn()
    assert [window for window in QApplication.topLevelWidgets() if isinstance(window, About) and window.isVisible()]


async def test_the_end_does_not_bring_a_hidden_panel_back(application: Application) -> None:
    application.start()
    await turn()
    application.tray._make_icon()
    application.panel.close()
    seen: list[bool] = []
    application.tray.lost.connect(lambda: seen.append(application.panel.isVisible()))
    await application.close()
    assert seen == [False]


async def test_a_refusal_is_said_while_nobody_sees_the_panel(application: Application, provider: DeskProvider) -> None:
    refusal = CtiError(ErrorKind.COMMAND, "The PBX has <b>refused</b>.")

    def said() -> list[QWidget]:
        return [window for window in QApplication.topLevelWidgets() if refusal.text in texts(window)]

    application.start()
    await turn()
    provider.tell(ErrorOccurred(refusal))
    await turn()
    assert said() == [application.panel]
    application.tray.found.emit()
    application.panel.close()
    provider.tell(ErrorOccurred(refusal))
    await turn()
    assert len([window for window in said() if window.isVisible()]) == 1


@pytest.mark.parametrize(
    ("kind", "is_said"), [(ErrorKind.AUTHENTICATION, True), (ErrorKind.CALL_CENTRE_NOT_AVAILABLE, False)]
)
async def test_what_only_the_operator_can_mend_is_said_beside_the_tray(
    application: Application, provider: DeskProvider, kind: ErrorKind, is_said: bool
) -> None:
    provider.attempts.append(CtiException(CtiError(kind, "The PBX says no.", source="oktell.connect")))
    application.start(hidden=True)
    await turn()
    shown = [window for window in QApplication.topLevelWidgets() if window is not application.panel]
    assert is_said == any("The PBX says no." in texts(window) for window in shown if window.isVisible())


async def test_somebody_of_the_history_is_added_to_the_contacts(
    application: Application, provider: DeskProvider
) -> None:
    added: list[Contact] = []

    async def add(contact: Contact) -> None:
        added.append(contact)

    async def search(_text: str, _limit: int) -> tuple[KnownContact, ...]:
        return ()

    application.start()
    application.calls.offer_contacts(add, search)
    call = incoming("c1", "74951234567")
    provider.tell(CallStarted(call), CallFinished(call))
    archive = application.calls.archive
    assert archive is not None
    while archive.journal.waiting:
        await turn()
    application.panel.contact_wanted.emit("", "74951234567")
    [dialog] = application.panel.findChildren(NewContact)
    dialog.given.emit("Anna", "Romashka")
    while not (found := await archive.journal.find(call.record_id)) or not found.contact_name:
        await turn()
    assert [(one.name, one.company, one.numbers[0].number) for one in added] == [("Anna", "Romashka", "74951234567")]
    assert found.name == "Anna"
    await application.close()
    assert not dialog.isVisible()
