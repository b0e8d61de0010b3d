"""Plays the recordings of a call where it is shown (look.md, "Panel", "History"; picture panel-history-player).

To embed it, take the `Listening` of the line and make one player per call that is shown::

    player = RecordingPlayer(listening, call.recording_id, file_name="2026-11-20 Belova Anna")

Nothing is asked of the PBX before the operator wants to hear or to save it. The player lets go of everything when it
is deleted. Its height changes with what it has to say; `height_changed` tells.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QSlider, QStyle, QVBoxLayout, QWidget

from ctidesk.cti.text import translate
from ctidesk.system.playback import Playback
from ctidesk.ui.components.recording import SPEEDS, Listening, Recording, Stage
from ctidesk.ui.theme import TextStyle, icon_pixmap, scaled, theme
from ctidesk.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    IconButton,
    Menu,
    PlainLabel,
    announce,
    format_duration,
    paint_pixmap,
)
from ctidesk.ui.widgets.bidi import clean

STEP, PAGE = 5_000, 15_000
"""Milliseconds that an arrow key and a page key move the position."""
_LONGEST_NAME = 80
_ROOMY = 280
"""Width in px at 100 % text from which everything has room."""


class RecordingPlayer(QWidget):
    """Play and pause, position, speed, volume, saving; below them what there is to say.

    Signals:
        height_changed(): a line of words has come or gone.
        playback_changed(): it plays, or does so no more.
    """

    height_changed = Signal()
    playback_changed = Signal()

    def __init__(
        self, listening: Listening, call_id: str, *, file_name: str = "", parent: QWidget | None = None
    ) -> None:
        """Show the controls.

        Args:
            listening: shared by all players of the line.
            call_id: the PBX's id of the call, or the id of its recordings in the journal.
            file_name: what a saved copy is called, without ending; any text.
        """
        super().__init__(parent)
        self._listening = listening
        self._file_name = _as_file_name(file_name)
        self._recording = recording = listening.recording(call_id)
        self._playback = Playback(self)
        self._plays_when_here = self._saves_when_here = False
        self._is_sliding = self._is_silent = False
        self._make_controls()
        self._connect()
        unsubscribe = [
            recording.changed.subscribe(self._follow),
            recording.told.subscribe(self._tell),
            listening.interrupted.subscribe(self.pause),
        ]
        playback = self._playback

        def let_go() -> None:
            for end in unsubscribe:
                end()
            recording.close()

        self.destroyed.connect(let_go)
        self.setFocusProxy(self._play)
        self._set_volume(listening.volume)
        self._set_speed(listening.speed)
        playback.set_volume(listening.volume)
        self._follow()

    def play(self) -> None:
        """Play; fetch the recording before, if it is not here yet."""
        if self._recording.stage is Stage.HERE:
            self._playback.play()
        else:
            self._plays_when_here = True
            self._recording.fetch()

    @property
    def is_playing(self) -> bool:
        """Whether something is heard now."""
        return self._playback.is_playing

    def go_to(self, milliseconds: int) -> None:
        """Go on from another place."""
        self._playback.seek(milliseconds)

    def pause(self) -> None:
        """Be silent; a recording that comes is not played by itself then."""
        self._plays_when_here = False
        self._playback.pause()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is heard of what nobody can stop."""
        super().hideEvent(event)
        self._saves_when_here = False
        self.pause()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_length()

    # ---- parts

    def _make_controls(self) -> None:
        self._play = _RoundButton("play", translate("Recording", "Play recording"))
        self._time = PlainLabel("0:00", TextStyle.BODY, "text2", elide=None, tabular=True, ltr=True)
        self._slider = _Timeline()
        self._length = PlainLabel("", TextStyle.BODY, "text2", elide=None, tabular=True, ltr=True)
        self._part = Button("", ButtonKind.QUIET, size=ButtonSize.SMALL)
        self._speed = Button("", ButtonKind.OUTLINE, size=ButtonSize.SMALL)
        self._speed.set_tip(translate("Recording", "Playing speed"))
        self._volume = IconButton("speaker", translate("Recording", "Volume"))
        self._save = IconButton("download", translate("Recording", "Save recording"))
        self._words = PlainLabel("", TextStyle.SMALL, "text2", lines=3)
        self._button = Button("", size=ButtonSize.SMALL)
        first = QHBoxLayout()
        first.setSpacing(6)
        parts: list[QWidget] = [self._play, self._time, self._slider, self._length]
        parts += [self._part, self._speed, self._volume, self._save]
        for widget in parts:
            first.addWidget(widget, 1 if widget is self._slider else 0)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self._words, 1)
        second.addWidget(self._button)
        self._below = QWidget()
        self._below.setLayout(second)
        second.setContentsMargins(0, 4, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(first)
        column.addWidget(self._below)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _connect(self) -> None:
        playback = self._playback
        self._play.clicked.connect(self._toggle)
        self._slider.sliderPressed.connect(self._begin_sliding)
        self._slider.sliderReleased.connect(self._end_sliding)
        self._slider.valueChanged.connect(self._slid)
        self._part.clicked.connect(self._choose_part)
        self._speed.clicked.connect(self._choose_speed)
        self._volume.clicked.connect(self._choose_volume)
        self._save.clicked.connect(self._want_copy)
        self._button.clicked.connect(self._press_button)
        playback.changed.connect(self._playback_changed)
        playback.moved.connect(self._show_position)
        playback.failed.connect(self._recording.fail_to_play)

    # ---- what is shown

    def _follow(self) -> None:
        recording = self._recording
        if recording.stage is Stage.HERE and recording.file is not None:
            if not self._playback.is_open:
                self._playback.open(recording.file.path)
                self._playback.set_speed(self._listening.speed)
        elif self._playback.is_open or self._playback.is_playing:
            self._playback.close()
        self._part.setVisible(recording.parts > 1)
        self._part.setText(f"{recording.part + 1}/{recording.parts}")
        words = translate("Recording", "Recording {number} of {count}")
        self._part.setAccessibleName(words.format(number=recording.part + 1, count=recording.parts))
        self._show_playback()
        self._show_stage()
        if recording.stage is Stage.HERE:
            self._do_what_was_wanted()
        elif recording.stage is Stage.FAILED:
            self._plays_when_here = self._saves_when_here = False

    def _do_what_was_wanted(self) -> None:
        plays, self._plays_when_here = self._plays_when_here, False
        saves, self._saves_when_here = self._saves_when_here, False
        if plays:
            self._playback.play()
        if saves:
            # Not out of the middle of a signal: a dialog of the system may take its time to open.
            QTimer.singleShot(0, self, self._ask_place)

    def _show_stage(self) -> None:
        recording = self._recording
        self._is_silent = not self._playback.has_device
        match recording.stage:
            case Stage.COMING:
                self._say(_coming_words(recording), translate("Recording", "Cancel"))
            case Stage.FAILED:
                if self._words.text() != recording.words:
                    announce(self, recording.words)
                self._say(recording.words, translate("Recording", "Try again"), is_error=True)
            case Stage.HERE if self._is_silent:
                self._say(translate("Recording", "No sound device: nothing can be heard."))
            case _:
                self._say("")

    def _say(self, words: str, button: str = "", *, is_error: bool = False) -> None:
        was_there = not self._below.isHidden()
        self._words.set_color("talk" if is_error else "text2")
        self._words.setText(words)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._below.setVisible(bool(words))
        if bool(words) is not was_there:
            self.height_changed.emit()

    def _tell(self, words: str, is_error: bool) -> None:
        self._say(words, is_error=is_error)
        announce(self, words)

    def _playback_changed(self) -> None:
        self._show_playback()
        self.playback_changed.emit()
        if self._recording.stage is Stage.HERE and self._is_silent is self._playback.has_device:
            self._show_stage()

    def _show_playback(self) -> None:
        playback = self._playback
        is_here = self._recording.stage is Stage.HERE
        is_coming = self._recording.stage is Stage.COMING
        if playback.is_playing:
            self._play.set_icon("pause", translate("Recording", "Pause"))
        else:
            self._play.set_icon("play", translate("Recording", "Play recording"))
        self._play.set_available(not is_coming, translate("Recording", "The recording is being fetched"))
        self._slider.setEnabled(is_here and playback.length > 0)
        self._slider.setRange(0, playback.length)
        self._length.setText(format_duration(playback.length / 1000) if playback.length else "")
        self._show_length()
        self._show_position(playback.position)

    def _show_length(self) -> None:
        """Where there is little room, the line itself has to say how long it is."""
        self._length.setVisible(bool(self._playback.length) and self.width() >= scaled(_ROOMY))

    def _show_position(self, milliseconds: int) -> None:
        if not self._is_sliding:
            self._slider.show_value(milliseconds)
            self._show_time(milliseconds)

    def _show_time(self, milliseconds: int) -> None:
        text = format_duration(milliseconds / 1000)
        if text != self._time.text():
            self._time.setText(text)
            whole = format_duration(self._playback.length / 1000)
            words = translate("Recording", "Position, {time} of {whole}").format(time=text, whole=whole)
            self._slider.setAccessibleName(words)

    # ---- what the operator does

    def _toggle(self) -> None:
        if self._playback.is_playing:
            self.pause()
        else:
            self.play()

    def _begin_sliding(self) -> None:
        self._is_sliding = True

    def _end_sliding(self) -> None:
        self._is_sliding = False
        self._playback.seek(self._slider.value())

    def _slid(self, milliseconds: int) -> None:
        if self._slider.is_shown_value:
            return
        self._show_time(milliseconds)
        if not self._is_sliding:
            self._playback.seek(milliseconds)

    def _choose_part(self) -> None:
        menu = self._menu()
        for part in range(self._recording.parts):
            words = translate("Recording", "Recording {number} of {count}")
            text = words.format(number=part + 1, count=self._recording.parts)
            menu.add(text, partial(self._go_to_part, part), checked=part == self._recording.part)
        menu.open_below(self._part)

    def _go_to_part(self, part: int) -> None:
        self._plays_when_here = True
        self._recording.fetch(part)

    def _choose_speed(self) -> None:
        menu = self._menu()
        for speed in SPEEDS:
            is_present = speed == self._listening.speed
            menu.add(_speed_text(speed), partial(self._set_speed, speed), checked=is_present)
        menu.open_below(self._speed)

    def _set_speed(self, speed: float) -> None:
        self._listening.speed = speed
        self._playback.set_speed(speed)
        self._speed.setText(_speed_text(speed))
        self._speed.setAccessibleName(translate("Recording", "Playing speed {speed}").format(speed=f"{speed:g}"))

    def _choose_volume(self) -> None:
        menu = self._menu()
        for percent in (100, 75, 50, 25, 0):
            is_present = percent == self._listening.volume
            menu.add(f"{percent} %", partial(self._set_volume, percent), checked=is_present)
        menu.open_below(self._volume)

    def _set_volume(self, percent: int) -> None:
        self._listening.volume = percent
        self._playback.set_volume(percent)
        words = translate("Recording", "Volume, {percent} %").format(percent=percent)
        self._volume.set_icon("speaker", words)

    def _menu(self) -> Menu:
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _press_button(self) -> None:
        if self._recording.stage is Stage.COMING:
            self._plays_when_here = self._saves_when_here = False
            self._recording.cancel()
        elif self._recording.stage is Stage.FAILED:
            self.play()

    # ---- saving

    def _want_copy(self) -> None:
        if self._recording.stage is Stage.HERE:
            self._ask_place()
        else:
            self._saves_when_here = True
            self._recording.fetch()

    def _ask_place(self) -> None:
        file = self._recording.file
        if file is None:
            return
        ending = file.path.suffix
        dialog = QFileDialog(self, translate("Recording", "Save recording"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([translate("Recording", "Recordings") + f" (*{ending})"])
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.selectFile(f"{self._file_name}{ending}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._recording.save(Path(path)))
        dialog.open()


class _RoundButton(IconButton):
    """The strong button of a player."""

    def __init__(self, icon: str, accessible_name: str) -> None:
        super().__init__(icon, accessible_name, size=32, icon_size=16, filled=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, color = self._colors()
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().tokens[ground])
            painter.drawEllipse(self.rect())
        pixmap = icon_pixmap(self._icon, color, scaled(self._icon_size), self.devicePixelRatioF())
        paint_pixmap(painter, pixmap, self.rect())
        if self.hasFocus():
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(theme().tokens.text)
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))


class _Timeline(QSlider):
    """The position; a click goes there, and the wheel scrolls past.

    Attributes:
        is_shown_value: whether the value is just being shown, not chosen.
    """

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.is_shown_value = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSingleStep(STEP)
        self.setPageStep(PAGE)
        self.setMinimumWidth(40)
        self.setAccessibleName(translate("Recording", "Position"))

    def show_value(self, milliseconds: int) -> None:
        """Show where the recording is."""
        self.is_shown_value = True
        self.setValue(milliseconds)
        self.is_shown_value = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            place = round(event.position().x()) - scaled(7)
            room = max(1, self.width() - 2 * scaled(7))
            self.setSliderDown(True)
            is_mirrored = self.isRightToLeft()
            self.setSliderPosition(
                QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), place, room, is_mirrored)
            )
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.isSliderDown():
            super().mouseMoveEvent(event)
            return
        place = round(event.position().x()) - scaled(7)
        room = max(1, self.width() - 2 * scaled(7))
        self.setSliderPosition(
            QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), place, room, self.isRightToLeft())
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.isSliderDown():
            self.setSliderDown(False)
        else:
            super().mouseReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _coming_words(recording: Recording) -> str:
    if recording.total:
        percent = 100 * recording.received // recording.total
        return translate("Recording", "The recording is coming: {percent} %").format(percent=percent)
    return translate("Recording", "The recording is coming…")


def _speed_text(speed: float) -> str:
    return f"{speed:g}×"


def _as_file_name(text: str) -> str:
    """Return a name that every system takes and that leads nowhere else."""
    kept = "".join(letter if letter.isalnum() or letter in " -_+.," else "-" for letter in clean(text))
    return kept.strip(" .-")[:_LONGEST_NAME].strip() or "recording"
