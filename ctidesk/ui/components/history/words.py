"""What a line of the history says (look.md, "Panel", "History", pictures panel-history)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime

from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.durations import duration_text
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallDirection
from ctidesk.store.history import HistoryEntry
from ctidesk.store.record import Outcome, StoredCall
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.components.person_menu import action_word
from ctidesk.ui.theme import TokenName
from ctidesk.ui.widgets.bidi import clean, isolate, ltr


def day_words(day: date, today: date) -> str:
    """Return the head of a day's calls: today, yesterday, or the date as the operator's language writes it."""
    if day == today:
        return translate("History", "Today")
    if day == today - timedelta(days=1):
        return translate("History", "Yesterday")
    form = "dddd, d MMMM" if day.year == today.year else "dddd, d MMMM yyyy"
    words = QLocale().toString(QDate(day.year, day.month, day.day), form)
    return words[:1].upper() + words[1:]


def time_words(moment: datetime) -> str:
    """Return the hour and minute on the operator's clock, as their country writes it."""
    at = moment.astimezone()
    return QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)


def name_of(call: StoredCall, people: People) -> str:
    """Return who the other party is: as it was known then, else by the directory; empty when nobody knows."""
    name, number = call.name, call.record.abonent_number
    if name and name != clean(number):
        return name
    abonent = people.with_number(number)
    return "" if abonent is None else clean(abonent.name)


def title_of(call: StoredCall, people: People) -> str:
    """Return what the other party is called: the name, else the number, else that it is hidden."""
    return name_of(call, people) or number_text(call.record.abonent_number) or translate("Panel", "Hidden number")


def icon_of(entry: HistoryEntry) -> tuple[str, TokenName]:
    """Return the icon of a line and its colour: red for somebody who waits to be called back."""
    return direction_icon(entry.call), "talk" if entry.wants_call_back else "text2"


def direction_icon(call: StoredCall) -> str:
    """Return the icon of a call: missed, in or out."""
    if call.record.outcome in (Outcome.MISSED, Outcome.ANSWERED_ELSEWHERE):
        return "missed"
    return "out" if call.record.direction is CallDirection.OUT else "in"


def detail_words(call: StoredCall, people: People) -> str:
    """Return the second line: where it came through or the number, and what became of it."""
    parts = [_through(call, people), _outcome(call, people), clean(call.disposition)]
    return " · ".join(part for part in parts if part)


def end_words(entry: HistoryEntry) -> str:
    """Return what stands under the time: how long the talk was, or how many calls the line stands for."""
    if entry.count > 1:
        return f"×{entry.count}"
    record = entry.call.record
    if record.connected is None:
        return ""
    return "" if record.outcome is Outcome.ONGOING else duration_text(record.talk)


def direction_words(entry: HistoryEntry) -> str:
    """Return in a word what the icon shows, for screen readers."""
    return kind_words(entry.call)


def kind_words(call: StoredCall) -> str:
    """Return what kind of call it was: missed, out or in."""
    if call.record.outcome in (Outcome.MISSED, Outcome.ANSWERED_ELSEWHERE):
        return translate("History", "Missed call")
    if call.record.direction is CallDirection.OUT:
        return translate("History", "Outgoing call")
    return translate("History", "Incoming call")


def call_words(call: StoredCall, natural: AbonentAction) -> str:
    """Return the words of the button that reaches the party again."""
    if natural is not AbonentAction.CALL:
        return action_word(natural)
    if call.record.direction is CallDirection.OUT:
        return translate("History", "Call again")
    return translate("History", "Call back")


def fact_words(call: StoredCall) -> str:
    """Return what else is known of a call, for its details."""
    record = call.record
    facts = []
    if record.abonent_number:
        facts.append(ltr(number_text(record.abonent_number)))
    if record.ring >= 1:
        facts.append(translate("Popup", "rang {time}").format(time=duration_text(record.ring)))
    if record.hold >= 1:
        facts.append(translate("History", "on hold {time}").format(time=duration_text(record.hold)))
    through = clean(record.line)
    if through:
        facts.append(translate("Panel", "line {number}").format(number=ltr(through)))
    return " · ".join(facts)


def _through(call: StoredCall, people: People) -> str:
    record = call.record
    if record.queue:
        return translate("History", "Queue {name}").format(name=isolate(record.queue))
    if record.ivr:
        return translate("History", "Menu {name}").format(name=isolate(record.ivr))
    abonent = people.with_number(record.abonent_number)
    if abonent is not None:
        return translate("History", "Abonent {number}").format(number=ltr(record.abonent_number))
    if name_of(call, people):
        return ltr(number_text(record.abonent_number)) if record.abonent_number else ""
    return translate("History", "Unknown")


def _outcome(call: StoredCall, people: People) -> str:
    record = call.record
    match record.outcome:
        case Outcome.ONGOING:
            return translate("History", "now")
        case Outcome.MISSED if call.called_back is not None:
            return translate("History", "called back {time}").format(time=_back_words(call))
        case Outcome.MISSED:
            return translate("Popup", "rang {time}").format(time=duration_text(record.ring))
        case Outcome.ANSWERED_ELSEWHERE:
            return translate("History", "answered by somebody else")
        case Outcome.DECLINED:
            return translate("History", "declined")
        case Outcome.BUSY:
            return translate("History", "busy")
        case Outcome.UNANSWERED:
            return translate("History", "no answer")
        case Outcome.FAILED:
            return translate("History", "failed")
        case Outcome.TRANSFERRED:
            return _transferred(call, people)
        case Outcome.INTERRUPTED:
            return translate("History", "end not seen")
        case Outcome.ANSWERED:
            return translate("Panel", "consultation") if record.parent_id is not None else ""


def _back_words(call: StoredCall) -> str:
    back, began = call.called_back, call.record.started
    assert back is not None, "only for calls that were called back"
    if back.astimezone().date() == began.astimezone().date():
        return time_words(back)
    at = back.astimezone()
    return QLocale().toString(QDate(at.year, at.month, at.day), QLocale.FormatType.ShortFormat)


def _transferred(call: StoredCall, people: People) -> str:
    record = call.record
    abonent = people.with_number(record.transferred_to)
    name = record.transferred_name or ("" if abonent is None else abonent.name)
    if not (name or record.transferred_to):
        return translate("History", "transferred")
    whom = isolate(name) if name else ltr(number_text(record.transferred_to))
    return translate("History", "transferred → {name}").format(name=whom)
