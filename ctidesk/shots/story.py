"""What all stories are made of: scenes that several have, and the steps of a scene."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from ctidesk.cti.events import CtiEvent
from ctidesk.cti.presence import Presence
from ctidesk.cti.reconnection import ConnectionPhase
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallState
from ctidesk.shots.application import Application
from ctidesk.shots.clock import StoryClock
from ctidesk.ui.components.header import Header
from ctidesk.ui.components.history.pane import HistoryPane
from ctidesk.ui.picture import Window, open_menu, press, save_picture
from ctidesk.ui.theme import Scheme, theme
from ctidesk.ui.widgets import SearchField

CALLER = "74951234567"
SECOND_CALLER = "74952223344"
LARGE = (1.0, 2.0)
"""The sizes of the text where a scene is also pictured with large text."""

SCENE_SECONDS = 15.0
"""How long a scene may take to come about before the story is given up."""

_SCHEMES: tuple[Scheme, ...] = ("light", "dark")
_TURNS = 6
"""Of the event loop, until the windows and their layouts have taken in what has changed."""

Direct = Callable[[str], Awaitable[dict[str, object]]]
"""Has the demo PBX carry out one of the director's lines."""


class StoryError(Exception):
    """The story did not go as it is written."""


class Signal(Protocol):
    """A signal of a window."""

    def connect(self, slot: Callable[..., object], /) -> object:
        """Have `slot` called; returns the connection."""

    def disconnect(self, slot: object, /) -> object:
        """End a connection."""


class Story:
    """A story in one language."""

    def __init__(
        self, application: Application, direct: Direct, clock: StoryClock, folder: Path, language: str
    ) -> None:
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

    async def tell_refused_login(self) -> None:
        """The password is wrong."""
        await self._until(lambda: self._model.connection.phase is ConnectionPhase.STOPPED)
        await self._picture("panel-wrong-password", [self._panel])

    # ---- scenes

    async def _connected(self) -> None:
        await self._until(lambda: self._model.is_connected and len(self._people()) > 5)
        self._clock.advance(42)

    async def _ready(self) -> None:
        option = next(one for one in self._model.provider.agent_states if one.presence is Presence.READY)
        await self._model.set_agent_state(option.code)
        await self._until(lambda: self._model.agent_state.presence is Presence.READY and self._model.abilities.call)

    async def _colleagues(self) -> None:
        """Others are on a break, want no calls, talk, are away."""
        states = ("break", "dnd", "talking", "offline")
        others = [number for number in self._people() if number != self._me()]
        for number, state in zip(others, states, strict=False):
            await self._direct(f"presence {number} {state}")
        wanted = {Presence.BREAK, Presence.DND, Presence.TALKING, Presence.OFFLINE}
        abonents = self._model.provider.directory.abonents
        await self._until(lambda: wanted <= {one.presence for one in abonents.values()})
        self._favour(others[0], others[2], others[4])
        self._clock.advance(42 * 60)

    def _favour(self, *numbers: str) -> None:
        """Have these colleagues stand above the others."""
        favourites = self._application.favourites
        for abonent in self._model.provider.directory.abonents.values():
            if abonent.number in numbers and abonent not in favourites:
                favourites.toggle(abonent)

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

    async def _talk_and_hold(self) -> None:
        """Talk for a while; hold the caller and take the call up again."""
        self._clock.advance(192)
        await self._picture("panel-talking", [self._panel], text_sizes=LARGE)
        await self._model.hold_or_unhold()
        await self._until(lambda: self._main_is(CallState.HOLDED))
        self._clock.advance(15)
        await self._picture("panel-hold", [self._panel])
        await self._model.hold_or_unhold()
        await self._until(lambda: self._main_is(CallState.CONNECTED))

    async def _end_of_consultation(self) -> None:
        """Consult with whoever has just answered, and come back to the caller."""
        await self._until(lambda: self._model.abilities.complete_transfer)
        self._clock.advance(24)
        await self._picture("panel-consult", [self._panel], text_sizes=LARGE)
        await self._model.cancel_transfer()
        await self._until(lambda: self._main_is(CallState.CONNECTED) and not self._model.is_consulting)

    async def _lost_connection(self) -> None:
        """Lose the connection in the middle of a call, find the call again and end it."""
        self._clock.advance(40)
        await self._direct("drop-connections")
        await self._until(lambda: self._model.connection.phase is ConnectionPhase.WAITING)
        await self._picture("panel-reconnecting", [self._panel])
        self._model.reconnect()
        await self._until(lambda: self._main_is(CallState.CONNECTED) and self._is_confirmed())
        await self._model.drop()
        await self._until(lambda: self._model.current_call is None and self._model.abilities.call)

    # ---- steps

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

    def _open_history(self) -> HistoryPane:
        pane = self._panel.show_history()
        if pane is None:
            raise StoryError("the panel has no history")
        return pane

    @contextlib.contextmanager
    def _typed(self, text: str) -> Iterator[None]:
        field = self._panel.findChild(SearchField)
        if field is None:
            raise StoryError("the panel has no field for a number or a name")
        field.setText(text)
        yield
        field.clear()

    async def _direct(self, line: str) -> None:
        answer = await self._direct_line(line)
        if answer.get("ok") is not True:
            raise StoryError(f"{line}: {answer.get('error')}")

    # ---- waiting

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
            async with _scene("what the next picture shows has not come about"):
                while not condition():
                    await happened.wait()
                    happened.clear()
        finally:
            for end in endings:
                end()

    async def _settled(self, pane: HistoryPane) -> None:
        """Wait until the list shows what the journal has."""
        await self._signalled(pane.settled, "the list of calls has not come")

    @staticmethod
    async def _signalled(signal: Signal, otherwise: str) -> None:
        """Return at the next signal; give the story up, saying why, when it does not come."""
        happened = asyncio.Event()

        def look(*_: object) -> None:
            happened.set()

        connection = signal.connect(look)
        try:
            async with _scene(otherwise):
                await happened.wait()
        finally:
            signal.disconnect(connection)

    # ---- pictures

    async def _popup_picture(self, name: str) -> None:
        await self._picture(name, self._application.popups.shown()[:1], on_ground=True, text_sizes=LARGE)

    async def _picture(
        self, name: str, windows: Sequence[Window], *, on_ground: bool = False, text_sizes: Sequence[float] = (1.0,)
    ) -> None:
        """Picture `windows` in light and dark; larger text in light alone."""
        for size in text_sizes:
            self._set_text_scale(size)
            for scheme in _SCHEMES if size == 1.0 else _SCHEMES[:1]:
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
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        self._panel.refresh()
        self._application.popups.refresh()


@contextlib.asynccontextmanager
async def _scene(otherwise: str) -> AsyncIterator[None]:
    """Give the story up, saying why, when the block takes longer than a scene may."""
    try:
        async with asyncio.timeout(SCENE_SECONDS):
            yield
    except TimeoutError:
        raise StoryError(otherwise) from None
