"""The states that the operator may take, as a menu (look.md, picture panel-state-menu)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ctidesk.cti.agent import AgentState, AgentStateOption
from ctidesk.cti.presence import Presence
from ctidesk.cti.text import translate
from ctidesk.ui.components.shortcuts import Key
from ctidesk.ui.components.words import presence_shape
from ctidesk.ui.widgets import Menu
from ctidesk.ui.widgets.bidi import clean

Choose = Callable[[AgentStateOption, str], object]

STATE_KEYS = {
    Key.READY: Presence.READY,
    Key.BREAK: Presence.BREAK,
    Key.DO_NOT_DISTURB: Presence.DND,
    Key.AFTER_CALL: Presence.WRAPUP,
}
"""What the keys of the states choose: the first state of this kind, with its first reason."""


def state_of_key(key: Key, options: Sequence[AgentStateOption]) -> tuple[AgentStateOption, str] | None:
    """Return the state and the reason that `key` means, or None when there is no such state."""
    presence = STATE_KEYS[key]
    option = next((one for one in options if one.presence is presence and not one.needs_number), None)
    return None if option is None else (option, option.reasons[0].id if option.reasons else "")


def fill_agent_menu(
    menu: Menu, options: Sequence[AgentStateOption], now: AgentState, choose: Choose, *, shows_keys: bool = False
) -> None:
    """Add the states, those with reasons as groups, those that need a number at the end.

    Args:
        menu: where they are added.
        options: the states that may be chosen.
        now: the state that is marked.
        choose: called with the state and the id of the reason (empty without one).
        shows_keys: whether the window has the keys of the states.
    """
    keys = {state_of_key(key, options): key.text for key in STATE_KEYS} if shows_keys else {}
    group = ""
    for option in sorted(options, key=lambda option: option.needs_number):
        wanted = "number" if option.needs_number else f"reasons {option.code}" if option.reasons else "plain"
        if group and wanted != group:
            menu.addSeparator()
        group = wanted
        is_now = option.code == now.code
        if option.needs_number:
            label = translate("Panel", "{state}…").format(state=clean(option.label))
            menu.add(label, partial(choose, option, ""), icon_name="forward", checked=is_now or None)
        elif option.reasons:
            menu.add_caption(clean(option.label))
            for reason in option.reasons:
                menu.add(
                    clean(reason.name),
                    partial(choose, option, reason.id),
                    presence=presence_shape(option.presence),
                    shortcut_text=keys.get((option, reason.id), ""),
                    checked=(is_now and now.reason is not None and now.reason.id == reason.id) or None,
                )
        else:
            menu.add(
                clean(option.label),
                partial(choose, option, ""),
                presence=presence_shape(option.presence),
                shortcut_text=keys.get((option, ""), ""),
                checked=is_now or None,
            )
