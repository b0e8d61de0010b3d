"""What there is to say besides the calls: connection, refusals, a call on its way, a break (look.md, "Strip")."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.events import CallStarted, CtiEvent, Disconnected, ErrorOccurred, LineStateChanged
from ctidesk.cti.model import CtiModel
from ctidesk.cti.presence import Presence
from ctidesk.cti.reconnection import ConnectionPhase, ConnectionStatus
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallFeatures
from ctidesk.cti.web_phone import WEB_PHONE_CONNECTION, WebPhonePhase
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.call_end import CallEnds
from ctidesk.ui.components.notice import LONGEST_RAW, Choice, Notice, Words
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.theme import PresenceState
from ctidesk.ui.widgets import ButtonKind, StripKind, announce, second_timer
from ctidesk.ui.widgets.bidi import clean, isolate, ltr
from ctidesk.ui.widgets.ticking import Unsubscribe

OWN_PHONE_RINGS_FOR = 60_000
"""Milliseconds after which "your phone rings first" is no longer said if no call has started."""

_OF_THE_CONNECTION = (
    ErrorKind.OPEN_CONNECTION,
    ErrorKind.CALL_CENTRE_NOT_AVAILABLE,
    ErrorKind.AUTHENTICATION,
    ErrorKind.CONNECTION_CONFIG,
)


class Notices(QWidget):
    """The notices, one under the other, the gravest first.

    Signals:
        settings_wanted(): what is wrong is put right in the settings.
    """

    settings_wanted = Signal()

    def __init__(self, model: CtiModel, people: People, actions: CallActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._people = people
        self._actions = actions
        self._refused: CtiError | None = None
        self._has_settings = False
        self._called = ""
        self._calls_other_first = False
        self._has_own_phone_rung = False
        self._stop_ticking: Unsubscribe | None = None
        self._ends = CallEnds(model, people, self)
        self._ends.changed.connect(self._call_ended)
        self._connection, self._web_phone, self._refusal, self._ended, self._calling, self._away = (
            Notice() for _ in range(6)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(1)
        for notice in self._all():
            column.addWidget(notice)
        self._forget_call = QTimer(self)
        self._forget_call.setSingleShot(True)
        self._forget_call.setInterval(OWN_PHONE_RINGS_FOR)
        self._forget_call.timeout.connect(self._forget_call_on_its_way)
        unsubscribe = [actions.calling.subscribe(self._call_on_its_way), model.events.subscribe(self._hear)]
        if model.provider.web_phone is not None:
            unsubscribe.append(model.provider.web_phone.changed.subscribe(self.refresh))
        self.destroyed.connect(lambda: [end() for end in unsubscribe])
        self.refresh()

    def offer_settings(self) -> None:
        """Lead to the settings where they are what helps."""
        self._has_settings = True
        self.refresh()

    def refresh(self) -> None:
        """Show what the model's state calls for."""
        self._connection.say(self._about_connection())
        self._web_phone.say(self._about_web_phone())
        self._refusal.say(self._about_refusal())
        self._ended.say(self._about_end())
        self._calling.say(self._about_call_on_its_way())
        self._away.say(self._about_break())
        self._take_place()
        self._count()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._count()

    def _take_place(self) -> None:
        """Be there only with something to say: else the distance to the dial row would stay."""
        self.setVisible(any(notice.words() is not None for notice in self._all()))

    def _all(self) -> tuple[Notice, ...]:
        return self._connection, self._web_phone, self._refusal, self._ended, self._calling, self._away

    def _hear(self, event: CtiEvent) -> None:
        match event:
            case ErrorOccurred(error):
                self._called = ""
                # Without a connection the notice about that says it; with one it is a command that has failed.
                if error.source == WEB_PHONE_CONNECTION:
                    announce(self, error.text)
                elif error.kind not in _OF_THE_CONNECTION or self._model.is_connected:
                    self._refused = error
                    announce(self, error.text)
                self.refresh()
            case CallStarted():
                self._called = ""
                self._refused = None
                self.refresh()
            case LineStateChanged(features, None):
                self._follow_own_phone(features)
            case Disconnected():
                self._called = ""
                announce(self, translate("Panel", "No connection to the PBX"))

    # ---- connection

    def _about_connection(self) -> Words | None:
        status = self._model.connection
        lost = translate("Panel", "No connection to the PBX")
        now = Choice(translate("Panel", "Reconnect now"), self._model.reconnect, ButtonKind.PRIMARY)
        again = Choice(translate("Panel", "Reconnect"), self._model.reconnect, ButtonKind.PRIMARY)
        match status.phase:
            case ConnectionPhase.WAITING:
                return Words(StripKind.WARNING, self._waiting(status), lost, "connection-off", (now,), status.error)
            case ConnectionPhase.CONNECTING if status.attempt or status.error is not None:
                trying = translate("Panel", "Calls may ring at your phone but not here. Connecting…")
                return Words(StripKind.WARNING, trying, lost, "connection-off", (), status.error)
            case ConnectionPhase.STOPPED:
                return self._about_stop(status.error, lost, again)
            case _:
                return None

    def _waiting(self, status: ConnectionStatus) -> str:
        due = status.next_attempt_at
        seconds = 0 if due is None else max(0, round(due - self._model.clock.monotonic()))
        # Two sentences: languages put numbers into sentences each in its own way.
        meaning = translate("Panel", "Calls may ring at your phone but not here.")
        attempt = translate("Panel", "Next attempt in {seconds} s · attempt {number}")
        return f"{meaning} {attempt.format(seconds=seconds, number=status.attempt)}"

    def _about_stop(self, error: CtiError | None, lost: str, again: Choice) -> Words:
        if error is None:
            sentence = translate("Panel", "The PBX has ended the connection. It is not tried again by itself.")
            return Words(StripKind.ERROR, sentence, lost, "connection-off", (again,))
        choices: tuple[Choice, ...] = (again,)
        if self._has_settings and error.kind in (ErrorKind.AUTHENTICATION, ErrorKind.CONNECTION_CONFIG):
            choices = (again, Choice(translate("Panel", "Settings"), self.settings_wanted.emit))
        match error.kind:
            case ErrorKind.AUTHENTICATION:
                title = translate("Panel", "Login or password refused")
            case ErrorKind.CONNECTION_CONFIG:
                title = translate("Panel", "The settings of the connection are wrong")
            case _:
                title = lost
        return Words(StripKind.ERROR, clean(error.text, LONGEST_RAW), title, "connection-off", choices, error)

    def _about_web_phone(self) -> Words | None:
        """The web phone has a connection of its own: without it calls go to a desk phone, if there is one."""
        phone = self._model.provider.web_phone
        status = None if phone is None else phone.status
        if phone is None or status is None or status.error is None or not self._model.is_connected:
            return None
        title = translate("Panel", "The web phone is not connected")
        sentence = clean(status.error.text, LONGEST_RAW)
        details = status.error if status.error.raw or status.error.code is not None else None
        now = Choice(translate("Panel", "Connect"), phone.connect, ButtonKind.PRIMARY)
        if status.phase is WebPhonePhase.STOPPED:
            return Words(StripKind.ERROR, sentence, title, "connection-off", (now,), details)
        choices = (now,) if status.phase is WebPhonePhase.WAITING else ()
        return Words(StripKind.WARNING, sentence, title, "connection-off", choices, details)

    def _count(self) -> None:
        """Count the seconds to the next attempt while they can be seen."""
        counts = self._model.connection.phase is ConnectionPhase.WAITING and self.isVisible()
        if counts and self._stop_ticking is None:
            self._stop_ticking = second_timer().subscribe(self._tick)
        elif not counts and self._stop_ticking is not None:
            self._stop_ticking()
            self._stop_ticking = None

    def _tick(self) -> None:
        self._connection.say(self._about_connection())

    # ---- refused commands

    def _about_refusal(self) -> Words | None:
        error = self._refused
        if error is None:
            return None
        dismiss = Choice(translate("Panel", "Dismiss"), self._dismiss)
        has_more = bool(error.raw) or error.code is not None
        title = translate("Panel", "This could not be done")
        if error.kind is ErrorKind.CALL_SAVING:
            title = translate("Panel", "Calls cannot be saved now")
        sentence = clean(error.text, LONGEST_RAW)
        return Words(StripKind.ERROR, sentence, title, choices=(dismiss,), error=error if has_more else None)

    def _dismiss(self) -> None:
        self._refused = None
        self.refresh()

    # ---- a call that has ended

    def _call_ended(self) -> None:
        end = self._ends.end
        if end is not None:
            announce(self, f"{end.title}. {end.sentence}")
        self.refresh()

    def _about_end(self) -> Words | None:
        end = self._ends.end
        if end is None:
            return None
        choices = [Choice(translate("Panel", "Dismiss"), self._ends.dismiss)]
        if end.number and not self._actions.why_not(AbonentAction.CALL):
            call = self._actions.with_number
            again = Choice(translate("Panel", "Call again"), lambda: call(AbonentAction.CALL, end.number))
            choices.insert(0, again)
        return Words(StripKind.INFO, end.sentence, end.title, "decline", tuple(choices))

    # ---- a call on its way

    def _call_on_its_way(self, number: str, action: AbonentAction) -> None:
        self._called = number if self._model.current_call is None else ""
        self._calls_other_first = action is AbonentAction.CALL_OTHER_FIRST
        self._refused = None
        self._forget_call.stop()
        if self._called:
            self._forget_call.start()
        self.refresh()

    def _forget_call_on_its_way(self) -> None:
        self._called = ""
        self._forget_call.stop()
        self.refresh()

    def _follow_own_phone(self, features: CallFeatures) -> None:
        """The operator's own phone rings without being a call yet; when it stops so, nobody is called any more."""
        if CallFeatures.CAN_DIAL not in features:
            self._has_own_phone_rung = CallFeatures.CAN_DROP in features
        elif self._has_own_phone_rung:
            self._has_own_phone_rung = False
            self._forget_call_on_its_way()

    def _about_call_on_its_way(self) -> Words | None:
        if not self._called or self._model.current_call is not None:
            return None
        abonent = self._people.with_number(self._called)
        name = "" if abonent is None else clean(abonent.name)
        whom = f"{isolate(name)} · {ltr(number_text(self._called))}" if name else ltr(number_text(self._called))
        title = translate("Panel", "Calling: {whom}").format(whom=whom)
        sentence = translate("Panel", "Your phone rings first: pick it up.")
        if self._calls_other_first:
            sentence = translate("Panel", "Your phone rings as soon as somebody answers there.")
        dismiss = Choice(translate("Panel", "Dismiss"), self._forget_call_on_its_way)
        return Words(StripKind.INFO, sentence, title, PresenceState.RINGING, (dismiss,))

    # ---- break

    def _about_break(self) -> Words | None:
        model = self._model
        if not model.is_connected or model.agent_state.presence is not Presence.BREAK:
            return None
        ready = next((one for one in model.provider.agent_states if one.presence is Presence.READY), None)
        choices: tuple[Choice, ...] = ()
        if ready is not None:
            act = self._actions.set_agent_state
            choices = (Choice(clean(ready.label), lambda: act(ready.code), ButtonKind.PRIMARY),)
        sentence = translate("Panel", "You are on a break until you choose to be ready again.")
        return Words(StripKind.WARNING, sentence, icon=PresenceState.BREAK, choices=choices)
