"""The state that a user has chosen, and what the PBX reports of it (oktell-protocol.md, "9. User states")."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from ctidesk.demo.oktell.directory import User


class UserState(enum.IntEnum):
    """What a user is doing, by the server's codes (oktell-protocol.md, "9.1 Codes")."""

    DISCONNECTED = 0
    READY = 1
    BREAK = 2
    OFF = 3
    BUSY = 5
    RESERVED = 6
    NO_PHONE = 7


BREAK_REASONS = ((1, "Обед"), (2, "Перерыв"), (3, "Training"), (4, "Нарада"))

_CHOOSABLE = (UserState.READY, UserState.BREAK, UserState.OFF, UserState.BUSY)


@dataclass
class Agent:
    """`chosen` is what the user set; a call on the phone or a missing phone overlay it."""

    user: User
    chosen: UserState = UserState.READY
    in_call_centre: bool = False
    manual: bool = False
    redirected: bool = False
    redirect_number: str = ""
    break_reason: object = None
    phone_busy: bool = False
    on_task: bool = False
    no_phone: bool = False

    @property
    def state(self) -> UserState:
        if self.no_phone:
            return UserState.NO_PHONE
        return UserState.BUSY if self.phone_busy else self.chosen

    @property
    def number_state(self) -> int:
        """What colleagues see: a number without a phone is shown as disconnected."""
        return int(UserState.DISCONNECTED if self.no_phone else self.state)

    @property
    def number_reason(self) -> dict[str, object]:
        """Why the user is on a break, beside the state of the number; the specification does not know of it."""
        told = self.break_reason if self.number_state == UserState.BREAK else None
        return {} if told is None else {"lunchreasonid": told}

    @property
    def redirects_to(self) -> str:
        """The number that calls go to instead of this user; empty when they do not."""
        return self.redirect_number if self.redirected else ""

    @property
    def takes_calls(self) -> bool:
        return not self.no_phone and self.chosen is not UserState.OFF

    def report(self) -> dict[str, object]:
        """The fields of `getuserstate`, of `userstatechanged` and of the reply to `setuserstate`."""
        on_break = self.chosen is UserState.BREAK
        report: dict[str, object] = {
            "userid": self.user.id,
            "userlogin": self.user.login,
            "userstateid": int(self.state),
            "oncallcenter": self.in_call_centre,
            "onccmanual": self.manual,
            "onredirect": self.redirected,
            "onlunch": on_break,
            "ontask": self.on_task,
        }
        if on_break and self.break_reason is not None:
            report["lunchreasonid"] = self.break_reason
        return report

    def change(self, body: Mapping[str, object]) -> str:
        """Carries out `setuserstate`. Returns the text of the refusal, empty when it is done."""
        chosen = self.chosen
        if body.get("userstateid") is not None:
            try:
                chosen = UserState(int(str(body["userstateid"])))
            except ValueError:
                return "Unknown user state"
            if chosen not in _CHOOSABLE:
                return "User state cannot be set"
        if body.get("onredirect") and not self.redirect_number:
            return "No redirect rule"
        self.chosen = chosen
        self.in_call_centre = bool(body.get("oncallcenter", self.in_call_centre))
        self.manual = bool(body.get("onccmanual", self.manual)) and self.in_call_centre
        self.redirected = bool(body.get("onredirect", self.redirected))
        if chosen is not UserState.BREAK:
            self.break_reason = None
        else:
            self.break_reason = body.get("lunchreasonid", body.get("lunchreasonmsg", self.break_reason))
        return ""
