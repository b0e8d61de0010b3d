"""Carries out what the dialogs want of the sound, and tells them what became of it.

Each negotiation is a session of the media layer and a task of its own here; a dialog does not care for the news of a
negotiation that it has given up (it knows them by their numbers).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from ctidesk.cti.tasks import TaskOwner
from ctidesk.verto.dialog import Dialog
from ctidesk.verto.effects import AdjustMedia, CloseMedia, Effect, MakeAnswer, MakeOffer, TakeAnswer
from ctidesk.verto.media import (
    MediaConnected,
    MediaEngine,
    MediaError,
    MediaEvent,
    MediaFailed,
    MediaProblem,
    MediaReport,
    MediaSession,
)
from ctidesk.verto.session import MediaEffect
from ctidesk.verto.states import DialogState

PREPARATION_LIMIT = 10.0
"""Seconds for a description, above all for the search of addresses; the media layer has shorter limits of its own."""

CLOSE_LIMIT = 0.7
"""Seconds for all sound to end: this program closes in two seconds."""

logger = logging.getLogger(__name__)

Key = tuple[str, int]
Step: TypeAlias = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class _Negotiation:
    dialog: Dialog
    session: MediaSession
    work: asyncio.Task[object] | None = None


class Sound:
    """The sound of all calls.

    Attributes:
        engine: where it comes from; None before it is loaded.
    """

    def __init__(self, carry_out: Callable[[Dialog, list[Effect]], None]) -> None:
        """Create it without an engine; `carry_out` takes what a dialog says to news."""
        self.engine: MediaEngine | None = None
        self._carry_out = carry_out
        self._negotiations: dict[Key, _Negotiation] = {}
        self._tasks = TaskOwner("verto.sound")

    def do(self, dialog: Dialog, effect: MediaEffect) -> None:
        """Begin what a dialog wants."""
        match effect:
            case MakeOffer(media):
                self._begin(dialog, media, lambda: self._make_offer(dialog, media))
            case MakeAnswer(media, offer):
                self._begin(dialog, media, lambda: self._make_answer(dialog, media, offer))
            case TakeAnswer(media, answer):
                self._continue(dialog, media, lambda: self._take_answer(dialog, media, answer))
            case CloseMedia(media):
                self._close(dialog, media)
            case AdjustMedia():
                self._adjust(dialog)

    def report(self, dialog: Dialog) -> MediaReport | None:
        """Return the figures of a call's sound; None while it has none."""
        negotiation = self._negotiations.get((dialog.id, dialog.media))
        return None if negotiation is None else negotiation.session.report

    def levels(self, dialog: Dialog) -> tuple[float, float]:
        """Return how loud is spoken and heard in a call now, each from 0.0 to 1.0."""
        negotiation = self._negotiations.get((dialog.id, dialog.media))
        return (0.0, 0.0) if negotiation is None else negotiation.session.levels

    async def stop(self) -> None:
        """End all sound and give the devices back; the next call needs an engine again."""
        for (_, media), negotiation in tuple(self._negotiations.items()):
            self._close(negotiation.dialog, media)
        engine, self.engine = self.engine, None
        try:
            async with asyncio.timeout(CLOSE_LIMIT):
                await self._tasks.finish()
                if engine is not None:
                    await engine.close()
        except TimeoutError:
            logger.error("the sound has not ended in time")
            self._tasks.cancel()

    async def close(self) -> None:
        """Stop, and end all tasks."""
        await self.stop()
        await self._tasks.close()

    # ---- negotiations

    def _begin(self, dialog: Dialog, media: int, step: Step) -> None:
        if self.engine is None:
            self._refuse_later(dialog, media)
            return

        def news(event: MediaEvent) -> None:
            self._take_event(dialog, media, event)

        session = self.engine.open(news)
        session.set_muted(dialog.is_muted)
        self._negotiations[dialog.id, media] = _Negotiation(dialog, session)
        self._continue(dialog, media, step)

    def _continue(self, dialog: Dialog, media: int, step: Step) -> None:
        negotiation = self._negotiations.get((dialog.id, media))
        if negotiation is None:
            self._refuse_later(dialog, media)
        else:
            negotiation.work = self._tasks.start(self._negotiate(dialog, media, step))

    def _refuse_later(self, dialog: Dialog, media: int) -> None:
        """Not at once: the dialog's own effects are being carried out."""
        asyncio.get_running_loop().call_soon(
            lambda: self._carry_out(dialog, dialog.media_refused(media, MediaProblem.CLOSED))
        )

    async def _negotiate(self, dialog: Dialog, media: int, step: Step) -> None:
        """Do one step; whatever goes wrong in the sound, the call hears of it and does not hang."""
        problem: MediaProblem | None = None
        try:
            async with asyncio.timeout(PREPARATION_LIMIT):
                await step()
        except MediaError as error:
            logger.warning("the sound was refused: %s", error.problem.value)
            problem = error.problem
        except TimeoutError:
            logger.warning("the sound was not prepared in time")
            problem = MediaProblem.NO_ADDRESS
        except Exception:
            logger.exception("the sound has failed")
            problem = MediaProblem.NOT_CONNECTED
        if problem is not None:
            self._carry_out(dialog, dialog.media_refused(media, problem))

    async def _make_offer(self, dialog: Dialog, media: int) -> None:
        sdp = await self._negotiations[dialog.id, media].session.offer()
        self._carry_out(dialog, dialog.offer_made(media, sdp))

    async def _make_answer(self, dialog: Dialog, media: int, offer: str) -> None:
        sdp = await self._negotiations[dialog.id, media].session.answer(offer)
        self._carry_out(dialog, dialog.answer_made(media, sdp))

    async def _take_answer(self, dialog: Dialog, media: int, answer: str) -> None:
        await self._negotiations[dialog.id, media].session.accept(answer)
        self._carry_out(dialog, dialog.answer_taken(media))

    def _close(self, dialog: Dialog, media: int) -> None:
        negotiation = self._negotiations.pop((dialog.id, media), None)
        if negotiation is None:
            return
        if negotiation.work is not None and negotiation.work is not asyncio.current_task():
            negotiation.work.cancel()
        self._tasks.start(negotiation.session.close())

    # ---- news

    def _take_event(self, dialog: Dialog, media: int, event: MediaEvent) -> None:
        match event:
            case MediaConnected():
                self._carry_out(dialog, dialog.media_connected(media))
            case MediaFailed(problem):
                logger.warning("the sound of a call was lost: %s", problem.value)
                self._carry_out(dialog, dialog.media_lost(media))

    def _adjust(self, dialog: Dialog) -> None:
        negotiation = self._negotiations.get((dialog.id, dialog.media))
        if negotiation is not None:
            negotiation.session.set_muted(dialog.is_muted)
            negotiation.session.set_held(dialog.state is DialogState.HELD)
