"""The part of the pictures about callers who are known: contacts, the choice of several, the import, the settings."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore
from ctidesk.cti.values import CallState
from ctidesk.other_programs import OtherPrograms
from ctidesk.shots.story import Story, StoryError
from ctidesk.store.contact import Contact, ContactNumber
from ctidesk.ui.components.contacts.import_dialog import ImportDialog
from ctidesk.ui.components.settings.contacts_page import ContactsPage
from ctidesk.ui.components.settings.crm_page import CrmPage
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.page import Page
from ctidesk.ui.components.settings.program_work import ProgramWork
from ctidesk.ui.theme import scaled

_CALLER = "74951112233"
_SHARED = "74957778899"
PAGE_WIDTH, PAGE_HEIGHT = 604, 1100
_LONG_NOTE = "Invoices by e-mail only. Discount agreed by Sidorova, see the letter of 12 November."

TABLE = (
    "ФИО;Организация;Телефон;Мобильный;E-mail\n"
    "Белова Анна;ООО «Ромашка»;8 (495) 123-45-67;+7 916 123-45-67;belova@romashka.example\n"
    "Орлов Виктор;ЗАО «Лютик»;8 (812) 765-43-21;;orlov@lutik.example\n"
    "Петренко Оксана;;+380 44 123-45-67;067 123 45 67;\n"
)


async def know_callers(programs: OtherPrograms) -> None:
    """Have contacts: one who calls, and two with one number."""
    for name, number, company, title, note in (
        ("Belova Anna", _CALLER, "Romashka LLC", "purchasing", _LONG_NOTE),
        ("Orlov Viktor", _SHARED, "Lutik CJSC", "director", ""),
        ("Smirnova Galina", _SHARED, "Lutik CJSC", "accounts", ""),
    ):
        await programs.contacts.add(
            Contact(name=name, numbers=(ContactNumber(number, "work"),), company=company, title=title, note=note)
        )


class CallersStory(Story):
    """The same desk with contacts."""

    async def tell(self) -> None:
        """Two callers, the first not for the first time, the second one of two people."""
        await self._connected()
        await self._ready()
        await self._earlier_call()
        await self._ring(f"ring {self._me()} {_CALLER}", 7)
        await self._until_known(_CALLER)
        await self._popup_picture("popup-contact")
        await self._model.answer()
        await self._until(lambda: self._main_is(CallState.CONNECTED))
        self._clock.advance(40)
        await self._picture("panel-contact", [self._panel])
        await self._model.drop()
        await self._until(lambda: self._model.current_call is None)
        await self._ring(f"ring {self._me()} {_SHARED}", 5)
        await self._until_known(_SHARED)
        await self._popup_picture("popup-choice")
        await self._picture("panel-choice", [self._panel])
        await self._abandon(_SHARED)

    async def _earlier_call(self) -> None:
        await self._ring(f"ring {self._me()} {_CALLER}", 4)
        await self._model.answer()
        await self._until(lambda: self._main_is(CallState.CONNECTED))
        self._clock.advance(62)
        await self._model.drop()
        await self._until(lambda: self._model.current_call is None)
        self._clock.advance(3 * 3600)

    async def tell_settings(self, programs: OtherPrograms) -> None:
        """The pages of the settings that this is about, and a file that is going to be imported."""
        work = ProgramWork(programs)
        with tempfile.TemporaryDirectory(prefix="ctidesk-demo-") as folder:
            table = Path(folder) / "clients.csv"
            table.write_text(TABLE, "cp1251")
            draft = Draft(SettingsStore(SettingsFile(Path(folder) / "settings.toml")))
            draft.set("integration.lookup.address", "https://crm.romashka.example/people?number={party}")
            draft.set("integration.screen_pop.address", "https://crm.romashka.example/call?n={number}&name={name}")
            draft.set("integration.screen_pop.moment", "ring")
            draft.set("integration.creatio.address", "https://romashka.creatio.com")
            draft.set("integration.creatio.login", "smirnova")
            try:
                for name, page in (("contacts", ContactsPage(draft, work)), ("crm", CrmPage(draft, work))):
                    await self._page_picture(f"settings-{name}", page)
                dialog = ImportDialog(str(table), work)
                dialog.show()
                await self._signalled(work.previewed, "the file cannot be previewed")
                await self._picture("import-contacts", [dialog])
                dialog.close()
            finally:
                await work.close()

    async def _page_picture(self, name: str, page: Page) -> None:
        page.resize(scaled(PAGE_WIDTH), scaled(PAGE_HEIGHT))
        page.show()
        page.shown()
        await self._painted()
        await self._picture(name, [page])
        page.close()
        page.deleteLater()

    async def _until_known(self, number: str) -> None:
        people = self._application.people
        call = self._model.ringing_call
        if call is None or call.abonent_number != number:
            raise StoryError("the caller does not ring")
        while (known := people.known(call)) is None or not known.is_complete:
            await self._signalled(people.identified, "nobody has said who calls")
