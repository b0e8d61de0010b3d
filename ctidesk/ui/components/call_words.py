"""What a call card says, from the call alone (look.md, "Panel", "Calls")."""

from __future__ import annotations

from ctidesk.cti.call import Call
from ctidesk.cti.conference import Conference, Member
from ctidesk.cti.supervision import Supervision, SupervisorMode
from ctidesk.cti.text import translate
from ctidesk.cti.values import CallDirection, CallState
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.theme import PresenceState, TokenName
from ctidesk.ui.widgets import BarKind
from ctidesk.ui.widgets.bidi import clean, isolate

LONGEST_NOTE = 1000


def call_shape(call: Call) -> PresenceState:
    """Return the shape for a call's state; a call that is not confirmed has the one for unknown."""
    if not call.confirmed:
        return PresenceState.UNKNOWN
    match call.state:
        case CallState.ALERTING:
            return PresenceState.RINGING
        case CallState.CONNECTED | CallState.CONFERENCED:
            return PresenceState.TALKING
        case CallState.HOLDED:
            return PresenceState.HOLD
        case CallState.BUSY:
            return PresenceState.DND
        case _:
            return PresenceState.UNKNOWN


def call_bar(call: Call) -> BarKind:
    """Return the bar at the side of the call's card."""
    match call_shape(call):
        case PresenceState.RINGING:
            return BarKind.RINGING
        case PresenceState.TALKING:
            return BarKind.TALKING
        case PresenceState.HOLD:
            return BarKind.HOLD
        case _:
            return BarKind.UNCONFIRMED


def call_word(call: Call) -> str:
    """Return the word of a call's state."""
    if not call.confirmed:
        return translate("Panel", "Not confirmed")
    match call.state:
        case CallState.ALERTING if call.direction is CallDirection.OUT:
            return translate("Panel", "Calling")
        case CallState.ALERTING:
            return translate("Panel", "Ringing")
        case CallState.CONNECTED:
            return translate("Panel", "Talking")
        case CallState.HOLDED:
            return translate("Panel", "On hold")
        case CallState.CONFERENCED:
            return translate("Panel", "In a conference")
        case CallState.BUSY:
            return translate("Panel", "Busy")
        case _:
            return translate("Panel", "State not known")


def word_color(call: Call) -> TokenName:
    """Return the colour of `call_word`."""
    return call_shape(call).word_token


def call_facts(call: Call, *, is_consultation: bool = False) -> str:
    """Return what stands after the state: what it was, direction, and where the call came through."""
    if not call.confirmed:
        kind = _was(call)
    elif is_consultation:
        kind = translate("Panel", "consultation")
    elif call.direction is CallDirection.IN:
        kind = translate("Panel", "incoming")
    elif call.direction is CallDirection.OUT:
        kind = translate("Panel", "outgoing")
    else:
        kind = ""
    through = ""
    if call.queue:
        through = translate("Panel", "queue {name}").format(name=clean(call.queue))
    elif call.ivr:
        through = translate("Panel", "menu {name}").format(name=clean(call.ivr))
    elif call.line:
        through = translate("Panel", "line {number}").format(number=clean(call.line))
    return ", ".join(part for part in (kind, through) if part)


def call_number(call: Call, people: People) -> str:
    """Return the third line's number: empty when the number already stands in the place of the name."""
    return number_text(call.abonent_number) if people.name_of(call) else ""


def call_company(call: Call, people: People) -> str:
    """Return where the other party belongs, or empty."""
    known = people.known(call)
    if known is not None and known.is_ambiguous:
        return ""
    if known is not None and known.best is not None and known.best.company:
        return clean(known.best.company)
    abonent = people.with_number(call.abonent_number)
    return "" if abonent is None else clean(abonent.group)


def supervision_word(supervision: Supervision) -> str:
    """Return the word for how a supervisor takes part."""
    match supervision.mode:
        case SupervisorMode.LISTEN:
            return translate("Panel", "Listening in")
        case SupervisorMode.WHISPER:
            return translate("Panel", "Whispering")
        case SupervisorMode.BARGE:
            return translate("Panel", "Barged in")
        case None:
            return translate("Panel", "Supervising")


def supervision_meaning(supervision: Supervision, people: People) -> str:
    """Return who hears the supervisor."""
    match supervision.mode:
        case SupervisorMode.LISTEN:
            return translate("Panel", "Nobody hears you.")
        case SupervisorMode.WHISPER:
            name = isolate(supervised_name(supervision, people))
            return translate("Panel", "You are heard by: {name}. The caller does not hear you.").format(name=name)
        case SupervisorMode.BARGE:
            return translate("Panel", "Both sides hear you.")
        case None:
            return translate("Panel", "The PBX does not say who hears you. Choose it anew.")


def supervised_name(supervision: Supervision, people: People) -> str:
    """Return what the colleague is called whose talk it is."""
    return clean(supervision.name) or _name_of(supervision.number, people) or number_text(supervision.number)


def member_name(member: Member, people: People) -> str:
    """Return what a member of a conference is called: the name, else the number, else that it is hidden."""
    name = clean(member.name) or _name_of(member.number, people)
    return name or number_text(member.number) or translate("Panel", "Hidden number")


def conference_title(conference: Conference, people: People) -> str:
    """Return what stands in the place of the caller's name: whose talk is supervised, else how many take part."""
    if conference.supervision is not None:
        return supervised_name(conference.supervision, people)
    count = len(conference.members)
    return translate("Panel", "Participants: {count}").format(count=count) if count else ""


def party_title(call: Call, people: People, conference: Conference) -> str:
    """Return in one line who is in `call` besides the operator."""
    if call.state is CallState.CONFERENCED and conference.others:
        return ", ".join(isolate(member_name(member, people)) for member in conference.others)
    return people.title_of(call)


def call_note(call: Call, people: People) -> str:
    """Return the PBX's text for the operator and the contact's note; line breaks become spaces."""
    known = people.known(call)
    note = known.best.note if known is not None and known.best is not None else ""
    return " · ".join(part for part in (clean(call.comment, LONGEST_NOTE), clean(note, LONGEST_NOTE)) if part)


def call_seconds(call: Call, now: float) -> float:
    """Return what the clock of the card shows: the time of the ring, of the talk, or of the present hold."""
    match call.state:
        case CallState.HOLDED if call.confirmed:
            return call.current_hold(now)
        case CallState.CONNECTED | CallState.CONFERENCED | CallState.HOLDED:
            return call.talk_duration(now)
        case _:
            return call.ring_duration(now)


def _name_of(number: str, people: People) -> str:
    abonent = people.with_number(number)
    return "" if abonent is None else clean(abonent.name)


def _was(call: Call) -> str:
    match call.state:
        case CallState.ALERTING:
            return translate("Panel", "was ringing")
        case CallState.CONNECTED | CallState.CONFERENCED:
            return translate("Panel", "was talking")
        case CallState.HOLDED:
            return translate("Panel", "was on hold")
        case _:
            return ""
