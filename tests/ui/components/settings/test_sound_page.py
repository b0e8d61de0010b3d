"""The web phone's devices on the page about sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ctidesk.config.settings import Provider
from ctidesk.system.audio import AudioSettings
from ctidesk.system.audio_check import CheckState
from ctidesk.system.language import LANGUAGES, Language
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.sound_page import SoundPage
from ctidesk.ui.theme import theme
from ctidesk.ui.widgets import Button, LevelMeter
from tests.ui.components.settings.settings_desk import FakeAudio, SettingsDesk

WEBITEL = '[connection]\nprovider = "webitel"\n[sound]\nheadset = "Jabra"\nmicrophone_gain = 120\n'


class Shown:
    def __init__(self, qtbot: QtBot, folder: Path, settings: str) -> None:
        self.desk = SettingsDesk(folder, settings)
        self.draft = Draft(self.desk.store)
        self.page = SoundPage(self.draft, self.desk.outputs, self.desk.audio)
        qtbot.addWidget(self.page)
        self.page.resize(700, 900)
        self.page.show()
        self.page.shown()

    @property
    def audio(self) -> FakeAudio:
        return self.desk.audio

    def words(self) -> list[str]:
        return [label.text() for label in self.page.findChildren(QLabel) if label.isVisibleTo(self.page)]

    def button(self, words: str) -> Button:
        return next(one for one in self.page.findChildren(Button) if one.text() == words)

    @property
    def meter(self) -> LevelMeter:
        return self.page.findChildren(LevelMeter)[0]


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Shown]:
    made = Shown(qtbot, tmp_path, WEBITEL)
    yield made
    made.page.put_away()


def test_what_is_chosen_is_tried_out_at_once(shown: Shown) -> None:
    assert shown.audio.settings == AudioSettings("", "Jabra", 120)
    shown.draft.set("sound.microphone", "Built-in microphone")
    assert shown.audio.settings == AudioSettings("Built-in microphone", "Jabra", 120)
    shown.page.put_away()
    shown.draft.set("sound.microphone_gain", 50)
    assert not shown.audio.settings
    assert shown.audio.changed._subscribers == ()  # or each dialog would stay for ever


def test_the_level_moves(shown: Shown) -> None:
    shown.audio.level = 0.5
    shown.audio.changed.emit()
    assert shown.meter.lit == 16
    assert shown.meter.accessibleName() == "Level"
    assert shown.meter.accessibleDescription() == "50 %"


def test_a_missing_headset_is_said_with_what_is_used_instead(shown: Shown) -> None:
    assert not [words for words in shown.words() if "Not plugged in" in words]
    shown.audio.speakers = ["Built-in audio"]
    shown.audio.changed.emit()
    assert "Not plugged in. Using “Built-in audio” until it is back." in shown.words()
    shown.audio.speakers = ["Built-in audio", "Jabra"]
    shown.audio.changed.emit()
    assert not [words for words in shown.words() if "Not plugged in. Using" in words]


def test_no_devices_at_all(shown: Shown) -> None:
    shown.audio.speakers, shown.audio.microphones, shown.audio.current = [], [], ("", "")
    shown.audio.changed.emit()
    assert "This computer has no microphone: callers hear nothing." in shown.words()
    assert "This computer has no sound output: nothing is heard in calls." in shown.words()
    shown.button("Record").click()
    assert shown.audio.records == 0


def test_a_tone_and_a_recording(shown: Shown) -> None:
    shown.page.findChildren(Button)[-2].click()
    assert shown.audio.tones == 1
    shown.button("Record").click()
    assert shown.audio.records == 1
    shown.audio.state, shown.audio.seconds_left = CheckState.RECORDING, 3.2
    shown.audio.changed.emit()
    assert "Speak now. Recording for 4 s more." in shown.words()
    assert shown.button("Stop")
    shown.audio.state = CheckState.PLAYING
    shown.audio.changed.emit()
    assert "This is how callers hear you." in shown.words()
    shown.audio.state = CheckState.IDLE
    shown.audio.changed.emit()
    assert shown.button("Record")


def test_a_pbx_without_a_web_phone_opens_no_microphone(shown: Shown) -> None:
    shown.draft.set("connection.provider", Provider.OKTELL.value)
    assert "Web phone" not in shown.words()
    assert not shown.meter.isVisibleTo(shown.page)
    assert shown.audio.settings is None
    shown.draft.set("connection.provider", Provider.WEBITEL.value)
    assert "Web phone" in shown.words()
    assert shown.audio.settings is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_large_letters_on_a_narrow_page_lose_nothing_at_its_right_margin(shown: Shown, language: str) -> None:
    chosen = Language()
    chosen.choose(language)
    try:
        theme().set_text_scale(2.0)
        page = SoundPage(shown.draft, shown.desk.outputs, shown.desk.audio)
        shown.page.hide()
        page.resize(340, 900)
        page.show()
        body = page.widget()
        assert body is not None
        assert body.minimumSizeHint().width() <= page.viewport().width()
        page.resize(1200, 900)
        assert next(one for one in page.findChildren(Button) if one.text().endswith("…")).icon().isNull() is False
        page.deleteLater()
    finally:
        chosen.choose("en")
