"""One operator's desk: from the settings to a line that is connected, again after each change of them.

The application on one line comes and goes; the desk stays: it has the settings and their windows, the password, the
place of the one instance, and hears when the computer wakes.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtWidgets import QWidget

from ctidesk.config.secrets import Account, Answer, Outcome, Secrets, account_of
from ctidesk.config.settings import Connection, Provider, Settings
from ctidesk.config.store import SettingsStore, Source
from ctidesk.config.validation import missing
from ctidesk.cti.model import CtiModel
from ctidesk.cti.provider import BaseCtiProvider
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate
from ctidesk.net.frames import FrameLog
from ctidesk.options import DesktopOptions
from ctidesk.other_programs import OtherPrograms
from ctidesk.system.autostart import Autostart, autostart
from ctidesk.system.language import Language
from ctidesk.system.machine import machine_lines
from ctidesk.system.qt_loop import StopRequest
from ctidesk.system.single_instance import Request, SingleInstance
from ctidesk.system.sound import Outputs
from ctidesk.system.url_handler import url_handler
from ctidesk.system.wake import Wake
from ctidesk.ui.components.settings.connection_history import ConnectionHistory
from ctidesk.ui.components.settings.ongoing_calls import OngoingCalls
from ctidesk.ui.components.settings.passwords import Passwords
from ctidesk.ui.components.settings.services import AudioTest, Services
from ctidesk.ui.components.settings.users_source import UsersSource
from ctidesk.ui.theme import theme

if TYPE_CHECKING:
    from ctidesk.cti.probing import Step
    from ctidesk.system.global_shortcut import GlobalShortcut
    from ctidesk.ui.components.history.past_calls import PastCalls
    from ctidesk.ui.components.settings.editing import Editing
    from ctidesk.ui.windows.ask_password import AskPassword
    from ctidesk.ui.windows.settings import SettingsDialog
    from ctidesk.ui.windows.welcome import Welcome

# The windows are imported when they are opened: an operator's start must not wait for them.

logger = logging.getLogger(__name__)

_AT_LOGIN = "interface.start_at_login"
DIAL_SECONDS = 60.0
"""For how long a number waits for a usable line; a call must not begin when nobody thinks of it any more."""


class Line(Protocol):
    """The application on one line."""

    model: CtiModel

    @property
    def is_seen(self) -> bool:
        """Whether its panel stands open on the screen."""

    @property
    def past_calls(self) -> PastCalls | None:
        """What windows ask of the calls that were."""

    def start(self, *, hidden: bool = False, dial: str = "", activate: bool = True) -> None:
        """Show the windows and connect."""

    def show(self) -> None:
        """Bring the panel to the front."""

    def offer_copied_number(self) -> None:
        """Bring the number that was selected or copied in another program where it can be dialled."""

    def hand_over(self, number: str) -> None:
        """Dial a number, or show it where it can be dialled when that is not possible now."""

    def set_up(self, settings: Settings) -> None:
        """Follow other settings."""

    async def close(self) -> None:
        """Say good-bye to the PBX and take everything away."""


MakeProvider = Callable[[Connection, str | None, FrameLog], AbstractAsyncContextManager[BaseCtiProvider]]
MakeLine = Callable[[BaseCtiProvider, Callable[[str], None]], Line]
"""Makes the application of a provider; the other argument opens a page of the settings."""


class Desk:
    """Runs from the start to the operator's wish to end.

    Attributes:
        line: the application, or None while there is no connection to try.
        dialog, welcome, question: the windows that are open, or None.
    """

    def __init__(
        self,
        store: SettingsStore,
        options: DesktopOptions,
        *,
        make_provider: MakeProvider,
        make_line: MakeLine,
        language: Language,
        stop: StopRequest,
        frame_log: FrameLog,
        instance: SingleInstance | None = None,
        secrets: Secrets | None = None,
        programs: OtherPrograms | None = None,
        login_start: Autostart | None = None,
        wake: Callable[[], Wake] = Wake,
        changes_system: bool = True,
    ) -> None:
        """Prepare; nothing is shown before `run`.

        Args:
            store: the settings.
            options: what this run was asked for.
            make_provider, make_line: from the settings to the PBX, and to the windows.
            language: of the windows.
            stop: the wish to end.
            frame_log: the messages of all connections of this run.
            instance: the place of the one instance, if this is it.
            secrets: the keyring.
            programs: the company's other programs; whoever made them closes them.
            login_start: how the system starts the program; by default this system's way.
            wake: begins to listen for the computer's waking.
            changes_system: whether settings may reach beyond the program, to the start at login and to links.
        """
        self.line: Line | None = None
        self.dialog: SettingsDialog | None = None
        self.welcome: Welcome | None = None
        self.question: AskPassword | None = None
        self._store = store
        self._options = options
        self._make_provider = make_provider
        self._make_line = make_line
        self._language = language
        self._spoken = ""
        self._stop = stop
        self._frame_log = frame_log
        self._listen_to_wake = wake
        self._programs = programs
        self._instance = instance
        self._outputs = Outputs()
        self._login_start = (login_start or autostart()) if changes_system else None
        self._history = ConnectionHistory()
        self._calls = OngoingCalls()
        self._users = UsersSource()
        self._connects_after_call = False
        self._shortcut: GlobalShortcut | None = None
        self._services = Services(
            store=store,
            passwords=Passwords(secrets or Secrets(), options.password),
            probe=self._probe,
            outputs=self._outputs,
            audio=_audio_check,
            frames=frame_log,
            history=self._history,
            calls=self._calls,
            users=self._users,
            autostart=self._login_start,
            url_handler=url_handler() if changes_system else None,
            shortcut=self._global_shortcut,
            machine=machine_lines,
            report=self._write_report,
            past_calls=lambda: None if self.line is None else self.line.past_calls,
            programs=programs,
        )
        self._editing: Editing | None = None
        self._tasks = TaskOwner("desk")
        self._one_at_a_time = asyncio.Lock()
        self._resources = AsyncExitStack()
        self._hidden = options.hidden or store.settings.interface.start_hidden
        self._dial = options.dial
        self._dial_until = time.monotonic() + DIAL_SECONDS

    async def run(self) -> None:
        """Work until the wish to end."""
        store = self._store
        wake = self._listen_to_wake()
        unsubscribe = [
            store.changed.subscribe(self._settings_changed),
            wake.network_available.subscribe(self._network_available),
            self._calls.changed.subscribe(self._calls_changed),
        ]
        if self._instance is not None:
            unsubscribe.append(self._instance.requested.subscribe(self._requested))
        try:
            self._begin()
            await self._stop.wait()
        finally:
            wake.close()
            for end in unsubscribe:
                end()
            if self._instance is not None:
                self._instance.close()
            await self._close()

    def open_settings(self, page: str = "connection") -> None:
        """Show the settings; calls go on."""
        if self.dialog is None:
            from ctidesk.ui.components.settings.editing import Editing
            from ctidesk.ui.windows.settings import SettingsDialog

            editing = Editing(self._services)
            self._editing = editing
            self.dialog = SettingsDialog(self._services, editing)
            self.dialog.saved.connect(self._saved)
            self.dialog.closed.connect(lambda: self._settings_closed(editing))
        self.dialog.open_page(page)

    # ---- from the start to a line

    def _begin(self) -> None:
        settings = self._store.settings
        self._speak_as_chosen()
        self._follow_interface(settings)
        self._follow_diagnostics(settings)
        if self._programs is not None:
            self._programs.set_up(settings)
        if self._store.source(_AT_LOGIN) in (Source.ADMINISTRATOR, Source.LOCKED):
            self._start_at_login(settings.interface.start_at_login)
        if settings.connection.provider is Provider.NONE:
            text = translate("Unconfigured", "Nothing says which kind of PBX to connect to.")
            logger.info("not set up: %s", text)
            self._show_welcome("")
        elif missing(settings):
            logger.info("not set up: %s", ", ".join(missing(settings)))
            self.open_settings()
        else:
            self._connect()

    def _connect(self) -> None:
        self._connects_after_call = False
        self._start(self._connect_now())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._tasks.start(work)
        # A task that is cancelled before its first step never gets to `work`.
        task.add_done_callback(lambda _: work.close())

    async def _connect_now(self) -> None:
        async with self._one_at_a_time:
            connection = self._store.settings.connection
            answer = await self._password(connection)
            hidden = self._hidden if self.line is None else not self.line.is_seen
            await self._leave()
            self._speak_as_chosen()
            if answer.password is None and connection.provider is not Provider.DEMO:
                logger.info("not set up: %s", translate("Unconfigured", "The password is missing."))
                self._users.follow(None)
                self._ask_password(account_of(connection), answer)
                return
            provider = await self._resources.enter_async_context(
                self._make_provider(connection, answer.password, self._frame_log)
            )
            self.line = line = self._make_line(provider, self.open_settings)
            line.set_up(self._store.settings)
            self._history.follow(line.model)
            self._calls.follow(line.model)
            self._users.follow(provider.user_administration)
            number, self._dial = self._dial, ""
            in_time = time.monotonic() <= self._dial_until
            line.start(hidden=hidden, dial=number if in_time else "", activate=self.dialog is None)
            if number and not in_time:
                line.hand_over(number)  # without a connection it only stands where it can be dialled

    async def _password(self, connection: Connection) -> Answer:
        account = account_of(connection)
        known = self._services.passwords.known(account)
        if known is not None or connection.provider is Provider.DEMO:
            return Answer(Outcome.ASK_EACH_START, password=known)
        return await self._services.passwords.find(account)

    async def _leave(self) -> None:
        line, self.line = self.line, None
        self._history.follow(None)
        self._calls.follow(None)
        if line is not None:
            await line.close()
        await self._resources.aclose()

    # ---- windows

    def _show_welcome(self, language: str) -> None:
        from ctidesk.ui.components.settings.editing import Editing
        from ctidesk.ui.windows.welcome import Welcome

        former, old = self.welcome, self._editing
        self._editing = editing = Editing(self._services)
        self.welcome = welcome = Welcome(self._services, editing, language)
        welcome.saved.connect(self._welcome_done)
        welcome.later.connect(self._stop)
        welcome.language_chosen.connect(self._speak)
        if former is not None:
            welcome.move(former.pos())
        welcome.show()
        _dismiss(former)
        self._end_editing(old)

    def _speak(self, language: str) -> None:
        self._spoken = language
        self._language.choose(language or None)
        self._show_welcome(language)

    def _speak_as_chosen(self) -> None:
        """Put the language of the settings into force while there is no line; its windows keep their texts."""
        language = self._store.settings.interface.language
        if language == self._spoken:
            return
        self._spoken = language
        self._language.choose(language or None)
        if self.dialog is not None and not self.dialog.draft.is_changed:
            page = self.dialog.page_name
            self.dialog.close()
            self.open_settings(page)

    def _welcome_done(self) -> None:
        welcome, self.welcome = self.welcome, None
        editing, self._editing = self._editing, None
        _dismiss(welcome)
        self._connect()
        self._end_editing(editing)

    def _ask_password(self, account: Account, answer: Answer) -> None:
        from ctidesk.ui.windows.ask_password import AskPassword

        self.question = question = AskPassword(account, answer)
        question.given.connect(lambda password: self._password_given(account, password))
        question.settings_wanted.connect(self.open_settings)
        question.closed.connect(self._question_closed)
        question.show()

    def _password_given(self, account: Account, password: str) -> None:
        self._services.passwords.use(account, password)
        self._end_question()
        self._connect()

    def _question_closed(self) -> None:
        self._end_question()
        self._end_if_out_of_reach()

    def _end_question(self) -> None:
        question, self.question = self.question, None
        _dismiss(question)

    def _settings_closed(self, editing: Editing) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
        self._editing = None
        self._end_editing(editing)
        if self.line is None:
            self._speak_as_chosen()
        self._end_if_out_of_reach()

    def _end_editing(self, editing: Editing | None) -> None:
        if editing is not None:
            self._start(editing.close())

    def _end_if_out_of_reach(self) -> None:
        """Never be a program that runs and cannot be reached."""
        if self.line is None and not (self.dialog or self.welcome or self.question or self._one_at_a_time.locked()):
            self._stop()

    # ---- what follows from settings, other starts and the system

    def _saved(self, reconnect: bool) -> None:
        if not reconnect and self.line is not None:
            return
        self._end_question()
        if missing(self._store.settings):
            return
        # A call may also have come while the settings were being saved.
        if self._calls.are_there and not (self.dialog and self.dialog.may_cost_calls):
            self._connects_after_call = True
        else:
            self._connect()

    def _calls_changed(self) -> None:
        if self._connects_after_call and not self._calls.are_there:
            self._connect()

    def _settings_changed(self, settings: Settings, keys: frozenset[str]) -> None:
        if any(key.startswith("interface.") for key in keys):
            self._follow_interface(settings)
        if _AT_LOGIN in keys:
            self._start_at_login(settings.interface.start_at_login)
        self._follow_diagnostics(settings)
        if self._programs is not None:
            self._programs.set_up(settings)
        if self.line is not None:
            self.line.set_up(settings)

    def _follow_interface(self, settings: Settings) -> None:
        interface = settings.interface
        scheme = {"light": "light", "dark": "dark"}.get(interface.theme)
        theme().force("light" if scheme == "light" else "dark" if scheme == "dark" else None)
        theme().set_text_scale(interface.text_scale / 100)
        if interface.dial_shortcut or self._shortcut is not None:
            shortcut = self._global_shortcut()
            if shortcut is not None:
                shortcut.take(interface.dial_shortcut)

    def _global_shortcut(self) -> GlobalShortcut | None:
        if self._shortcut is None:
            from ctidesk.system.global_shortcut import global_shortcut

            self._shortcut = global_shortcut()
            if self._shortcut is not None:
                self._shortcut.pressed.subscribe(self._shortcut_pressed)
        return self._shortcut

    def _shortcut_pressed(self) -> None:
        if self.line is not None:
            self.line.offer_copied_number()

    def _follow_diagnostics(self, settings: Settings) -> None:
        self._frame_log.enabled = settings.diagnostics.frame_log
        level = settings.diagnostics.log_level if self._options.log_level == "warning" else self._options.log_level
        logging.getLogger().setLevel(level.upper())

    def _start_at_login(self, wanted: bool) -> None:
        if self._login_start is None or self._login_start.is_enabled() == wanted:
            return
        try:
            if wanted:
                self._login_start.enable()
            else:
                self._login_start.disable()
        except OSError as error:
            logger.warning("the start at login could not be changed: %s", error.strerror or type(error).__name__)

    def _requested(self, request: Request) -> None:
        if self.line is None:
            if request.number:
                self._dial, self._dial_until = request.number, time.monotonic() + DIAL_SECONDS
            windows: list[QWidget | None] = [self.dialog, self.welcome, self.question]
            for window in windows:
                if window is not None:
                    window.raise_()
                    window.activateWindow()
        elif request.number:
            self.line.hand_over(request.number)
        else:
            self.line.show()

    def _network_available(self) -> None:
        if self._programs is not None:
            self._programs.network_available()
        if self.line is not None:
            self.line.model.network_available()

    def _probe(self, connection: Connection, password: str | None) -> AsyncGenerator[Step, None]:
        from ctidesk.probe.course import probe
        from ctidesk.probe.target import connection_probe

        return probe(*connection_probe(connection, password, self._options.proxy))

    def _write_report(self, path: str, machine: Sequence[str]) -> None:
        from ctidesk.diagnostics import report, write_report

        write_report(Path(path), report(self._store.path.parent, self._store.settings, machine))

    async def _close(self) -> None:
        self._outputs.stop()
        if self._shortcut is not None:
            self._shortcut.close()
        _dismiss(self.welcome)
        _dismiss(self.question)
        if self.dialog is not None:
            self.dialog.closed.disconnect()
            self.dialog.close()
            self.dialog.deleteLater()
        if self._editing is not None:
            await self._editing.close()
        await self._tasks.close()
        await self._leave()


def _audio_check() -> AudioTest:
    from ctidesk.system.audio_check import AudioCheck

    return AudioCheck()


def _dismiss(window: Welcome | AskPassword | None) -> None:
    if window is not None:
        window.put_away()
        window.deleteLater()
