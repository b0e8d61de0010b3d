"""What the popup says about a ringing call (ux.md, "Incoming call popup"; look.md, "Popup")."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QDate, QLocale, QTime

from ctidesk.cti.call import Call
from ctidesk.cti.identification import Identification, Source
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallFeatures
from ctidesk.ui.components.call_words import call_note
from ctidesk.ui.components.caller_menu import choices_words
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.widgets.bidi import clean

LONGEST_COMMENT = 400


class Fact(Struct, frozen=True):
    """One line about the caller: an icon of `resources/icons` and words."""

    icon: str
    text: str


class RingView(Struct, frozen=True):
    """All that a popup shows.

    Attributes:
        title: what is happening.
        queue: the queue or the voice menu it came through, or empty.
        name: the caller's name, or the number when nobody knows it.
        number: the number as people read it, or empty when it stands in the name's place or is hidden.
        dialled: the number as it came, for the clipboard; empty when it is hidden.
        facts: what else is known.
        comment: free text of the PBX and the contact's note, or empty.
        can_answer, can_decline, can_send: what the PBX and the phone can do with the call.
        obstacle: why nothing can be done now, or empty.
        choices: how many people have the number, in words; empty when that is no question.
        can_open_card: whether the caller's card is opened by hand.
    """

    title: str
    queue: str
    name: str
    number: str
    dialled: str
    facts: tuple[Fact, ...]
    comment: str
    can_answer: bool
    can_decline: bool
    can_send: bool
    obstacle: str = ""
    choices: str = ""
    can_open_card: bool = False


def ring_view(
    call: Call, people: People, *, is_first: bool, is_main: bool, is_connected: bool, can_open_card: bool = False
) -> RingView:
    """Return what to show of `call`.

    Args:
        call: the call that rings.
        people: who knows names.
        is_first: whether it is the only thing going on; else it is a second call.
        is_main: whether it is the line's main call, the only one that can be sent on.
        is_connected: whether anything can be done now.
        can_open_card: whether the caller's card is opened by hand.
    """
    name, number = people.name_of(call), number_text(call.abonent_number)
    title = translate("Popup", "Incoming call") if is_first else translate("Popup", "Second call")
    features = call.features
    return RingView(
        title=title,
        queue=_queue_words(call),
        name=name or number or translate("Popup", "Hidden number"),
        number=number if name else "",
        dialled=clean(call.abonent_number),
        facts=tuple(_facts(call, people, is_known=bool(name))),
        comment=clean(call_note(call, people), LONGEST_COMMENT),
        can_answer=CallFeatures.CAN_ANSWER in features,
        can_decline=CallFeatures.CAN_DROP in features,
        can_send=is_main and CallFeatures.CAN_BLIND_TRANSFER in features,
        obstacle="" if is_connected else translate("Popup", "No connection to the PBX"),
        choices=choices_words(call, people),
        can_open_card=can_open_card,
    )


def _facts(call: Call, people: People, *, is_known: bool) -> list[Fact]:
    facts = []
    known = people.known(call)
    abonent = people.with_number(call.abonent_number)
    if about := _about(known):
        facts.append(Fact("building", about))
    elif abonent is not None:
        words = translate("Popup", "Abonent")
        facts.append(Fact("people", " · ".join(part for part in (words, clean(abonent.group)) if part)))
    elif not is_known:
        is_asking = known is not None and not known.is_complete
        words = translate("Popup", "Looking the caller up…") if is_asking else translate("Popup", "Unknown caller")
        facts.append(Fact("search" if is_asking else "person", words))
    if redirecting := clean(call.redirecting_id):
        transferring = people.with_number(redirecting)
        who = number_text(redirecting) if transferring is None else clean(transferring.name) or redirecting
        facts.append(Fact("transfer", translate("Popup", "Transferred by: {name}").format(name=who)))
    if line := clean(call.line):
        facts.append(Fact("in", translate("Popup", "Line {number}").format(number=number_text(line))))
    if known is not None and known.earlier_calls:
        facts.append(Fact("history", _earlier(known)))
    return facts


def _about(known: Identification | None) -> str:
    """Where somebody belongs whom the contacts or a lookup know; empty when there is nothing to say."""
    best = None if known is None else known.best
    if best is None or best.source is Source.DIRECTORY or (known is not None and known.is_ambiguous):
        return ""
    company = "" if best.company == best.name else clean(best.company)
    return " · ".join(part for part in (company, clean(best.title)) if part)


def _earlier(known: Identification) -> str:
    words = translate("Popup", "Earlier calls: {count}").format(count=known.earlier_calls)
    if known.last_call is None:
        return words
    at = known.last_call.astimezone()
    day = QLocale().toString(QDate(at.year, at.month, at.day), QLocale.FormatType.ShortFormat)
    time = QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)
    return f"{words} · {translate('Popup', 'last {day}, {time}').format(day=day, time=time)}"


def _queue_words(call: Call) -> str:
    if queue := clean(call.queue):
        return translate("Popup", "Queue {name}").format(name=queue)
    if ivr := clean(call.ivr):
        return translate("Popup", "Menu {name}").format(name=ivr)
    return ""
