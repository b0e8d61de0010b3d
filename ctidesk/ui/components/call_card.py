"""One call: what it is, and what can be done with it (look.md, "Panel", "Calls")."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ctidesk.cti.abilities import Ability
from ctidesk.cti.call import Call
from ctidesk.cti.model import CtiModel
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallFeatures, CallState
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.call_controls import MODES, TALKING, Control, ControlGrid, Role, controls_of, role_of
from ctidesk.ui.components.call_words import (
    call_bar,
    call_company,
    call_facts,
    call_note,
    call_number,
    call_seconds,
    call_shape,
    call_word,
    conference_title,
    supervision_meaning,
    supervision_word,
    word_color,
)
from ctidesk.ui.components.caller_menu import choices_words, open_caller_menu
from ctidesk.ui.components.caller_row import CallerRow
from ctidesk.ui.components.conference_members import ConferenceMembers
from ctidesk.ui.components.muted_rings import MutedRings
from ctidesk.ui.components.people import People
from ctidesk.ui.components.ring_controls import RingControls, Wish
from ctidesk.ui.components.shortcuts import Key, with_key
from ctidesk.ui.theme import PresenceState, TextStyle, theme
from ctidesk.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    Card,
    Clock,
    Menu,
    PlainLabel,
    PresenceShape,
    Strip,
    StripKind,
    blink_timer,
    format_duration,
    spoken,
)
from ctidesk.ui.widgets.bidi import isolate
from ctidesk.ui.widgets.ticking import Unsubscribe

if TYPE_CHECKING:
    from ctidesk.ui.components.call_sound import CallSoundLine
    from ctidesk.ui.components.photos import Portrait
    from ctidesk.ui.components.recording_player import RecordingPlayer
    from ctidesk.ui.components.tone_pad import TonePad


class CallCard(Card):
    """Shows one call after the other; the lines and controls stay the same widgets.

    Signals:
        whom_wanted(control): the operator wants to say whom to consult or to transfer to; a `Control`.
        height_changed(shown): the card has another height; `shown` is the part to show, a widget.
    """

    whom_wanted = Signal(object)
    height_changed = Signal(object)

    def __init__(self, model: CtiModel, people: People, actions: CallActions, muted: MutedRings) -> None:
        super().__init__()
        self._muted = muted
        self._model = model
        self._people = people
        self._actions = actions
        self._call: Call | None = None
        self._menu: Menu | None = None  # one that nobody keeps would be gone at once
        self._record_id: UUID | None = None
        self._role = Role.WAITING
        self._keypad_open = False
        self._pad: TonePad | None = None
        self._player: RecordingPlayer | None = None
        self._is_pale = False
        self._stop_blinking: Unsubscribe | None = None
        self._make_lines()
        self._members = ConferenceMembers(people, actions)
        self._ring = RingControls(self._act_on_ring)
        self._complete = Button(
            translate("Panel", "Complete transfer"), ButtonKind.PRIMARY, icon="complete", size=ButtonSize.BIG
        )
        self._complete.set_tip(with_key(translate("Panel", "Complete transfer"), Key.COMPLETE))
        self._complete.clicked.connect(actions.complete_transfer)
        self._meaning = PlainLabel("", TextStyle.SMALL, "text2", lines=3)
        self._meaning.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._unconfirmed = PlainLabel(
            translate("Panel", "Your conversation goes on at the phone. Controls return with the connection."),
            TextStyle.SMALL,
            "text2",
            lines=4,
        )
        self._sound: CallSoundLine | None = None
        if model.provider.web_phone is not None:
            from ctidesk.ui.components.call_sound import CallSoundLine

            self._sound = CallSoundLine(model)
        self._grid = ControlGrid(self._act)
        for widget, gap in (
            (self._members, 8),
            (self._unconfirmed, 8),
            *([(self._sound, 8)] if self._sound is not None else []),
            (self._ring, 10),
            (self._complete, 12),
            (self._meaning, 6),
            (self._grid, 12),
        ):
            self.body.addWidget(_below(widget, gap))
        theme().changed.connect(self._blink)

    def show_call(self, call: Call, *, pressed: Control | None) -> None:
        """Show `call`; `pressed` is the control whose question is open in the dial row."""
        if call.record_id != self._record_id:
            self._record_id = call.record_id
            self._keypad_open = False
            self._close_player()
        self._call = call
        self._role = role_of(call, self._model)
        self._show_lines(call)
        self._show_controls(call, pressed)
        self._blink()

    def call(self) -> Call | None:
        """The call that is shown."""
        return self._call

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._blink()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._blink()
        if self.isHidden():  # the call has gone, not the window
            self._close_player()

    # ---- lines

    def _make_lines(self) -> None:
        self._shape = PresenceShape(PresenceState.UNKNOWN, 12)
        self._word = PlainLabel("", TextStyle.ACTIVE, elide=None)
        self._facts = PlainLabel("", TextStyle.SMALL, "text2")
        self._clock = Clock()
        self._name = PlainLabel("", TextStyle.TITLE)
        self._number = PlainLabel("", TextStyle.BODY, "text2", elide=None, tabular=True, ltr=True)
        self._company = PlainLabel("", TextStyle.BODY, "text2")
        self._note = Strip(StripKind.NOTE, rounded=True, lines=2)
        self._note.set_icon("note")
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._shape)
        first.addWidget(self._word)
        first.addWidget(self._facts, 1)
        first.addWidget(self._clock)
        third = QHBoxLayout()
        third.setSpacing(0)
        third.addWidget(self._number)
        third.addWidget(self._company, 1)
        third.addStretch()
        self.body.addLayout(first)
        self.body.addSpacing(4)
        who = QVBoxLayout()
        who.setSpacing(self.body.spacing())
        who.addWidget(self._name)
        who.addLayout(third)
        self._portrait_row = QHBoxLayout()
        self._portrait_row.setSpacing(12)
        self._portrait_row.addLayout(who, 1)
        self._portrait: Portrait | None = None
        self.body.addLayout(self._portrait_row)
        self._caller = CallerRow()
        self._caller.choosing.connect(self._ask_who)
        self._caller.card_wanted.connect(self._open_card)
        self.body.addWidget(self._caller)
        self._note_place = _below(self._note, 8)
        self.body.addWidget(self._note_place)

    def _show_lines(self, call: Call) -> None:
        people, conference = self._people, self._model.provider.conference
        is_conference = call.state is CallState.CONFERENCED and bool(conference.members)
        title = conference_title(conference, people) if is_conference else people.title_of(call)
        number = "" if is_conference else call_number(call, people)
        company = "" if is_conference else call_company(call, people)
        supervision = conference.supervision if self._role is Role.SUPERVISING else None
        word = call_word(call) if supervision is None else supervision_word(supervision)
        self.set_bar(call_bar(call))
        self._shape.set_state(call_shape(call))
        self._word.setText(word)
        self._word.set_color(word_color(call))
        facts = call_facts(call, is_consultation=self._role is Role.CONSULTATION) if supervision is None else ""
        self._facts.setText(f"· {facts}" if facts else "")
        clock = self._model.clock
        self._clock.count(lambda: call_seconds(call, clock.monotonic()))
        self._name.setText(title)
        self._number.setText(number)
        self._number.setVisible(bool(number))
        self._show_portrait("" if is_conference else call.abonent_number)
        self._company.setText(f" · {company}" if number and company else company)
        self._company.setVisible(bool(company))
        note = call_note(call, people)
        self._note.set_text("", note)
        self._note_place.setVisible(bool(note) and self._role in (Role.RINGING, Role.MAIN))
        self._caller.show_needed("" if is_conference else choices_words(call, people), self._actions.cards.offers(call))
        shows_members = is_conference and supervision is None
        self._members.show_members(conference.members if shows_members else ())
        _show(self._members, shows_members)
        if supervision is not None:
            self._meaning.setText(supervision_meaning(supervision, people))
        seconds = format_duration(call_seconds(call, clock.monotonic()))
        self.setAccessibleName(spoken(word, title, number, seconds))

    def _show_portrait(self, number: str) -> None:
        """Show the photo of the colleague with `number`, once it has come."""
        photo = self._actions.photo_of(number)
        if photo is not None and self._portrait is None:
            from ctidesk.ui.components.photos import Portrait

            self._portrait = Portrait()
            self._portrait_row.addWidget(self._portrait)
        if self._portrait is not None:
            self._portrait.show_photo(photo)

    # ---- controls

    def _show_controls(self, call: Call, pressed: Control | None) -> None:
        role = self._role
        is_unconfirmed = role is Role.WAITING and not (call.confirmed and self._model.is_connected)
        _show(self._unconfirmed, is_unconfirmed and call.state in (CallState.CONNECTED, CallState.CONFERENCED))
        if self._sound is not None:
            is_heard = call.state in TALKING and role is not Role.WAITING
            _show(self._sound, self._sound.show_call(call if is_heard else None))
        _show(self._ring, role is Role.RINGING)
        if role is Role.RINGING:
            self._ring.show_call(
                call,
                can_send=self._can_send(call),
                is_sending=pressed is Control.TRANSFER,
                is_muted=self._muted.is_muted(call),
            )
        _show(self._complete, role is Role.CONSULTATION)
        _show(self._meaning, role in (Role.CONSULTATION, Role.SUPERVISING))
        if role is Role.CONSULTATION:
            why_not = self._model.abilities.why_not(Ability.COMPLETE_TRANSFER)
            self._complete.set_available(not why_not, why_not)
            self._meaning.setText(self._meaning_of_transfer(call))
        states = controls_of(call, role, self._model)
        can_key = any(state.control is Control.KEYPAD and not state.reason for state in states)
        self._keypad_open = self._keypad_open and can_key
        if self._actions.listening is None:
            states = tuple(state for state in states if state.control is not Control.RECORDING)
        if self._player is not None and not any(state.control is Control.RECORDING for state in states):
            self._close_player()
        open_control = self._open_control() or pressed
        is_held = CallFeatures.CAN_UNHOLD in call.features or call.state is CallState.HOLDED
        in_conference = call.state is CallState.CONFERENCED
        self._grid.show_states(states, is_held=is_held, in_conference=in_conference, pressed=open_control)
        _show(self._grid, bool(states))
        if self._pad is not None:
            _show(self._pad, self._keypad_open)

    def _can_send(self, call: Call) -> bool:
        return call is self._model.current_call and CallFeatures.CAN_BLIND_TRANSFER in call.features

    def _meaning_of_transfer(self, consult: Call) -> str:
        main = self._model.current_call
        if main is None:
            return ""
        parties = f"{isolate(self._people.title_of(main))} ↔ {isolate(self._people.title_of(consult))}"
        return f"{parties} · {translate('Panel', 'you leave the call')}"

    def _act(self, control: Control) -> None:
        call = self._call
        if call is None:
            return
        match control:
            case Control.HOLD:
                self._actions.hold_or_unhold(call)
            case Control.SWAP:
                self._actions.swap()
            case Control.CONSULT | Control.TRANSFER:
                self.whom_wanted.emit(control)
            case Control.CONFERENCE if self._role is Role.CONSULTATION:
                self._actions.join_in_conference()
            case Control.CONFERENCE:
                self.whom_wanted.emit(control)
            case Control.CANCEL:
                self._actions.cancel_transfer()
            case Control.KEYPAD:
                self._open_keypad()
            case Control.MUTE:
                self._actions.mute()
            case Control.RECORDING:
                self._toggle_player(call)
            case Control.LISTEN | Control.WHISPER | Control.BARGE:
                self._actions.supervise(MODES[control])
            case Control.END:
                self._actions.end(call)

    def _ask_who(self, place: QPoint) -> None:
        if self._call is not None:
            self._menu = open_caller_menu(self._call, self._people, place)

    def _open_card(self) -> None:
        if self._call is not None:
            self._actions.cards.open(self._call)

    def _act_on_ring(self, wish: Wish) -> None:
        if self._call is None:
            return
        match wish:
            case "answer":
                self._actions.answer(self._call)
            case "decline":
                self._actions.end(self._call)
            case "mute":
                self._muted.set_muted(self._call, not self._muted.is_muted(self._call))
            case _:
                self.whom_wanted.emit(Control.TRANSFER)

    # ---- keypad

    def _open_keypad(self) -> None:
        if self._keypad_open:
            self._close_keypad()
            return
        self._close_player()
        self._keypad_open = True
        pad = self._pad = self._pad or self._new_pad()
        _show(pad, True)
        self._grid.tile(Control.KEYPAD).set_pressed(True)
        pad.begin()
        self.height_changed.emit(pad)

    def _new_pad(self) -> TonePad:
        from ctidesk.ui.components.tone_pad import TonePad

        pad = TonePad(self._actions.send_dtmf, self._close_keypad)
        self.body.addWidget(_below(pad, 0))
        return pad

    def _close_keypad(self) -> None:
        self._keypad_open = False
        pad = self._pad
        had_focus = pad is not None and pad.isAncestorOf(self.focusWidget() or pad)
        if pad is not None:
            _show(pad, False)
        tile = self._grid.tile(Control.KEYPAD)
        tile.set_pressed(False)
        if had_focus:
            tile.setFocus(Qt.FocusReason.OtherFocusReason)
        self.height_changed.emit(self._grid)

    def _open_control(self) -> Control | None:
        """The control whose part of the card is open."""
        if self._keypad_open:
            return Control.KEYPAD
        return None if self._player is None else Control.RECORDING

    # ---- recordings

    def _toggle_player(self, call: Call) -> None:
        """Play what was recorded of this call so far, or stop that."""
        if self._player is not None:
            self._close_player()
            self.height_changed.emit(self._grid)
            return
        listening = self._actions.listening
        if listening is None:
            return
        from ctidesk.ui.components.recording_player import RecordingPlayer

        if self._keypad_open:
            self._close_keypad()
        self._player = player = RecordingPlayer(listening, call.id, file_name=self._people.title_of(call))
        self.body.addWidget(_below(player, 12))
        player.height_changed.connect(lambda: self.height_changed.emit(player))
        self._grid.tile(Control.RECORDING).set_pressed(True)
        self.height_changed.emit(player)
        player.play()

    def _close_player(self) -> None:
        player, self._player = self._player, None
        if player is None:
            return
        place = player.parentWidget()
        had_focus = player.isAncestorOf(self.focusWidget() or self)
        for gone in (player, place):
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        tile = self._grid.tile(Control.RECORDING)
        tile.set_pressed(False)
        if had_focus:
            tile.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- ringing

    def _blink(self) -> None:
        """Let the bell blink in step with the tray while the call rings here and can be seen."""
        blinks = self._role is Role.RINGING and self.isVisible() and not theme().reduced_motion
        if blinks and self._stop_blinking is None:
            self._stop_blinking = blink_timer().subscribe(self._turn_bell)
        elif not blinks and self._stop_blinking is not None:
            self._stop_blinking()
            self._stop_blinking = None
            self._shape.set_pale(False)

    def _turn_bell(self) -> None:
        self._is_pale = not self._is_pale
        self._shape.set_pale(self._is_pale)


def _below(widget: QWidget, gap: int) -> QWidget:
    """Put `widget` into a place of its own with a gap above it; hiding the place hides the gap."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, gap, 0, 0)
    column.setSpacing(0)
    column.addWidget(widget)
    return place


def _show(widget: QWidget, shown: bool) -> None:
    """Show or hide a widget together with its place."""
    place = widget.parentWidget()
    if place is not None:
        place.setVisible(shown)
    widget.setVisible(shown)
