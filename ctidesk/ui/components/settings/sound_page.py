"""The page about sound: the ring, and the devices of the web phone with a test of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ctidesk.config.keys import settings_from
from ctidesk.config.settings import Provider, Settings, WhileTalking
from ctidesk.cti.text import translate
from ctidesk.system.audio import AudioSettings
from ctidesk.system.audio_check import RECORD_SECONDS, CheckState
from ctidesk.system.sound import SoundSettings
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.fields import Choice, Percentage
from ctidesk.ui.components.settings.page import Page
from ctidesk.ui.components.settings.services import AudioTest, Outputs
from ctidesk.ui.theme import TextStyle
from ctidesk.ui.widgets import Button, ButtonKind, LevelMeter, PlainLabel, Strip, StripKind

USUAL_RINGTONE = Settings().sound.ringtone

_RING_KEYS = ("sound.ring_device", "sound.second_ring_device", "sound.volume", "sound.ringtone")
_TALK_KEYS = ("sound.headset", "sound.microphone", "sound.microphone_gain")


class SoundPage(Page):
    """The ring and the web phone. The devices are looked up when the page is opened: that loads the sound library."""

    def __init__(self, draft: Draft, outputs: Outputs, audio: AudioTest) -> None:
        super().__init__(translate("Settings", "Sound and devices"))
        self._draft = draft
        self._outputs = outputs
        self._add_ring()
        self._web_phone = WebPhoneSound(self, draft, audio)
        draft.changed.connect(self._draft_changed)
        self._names: list[str] | None = None

    def shown(self) -> None:
        """Look the devices up, and listen to the microphone."""
        self._names = self._outputs.names()
        for name in self._names:
            self._device.add(name, name)
            self._second.add(name, name)
        self._show_missing()
        self._web_phone.begin()

    def put_away(self) -> None:
        """Be silent, and give the devices back."""
        self._outputs.stop()
        self._web_phone.end()

    def _add_ring(self) -> None:
        draft = self._draft
        self.section(translate("Settings", "Ring"))
        label = translate("Settings", "Ring on")
        self._device = Choice(draft, "sound.ring_device", label, [("", translate("Settings", "System default"))])
        test = Button(translate("Settings", "Test"), ButtonKind.OUTLINE, icon="play")
        test.set_tip(translate("Settings", "Ring once, as set here"))
        test.clicked.connect(self._test)
        self._device.row.addWidget(test)
        self.row(label, self._device)
        self._missing = Strip(StripKind.WARNING, rounded=True)
        self._missing.hide()
        self.row("", self._missing)
        label = translate("Settings", "Ring also on")
        self._second = Choice(
            draft, "sound.second_ring_device", label, [("", translate("Settings", "No second device"))]
        )
        self.row(label, self._second)
        label = translate("Settings", "Volume")
        self.row(label, Percentage(draft, "sound.volume", label, 0, 100, 5))
        self._ringtone = RingtoneField(draft)
        self.row(self._ringtone.label, self._ringtone)
        label = translate("Settings", "While talking")
        choices = [
            (WhileTalking.BEEP.value, translate("Settings", "Soft beep")),
            (WhileTalking.SILENT.value, translate("Settings", "Silent")),
            (WhileTalking.RING.value, translate("Settings", "Ring as usual")),
        ]
        self.row(label, Choice(draft, "sound.while_talking", label, choices))

    def _draft_changed(self, key: str) -> None:
        if key in ("", "sound.ring_device"):
            self._show_missing()

    def _show_missing(self) -> None:
        if self._names is None:
            return
        wanted = str(self._draft.value("sound.ring_device"))
        words = ""
        if not self._names:
            words = translate("Settings", "This computer has no sound output, so the ring is silent.")
        elif wanted and wanted not in self._names:
            words = translate("Settings", "Not plugged in. The system's own output is used until it is back.")
        self._missing.set_text("", words)
        self._missing.setVisible(bool(words))

    def _test(self) -> None:
        values = {key: self._draft.value(key) for key in _RING_KEYS if not self._draft.words(key)}
        sound = settings_from(values).sound
        self._outputs.test(SoundSettings(sound.ring_device, sound.volume, sound.ringtone, sound.second_ring_device))


class WebPhoneSound:
    """The rows of the web phone's devices: they stand where the PBX has one, and try out what is chosen at once."""

    def __init__(self, page: Page, draft: Draft, audio: AudioTest) -> None:
        self._draft = draft
        self._audio = audio
        self._is_shown = False
        self._unsubscribe: Callable[[], None] | None = None
        self._known: tuple[str, ...] = ()
        default = [("", translate("Settings", "System default"))]

        label = translate("Settings", "Headset")
        self._speaker = Choice(draft, "sound.headset", label, default)
        self._tone = Button(translate("Settings", "Test"), ButtonKind.OUTLINE, icon="play")
        self._tone.set_tip(translate("Settings", "Hear a tone"))
        self._tone.clicked.connect(audio.play_tone)
        self._speaker.row.addWidget(self._tone)
        self._no_speaker = _note()
        speaker = _below(self._speaker, self._no_speaker)

        label_of_microphone = translate("Settings", "Microphone")
        self._microphone = Choice(draft, "sound.microphone", label_of_microphone, default)
        self._no_microphone = _note()
        microphone = _below(self._microphone, self._no_microphone)

        label_of_level = translate("Settings", "Level")
        self._meter = LevelMeter()
        self._meter.setAccessibleName(label_of_level)
        hint = PlainLabel(
            translate("Settings", "Speak: the bar should reach the middle."), TextStyle.SMALL, "text2", lines=3
        )
        level = _below(self._meter, hint)

        label_of_gain = translate("Settings", "Microphone gain")
        gain = Percentage(draft, "sound.microphone_gain", label_of_gain, 0, 200, 5)

        self._record = Button(translate("Settings", "Record"), ButtonKind.OUTLINE, icon="microphone")
        self._record.clicked.connect(audio.record)
        self._told = PlainLabel(_record_words(), TextStyle.SMALL, "text2", lines=3)
        button = QWidget()
        line = QHBoxLayout(button)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._record)
        line.addStretch(1)
        recording = _below(button, self._told)

        self._rows = [
            page.section(translate("Settings", "Web phone")),
            page.row(label, speaker),
            page.row(label_of_microphone, microphone),
            page.row(label_of_level, level),
            page.row(label_of_gain, gain),
            page.row("", recording),
        ]
        for field in (self._speaker, self._microphone):
            page.fields[field.key] = field
            if field.is_locked:
                page.tell_locks()
        draft.changed.connect(self._draft_changed)
        self._show_rows()

    def begin(self) -> None:
        """Look the devices up and listen, where there can be a web phone."""
        self._is_shown = True
        if self._unsubscribe is None:
            self._unsubscribe = self._audio.changed.subscribe(self._changed)
        self._listen()

    def end(self) -> None:
        """Give the devices back."""
        self._is_shown = False
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._known = ()
        self._audio.stop()
        self._meter.set_level(0.0, "")

    @property
    def _is_offered(self) -> bool:
        return self._draft.value("connection.provider") == Provider.WEBITEL.value

    def _listen(self) -> None:
        if self._is_shown and self._is_offered:
            self._audio.start(self._settings())
            self._show_devices()
            self._changed()

    def _settings(self) -> AudioSettings:
        values = {key: self._draft.value(key) for key in _TALK_KEYS if not self._draft.words(key)}
        sound = settings_from(values).sound
        return AudioSettings(sound.microphone, sound.headset, sound.microphone_gain)

    def _draft_changed(self, key: str) -> None:
        if key in ("", "connection.provider"):
            self._show_rows()
            if not self._is_offered:
                self._audio.stop()
        if key in ("", "connection.provider", *_TALK_KEYS):
            self._listen()

    def _show_rows(self) -> None:
        for row in self._rows:
            row.setVisible(self._is_offered)

    def _changed(self) -> None:
        """The level is another one, many times a second; the devices seldom."""
        if not self._is_shown:
            return
        level = self._audio.level
        self._meter.set_level(level, translate("Settings", "{number} %").format(number=round(level * 100)))
        if (devices := (*self._audio.microphones, "", *self._audio.speakers)) != self._known:
            self._known = devices
            self._show_devices()
        self._show_state()

    def _show_devices(self) -> None:
        microphones, speakers = self._audio.microphones, self._audio.speakers
        for field, names in ((self._speaker, speakers), (self._microphone, microphones)):
            for name in names:
                field.add(name, name)
        microphone, speaker = self._audio.current
        nothing_heard = translate("Settings", "This computer has no sound output: nothing is heard in calls.")
        nothing_said = translate("Settings", "This computer has no microphone: callers hear nothing.")
        _tell(self._no_speaker, self._speaker, speakers, speaker, nothing_heard)
        _tell(self._no_microphone, self._microphone, microphones, microphone, nothing_said)
        self._tone.set_available(bool(speakers), nothing_heard)
        self._record.set_available(bool(microphones), nothing_said)

    def _show_state(self) -> None:
        state, left = self._audio.state, self._audio.seconds_left
        seconds = min(int(left) + 1, int(RECORD_SECONDS))
        words = _record_words()
        if state is CheckState.RECORDING:
            words = translate("Settings", "Speak now. Recording for {seconds} s more.").format(seconds=seconds)
        elif state is CheckState.PLAYING:
            words = translate("Settings", "This is how callers hear you.")
        if words != self._told.text():
            self._told.setText(words)
        busy = state in (CheckState.RECORDING, CheckState.PLAYING)
        text = translate("Settings", "Stop") if busy else translate("Settings", "Record")
        if text != self._record.text():
            self._record.setText(text)


class RingtoneField(Choice):
    """One of the program's ringtones, or an own file."""

    def __init__(self, draft: Draft) -> None:
        usual = [(USUAL_RINGTONE, translate("Settings", "Soft bell"))]
        super().__init__(draft, "sound.ringtone", translate("Settings", "Ringtone"), usual)
        self._own = Button(translate("Settings", "Own file…"), ButtonKind.OUTLINE, icon="folder")
        self._own.clicked.connect(self._choose)
        self.row.addWidget(self._own)
        if self.is_locked:
            self._own.hide()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the words alone where they fill the page with large letters."""
        super().set_narrow(narrow)
        self._own.set_icon(None if narrow else "folder")

    def show_value(self) -> None:
        value = str(self.draft.value(self.key))
        if value not in self._words:
            self._words[value] = Path(value).name
            if not self.is_locked:
                self._box.addItem(Path(value).name, value)
        super().show_value()

    def _choose(self) -> None:
        dialog = QFileDialog(self, translate("Settings", "Ringtone"))
        dialog.setNameFilters([translate("Settings", "Sounds (*.wav)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.draft.set(self.key, path))
        dialog.open()


def _record_words() -> str:
    return translate("Settings", "Speak for five seconds, then hear yourself.")


def _note() -> PlainLabel:
    note = PlainLabel("", TextStyle.SMALL, "away", lines=3)
    note.hide()
    return note


def _below(field: QWidget, note: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(field)
    column.addWidget(note)
    box.setFocusProxy(field)
    return box


def _tell(note: PlainLabel, field: Choice, names: list[str], current: str, nothing: str) -> None:
    """Say what is used in place of a device that is not there."""
    wanted = str(field.draft.value(field.key))
    words = ""
    if not names:
        words = nothing
    elif wanted and wanted not in names:
        text = translate("Settings", "Not plugged in. Using “{device}” until it is back.")
        words = text.format(device=current)
    if words != note.text():
        note.setText(words)
    note.setVisible(bool(words))
