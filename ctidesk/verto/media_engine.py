"""`media.MediaEngine` by aiortc. Importing this module loads its libraries: do it at the first use."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from ctidesk.cti.audio import AudioDevices, AudioStream
from ctidesk.cti.signals import Signal
from ctidesk.verto.media import (
    MediaConnected,
    MediaError,
    MediaEvent,
    MediaFailed,
    MediaProblem,
    MediaReport,
    MediaSounding,
)
from ctidesk.verto.media_leg import Leg, LegOptions
from ctidesk.verto.media_sdp import NoCommonCodec, SdpError
from ctidesk.verto.media_thread import MediaThread
from ctidesk.verto.media_transport import Certificate, TransportError

Result = TypeVar("Result")
EventHandler = Callable[[MediaEvent], None]


class AiortcEngine:
    """Sessions whose sound goes through the operator's devices. The thread begins with the first session."""

    def __init__(self, devices: AudioDevices | None = None, options: LegOptions | None = None) -> None:
        """Create an engine.

        Args:
            devices: microphone and speaker; None is silence both ways.
            options: codecs and addresses.
        """
        self._devices = devices
        self._options = options or LegOptions()
        self._certificate = Certificate.generateCertificate()
        self._thread: MediaThread | None = None
        self._sessions: set[AiortcSession] = set()
        self.devices_changed: Signal[()] = Signal("verto.devices_changed")
        """`missing` may be another one (`media.MediaEngine.devices_changed`)."""
        self._unsubscribe = None if devices is None else devices.on_change(self.devices_changed.emit)

    def open(self, on_event: EventHandler) -> AiortcSession:
        """Return a new session (`media.MediaEngine.open`)."""
        if self._thread is None:
            self._thread = MediaThread()
        session = AiortcSession(
            self._thread, self._certificate, self._options, self._devices, on_event, self._sessions.discard
        )
        self._sessions.add(session)
        return session

    @property
    def missing(self) -> tuple[str, ...]:
        """Which devices there are none of now."""
        return ("microphone", "speaker") if self._devices is None else self._devices.missing

    async def close(self) -> None:
        """End all sessions and the thread."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        for session in tuple(self._sessions):
            await session.close()
        thread, self._thread = self._thread, None
        if thread is not None:
            await thread.close()


class AiortcSession:
    """`media.MediaSession`: hands everything to a leg in the thread, and its devices too."""

    def __init__(
        self,
        thread: MediaThread,
        certificate: Certificate,
        options: LegOptions,
        devices: AudioDevices | None,
        on_event: EventHandler,
        on_closed: Callable[[AiortcSession], None],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread = thread
        self._certificate = certificate
        self._options = options
        self._devices = devices
        self._on_event = on_event
        self._on_closed = on_closed
        self._leg: Leg | None = None
        self._stream: AudioStream | None = None
        self._is_muted = False
        self._is_held = False
        self._volume = 1.0
        self._is_negotiated = False
        self._is_closed = False
        self._ending = asyncio.Lock()

    # ---- negotiation

    async def offer(self) -> str:
        """Return our offer (`media.MediaSession.offer`)."""
        leg = await self._begin()
        return await self._negotiate(leg.offer())

    async def accept(self, answer: str) -> None:
        """Take the answer (`media.MediaSession.accept`)."""
        leg = self._leg
        if leg is None:
            raise MediaError(MediaProblem.CLOSED)
        await self._negotiate(_accept(leg, answer))
        self._use_devices()

    async def answer(self, offer: str) -> str:
        """Return our answer (`media.MediaSession.answer`)."""
        leg = await self._begin()
        text = await self._negotiate(leg.answer(offer))
        self._use_devices()
        return text

    async def close(self) -> None:
        """End it (`media.MediaSession.close`)."""
        self._is_closed = True
        self._release_devices()
        async with self._ending:  # a second one waits for the first, for the thread may end after it
            leg, self._leg = self._leg, None
            if leg is not None:
                self._last_report = _report(leg)
                await self._thread.run(leg.close())
            self._on_closed(self)

    # ---- while it runs

    def set_muted(self, on: bool) -> None:
        """Send silence in place of the microphone."""
        self._is_muted = on
        self._apply()

    def set_held(self, on: bool) -> None:
        """Send nothing and let the devices go."""
        self._is_held = on
        self._apply()
        if on:
            self._release_devices()
        elif self._is_negotiated:
            self._use_devices()

    def set_volume(self, volume: float) -> None:
        """Set how loud the other side is heard."""
        self._volume = volume
        self._apply()

    @property
    def levels(self) -> tuple[float, float]:
        """How loud is spoken and heard now."""
        leg = self._leg
        return (0.0, 0.0) if leg is None else (min(leg.spoken_level, 1.0), min(leg.heard_level, 1.0))

    @property
    def report(self) -> MediaReport:
        """The figures of now; after the end the last ones."""
        return self._last_report if self._leg is None else _report(self._leg)

    # ---- parts

    _last_report = MediaReport()

    async def _begin(self) -> Leg:
        self._stay_open()
        # The leg is made there: it belongs to the loop in which it is made.
        leg = await self._thread.run(self._make_leg())
        self._stay_open()
        self._leg = leg
        self._apply()
        return leg

    async def _make_leg(self) -> Leg:
        leg = Leg(self._certificate, self._options)
        leg.on_connected = lambda: self._tell_there(MediaConnected())
        leg.on_sound = lambda: self._tell_there(MediaSounding())
        leg.on_failed = lambda has_connected, words: self._tell_there(
            MediaFailed(MediaProblem.LOST if has_connected else MediaProblem.NOT_CONNECTED, words)
        )
        return leg

    async def _negotiate(self, work: Coroutine[Any, Any, Result]) -> Result:
        try:
            result = await self._thread.run(work)
        except NoCommonCodec as error:
            raise MediaError(MediaProblem.NO_COMMON_CODEC, str(error)) from error
        except SdpError as error:
            raise MediaError(MediaProblem.BAD_DESCRIPTION, str(error)) from error
        except TransportError as error:
            problem = MediaProblem.CLOSED if self._is_closed else MediaProblem.NO_ADDRESS
            raise MediaError(problem, str(error)) from error
        self._stay_open()
        return result

    def _stay_open(self) -> None:
        """It may have been closed during any await."""
        if self._is_closed:
            raise MediaError(MediaProblem.CLOSED)

    def _apply(self) -> None:
        leg = self._leg
        if leg is not None:  # plain values, which the thread reads at each frame
            leg.is_muted, leg.is_held, leg.volume = self._is_muted, self._is_held, self._volume

    def _use_devices(self) -> None:
        self._is_negotiated = True
        if self._stream is None and self._devices is not None and self._leg is not None and not self._is_held:
            self._stream = self._devices.open()
            self._leg.use(self._stream)

    def _release_devices(self) -> None:
        stream, self._stream = self._stream, None
        if self._leg is not None:
            self._leg.use(None)
        if stream is not None:
            stream.close()

    def _tell_there(self, event: MediaEvent) -> None:
        """Called in the thread; the application's loop may have ended by now."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, event)

    def _tell(self, event: MediaEvent) -> None:
        if self._is_closed:
            return
        if isinstance(event, MediaFailed):
            self._release_devices()
        self._on_event(event)


async def _accept(leg: Leg, answer: str) -> None:
    leg.accept(answer)


def _report(leg: Leg) -> MediaReport:
    if leg.codec is None or leg.sender is None or leg.receiver is None or leg.reports is None:
        return MediaReport()
    counts = leg.receiver.buffer.counts
    return MediaReport(
        codec=leg.codec.name,
        sent=leg.sender.packets,
        received=counts.received,
        lost=counts.lost,
        jitter=counts.jitter,
        delay=leg.receiver.delay,
        round_trip=leg.reports.round_trip,
        remote_loss=leg.reports.remote_loss,
    )
