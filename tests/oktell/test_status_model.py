"""The derivation of states against the tables of the specification, written down a second time as tables.

oktell-protocol.md, "9.3 Data from the server", "9.4 Web state" and "9.5 User state and user status".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from ctidesk.oktell.agent import Agent
from ctidesk.oktell.effects import PublicEvent
from ctidesk.oktell.record import Json, JsonObject, Record

REASONS = {1: "Lunch", 2: "Pause", 7: "Training"}
VALID = (0, 1, 2, 3, 5, 6, 7)

R = "r"
"""Ready: outside of the call centre, in it, or in it by hand."""
KEPT = "kept"
STATES = {
    # user state, on break, on task: user state text, user status
    (1, None, None): (R, R),
    (2, None, None): ("break", "break"),
    (3, None, None): ("dnd", "dnd"),
    (5, False, None): ("busy", R),
    (6, False, None): ("busy", R),
    (5, True, True): ("busyBreak", R),
    (6, True, True): ("busyBreak", R),
    (5, True, False): ("busy", "break"),
    (6, True, False): ("busy", "break"),
    (7, None, None): ("noPhone", "noPhone"),
    (0, None, None): (KEPT, KEPT),
}
"""None: whatever it is."""
WEB = {1: "ready", 2: "break", 3: "dnd", 5: "ready", 7: "ready", 6: KEPT, 0: KEPT}
READY = {(False, False): "ready", (False, True): "ready", (True, False): "readyCC", (True, True): "readyCCManual"}


@dataclass
class Model:
    """What is known after some steps, and what was told."""

    dated: int
    code: int = 0
    in_centre: bool | None = None
    manual: bool = False
    on_break: bool = False
    redirected: bool = False
    on_task: bool = False
    last_reason: Json = None
    told_reason: Json = None
    web: str = ""
    state: str = "disconnected"
    status: str = "disconnected"
    told: list[tuple[str, tuple[Json, ...]]] = field(default_factory=list)

    def take(self, step: JsonObject) -> None:
        self.told = []
        told_centre = step.get("oncallcenter")
        if told_centre is not None and bool(told_centre) is not self.in_centre:
            self.in_centre = bool(told_centre)
            self.told.append(("callCenterStateChange", (self.in_centre,)))
        for name, attribute in (("onlunch", "on_break"), ("onccmanual", "manual"), ("onredirect", "redirected")):
            if step.get(name) is not None:
                setattr(self, attribute, bool(step[name]))
        code = step.get("userstateid")
        if code in (2, 5) and isinstance(code, int):
            self.last_reason = step.get("lunchreasonid")
        self.on_task = bool(step.get("ontask")) if self.dated >= 150416 else code == 5 and isinstance(code, int)
        if code is not None and int(str(code)) in VALID:
            self.code = int(str(code))
        self._derive()

    def _derive(self) -> None:
        web = "redirect" if self.redirected else WEB[self.code]
        if self.code == 5 and self.on_break and self.in_centre and not self.redirected:
            web = "break"
        web = self.web if web == KEPT else web
        if web != self.web:
            self.told.append(("statusChange", (web, self.web)))
        row = next(
            texts
            for (code, on_break, on_task), texts in STATES.items()
            if code == self.code and on_break in (None, self.on_break) and on_task in (None, self.on_task)
        )
        ready = READY[bool(self.in_centre), self.manual]
        state, status = (
            {R: ready, KEPT: old}.get(text, text) for text, old in zip(row, (self.state, self.status), strict=True)
        )
        status = "redirect" if self.redirected else status
        changed = (state, status) != (self.state, self.status)
        self.web, self.state, self.status = web, state, status
        reason = self.reason()
        if changed or (reason and reason != self.told_reason):
            self.told.append(("userStateChange", (state, status, reason)))
        self.told_reason = reason

    def reason(self) -> Json:
        """Known: as a number; unknown: as it is (D32); none: the first that is known."""
        if self.status != "break":
            return None
        last = self.last_reason
        if str(last).isdigit() and int(str(last)) in REASONS:
            return int(str(last))
        return last or min(REASONS)


steps = st.fixed_dictionaries(
    {},
    optional={
        "userstateid": st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 8, "2", "5"]),
        "oncallcenter": st.booleans() | st.none(),
        "onccmanual": st.booleans() | st.none(),
        "onlunch": st.booleans() | st.none(),
        "onredirect": st.booleans() | st.none(),
        "ontask": st.booleans() | st.none(),
        "lunchreasonid": st.sampled_from([None, "", 1, 2, "7", 99, "Dentist"]),
    },
)


@given(st.sampled_from([150415, 150416, 161019]), st.lists(steps, min_size=1, max_size=8))
def test_any_steps_agree_with_the_tables(dated: int, taken: list[JsonObject]) -> None:
    agent, model = Agent(), Model(dated)
    agent.server_dated = dated
    agent.set_break_reasons([Record({"id": key, "name": name}) for key, name in REASONS.items()])
    for step in taken:
        effects = agent.take(Record(step))
        model.take(step)
        assert [(one.name, one.args) for one in effects if isinstance(one, PublicEvent)] == model.told
        shown = (agent.web_state.text, agent.user_state.value, agent.user_status.value, agent.current_break_reason)
        assert shown == (model.web, model.state, model.status, model.reason())
