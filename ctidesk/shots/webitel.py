"""The story of `ctidesk demo --pbx webitel --shots`: an operator with a desk phone who is also an administrator."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import NoReturn

from ctidesk.config.places import SETTINGS_FILE
from ctidesk.config.policy import Policy
from ctidesk.config.settings import Connection
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore
from ctidesk.cti.presence import Presence
from ctidesk.cti.provider import BaseCtiProvider
from ctidesk.cti.text import translate
from ctidesk.demo.webitel import WebitelDemo, WebitelOptions
from ctidesk.demo_run import ForgetfulSecrets
from ctidesk.desk import Desk, MakeLine, MakeProvider
from ctidesk.net.frames import FrameLog
from ctidesk.options import DesktopOptions
from ctidesk.shots.application import Application, MakeApplication
from ctidesk.shots.clock import StoryClock
from ctidesk.shots.story import CALLER, LARGE, SCENE_SECONDS, SECOND_CALLER, Story, StoryError
from ctidesk.system.language import Language
from ctidesk.system.qt_loop import StopRequest
from ctidesk.ui.components.redirect_row import RedirectRow
from ctidesk.ui.components.settings.row_form import RowForm
from ctidesk.ui.components.settings.user_actions import UserAction
from ctidesk.ui.components.settings.user_rows import NEW_USER
from ctidesk.ui.components.settings.users_table import UsersTable
from ctidesk.ui.picture import press, write
from ctidesk.webitel.client import ClientOptions
from ctidesk.webitel.provider import WebitelCtiProvider


class WebitelStory(Story):
    """The operator's day, and the administrator's."""

    async def tell(self) -> None:
        """Play the day from the first idle minute to the users of the PBX."""
        await self._connected()
        await self._colleagues()
        await self._idle()
        await self._call_by_hand()
        await self._consultation()
        await self._lost_connection()
        await self._busy_line()
        await self._own_state()
        await self._call_centre()

    async def tell_users(self, desk: Desk) -> None:
        """Work on the users in the settings of `desk`."""
        desk.open_settings("users")
        dialog = desk.dialog
        table = None if dialog is None else dialog.findChild(UsersTable)
        if dialog is None or table is None:
            raise StoryError("the settings have no users")
        await self._painted()
        others = [number for number in self._people() if number != self._me()]
        table.wanted.emit(others[3], UserAction.EDIT)
        await self._refused_number(table, others[3], others[1])
        table.select(others[0])
        await self._picture("settings-users", [dialog], text_sizes=LARGE)
        self._form(table, others[3]).discarded.emit()
        table.added.emit()
        table.wanted.emit(others[2], UserAction.PASSWORD)
        table.wanted.emit(others[5], UserAction.REMOVE)
        await self._picture("settings-users-forms", [dialog], text_sizes=LARGE)
        for key in (NEW_USER, others[2], others[5]):
            self._form(table, key).discarded.emit()
        dialog.close()

    async def tell_settings(self, desk: Desk) -> None:
        """Look through the other pages of the settings of `desk`; nothing listens to the microphone for it."""
        for page in ("connection", "calls", "history", "integration", "interface", "diagnostics"):
            desk.open_settings(page)
            if desk.dialog is None:
                raise StoryError("there are no settings")
            desk.dialog.draft.set("connection.webitel.connection_string", "wss://webitel.example:10022")
            await self._picture(f"settings-{page}", [desk.dialog])
            desk.dialog.close()

    async def tell_welcome(self, desk: Desk) -> None:
        """Start for the first time; `desk` is another one."""
        while desk.welcome is None:
            await self._painted()
        await self._picture("welcome", [desk.welcome])

    async def tell_missing_phone(self) -> None:
        """The operator's phone is not connected."""
        await self._until(lambda: self._model.agent_state.code == "NONREG")
        await self._picture("panel-no-phone", [self._panel])

    # ---- the day

    async def _call_by_hand(self) -> None:
        """The phone rings and is picked up."""
        await self._ring(f"ring {self._me()} {CALLER} Belova Anna", 7)
        await self._popup_picture("popup-pickup")
        await self._picture("panel-ringing", [self._panel])
        await self._direct(f"pickup {self._me()}")
        await self._until(lambda: self._model.abilities.consult)
        await self._talk_and_hold()

    async def _consultation(self) -> None:
        expert = self._ready_colleague()
        async with asyncio.TaskGroup() as asking:
            asking.create_task(self._model.consult(expert))
            await self._until(lambda: self._model.consult_call is not None)
            await self._direct(f"pickup {self._me()}")
            await self._direct(f"answer {expert}")
        await self._end_of_consultation()

    async def _busy_line(self) -> None:
        """A colleague who talks is called: the call ends, and the panel says why."""
        directory = self._model.provider.directory.abonents.values()
        talking = next(one.number for one in directory if one.presence is Presence.TALKING and not one.is_me)
        async with asyncio.TaskGroup() as calling:
            calling.create_task(self._model.call_by_number(talking))
            await self._until(lambda: self._model.current_call is not None)
            await self._direct(f"pickup {self._me()}")
        await self._until(lambda: self._model.current_call is None and self._model.abilities.call)
        await self._picture("panel-call-ended", [self._panel])
        press(self._panel, translate("Panel", "Dismiss"))

    async def _own_state(self) -> None:
        """Do not disturb with a note, a redirection, a break with a text."""
        row = self._panel.findChild(RedirectRow)
        if row is None:
            raise StoryError("the panel asks for no text")
        for code, text, name in (
            ("DND", translate("Demo", "Report until three"), "panel-state-note"),
            ("CALLFORWARD", self._ready_colleague(), "panel-state-redirect"),
            ("ONBREAK", translate("Demo", "Lunch"), "panel-state-break"),
        ):
            option = next(one for one in self._model.provider.agent_states if one.code == code)
            row.ask(option)
            enter = write(row, row.question, text)
            await self._picture(f"{name}-asked", [self._panel])
            enter()
            await self._until(partial(self._is_in_state, code))
            self._clock.advance(11 * 60)
            await self._picture(name, [self._panel])
        await self._model.set_agent_state("ONHOOK")
        await self._until(lambda: self._model.agent_state.presence is Presence.READY)

    def _is_in_state(self, code: str) -> bool:
        return self._model.agent_state.code == code

    async def _call_centre(self) -> None:
        """A call through a queue, and one that is missed."""
        await self._model.change_call_centre_state(True)
        await self._until(lambda: self._model.is_call_centre_active is True)
        await self._picture("panel-call-centre", [self._panel])
        await self._ring(f"queue-ring {self._me()} {SECOND_CALLER} sales", 5)
        await self._popup_picture("popup-queue")
        self._clock.advance(12)
        await self._abandon(SECOND_CALLER)
        missed = self._application.missed
        await self._until(lambda: len(missed.unseen) == 1)
        await self._picture("popup-missed", [self._application.popups.notice()], on_ground=True)
        missed.see()
        await self._model.change_call_centre_state(False)
        await self._until(lambda: self._model.is_call_centre_active is False)

    # ---- parts of scenes

    async def _refused_number(self, table: UsersTable, key: str, taken: str) -> None:
        form = self._form(table, key)
        write(form, translate("Users", "Number"), taken)
        form.submit()
        while form.is_busy:
            await self._signalled(form.resized, "the number has not been refused")

    @staticmethod
    def _form(table: UsersTable, key: str) -> RowForm:
        form = table.form(key)
        if form is None:
            raise StoryError("there is no form")
        return form


async def tell_webitel(folder: Path, language: Language, suffix: str, seed: int, make: MakeApplication) -> None:
    """Play the stories of one language and write their pictures.

    Args:
        folder: where the pictures go.
        language: the language; suffix: what stands for it in their names, empty for English.
        seed: of the company.
        make: makes the application.
    """
    async with WebitelDemo(WebitelOptions(seed=seed)) as demo:

        @asynccontextmanager
        async def operator(password: str) -> AsyncIterator[tuple[Desk, WebitelStory]]:
            async with _desk(demo, password, language, seed, make) as (desk, application, clock):
                yield desk, WebitelStory(application, demo.direct, clock, folder, suffix)

        async with operator(demo.password) as (desk, story):
            await story.tell()
            await story.tell_users(desk)
            await story.tell_settings(desk)
            async with _new_desk(language) as new:
                await story.tell_welcome(new)
        async with operator(f"not {demo.password}") as (_, story):
            await story.tell_refused_login()
        await demo.direct(f"presence {demo.operator_number} offline")
        async with operator(demo.password) as (_, story):
            await story.tell_missing_phone()


@asynccontextmanager
async def _desk(
    demo: WebitelDemo, password: str, language: Language, seed: int, make: MakeApplication
) -> AsyncIterator[tuple[Desk, Application, StoryClock]]:
    """Run a desk with settings that are thrown away until the block ends; its clock is the story's."""
    clock = StoryClock()
    stop = StopRequest()
    made: asyncio.Future[Application] = asyncio.get_running_loop().create_future()

    @asynccontextmanager
    async def provider(
        _connection: Connection, known: str | None, frame_log: FrameLog
    ) -> AsyncIterator[BaseCtiProvider]:
        options = ClientOptions(demo.url, demo.operator_login, known)
        yield WebitelCtiProvider(options, clock=clock, frame_log=frame_log)

    with tempfile.TemporaryDirectory(prefix="ctidesk-demo-") as settings:
        folder = Path(settings)

        def line(provider: BaseCtiProvider, open_settings: Callable[[str], None]) -> Application:
            jitter = random.Random(seed)  # noqa: S311 - the same story gives the same pictures
            application = make(
                provider, folder, stop, clock=clock, jitter=jitter, audible=False, open_settings=open_settings
            )
            made.set_result(application)
            return application

        (folder / SETTINGS_FILE).write_text(
            f'[connection]\nprovider = "webitel"\n[connection.webitel]\nconnection_string = "{demo.url}"\n'
            f'number = "{demo.operator_number}"\n',
            "utf-8",
        )
        async with _running(folder, language, stop, provider, line, password) as desk:
            async with asyncio.timeout(SCENE_SECONDS):
                application = await made
            yield desk, application, clock


@asynccontextmanager
async def _new_desk(language: Language) -> AsyncIterator[Desk]:
    """Run a desk that nobody has set up until the block ends."""

    def nothing(*_: object) -> NoReturn:
        raise StoryError("a desk that is not set up connects")

    with tempfile.TemporaryDirectory(prefix="ctidesk-demo-") as settings:
        async with _running(Path(settings), language, StopRequest(), nothing, nothing) as desk:
            yield desk


@asynccontextmanager
async def _running(
    folder: Path,
    language: Language,
    stop: StopRequest,
    make_provider: MakeProvider,
    make_line: MakeLine,
    password: str | None = None,
) -> AsyncIterator[Desk]:
    """Run a desk with the settings in `folder` until the block ends."""
    desk = Desk(
        SettingsStore(SettingsFile(folder / SETTINGS_FILE), Policy()),
        DesktopOptions(password=password, log_level="error"),
        make_provider=make_provider,
        make_line=make_line,
        language=language,
        stop=stop,
        frame_log=FrameLog(),
        secrets=ForgetfulSecrets(),
        changes_system=False,
    )
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(desk.run())
        try:
            yield desk
        finally:
            stop()
