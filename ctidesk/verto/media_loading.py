"""The engine of the sound, loaded at the first use: its libraries are an extra, and take a while to load."""

from __future__ import annotations

import asyncio
import logging

from ctidesk.cti.audio import AudioDevices
from ctidesk.verto.media import MediaEngine, MediaFactory, MediaUnavailableError

logger = logging.getLogger(__name__)


def media_factory(devices: AudioDevices | None, *, addresses: tuple[str, ...] | None = None) -> MediaFactory:
    """Return what makes the engine.

    Args:
        devices: microphone and speaker; None is silence both ways.
        addresses: of this computer, to use these alone; None takes all network cards, which leaves a server on this
            computer itself out (`("127.0.0.1",)` for that one).
    """

    async def make() -> MediaEngine:
        try:
            await asyncio.to_thread(_load)
        except (ImportError, OSError) as error:  # not there, or a library of the system that they need is not
            logger.warning("the web phone's libraries cannot be loaded: %s", error)
            raise MediaUnavailableError(str(error)) from error
        from ctidesk.verto.media_engine import AiortcEngine
        from ctidesk.verto.media_leg import LegOptions

        return AiortcEngine(devices, LegOptions(addresses=addresses))

    return make


def _load() -> None:
    """Load everything in a thread: half a second in which no window would move."""
    import ctidesk.verto.media_engine  # noqa: F401
