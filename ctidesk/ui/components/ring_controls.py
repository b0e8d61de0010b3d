"""What can be done with a call that rings here (look.md, picture panel-ringing)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ctidesk.cti.call import Call
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallFeatures
from ctidesk.ui.components.shortcuts import Key, with_key
from ctidesk.ui.widgets import Button, ButtonKind, ButtonSize, Strip, StripKind

Wish = Literal["answer", "decline", "send", "mute"]


class RingControls(QWidget):
    """Answer and Decline, Send to… and Mute ring below; without a remote answer a line says what to do instead."""

    def __init__(self, act: Callable[[Wish], object]) -> None:
        super().__init__()
        self._pick_up = Strip(StripKind.INFO, rounded=True)
        self._pick_up.set_icon("phone-desk")
        self._pick_up.set_text("", translate("Panel", "Pick up your phone to answer"))
        self._answer = Button(translate("Panel", "Answer"), ButtonKind.ANSWER, icon="answer", size=ButtonSize.BIG)
        self._answer.set_tip(with_key(translate("Panel", "Answer"), Key.ANSWER))
        self._decline = Button(translate("Panel", "Decline"), ButtonKind.DECLINE, icon="decline", size=ButtonSize.BIG)
        self._decline.set_tip(with_key(translate("Panel", "Decline"), Key.END))
        self._send = Button(translate("Panel", "Send to…"), ButtonKind.QUIET, icon="send-to")
        self._send.set_tip(with_key(translate("Panel", "Send to…"), Key.TRANSFER))
        self._answer.clicked.connect(lambda: act("answer"))
        self._decline.clicked.connect(lambda: act("decline"))
        self._send.clicked.connect(lambda: act("send"))
        self._mute = Button(translate("Panel", "Mute ring"), ButtonKind.QUIET, icon="bell-off")
        self._mute.setCheckable(True)
        self._mute.clicked.connect(lambda: act("mute"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._answer, 1)
        buttons.addWidget(self._decline, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._pick_up)
        column.addLayout(buttons)
        quiet = QHBoxLayout()
        quiet.setSpacing(8)
        quiet.addWidget(self._send, 1)
        quiet.addWidget(self._mute, 1)
        column.addLayout(quiet)

    def show_call(self, call: Call, *, can_send: bool, is_sending: bool, is_muted: bool) -> None:
        """Show what `call` allows, whether it is being sent on, and whether its ring is silent."""
        can_answer = CallFeatures.CAN_ANSWER in call.features
        self._pick_up.setVisible(not can_answer)
        self._answer.setVisible(can_answer)
        can_decline = CallFeatures.CAN_DROP in call.features
        reason = translate("Abilities", "Not possible in this state of the call")
        self._decline.set_available(can_decline, reason)
        self._send.setVisible(can_send)
        self._send.set_kind(ButtonKind.PLAIN if is_sending else ButtonKind.QUIET)
        self._mute.setChecked(is_muted)
        self._mute.set_kind(ButtonKind.PLAIN if is_muted else ButtonKind.QUIET)
