"""`ctidesk demo --shots`: plays a story with the demo PBX and pictures every screen and state (command-line.md).

The people at the other ends do what the director's lines say, the operator's part is played by the model's commands;
each picture waits for what it shows. The clock stands still but for what the story lets pass, so the same story gives
the same pictures.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import NAMESPACE_OID, uuid5

from ctidesk.call_keeping import CallKeeping
from ctidesk.config.settings import Settings, WrapUp
from ctidesk.cti.clock import SystemClock
from ctidesk.cti.errors import CtiException
from ctidesk.cti.events import CtiEvent
from ctidesk.cti.model import CtiModel
from ctidesk.cti.presence import Presence
from ctidesk.cti.reconnection import ConnectionPhase
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallDirection, CallFeatures, CallState
from ctidesk.store import calls_table
from ctidesk.store.database import transaction
from ctidesk.store.history import HistoryFilter
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.record import CallRecord, Outcome, StoredCall
from ctidesk.ui.components.header import Header
from ctidesk.ui.components.history.pane import HistoryPane
from ctidesk.ui.components.missed_calls import MissedCalls
from ctidesk.ui.components.people import People
from ctidesk.ui.components.recording_player import RecordingPlayer
from ctidesk.ui.picture import Window, open_menu, press, save_picture
from ctidesk.ui.theme import Scheme, theme
from ctidesk.ui.widgets import SearchField
from ctidesk.ui.windows.panel import Panel
from ctidesk.ui.windows.popups import Popups
from ctidesk.ui.windows.tray import Tray

SCENE_SECONDS = 15.0
"""How long a scene may take to come about before the story is given up."""

START = datetime(2026, 11, 12, 10, 58, tzinfo=UTC)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

_CALLER = "74951234567"
_UNKNOWN_CALLER = "78127654321"
_SECOND_CALLER = "74952223344"

logger = logging.getLogger(__name__)

Direct = Callable[[str], Awaitable[dict[str, object]]]
"""Has the demo PBX carry out one of the director's lines."""


class StoryError(Exception):
    """The story did not go as it is written."""


class StoryClock(SystemClock):
    """Time that passes only by `advance`; timers are real."""

    def __init__(self) -> None:
        self._passed = 0.0

    def monotonic(self) -> float:
        """Return the seconds that the story has let pass, from a point that means nothing."""
        return 1000.0 + self._passed

    def now(self) -> datetime:
        """Return the same moment of the story's day."""
        return START + timedelta(seconds=self._passed)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._passed += seconds


class Played(Protocol):
    """The application, as far as the story needs it."""

    model: CtiModel
    panel: Panel
    popups: Popups
    tray: Tray
    people: People
    missed: MissedCalls
    calls: CallKeeping


class Story:
    """The story of one language: `tell` is its operator's day, the others are told by operators of their own."""

    def __init__(self, application: Played, direct: Direct, clock: StoryClock, folder: Path, language: str) -> None:
        """Prepare; the application has been started.

        Args:
            application: what is pictured.
            direct: the demo PBX's director.
            clock: the clock of `application`.
            folder: where the pictures go.
            language: what stands in the names of the pictures, empty for English.
        """
        self._application = application
        self._model = application.model
        self._panel = application.panel
        self._direct_line = direct
        self._clock = clock
        self._folder = folder
        self._language = language

    async def tell(self) -> None:
        """Play the operator's day from the first idle minute to the lost connection."""
        await self._connected()
        await self._colleagues()
        await self._idle()
        await self._calls_missed()
        await self._call_with_consultation()
        await self._lost_connection()
        await self._refusal()
        await self._history()
        await self._wrap_up()
        await self._break()

    async def tell_refused_login(self) -> None:
        """The password is wrong."""
        await self._until(lambda: self._model.connection.phase is ConnectionPhase.STOPPED)
        await self._picture("panel-wrong-password", [self._panel])

    async def tell_desk_phone(self, number: str) -> None:
        """The operator's phone, `number`, has to be picked up by hand, which the first try shows."""
        await self._connected()
        await self._direct(f"ring {number} {_CALLER} Belova Anna")
        await self._until(lambda: self._model.ringing_call is not None)
        with contextlib.suppress(CtiException):  # that is the point of it
            await self._model.answer()
        call = self._model.ringing_call
        if call is None or CallFeatures.CAN_ANSWER in call.features:
            raise StoryError("the phone could be answered from afar")
        self._clock.advance(7)
        await self._popup_picture("popup-pickup")
        await self._picture("panel-pickup", [self._panel])
        await self._abandon(_CALLER)

    # ---- the day

    async def _connected(self) -> None:
        await self._until(lambda: self._model.is_connected and len(self._people()) > 5)
        self._clock.advance(42)

    async def _colleagues(self) -> None:
        states = ("break", "dnd", "talking", "offline")
        others = [number for number in self._people() if number != self._me()]
        for number, state in zip(others, states, strict=False):
            await self._direct(f"presence {number} {state}")
        wanted = {Presence.BREAK, Presence.DND, Presence.TALKING, Presence.OFFLINE}
        abonents = self._model.provider.directory.abonents
        await self._until(lambda: wanted <= {one.presence for one in abonents.values()})
        self._clock.advance(42 * 60)

    async def _idle(self) -> None:
        await self._picture("panel-idle", [self._panel])
        await self._settled(self._open_history())
        await self._picture("panel-history-empty", [self._panel])
        self._panel.show_people()
        with self._typed(self._some_name()[:3]):
            await self._picture("panel-search", [self._panel])
        press(self._panel, translate("Panel", "Keypad"))
        await self._picture("panel-keypad", [self._panel])
        press(self._panel, translate("Panel", "Keypad"))
        header = self._panel.findChild(Header)
        if header is not None:
            header.open_menu()
            menu = open_menu()
            await self._picture("panel-state-menu", [self._panel, menu])
            menu.close()

    async def _calls_missed(self) -> None:
        missed = self._application.missed
        await self._ring(f"ring {self._me()} {_CALLER} Belova Anna", 7)
        await self._popup_picture("popup-known")
        await self._picture("panel-ringing", [self._panel])
        self._clock.advance(17)
        await self._abandon(_CALLER)
        await self._until(lambda: len(missed.unseen) == 1)
        await self._picture("popup-missed", [self._application.popups.notice()], on_ground=True)
        await self._ring(f"ring {self._me()} {_UNKNOWN_CALLER}", 3)
        popups = self._application.popups
        await self._picture("popup-stack", [*popups.shown(), popups.notice()], on_ground=True)
        await self._popup_picture("popup-unknown")
        self._clock.advance(9)
        await self._abandon(_UNKNOWN_CALLER)
        await self._until(lambda: len(missed.unseen) == 2)
        await self._picture("popup-missed-several", [popups.notice()], on_ground=True)
        missed.see()

    async def _call_with_consultation(self) -> None:
        await self._ring(f"queue-ring {self._me()} {_SECOND_CALLER} 60", 5)
        await self._popup_picture("popup-queue")
        await self._model.answer()
        await self._until(lambda: self._main_is(CallState.CONNECTED))
        self._clock.advance(192)
        await self._picture("panel-talking", [self._panel], text_sizes=(1.0, 2.0))
        await self._model.hold_or_unhold()
        await self._until(lambda: self._main_is(CallState.HOLDED))
        self._clock.advance(15)
        await self._picture("panel-hold", [self._panel])
        await self._model.hold_or_unhold()
        await self._until(lambda: self._main_is(CallState.CONNECTED))
        expert = self._ready_colleague()
        await self._model.consult(expert)
        await self._until(lambda: self._model.consult_call is not None)
        await self._direct(f"answer {expert}")
        await self._until(lambda: self._model.abilities.complete_transfer)
        self._clock.advance(24)
        await self._picture("panel-consult", [self._panel], text_sizes=(1.0, 2.0))
        await self._model.cancel_transfer()
        await self._until(lambda: self._main_is(CallState.CONNECTED) and not self._model.is_consulting)

    async def _lost_connection(self) -> None:
        self._clock.advance(40)
        await self._direct("drop-connections")
        await self._until(lambda: self._model.connection.phase is ConnectionPhase.WAITING)
        await self._picture("panel-reconnecting", [self._panel])
        self._model.reconnect()
        await self._until(lambda: self._main_is(CallState.CONNECTED) and self._is_confirmed())
        await self._model.drop()
        await self._until(lambda: self._model.current_call is None and self._model.abilities.call)

    async def _refusal(self) -> None:
        try:
            await self._model.call_by_number(self._me())
        except CtiException:
            await self._picture("panel-error", [self._panel])
        else:
            raise StoryError("the PBX has called the operator himself")
        press(self._panel, translate("Panel", "Dismiss"))

    async def _history(self) -> None:
        archive = self._application.calls.archive
        if archive is None:
            raise StoryError("the calls are not kept")
        pane = self._open_history()
        await self._settled(pane)
        await archive.database.run(add_former_calls)
        archive.changed.emit()
        for shown in (HistoryFilter.IN, HistoryFilter.OUT, HistoryFilter.MISSED, HistoryFilter.ALL):
            pane.show_filter(shown)
            await self._settled(pane)
            sizes = (1.0, 2.0) if shown in (HistoryFilter.ALL, HistoryFilter.MISSED) else (1.0,)
            await self._picture(f"panel-history-{shown.value}", [self._panel], text_sizes=sizes)
        pane.open_call(FORMER_CALLS[1].record.record_id)
        await self._picture("panel-history-note", [self._panel], text_sizes=(1.0, 2.0))
        await self._recording(pane)
        pane.search("orl")
        await self._settled(pane)
        await self._picture("panel-history-search", [self._panel])
        pane.search("")
        self._panel.show_people()

    async def _recording(self, pane: HistoryPane) -> None:
        """Play the first call that the PBX has recorded."""
        for row in pane.calls():
            if pane.offers_recording(row):
                pane.open_call(row.record.record_id)
                break
        else:
            raise StoryError("no call was recorded")
        player = pane.findChild(RecordingPlayer)
        if player is None:
            raise StoryError("nothing plays recordings")
        changed = asyncio.Event()
        player.playback_changed.connect(changed.set)
        player.play()
        try:
            async with asyncio.timeout(SCENE_SECONDS):
                while not player.is_playing:
                    await changed.wait()
                    changed.clear()
        except TimeoutError:
            raise StoryError("the recording does not play") from None
        player.pause()
        player.go_to(800)
        await self._picture("panel-history-player", [self._panel], text_sizes=(1.0, 2.0))

    def _open_history(self) -> HistoryPane:
        pane = self._panel.show_history()
        if pane is None:
            raise StoryError("the panel has no history")
        return pane

    async def _settled(self, pane: HistoryPane) -> None:
        """Wait until the list shows what the journal has."""
        settled = asyncio.Event()
        connection = pane.settled.connect(settled.set)
        try:
            async with asyncio.timeout(SCENE_SECONDS):
                await settled.wait()
        except TimeoutError:
            raise StoryError("the list of calls has not come") from None
        finally:
            pane.settled.disconnect(connection)

    async def _wrap_up(self) -> None:
        calls = self._application.calls
        results = (translate("Demo", "Order placed"), translate("Demo", "Call later"))
        calls.set_up(Settings(wrap_up=WrapUp(form=True, dispositions=results)))
        await self._ring(f"queue-ring {self._me()} {_SECOND_CALLER} 60", 5)
        await self._model.answer()
        await self._until(lambda: self._main_is(CallState.CONNECTED))
        self._clock.advance(75)
        await self._model.drop()
        await self._until(lambda: self._model.agent_state.presence is Presence.WRAPUP)
        self._clock.advance(6)
        await self._picture("panel-wrap-up", [self._panel], text_sizes=(1.0, 2.0))
        calls.set_up(Settings())
        await self._until(lambda: self._model.agent_state.presence is Presence.READY)

    async def _break(self) -> None:
        option = next(one for one in self._model.provider.agent_states if one.presence is Presence.BREAK)
        await self._model.set_agent_state(option.code, option.reasons[0].id if option.reasons else "")
        await self._until(lambda: self._model.agent_state.presence is Presence.BREAK)
        self._clock.advance(11 * 60)
        await self._picture("panel-break", [self._panel])

    # ---- parts of scenes

    async def _ring(self, line: str, seconds: float) -> None:
        await self._until(lambda: self._model.current_call is None)
        await self._direct(line)
        await self._until(lambda: self._model.ringing_call is not None)
        self._clock.advance(seconds)

    async def _abandon(self, caller: str) -> None:
        await self._direct(f"abandon {caller}")
        await self._until(lambda: self._model.current_call is None)

    def _main_is(self, state: CallState) -> bool:
        call = self._model.current_call
        return call is not None and call.state is state

    def _is_confirmed(self) -> bool:
        return all(call.confirmed for call in self._model.calls.values())

    def _people(self) -> list[str]:
        return [one.number for one in self._model.provider.directory.abonents.values() if one.number]

    def _me(self) -> str:
        return next(one.number for one in self._model.provider.directory.abonents.values() if one.is_me)

    def _some_name(self) -> str:
        return next(one.name for one in self._model.provider.directory.abonents.values() if not one.is_me)

    def _ready_colleague(self) -> str:
        abonents = self._model.provider.directory.abonents.values()
        return next(one.number for one in abonents if one.presence is Presence.READY and not one.is_me)

    async def _direct(self, line: str) -> None:
        answer = await self._direct_line(line)
        if answer.get("ok") is not True:
            raise StoryError(f"{line}: {answer.get('error')}")

    @contextlib.contextmanager
    def _typed(self, text: str) -> Iterator[None]:
        field = self._panel.findChild(SearchField)
        if field is None:
            raise StoryError("the panel has no field for a number or a name")
        field.setText(text)
        yield
        field.clear()

    async def _until(self, condition: Callable[[], bool]) -> None:
        """Return when the model or the directory has brought about what is waited for."""
        happened = asyncio.Event()

        def look(*_: object) -> None:
            happened.set()

        def hear(_event: CtiEvent) -> None:
            happened.set()

        directory = self._model.provider.directory
        endings = [
            self._model.changed.subscribe(look),
            self._model.events.subscribe(hear),
            directory.changed.subscribe(look),
            directory.reset.subscribe(look),
            self._model.provider.conference.changed.subscribe(look),
            self._model.provider.queue.changed.subscribe(look),
        ]
        try:
            async with asyncio.timeout(SCENE_SECONDS):
                while not condition():
                    await happened.wait()
                    happened.clear()
        except TimeoutError:
            raise StoryError("what the next picture shows has not come about") from None
        finally:
            for end in endings:
                end()

    # ---- pictures

    async def _popup_picture(self, name: str) -> None:
        await self._picture(name, self._application.popups.shown()[:1], on_ground=True, text_sizes=(1.0, 2.0))

    async def _picture(
        self, name: str, windows: Sequence[Window], *, on_ground: bool = False, text_sizes: Sequence[float] = (1.0,)
    ) -> None:
        """Picture `windows` in light and dark; larger text in light alone."""
        for size in text_sizes:
            self._set_text_scale(size)
            for scheme in SCHEMES if size == 1.0 else SCHEMES[:1]:
                theme().force(scheme)
                await self._painted()
                parts = (name, self._language, "" if size == 1.0 else f"text{round(size * 100)}", scheme)
                path = self._folder / f"{'-'.join(part for part in parts if part)}.png"
                save_picture(windows, path, on_ground=on_ground)
        self._set_text_scale(1.0)
        theme().force("light")
        await self._painted()

    def _set_text_scale(self, scale: float) -> None:
        theme().set_text_scale(scale)
        self._panel.resize(self._panel.usual_size())

    async def _painted(self) -> None:
        """Let the windows take in what has changed: some wait for the next turn of the loop, and their layouts too."""
        for _ in range(TURNS):
            await asyncio.sleep(0)
        self._panel.refresh()
        self._application.popups.refresh()


TURNS = 6


def add_former_calls(connection: sqlite3.Connection) -> None:
    """Put calls of former days into the journal."""
    with transaction(connection):
        for call in FORMER_CALLS:
            calls_table.insert_whole(connection, call, NumberPlan())


def _former(
    hours: float, direction: CallDirection, number: str, name: str, outcome: Outcome, talk: float = 0, **added: str
) -> StoredCall:
    """Return a call so many hours before the story."""
    started = START - timedelta(hours=hours)
    connected = started + timedelta(seconds=6) if talk else None
    record = CallRecord(
        record_id=uuid5(NAMESPACE_OID, f"{hours}"),
        revision=1,
        call_id="",
        direction_id=direction.value,
        started=started,
        outcome=outcome,
        connected=connected,
        ended=started + timedelta(seconds=6 + talk),
        ring=6,
        talk=talk,
        caller_number=number if direction is CallDirection.IN else "",
        called_number=number if direction is CallDirection.OUT else "",
        caller_name=name if direction is CallDirection.IN else "",
        called_name=name if direction is CallDirection.OUT else "",
        queue=added.get("queue", ""),
        transferred_name=added.get("to", ""),
    )
    back = started + timedelta(minutes=10) if added.get("back") else None
    return StoredCall(key=0, record=record, note=added.get("note", ""), called_back=back)


_IN, _OUT = CallDirection.IN, CallDirection.OUT
FORMER_CALLS = (
    _former(17.5, _IN, "+380441234567", "Petrenko Oksana", Outcome.ANSWERED_ELSEWHERE, queue="Support"),
    _former(18.2, _OUT, "+74952223344", "Orlov Viktor", Outcome.ANSWERED, 250, note="Wants an offer until Friday"),
    _former(18.5, _IN, "+74950001122", "", Outcome.MISSED, back="yes"),
    _former(20.1, _IN, "+380441112233", "Ivanchenko Bohdan", Outcome.TRANSFERRED, 767, queue="Support", to="Sidorova"),
    _former(23.0, _OUT, "+74957654321", "Vasilyev Dmitry", Outcome.UNANSWERED),
    _former(42.0, _IN, "+74951230000", "Orlov Viktor", Outcome.DECLINED, queue="Sales"),
    _former(49.5, _OUT, "+380441234567", "Petrenko Oksana", Outcome.BUSY),
)
