"""Puts the rooms together: what is started, who knows whom, and how it ends (architecture.md, "Rooms")."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from ctidesk import __version__
from ctidesk.call_keeping import CallKeeping
from ctidesk.config.places import SETTINGS_FILE, data_folder, settings_folder
from ctidesk.config.policy import load_policy
from ctidesk.config.secrets import Secrets, account_of
from ctidesk.config.settings import Connection, Provider, Settings
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore, run_values
from ctidesk.cti.agent import AgentStateOption
from ctidesk.cti.clock import Clock
from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.model import CtiModel
from ctidesk.cti.provider import BaseCtiProvider
from ctidesk.cti.text import translate
from ctidesk.desk import DIAL_SECONDS, Desk
from ctidesk.diagnostics import LogFiles
from ctidesk.net.frames import FrameLog
from ctidesk.net.options import ConnectionOptions
from ctidesk.oktell.client import CLOSE_LIMIT, ClientOptions
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.options import DemoOptions, DesktopOptions
from ctidesk.other_programs import OtherPrograms
from ctidesk.system import qt_loop
from ctidesk.system.language import Language
from ctidesk.system.qt_messages import log_qt_messages
from ctidesk.system.single_instance import Handover, Request, SingleInstance
from ctidesk.system.sound import SoundSettings, Speaker
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.commands import Commands
from ctidesk.ui.components.copied_number import copied_text
from ctidesk.ui.components.favourites import Favourites
from ctidesk.ui.components.missed_calls import MissedCalls
from ctidesk.ui.components.muted_rings import MutedRings
from ctidesk.ui.components.people import People
from ctidesk.ui.components.photos import Photos
from ctidesk.ui.components.recording import Listening
from ctidesk.ui.components.settings.passwords import Passwords
from ctidesk.ui.ring import Ring
from ctidesk.ui.theme import TrayState, theme, tray_icon
from ctidesk.ui.windows.popups import Popups
from ctidesk.ui.windows.tray import Tray
from ctidesk.ui.windows.unseen_errors import UnseenErrors
from ctidesk.ui.windows.window_keeper import WindowKeeper

if TYPE_CHECKING:
    from ctidesk.cti.recordings import Recordings
    from ctidesk.integration.programs import LinePrograms
    from ctidesk.photos import PbxPhotos
    from ctidesk.ui.components.history.past_calls import PastCalls
    from ctidesk.ui.windows.about import About
    from ctidesk.webitel.web_phone import WebPhoneOptions

# The demo PBX and its pictures are imported where they are used: an operator's start must not wait for them.

CLOSE_SECONDS = 3.0
"""When the application ends without the farewell to the PBX, which a provider promises to have done in two seconds."""

logger = logging.getLogger(__name__)


def run_desktop(options: DesktopOptions) -> int:
    """Run the desktop application until the operator ends it; returns the exit code."""
    folder = settings_folder(options.config_dir)
    instance = SingleInstance(folder)

    async def main(language: Language, stop: qt_loop.StopRequest) -> int:
        async with contextlib.AsyncExitStack() as closing:
            frame_log = FrameLog()
            closing.callback(LogFiles(folder, frame_log).close)
            run = run_values(
                provider=options.provider,
                url=options.url,
                login=options.login,
                secure=options.secure,
                ca_file=options.ca_file,
            )
            store = SettingsStore(SettingsFile(folder / SETTINGS_FILE), load_policy(), run)
            secrets = Secrets()
            programs = OtherPrograms(data_folder(options.config_dir), Passwords(secrets))
            closing.push_async_callback(programs.close)

            def make_line(provider: BaseCtiProvider, open_settings: Callable[[str], None]) -> Application:
                connection = store.settings.connection
                is_demo = connection.provider is Provider.DEMO  # whose calls are nobody's
                if is_demo:
                    calls_folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="ctidesk-demo-")))
                else:
                    calls_folder = data_folder(options.config_dir)
                return Application(
                    provider,
                    folder,
                    stop,
                    calls_folder=calls_folder,
                    account=account_of(connection).name,
                    ca_file=Path(connection.ca_file) if connection.ca_file else None,
                    open_settings=open_settings,
                    programs=None if is_demo else programs,
                )

            desk = Desk(
                store,
                options,
                make_provider=partial(_provider, options, store),
                make_line=make_line,
                language=language,
                stop=stop,
                frame_log=frame_log,
                instance=instance,
                secrets=secrets,
                programs=programs,
            )
            await desk.run()
        return 0

    return _run(main, lambda: _handed_over(instance, options.dial))


def run_demo(options: DemoOptions) -> int:
    """Run the application with a PBX of its own and settings that are thrown away; returns the exit code."""
    if options.shots is not None:
        from ctidesk.shots.run import prepare, take_pictures

        shots, seed = options.shots, options.seed or 0
        with prepare(shots):
            return _run(lambda language, _stop: take_pictures(shots, language, seed, Application, options.pbx))

    from ctidesk.demo_run import run_demo_desk

    return _run(lambda language, stop: run_demo_desk(options, language, stop, Application, _provider))


class Application:
    """The desktop application on one line: model, windows, tray, ring and commands.

    Attributes:
        model, panel, popups, tray, calls: its parts, for whoever drives it from outside.
    """

    def __init__(
        self,
        provider: BaseCtiProvider,
        folder: Path,
        quit_wanted: Callable[[], None],
        *,
        calls_folder: Path | None = None,
        account: str = "",
        ca_file: Path | None = None,
        clock: Clock | None = None,
        jitter: random.Random | None = None,
        audible: bool = True,
        open_settings: Callable[[str], None] | None = None,
        programs: OtherPrograms | None = None,
    ) -> None:
        """Make the parts. The tray icon stands from the first of them on; what else is shown waits for `start`.

        Args:
            provider: the PBX's side.
            folder: where settings are kept.
            quit_wanted: called when the operator ends the application.
            calls_folder: where calls are kept; with the settings by default.
            account: whose line it is, for the journal.
            ca_file: certificates to trust besides the system's where recordings are fetched.
            clock, jitter: what `CtiModel` takes.
            audible: whether ringing calls are heard.
            open_settings: opens a page of the settings; without it there are none.
            programs: the company's other programs; without it nobody is asked who calls.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._settings = QSettings(str(folder / "windows.ini"), QSettings.Format.IniFormat)
        self._quit_wanted = quit_wanted
        self._about: About | None = None
        self._dial = ""
        self._dial_until = 0.0
        self._is_closed = False
        self.model = CtiModel(provider, clock, jitter=jitter)
        self._commands = Commands()
        self.people = People(provider.directory)
        self._actions = CallActions(self.model, self.people, self._commands)
        self.missed = MissedCalls(self.model, self.people)
        self._muted = MutedRings(self.model)
        self.tray = Tray(self.model, self.people, self._actions, self.missed, self._muted)
        self.tray.quit_wanted.connect(quit_wanted)
        self.tray.start()
        # The largest window is loaded when the icon stands already.
        from ctidesk.ui.windows.panel import Panel

        self.favourites = Favourites(self._settings)
        self.panel = Panel(self.model, self._commands, self.favourites, self._muted)
        self.keeper = WindowKeeper(self.panel, self._settings)
        self.keeper.may_hide = self.tray.is_shown
        self.popups = Popups(self.model, self.people, self._actions, self.missed, self._muted)
        self._errors = UnseenErrors(self.model, self.people, self.keeper.is_seen, self.popups.say)
        self._speaker = Speaker()
        self._ring = Ring(self.model, self._muted, self._speaker) if audible else None
        self.calls = CallKeeping(
            self.model,
            self.people,
            self.missed,
            self.panel,
            self.keeper,
            self._commands,
            calls_folder or folder,
            account,
        )
        self._open_settings = open_settings
        self._ca_file = ca_file
        self._listening = Listening(self._make_recordings, self.model)
        self._photos = Photos(self._make_photos)
        self._programs = programs
        self._line_programs: LinePrograms | None = None
        self._connect()

    @property
    def is_seen(self) -> bool:
        """Whether the panel stands open on the screen."""
        return self.keeper.is_seen()

    @property
    def past_calls(self) -> PastCalls | None:
        """What windows ask of the calls that were; None before `start`."""
        return self.calls.past_calls

    def show(self) -> None:
        """Bring the panel to the front."""
        self.keeper.show()

    def hand_over(self, number: str) -> None:
        """Dial a number that another program gives; while that is not possible it only stands in the dial field.

        It is not kept for later: a call must not begin when nobody thinks of it any more.
        """
        self.keeper.show()
        if self.model.is_connected and self.model.current_call is None and self.model.abilities.call:
            self._actions.with_number(AbonentAction.CALL, number)
        else:
            self.panel.show_number(number)

    def offer_copied_number(self) -> None:
        """Bring the number that was selected or copied in another program into the panel; nothing is dialled by it."""
        self._offer(copied_text(or_selected=True))

    def set_up(self, settings: Settings) -> None:
        """Follow other settings."""
        sound = settings.sound
        self.popups.set_up(settings.calls_and_popup)
        self.panel.set_up(settings.calls_and_popup)
        self._speaker.set_up(SoundSettings(sound.ring_device, sound.volume, sound.ringtone, sound.second_ring_device))
        if self._ring is not None:
            self._ring.set_up(sound.while_talking)
        self.calls.set_up(settings)

    def start(self, *, hidden: bool = False, dial: str = "", activate: bool = True) -> None:
        """Show the windows and connect.

        Args:
            hidden: show the tray icon alone, if there is a tray.
            activate: give the panel the keyboard.
            dial: a number to dial if the line is usable soon, or empty; later it only stands in the dial field.
        """
        self._dial = dial
        self._dial_until = self.model.clock.monotonic() + DIAL_SECONDS
        if not hidden:
            self.keeper.show(activate=activate)
        elif not self.tray.is_shown:
            self.keeper.show_minimised()  # nobody could reach what is hidden without a tray
        self.panel.offer_recordings(self._listening)
        self.panel.offer_photos(self._photos)
        self.popups.offer_photos(self._photos)
        self.calls.start()
        if self.calls.past_calls is not None:
            self.tray.offer_history(self.calls.past_calls)
        self._join_programs()
        self.model.start()

    async def close(self) -> None:
        """Say good-bye to the PBX and take everything away; at most two seconds. Once is enough."""
        if self._is_closed:
            return
        self._is_closed = True
        self.keeper.remember()
        self._settings.sync()
        if self._ring is not None:
            self._ring.close()
        self._errors.close()
        self.popups.close()
        self.tray.close()
        self.panel.hide()
        if self._about is not None:
            self._about.close()
        self.calls.end_work()
        self._unsubscribe()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._commands.close()
                await self.model.close()
        except TimeoutError:
            logger.error("the provider has not closed in time")
        if self._programs is not None and self._line_programs is not None:
            await self._programs.leave(self._line_programs)
        await self.calls.close()
        await self._listening.close()
        await self._photos.close()
        self.panel.deleteLater()

    def _make_photos(self) -> PbxPhotos:
        from ctidesk.photos import PbxPhotos

        return PbxPhotos(self.model.provider.photo_address, self._ca_file)

    def _make_recordings(self) -> Recordings:
        from ctidesk.recordings import PbxRecordings

        return PbxRecordings(self.model.provider.query_call_records, self._ca_file)

    def _join_programs(self) -> None:
        if self._programs is not None and self.calls.archive is not None:
            self._line_programs = line = self._programs.join(self.model, self.calls.archive, self.popups.say)
            self.people.follow(line.callers)
            self._actions.cards = line.cards
            self.panel.follow(line.callers, line.cards)
            contacts = self._programs.contacts
            self.calls.offer_contacts(contacts.add, contacts.search)

    def _connect(self) -> None:
        tray, keeper = self.tray, self.keeper
        tray.panel_toggled.connect(keeper.toggle)
        tray.panel_wanted.connect(keeper.show)
        tray.dial_wanted.connect(self._ask_number)
        tray.state_wanted.connect(self._ask_state)
        tray.copied_wanted.connect(lambda: self._offer(copied_text()))
        tray.about_wanted.connect(self._show_about)
        if self._open_settings is not None:
            tray.offer_settings()
            tray.settings_wanted.connect(self._show_settings)
            self.panel.offer_settings()
            self.panel.settings_wanted.connect(self._show_settings)
        tray.found.connect(self._tray_found)
        tray.lost.connect(self._tray_lost)
        tray.missed.connect(self._tray_missed)
        if self._ring is not None:
            self.popups.painted.connect(self._ring.popup_painted)
        self.popups.number_wanted.connect(self._ask_number)
        self.missed.changed.connect(self._show_missed_count)
        quit_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Quit), self.panel)
        quit_key.activated.connect(self._quit_wanted)
        self._unsubscribe = self.model.changed.subscribe(self._dial_when_possible)

    def _offer(self, text: str) -> None:
        self.keeper.show()
        self.panel.offer_number(text)

    def _ask_number(self) -> None:
        self.keeper.show()
        self.panel.dial()

    def _ask_state(self, option: AgentStateOption) -> None:
        self.keeper.show()
        self.panel.ask_state(option)

    def _show_settings(self) -> None:
        if self._open_settings is not None:
            self._open_settings("connection")

    def _show_diagnostics(self) -> None:
        if self._open_settings is not None:
            self._open_settings("diagnostics")

    def _show_about(self) -> None:
        if self._about is None:
            from ctidesk.ui.windows.about import About

            self._about = About(has_diagnostics=self._open_settings is not None)
            self._about.diagnostics_wanted.connect(self._show_diagnostics)
            self._about.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._about.destroyed.connect(self._forget_about)
        self._about.show()
        self._about.raise_()
        self._about.activateWindow()

    def _forget_about(self) -> None:
        self._about = None

    def _show_missed_count(self) -> None:
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.setBadgeNumber(self.missed.count)

    def _dial_when_possible(self) -> None:
        if self._dial and self.model.is_connected and self.model.abilities.call:
            number, self._dial = self._dial, ""
            if self.model.current_call is None and self.model.clock.monotonic() <= self._dial_until:
                self._actions.with_number(AbonentAction.CALL, number)
            else:
                self.panel.show_number(number)  # nobody thinks of that call any more

    # ---- with and without a tray

    def _tray_found(self) -> None:
        self.keeper.may_hide = True

    def _tray_lost(self) -> None:
        self.keeper.may_hide = False
        if not self.panel.isVisible() and not self._is_closed:
            self.keeper.show_minimised()

    def _tray_missed(self) -> None:
        logger.info("this desktop has no tray")
        self.popups.say(
            translate("Application", "No tray on this desktop"),
            translate("Application", "ctidesk stays in its window. Closing it minimises it; Ctrl+Q ends ctidesk."),
        )


# ---- the run


def _run(
    main: Callable[[Language, qt_loop.StopRequest], Awaitable[int]], first: Callable[[], int | None] = lambda: None
) -> int:
    """Make the Qt application and run `main` in it, unless `first` gives an exit code."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)
    log_qt_messages()
    sys.excepthook = _log_exception
    application = QApplication(sys.argv[:1])
    application.setApplicationName("ctidesk")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("ctidesk")
    language = Language()
    language.choose()
    code = first()
    if code is not None:
        return code
    theme()
    application.setWindowIcon(tray_icon(TrayState.READY))

    async def run(stop: qt_loop.StopRequest) -> int:
        return await main(language, stop)

    return qt_loop.run(application, run)


def _log_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Keep what goes wrong in a slot out of the operator's sight, but not out of the log."""
    logger.error("an error that nobody has caught", exc_info=(kind, error, trace))


def _handed_over(instance: SingleInstance, number: str) -> int | None:
    """Let the application that runs already do what this start was for; None when this is the one."""
    try:
        outcome = instance.claim_or_hand_over(Request(number))
    except OSError as error:
        logger.warning("other starts will not find this one: %s", error)
        return None
    match outcome:
        case Handover.NOBODY:
            return None
        case Handover.ACCEPTED:
            logger.info("the application runs already")
            return 0
        case Handover.REFUSED:
            logger.error("the application that runs has refused the request")
        case Handover.SILENT:
            logger.error("the application that runs does not answer")
    return 1


@contextlib.asynccontextmanager
async def _provider(
    options: DesktopOptions, store: SettingsStore, connection: Connection, password: str | None, frame_log: FrameLog
) -> AsyncIterator[BaseCtiProvider]:
    """Give the provider that the settings ask for; the demo's PBX runs as long as it."""
    network = ConnectionOptions(
        ca_file=Path(connection.ca_file) if connection.ca_file else None,
        proxy=options.proxy or connection.proxy or None,
        close_timeout=CLOSE_LIMIT,
    )
    match connection.provider:
        case Provider.DEMO:
            from ctidesk.demo_run import demo_seed, oktell_demo

            async with oktell_demo(demo_seed(DemoOptions()), quiet=False) as demo:
                yield demo
        case Provider.WEBITEL:
            from ctidesk.webitel import client as webitel
            from ctidesk.webitel.provider import WebitelCtiProvider

            account = connection.webitel
            chosen = webitel.ClientOptions(
                account.connection_string,
                account.number,
                password,
                secure=bool(options.secure),
                network=network,
                domain=account.domain,
            )
            if account.auto_answer_parameter:
                headers = (account.auto_answer_parameter,)
                chosen = replace(chosen, answers_by_itself=True, consultation_headers=headers)
            with _web_phone(options, store, connection) as web_phone:
                yield WebitelCtiProvider(chosen, frame_log=frame_log, web_phone=web_phone)
        case _:
            oktell = connection.oktell
            yield OktellCtiProvider(
                ClientOptions(
                    oktell.addresses,
                    oktell.login,
                    password,
                    secure=oktell.secure,
                    network=network,
                    call_centre=oktell.call_centre_operator,
                    answers_remotely=oktell.auto_answer,
                ),
                frame_log=frame_log,
            )


@contextlib.contextmanager
def _web_phone(
    options: DesktopOptions, store: SettingsStore, connection: Connection
) -> Iterator[WebPhoneOptions | None]:
    """Give how the web phone works, if calls shall go through it; its devices follow the settings."""
    if not connection.webitel.use_web_phone:
        yield None
        return
    from ctidesk.web_phone import WebPhoneParts

    parts = WebPhoneParts(data_folder(options.config_dir), store.settings)
    unsubscribe = store.changed.subscribe(lambda settings, _keys: parts.set_up(settings))
    try:
        yield parts.options(connection.webitel)
    finally:
        unsubscribe()
        parts.close()
