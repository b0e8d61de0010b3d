"""What may be done with a person now (look.md, "Menus", pictures abonent-menu)."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication

from ctidesk.cti.directory import Abonent, AbonentAction
from ctidesk.cti.presence import Presence
from ctidesk.cti.text import translate
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.favourites import Favourites
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.shortcuts import Key
from ctidesk.ui.components.words import abonent_words, presence_shape, presence_word
from ctidesk.ui.widgets import Menu
from ctidesk.ui.widgets.bidi import clean

_SUPERVISION = frozenset({AbonentAction.LISTEN, AbonentAction.WHISPER, AbonentAction.BARGE})


def fill_person_menu(
    menu: Menu, abonent: Abonent, actions: CallActions, favourites: Favourites, *, is_known: bool
) -> None:
    """Add who it is, and then exactly what is allowed; the first entry is what Enter does, if it does anything.

    Args:
        menu: where it is added.
        abonent: whom it is about.
        actions: what is allowed, and who does it.
        favourites: whether the person is one, which can be changed here.
        is_known: whether the person's state is known.
    """
    presence = abonent.presence if is_known else Presence.UNKNOWN
    word = abonent_words(abonent) if is_known else presence_word(presence)
    number = number_text(abonent.number)
    menu.add_header(clean(abonent.name) or number, number, presence_shape(presence), word)
    chosen = actions.chosen(abonent)
    allowed = actions.allowed(abonent)
    for place, action in enumerate(allowed):
        if place and action in _SUPERVISION and allowed[place - 1] not in _SUPERVISION:
            menu.addSeparator()
        key = translate("Panel", "Enter") if action is chosen else ""
        if not key and action is AbonentAction.TRANSFER:
            key = Key.TRANSFER_TO_SELECTED.text
        menu.add(
            action_word(action), partial(actions.do, action, abonent), icon_name=action_icon(action), shortcut_text=key
        )
    if abonent.number:
        menu.addSeparator()
        menu.add(
            favour_word(abonent, favourites),
            partial(favourites.toggle, abonent),
            icon_name="star-filled" if abonent in favourites else "star",
        )
        menu.add(
            translate("Panel", "Copy number"),
            lambda: QGuiApplication.clipboard().setText(abonent.number),
            icon_name="copy",
            shortcut_text="Ctrl+C",
        )


def favour_word(abonent: Abonent, favourites: Favourites) -> str:
    """Return what the star of a person does."""
    if abonent in favourites:
        return translate("Panel", "Remove from favourites")
    return translate("Panel", "Add to favourites")


def fill_party_menu(menu: Menu, party: Abonent, actions: CallActions) -> None:
    """Add what can be done with somebody outside the directory, who is just a number to the PBX."""
    number = number_text(party.number)
    menu.add_caption(f"{clean(party.name)} · {number}" if clean(party.name) not in ("", number) else number)
    natural = actions.natural
    menu.add(
        action_word(natural),
        partial(actions.with_number, natural, party.number),
        icon_name=action_icon(natural),
        shortcut_text=translate("Panel", "Enter"),
        reason=actions.why_not(natural),
    )
    add_other_ways(menu, actions, party.number)
    menu.addSeparator()
    menu.add(
        translate("Panel", "Copy number"),
        lambda: QGuiApplication.clipboard().setText(party.number),
        icon_name="copy",
        shortcut_text="Ctrl+C",
    )


def add_other_ways(menu: Menu, actions: CallActions, number: str) -> None:
    """Add what else the PBX can do to reach a number."""
    for action in actions.other_ways(actions.natural):
        menu.add(
            action_word(action),
            partial(actions.with_number, action, number),
            icon_name=action_icon(action),
            reason=actions.why_not(action) if number else translate("Popup", "The number is hidden"),
        )


def action_word(action: AbonentAction) -> str:
    """Return the words of an action in the menu."""
    match action:
        case AbonentAction.CALL:
            return translate("Panel", "Call")
        case AbonentAction.CALL_OTHER_FIRST:
            return translate("Panel", "Call, their phone first")
        case AbonentAction.INTERCOM:
            return translate("Panel", "Intercom")
        case AbonentAction.CONSULT:
            return translate("Panel", "Consult")
        case AbonentAction.TRANSFER:
            return translate("Panel", "Transfer call now")
        case AbonentAction.CONFERENCE:
            return translate("Panel", "Add to conference")
        case AbonentAction.ANSWER:
            return translate("Panel", "Answer")
        case AbonentAction.END:
            return translate("Panel", "End")
        case AbonentAction.HOLD:
            return translate("Panel", "Hold")
        case AbonentAction.RESUME:
            return translate("Panel", "Resume")
        case AbonentAction.TOGGLE:
            return translate("Panel", "Swap")
        case AbonentAction.COMPLETE:
            return translate("Panel", "Complete transfer")
        case AbonentAction.LISTEN:
            return translate("Panel", "Listen in")
        case AbonentAction.WHISPER:
            return translate("Panel", "Whisper to agent")
        case AbonentAction.BARGE:
            return translate("Panel", "Barge in")


def action_icon(action: AbonentAction) -> str:
    """Return the icon of an action."""
    return _ICONS.get(action, action.value)


_ICONS = {AbonentAction.CALL: "answer", AbonentAction.CALL_OTHER_FIRST: "out", AbonentAction.TOGGLE: "swap"}
