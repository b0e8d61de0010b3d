"""The operator's user state, user status and web state (oktell-protocol.md, "9. User states")."""

from __future__ import annotations

from ctidesk.oktell.effects import Ask, Effect, LoseLine, PublicEvent, ReloadLine
from ctidesk.oktell.record import Json, Record, as_number, is_true
from ctidesk.oktell.values import UserStateCode, UserStatus, WebState

AFTER_STATE_CHANGE = 400
"""Milliseconds after a change of the user state until the line is asked about once more (4.2)."""
ON_TASK_SINCE = 150416
"""Servers dated so or later send `ontask` (9.3, step 5; D33)."""


class Agent:
    """What the server has said of the operator.

    Attributes:
        code: the numeric user state.
        user_state, user_status, web_state: what follows from it.
        in_call_centre: None before the server has said it.
        break_reasons: name by id.
        redirect_number: where calls are redirected to, or empty.
    """

    def __init__(self) -> None:
        self.code = UserStateCode.DISCONNECTED
        self.user_state = UserStatus.DISCONNECTED
        self.user_status = UserStatus.DISCONNECTED
        self.web_state = WebState.NONE
        self.in_call_centre: bool | None = None
        self.break_reasons: dict[int, str] = {}
        self.redirect_number = ""
        self.server_dated: int | None = None
        self.after_busy: WebState | None = None
        self._on_break = False
        self._manual = False
        self._on_redirect = False
        self._on_task = False
        self._last_reason: Json = None
        self._told_reason: Json = None

    @property
    def is_manual(self) -> bool:
        """Whether calls of the call centre are given by hand."""
        return self._manual

    @property
    def last_reason(self) -> Json:
        """The reason that the server named last, as it named it."""
        return self._last_reason

    @property
    def current_break_reason(self) -> Json:
        """The id of the reason of the present break, a free text, or None."""
        if self.user_status is not UserStatus.BREAK:
            return None
        number = as_number(self._last_reason)
        if number is not None and number in self.break_reasons:
            return number
        if is_true(self._last_reason):
            # A free text, or a reason that this client does not know: not to be hidden by another one (D32).
            return self._last_reason
        return min(self.break_reasons, default=None)

    def set_break_reasons(self, items: list[Record]) -> None:
        """Take the list of `cc_getlunchtypes`."""
        known = ((one.number("id"), one.text("name")) for one in items)
        self.break_reasons = {number: name for number, name in known if number is not None}

    def take(self, data: Record) -> list[Effect]:
        """Process what the server says of the user ("9.3 Data from the server")."""
        effects: list[Effect] = []
        if data.get("oncallcenter") is not None and data.true("oncallcenter") != self.in_call_centre:
            self.in_call_centre = data.true("oncallcenter")
            effects.append(PublicEvent("callCenterStateChange", (self.in_call_centre,)))
        # Fields that a reply leaves out keep their value (D32).
        self._on_break = self._kept(data, "onlunch", self._on_break)
        self._manual = self._kept(data, "onccmanual", self._manual)
        self._on_redirect = self._kept(data, "onredirect", self._on_redirect)
        state_id = data.get("userstateid")
        if state_id in (2, 5) and not isinstance(state_id, bool):
            self._last_reason = data.get("lunchreasonid")
        if self.server_dated is not None and self.server_dated < ON_TASK_SINCE:
            self._on_task = state_id == 5 and not isinstance(state_id, bool)
        else:
            self._on_task = data.true("ontask")
        old = self.code
        effects += self._change_code(_user_state(state_id))
        effects += self._after_busy(old)
        return effects + self._derive()

    def set_busy(self) -> list[Effect]:
        """`setUserStateBusy`: only here, the server is not told (9.7)."""
        return self._change_code(UserStateCode.BUSY)

    def forget(self) -> None:
        """The connection is gone: what the user does is not known."""
        self.code = UserStateCode.DISCONNECTED
        self.after_busy = None

    @staticmethod
    def _kept(data: Record, name: str, stored: bool) -> bool:
        return stored if data.get(name) is None else data.true(name)

    def _change_code(self, new: UserStateCode | None) -> list[Effect]:
        if new is None or new is self.code:
            return []
        self.code = new
        late = ReloadLine(AFTER_STATE_CHANGE)
        if new is UserStateCode.NOPHONE:
            return [LoseLine(), late]
        return [late] if new is UserStateCode.BUSY else [ReloadLine(), late]

    def _after_busy(self, old: UserStateCode) -> list[Effect]:
        if self.after_busy is None or old is not UserStateCode.BUSY or self.code is UserStateCode.BUSY:
            return []
        wanted, self.after_busy = self.after_busy, None
        if self.code is not UserStateCode.READY:
            # Another state has come in between; the wish must not come true at the end of some later call.
            return []
        # What was chosen while busy is sent now (D30).
        state_id = UserStateCode.OFF if wanted is WebState.DND else UserStateCode.READY
        return [Ask("setuserstate", {"userstateid": int(state_id)}, self.take_reply)]

    def take_reply(self, reply: Record) -> list[Effect]:
        """Process the reply of `setuserstate`; a refusal changes nothing."""
        return self.take(reply) if reply.true("result") else []

    # ---- what follows

    def _derive(self) -> list[Effect]:
        effects: list[Effect] = []
        web = self._web_state()
        if web is not self.web_state:
            effects.append(PublicEvent("statusChange", (web.text, self.web_state.text)))
            self.web_state = web
        state, status = self._user_state_and_status()
        if self._on_redirect:
            status = UserStatus.REDIRECT
        changed = (state, status) != (self.user_state, self.user_status)
        self.user_state, self.user_status = state, status
        reason = self.current_break_reason
        if changed or (is_true(reason) and reason != self._told_reason):
            effects.append(PublicEvent("userStateChange", (state.value, status.value, reason)))
        self._told_reason = reason
        return effects

    def _web_state(self) -> WebState:
        if self._on_redirect:
            return WebState.REDIRECT
        match self.code:
            case UserStateCode.READY | UserStateCode.NOPHONE:
                return WebState.READY
            case UserStateCode.BREAK:
                return WebState.BREAK
            case UserStateCode.OFF:
                return WebState.DND
            case UserStateCode.BUSY:
                return WebState.BREAK if self._on_break and self.in_call_centre else WebState.READY
            case _:
                return self.web_state

    def _user_state_and_status(self) -> tuple[UserStatus, UserStatus]:
        ready = UserStatus.READY
        if self.in_call_centre:
            ready = UserStatus.READY_CC_MANUAL if self._manual else UserStatus.READY_CC
        match self.code:
            case UserStateCode.READY:
                return ready, ready
            case UserStateCode.BREAK:
                return UserStatus.BREAK, UserStatus.BREAK
            case UserStateCode.OFF:
                return UserStatus.DND, UserStatus.DND
            case UserStateCode.NOPHONE:
                return UserStatus.NO_PHONE, UserStatus.NO_PHONE
            case UserStateCode.DISCONNECTED:
                return self.user_state, self.user_status
            case _ if not self._on_break:
                return UserStatus.BUSY, ready
            case _ if self._on_task:
                return UserStatus.BUSY_BREAK, ready
            case _:
                return UserStatus.BUSY, UserStatus.BREAK


def _user_state(value: Json) -> UserStateCode | None:
    number = as_number(value)
    return next((code for code in UserStateCode if code == number), None)
