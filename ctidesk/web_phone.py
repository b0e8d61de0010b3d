"""Puts the web phone together: its account's session, the devices of the settings, the sound."""

from __future__ import annotations

from pathlib import Path

from ctidesk import __version__
from ctidesk.config.settings import Settings, WebitelConnection
from ctidesk.config.web_phone_session import web_phone_session
from ctidesk.cti.audio import AudioDevices
from ctidesk.system.audio import AudioSettings, SystemAudio
from ctidesk.system.synthetic_audio import AudioOrTone
from ctidesk.verto.media import MediaFactory
from ctidesk.verto.media_loading import media_factory
from ctidesk.webitel.web_phone import AutoAnswer, WebPhoneOptions


class WebPhoneParts:
    """What web phones of this run share. Nothing is loaded or opened before the first of them connects."""

    def __init__(self, folder: Path, settings: Settings, *, tone_without_devices: bool = False) -> None:
        """Prepare.

        Args:
            folder: where this user's session ids are kept.
            settings: whose devices are used.
            tone_without_devices: let a tone be said on a computer without microphone or speaker (the demo).
        """
        self._folder = folder
        self._devices = SystemAudio()
        self._heard: AudioDevices = AudioOrTone(self._devices) if tone_without_devices else self._devices
        self.set_up(settings)

    def set_up(self, settings: Settings) -> None:
        """Use other devices from now on, also in a call that runs."""
        sound = settings.sound
        self._devices.set_up(AudioSettings(sound.microphone, sound.headset, sound.microphone_gain))

    def options(self, account: WebitelConnection) -> WebPhoneOptions:
        """Return how the web phone of an account works."""
        return WebPhoneOptions(
            media=self._media,
            sessid=web_phone_session(self._folder, f"{account.number}@{account.domain or account.connection_string}"),
            address=account.webrtc_string,
            user_agent=f"ctidesk/{__version__}",
            auto_answer=AutoAnswer(account.web_phone_answers.value),
            needs_microphone=account.needs_microphone,
        )

    def close(self) -> None:
        """Give the devices back."""
        self._devices.close()

    def _media(self, addresses: tuple[str, ...] | None) -> MediaFactory:
        return media_factory(self._heard, addresses=addresses)
