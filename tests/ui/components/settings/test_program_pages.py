"""The pages about contacts and other programs, and the import of a file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QProgressBar

from ctidesk.config.secrets import Program, program_account
from ctidesk.config.settings import Integration
from ctidesk.cti.identification import Source, TrialFailed
from ctidesk.other_programs import OtherPrograms
from ctidesk.ui.components.contacts.column_table import ColumnTable
from ctidesk.ui.components.contacts.import_dialog import ImportDialog
from ctidesk.ui.components.settings.contacts_page import ContactsPage, countries
from ctidesk.ui.components.settings.crm_page import CrmPage
from ctidesk.ui.components.settings.editing import Editing
from ctidesk.ui.components.settings.passwords import Passwords
from ctidesk.ui.windows.settings import SettingsDialog
from tests.cti.fake_clock import FakeClock
from tests.ui.components.finding import button, texts
from tests.ui.components.settings.settings_desk import MemorySecrets, SettingsDesk
from tests.ui.components.stage import show
from tests.waiting import settle

TABLE = "ФИО;Организация;Телефон\nБелова Анна;Ромашка;8 (495) 123-45-67\n<b>x</b>;;+7 812 765-43-21\n"


class Opened:
    """An open dialog with real contacts and a keyring in memory."""

    def __init__(self, folder: Path, settings: str = "", policy: str = "") -> None:
        self.folder = folder
        self.secrets = MemorySecrets()
        self.programs = OtherPrograms(folder / "data", Passwords(self.secrets), FakeClock())
        desk = SettingsDesk(folder, settings or '[connection]\nprovider = "demo"\n', policy)
        desk.services = structs.replace(desk.services, programs=self.programs)
        self.desk = desk
        self.editing = Editing(desk.services)
        assert self.editing.programs is not None
        self.work = self.editing.programs
        self.dialog = SettingsDialog(desk.services, self.editing)

    def page(self, name: str) -> ContactsPage | CrmPage:
        self.dialog.open_page(name)
        page = self.dialog.pages[name]
        assert isinstance(page, ContactsPage | CrmPage)
        return page

    async def close(self) -> None:
        self.dialog.close()
        await self.editing.close()
        await self.programs.close()
        self.dialog.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
async def opened(tmp_path: Path, qapp: QApplication) -> AsyncIterator[Opened]:
    opened = Opened(tmp_path)
    yield opened
    await opened.close()


async def signalled(signal: object) -> None:
    """Wait until a Qt signal is emitted."""
    happened = asyncio.Event()
    signal.connect(lambda *_: happened.set())  # type: ignore[attr-defined]
    await happened.wait()


def line_of(page: ContactsPage | CrmPage, name: str) -> QLineEdit:
    found = [one for one in page.findChildren(QLineEdit) if one.accessibleName() == name and one.isVisibleTo(page)]
    return found[0]


def type_into(line: QLineEdit, text: str) -> None:
    line.clear()
    QTest.keyClicks(line, text)


def cell(dialog: ImportDialog, row: int, column: int) -> str:
    item = dialog.findChildren(ColumnTable)[0].item(row, column)
    return "" if item is None else item.text()


async def imported(opened: Opened, name: str, content: bytes) -> ImportDialog:
    """Open the import of a file and wait until it was looked at."""
    page = opened.page("contacts")
    assert isinstance(page, ContactsPage)
    path = opened.folder / name
    path.write_bytes(content)
    page.open_import(str(path))
    [dialog] = page.findChildren(ImportDialog)
    return dialog


async def test_a_table_is_understood_and_imported(opened: Opened) -> None:
    dialog = await imported(opened, "clients.csv", TABLE.encode("cp1251"))
    await signalled(opened.work.previewed)
    boxes = dialog.findChildren(QComboBox)
    assert [box.currentText() for box in boxes if box.isVisibleTo(dialog)][-3:] == ["Name", "Company", "Number"]
    assert cell(dialog, 2, 0) == "<b>x</b>"
    assert "The first one: Белова Анна · 8 (495) 123-45-67 · Ромашка" in texts(dialog)
    button(dialog, "Import").click()
    await signalled(opened.work.imported)
    assert "Contacts imported: 2" in texts(dialog)
    await signalled(opened.work.sources_found)
    assert {"clients.csv", "2 contacts"} <= set(texts(opened.page("contacts")))
    button(dialog, "Close").click()
    book = opened.programs.contacts.book
    assert book is not None
    assert [one.name for one in await book.lookup("+74951234567")] == ["Белова Анна"]


async def test_another_meaning_of_the_columns(opened: Opened) -> None:
    dialog = await imported(opened, "clients.csv", b"8 495 1234567,Anna\n8 812 7654321,Boris\n")
    await signalled(opened.work.previewed)
    number, name = (box for box in dialog.findChildren(ColumnTable)[0].findChildren(QComboBox))
    number.setCurrentIndex(number.findData(""))
    number.activated.emit(number.currentIndex())
    await signalled(opened.work.previewed)
    assert "Say which column holds the numbers." in texts(dialog)
    number.setCurrentIndex(number.findData("numbers"))
    number.activated.emit(number.currentIndex())
    name.setCurrentIndex(name.findData("company"))
    name.activated.emit(name.currentIndex())
    await signalled(opened.work.previewed)
    assert "The first one: 8 495 1234567 · Anna" in texts(dialog)


async def test_another_encoding_and_delimiter(opened: Opened) -> None:
    dialog = await imported(opened, "clients.csv", TABLE.encode("koi8-r"))
    await signalled(opened.work.previewed)
    encoding = next(box for box in dialog.findChildren(QComboBox) if box.accessibleName() == "Encoding")
    encoding.setCurrentIndex(encoding.findData("koi8-r"))
    encoding.activated.emit(encoding.currentIndex())
    await signalled(opened.work.previewed)
    assert cell(dialog, 1, 0) == "Белова Анна"


async def test_vcards_need_no_columns(opened: Opened) -> None:
    card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nTEL:+74951234567\r\nEND:VCARD\r\n"
    dialog = await imported(opened, "people.vcf", card)
    assert not dialog.findChildren(ColumnTable)[0].isVisibleTo(dialog)
    button(dialog, "Import").click()
    await signalled(opened.work.imported)
    assert "Contacts imported: 1" in texts(dialog)


async def test_an_import_can_be_given_up(opened: Opened) -> None:
    rows = "".join(f"Anna {index},8495{index:07}\n" for index in range(20_000))
    dialog = await imported(opened, "many.csv", b"Name,Phone\n" + rows.encode())
    await signalled(opened.work.previewed)
    button(dialog, "Import").click()
    await signalled(opened.work.progressed)
    assert dialog.findChildren(QProgressBar)[0].isVisibleTo(dialog)
    button(dialog, "Cancel").click()
    while opened.work.is_importing:
        await settle()
    assert await opened.programs.contacts.sources() == {}


async def test_a_file_that_has_gone_is_said(opened: Opened) -> None:
    dialog = await imported(opened, "gone.csv", b"")
    (opened.folder / "gone.csv").unlink()
    opened.work.import_file(str(opened.folder / "gone.csv"))
    await signalled(opened.work.failed)
    assert any(text.startswith("This was not possible; the contacts are as they were.") for text in texts(dialog))


async def test_contacts_of_a_file_are_forgotten(opened: Opened) -> None:
    page = opened.page("contacts")
    (opened.folder / "a.csv").write_text("Name,Phone\nAnna,84951234567\n")
    await signalled(opened.work.sources_found)
    opened.work.import_file(str(opened.folder / "a.csv"))
    await signalled(opened.work.sources_found)
    button(page, "Remove the contacts of a.csv").click()
    await signalled(opened.work.sources_found)
    assert "No contacts yet" in texts(page)


async def test_countries_have_their_names(opened: Opened) -> None:
    page = opened.page("contacts")
    box = next(box for box in page.findChildren(QComboBox) if box.accessibleName() == "Country")
    assert (box.currentData(), box.currentText()) == ("RU", "Россия")
    codes = [code for code, _ in countries()]
    assert codes[:2] == ["RU", "UA"]
    assert len(codes) == len(set(codes)) > 200


async def test_secrets_go_to_the_keyring_and_nowhere_else(opened: Opened) -> None:
    page = opened.page("crm")
    type_into(line_of(page, "Address"), "https://crm.example/?n={number}")
    creatio = page.fields["integration.creatio.address"]
    assert isinstance(creatio.editor, QLineEdit)
    type_into(creatio.editor, "https://company.creatio.com")
    type_into(line_of(page, "Login"), "smirnova")
    type_into(line_of(page, "Password"), "creatio-secret")
    assert button(opened.dialog, "Apply").isEnabled()
    button(opened.dialog, "Apply").click()
    await signalled(opened.dialog.saved)
    integration = opened.desk.store.settings.integration
    assert integration.creatio.login == "smirnova"
    assert opened.secrets.kept == {program_account(Program.CREATIO, integration): "creatio-secret"}
    assert "creatio-secret" not in opened.desk.file.read_text()
    assert line_of(page, "Password").text() == ""
    assert "Kept in the system keyring" in texts(page)


async def test_a_secret_alone_can_be_saved(opened: Opened) -> None:
    page = opened.page("crm")
    type_into(line_of(page, "Key"), "key")
    button(opened.dialog, "Apply").click()
    await signalled(opened.dialog.saved)
    assert opened.secrets.kept == {program_account(Program.WEBHOOK, Integration()): "key"}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("integration.screen_pop.address", "ftp", "This address begins with http:// or https://."),
        ("integration.screen_pop.address", "https://{name}/x", "The server's name must be written out, without { }."),
        ("integration.screen_pop.address", "https://x/{nummer}", "{nummer} is not known here."),
        ("integration.webhook", "ws://x", "This address begins with http:// or https://."),
        ("integration.webhook", "https://me:pass@x/", "An address must not hold a name or a password"),
    ],
)
async def test_what_cannot_be_used_is_said_at_its_field(opened: Opened, key: str, value: str, words: str) -> None:
    page = opened.page("crm")
    editor = page.fields[key].editor
    assert isinstance(editor, QLineEdit)
    type_into(editor, value)
    button(opened.dialog, "OK").click()
    assert any(text.startswith(words) for text in texts(page))
    assert opened.dialog.isVisible()


async def test_the_administrators_values_are_locked(tmp_path: Path, qapp: QApplication) -> None:
    policy = 'locked = ["integration"]\n[integration]\nwebhook = "https://crm.example/"\n'
    policy += '[integration.screen_pop]\nschemes = ["onec"]\naddress = "onec:{number}"\n'
    opened = Opened(tmp_path, policy=policy)
    page = opened.page("crm")
    assert line_of(page, "Send to").isReadOnly()
    assert line_of(page, "Send to").text() == "https://crm.example/"
    assert line_of(page, "Other schemes").isReadOnly()
    await opened.close()


async def test_a_file_of_the_user_cannot_allow_schemes(tmp_path: Path, qapp: QApplication) -> None:
    opened = Opened(tmp_path, '[integration.screen_pop]\nschemes = ["onec"]\nmoment = "ring"\n')
    pop = opened.desk.store.settings.integration.screen_pop
    assert (pop.schemes, pop.moment) == ((), "ring")
    await opened.close()


async def test_a_trial_tells_whom_it_found(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened.page("contacts")
    answers: list[tuple[str, ...] | str] = [("Anna · <b>", "B", "C", "D"), (), "no answer in 2 s"]
    asked: list[tuple[Source, str]] = []

    async def find(source: Source, settings: object, secret: str, number: str) -> tuple[str, ...]:
        asked.append((source, number))
        answer = answers.pop(0)
        if isinstance(answer, str):
            raise TrialFailed(answer)
        return answer

    monkeypatch.setattr(opened.programs, "find", find)
    line = line_of(page, "A number to look up")
    type_into(line, "84951234567")
    for words in (
        "Anna · <b>\nB\nC\nAnd others: 1",
        "It answers. Nobody was found under this number.",
        "There was no answer to use: no answer in 2 s",
    ):
        button(page, "Test").click()
        await signalled(opened.work.tried)
        assert words in texts(page)
    assert asked == [(Source.LOOKUP, "84951234567")] * 3


async def test_closing_in_the_middle(opened: Opened) -> None:
    await imported(opened, "clients.csv", TABLE.encode())
    opened.work.list_sources()
    opened.dialog.close()
    show()


async def test_escape_closes_the_import(opened: Opened) -> None:
    dialog = await imported(opened, "clients.csv", TABLE.encode())
    await signalled(opened.work.previewed)
    closed = asyncio.Event()
    dialog.finished.connect(lambda _: closed.set())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await closed.wait()
