"""The stories at the Oktell demo PBX: an operator's day, the company, the callers, a phone to be picked up by hand."""

from __future__ import annotations

import asyncio
import contextlib
import random
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeVar

from ctidesk.config.settings import Settings, WrapUp
from ctidesk.cti.errors import CtiException
from ctidesk.cti.presence import Presence
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallFeatures, CallState
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.demo_run import ForgetfulSecrets
from ctidesk.oktell.client import ClientOptions
from ctidesk.oktell.provider import OktellCtiProvider
from ctidesk.other_programs import OtherPrograms
from ctidesk.shots.application import MakeApplication
from ctidesk.shots.callers import CallersStory, know_callers
from ctidesk.shots.clock import StoryClock
from ctidesk.shots.company import CompanyStory
from ctidesk.shots.former_calls import FORMER_CALLS, add_former_calls
from ctidesk.shots.story import CALLER, LARGE, SECOND_CALLER, Story, StoryError
from ctidesk.store.history import HistoryFilter
from ctidesk.ui.components.history.pane import HistoryPane
from ctidesk.ui.components.recording_player import RecordingPlayer
from ctidesk.ui.components.settings.passwords import Passwords
from ctidesk.ui.picture import press

QUEUE_INTERVAL = 0.2
"""Seconds between looks at the queue: a story does not wait as long as an operator's program does."""

_UNKNOWN_CALLER = "78127654321"


class OktellStory(Story):
    """The operator's day; a phone of another kind."""

    async def tell(self) -> None:
        """Play the day from the first idle minute to the break."""
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

    async def tell_desk_phone(self, number: str) -> None:
        """The operator's phone, `number`, has to be picked up by hand, which the first try shows."""
        await self._connected()
        await self._direct(f"ring {number} {CALLER} Belova Anna")
        await self._until(lambda: self._model.ringing_call is not None)
        with contextlib.suppress(CtiException):  # that is the point of it
            await self._model.answer()
        call = self._model.ringing_call
        if call is None or CallFeatures.CAN_ANSWER in call.features:
            raise StoryError("the phone could be answered from afar")
        self._clock.advance(7)
        await self._popup_picture("popup-pickup")
        press(self._panel, translate("Panel", "Dismiss"))
        await self._picture("panel-pickup", [self._panel])
        await self._abandon(CALLER)

    # ---- the day

    async def _calls_missed(self) -> None:
        missed = self._application.missed
        await self._ring(f"ring {self._me()} {CALLER} Belova Anna", 7)
        await self._popup_picture("popup-known")
        await self._picture("panel-ringing", [self._panel])
        self._clock.advance(17)
        await self._abandon(CALLER)
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
        await self._ring(f"queue-ring {self._me()} {SECOND_CALLER} 60", 5)
        await self._popup_picture("popup-queue")
        await self._model.answer()
        await self._until(lambda: self._main_is(CallState.CONNECTED))
        await self._talk_and_hold()
        expert = self._ready_colleague()
        await self._model.consult(expert)
        await self._until(lambda: self._model.consult_call is not None)
        await self._direct(f"answer {expert}")
        await self._end_of_consultation()

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
            sizes = LARGE if shown in (HistoryFilter.ALL, HistoryFilter.MISSED) else (1.0,)
            await self._picture(f"panel-history-{shown.value}", [self._panel], text_sizes=sizes)
        pane.open_call(FORMER_CALLS[1].record.record_id)
        await self._picture("panel-history-note", [self._panel], text_sizes=LARGE)
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
        player.play()
        while not player.is_playing:
            await self._signalled(player.playback_changed, "the recording does not play")
        player.pause()
        player.go_to(800)
        await self._picture("panel-history-player", [self._panel], text_sizes=LARGE)

    async def _wrap_up(self) -> None:
        calls = self._application.calls
        results = (translate("Demo", "Order placed"), translate("Demo", "Call later"))
        calls.set_up(Settings(wrap_up=WrapUp(form=True, dispositions=results)))
        await self._ring(f"queue-ring {self._me()} {SECOND_CALLER} 60", 5)
        await self._model.answer()
        await self._until(lambda: self._main_is(CallState.CONNECTED))
        self._clock.advance(75)
        await self._model.drop()
        await self._until(lambda: self._model.agent_state.presence is Presence.WRAPUP)
        self._clock.advance(6)
        await self._picture("panel-wrap-up", [self._panel], text_sizes=LARGE)
        calls.set_up(Settings())
        await self._until(lambda: self._model.agent_state.presence is Presence.READY)

    async def _break(self) -> None:
        option = next(one for one in self._model.provider.agent_states if one.presence is Presence.BREAK)
        await self._model.set_agent_state(option.code, option.reasons[0].id if option.reasons else "")
        await self._until(lambda: self._model.agent_state.presence is Presence.BREAK)
        self._clock.advance(11 * 60)
        await self._picture("panel-break", [self._panel])


AnyStory = TypeVar("AnyStory", bound=Story)


async def tell_oktell(folder: Path, language: str, seed: int, make: MakeApplication) -> None:
    """Tell the stories of one language and write their pictures.

    Args:
        folder: where the pictures go.
        language: what stands for the language in their names, empty for English.
        seed: makes the demo PBX.
        make: makes the application.
    """
    with tempfile.TemporaryDirectory(prefix="ctidesk-demo-") as place:
        settings = Path(place)
        async with OktellDemo(OktellOptions(seed=seed)) as demo:

            @contextlib.asynccontextmanager
            async def operator(
                kind: type[AnyStory], login: str, password: str, programs: OtherPrograms | None = None
            ) -> AsyncIterator[AnyStory]:
                clock = StoryClock()
                options = ClientOptions(demo.url, login, password, queue_interval=QUEUE_INTERVAL)
                provider = OktellCtiProvider(options, clock=clock)
                stop = asyncio.Event()
                jitter = random.Random(seed)  # noqa: S311 - the same story gives the same pictures
                application = make(
                    provider,
                    settings,
                    stop.set,
                    clock=clock,
                    jitter=jitter,
                    audible=False,
                    open_settings=lambda _page: None,
                    programs=programs,
                )
                try:
                    application.start()
                    yield kind(application, demo.direct, clock, folder, language)
                finally:
                    await application.close()

            async with operator(OktellStory, demo.operator_login, demo.password) as day:
                await day.tell()
            async with operator(CompanyStory, demo.operator_login, demo.password) as company:
                await company.tell()
            async with operator(OktellStory, demo.operator_login, f"not {demo.password}") as stranger:
                await stranger.tell_refused_login()
            desk_phone = next(user for user in demo.desk.directory.users[1:] if user.plain_phone)
            async with operator(OktellStory, desk_phone.login, demo.password) as colleague:
                await colleague.tell_desk_phone(desk_phone.number)
            programs = OtherPrograms(settings / "contacts", Passwords(ForgetfulSecrets()))
            try:
                await know_callers(programs)
                async with operator(CallersStory, demo.operator_login, demo.password, programs) as callers:
                    await callers.tell()
                    await callers.tell_settings(programs)
            finally:
                await programs.close()
