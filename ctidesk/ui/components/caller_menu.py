"""Which of several people with one number it is that calls."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint

from ctidesk.cti.call import Call
from ctidesk.cti.identification import Match
from ctidesk.cti.text import translate
from ctidesk.ui.components.people import People
from ctidesk.ui.widgets import Menu, spoken
from ctidesk.ui.widgets.bidi import clean

MOST_SHOWN = 12


def choices_words(call: Call, people: People) -> str:
    """Return how many people have the number of a call; empty when that is no question."""
    known = people.known(call)
    if known is None or not known.choices:
        return ""
    return translate("Callers", "Several have this number: {count}").format(count=len(known.choices))


def open_caller_menu(call: Call, people: People, place: QPoint) -> Menu | None:
    """Offer those who have the number of `call`, at a global place; returns the menu, or None without a question."""
    known = people.known(call)
    if known is None or not known.choices:
        return None
    menu = Menu()
    menu.aboutToHide.connect(menu.deleteLater)
    menu.add_caption(translate("Callers", "Who is calling?"))
    for match in known.choices[:MOST_SHOWN]:
        menu.add(match_words(match), partial(people.choose, known.number, match), icon_name="person")
    menu.popup(place)
    return menu


def match_words(match: Match) -> str:
    """Return one of them in a line: name, company, what the number is for."""
    return spoken(clean(match.name), clean(match.company), clean(match.number_label))
