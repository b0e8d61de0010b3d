"""All settings, with their types and defaults (ux.md, "Settings dialog").

No secret is a setting: passwords live in the keyring (`ctidesk.config.secrets`). What may stand in a field is checked
by `ctidesk.config.validation`; the file that holds them is `ctidesk.config.settings_file`'s.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Provider(StrEnum):
    """The kind of PBX."""

    NONE = ""
    """Not chosen yet: the first start."""
    OKTELL = "oktell"
    WEBITEL = "webitel"
    DEMO = "demo"


class Corner(StrEnum):
    """Where on the screen popups stand."""

    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM_RIGHT = "bottom-right"


class Transfer(StrEnum):
    """What Enter does with a number during a call."""

    CONSULT = "consult"
    BLIND = "blind"


class WhileTalking(StrEnum):
    """How a second call is heard during the first."""

    BEEP = "beep"
    SILENT = "silent"
    RING = "ring"


class AutoAnswer(StrEnum):
    """Which calls the web phone answers without the operator; those that were called on his behalf it always does."""

    OFF = "off"
    ALWAYS = "always"
    WHEN_ASKED = "when-asked"
    """Those for which the PBX asks for it."""


class Language(StrEnum):
    """The language of the windows."""

    SYSTEM = ""
    ENGLISH = "en"
    RUSSIAN = "ru"
    UKRAINIAN = "uk"


class Theme(StrEnum):
    """Light or dark windows."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class PopMoment(StrEnum):
    """When the caller's card is opened in the company's own program."""

    NEVER = "never"
    RING = "ring"
    ANSWER = "answer"
    BY_HAND = "by-hand"


class LogLevel(StrEnum):
    """How much the log tells."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class OktellConnection(Struct, frozen=True):
    """How to reach an Oktell PBX.

    Attributes:
        addresses: servers as people write them, tried all at once; at most ten are.
        login: the operator's name at the PBX.
        call_centre_operator: the operator works in the call centre.
        auto_answer: the phone picks up by itself when the PBX asks it to; else it is picked up by hand.
        secure: an address without `ws://` or `wss://` means TLS.
    """

    addresses: tuple[str, ...] = ()
    login: str = ""
    call_centre_operator: bool = True
    auto_answer: bool = True
    secure: bool = False


class WebitelConnection(Struct, frozen=True):
    """How to reach a Webitel PBX (webitel-protocol.md, "15.1 Connecting").

    Attributes:
        connection_string: the server's address (`webitelConnectionString`).
        webrtc_string: the web phone's address (`webitelWebrtcConnectionString`); empty takes what the PBX says.
        domain: the account's domain; empty takes the host of the connection string.
        number: the operator's number, which is the login.
        use_web_phone: talk through this computer instead of a desk phone.
        web_phone_answers: which calls the web phone answers without the operator.
        needs_microphone: without a microphone the web phone refuses calls; else they are calls in silence.
        auto_answer_parameter: what tells the desk phone to pick up by itself, as `name=value`; empty for nothing.
        video: calls of the web phone may have video.
    """

    connection_string: str = ""
    webrtc_string: str = ""
    domain: str = ""
    number: str = ""
    use_web_phone: bool = False
    web_phone_answers: AutoAnswer = AutoAnswer.OFF
    needs_microphone: bool = False
    auto_answer_parameter: str = ""
    video: bool = False


class Connection(Struct, frozen=True):
    """Which PBX, and how to reach it.

    Attributes:
        ca_file: PEM file of certificates to trust besides the system's; empty for none.
        proxy: URL of a proxy, without a password; empty connects directly.
    """

    provider: Provider = Provider.NONE
    oktell: OktellConnection = OktellConnection()
    webitel: WebitelConnection = WebitelConnection()
    ca_file: str = ""
    proxy: str = ""

    def is_same_as(self, other: Connection) -> bool:
        """Whether nothing differs that the chosen PBX needs."""
        return self._in_use() == other._in_use()

    def _in_use(self) -> tuple[object, ...]:
        match self.provider:
            case Provider.OKTELL:
                return self.provider, self.oktell, self.ca_file, self.proxy
            case Provider.WEBITEL:
                return self.provider, self.webitel, self.ca_file, self.proxy
            case _:
                return (self.provider,)


class CallsAndPopup(Struct, frozen=True):
    """What happens when it rings.

    Attributes:
        popup: a window shows each incoming call.
        corner: where it stands.
        screen: the name of a screen, `pointer` for the one with the pointer, `primary` for the system's main screen.
        missed_notice: a missed call leaves a notice.
        above_full_screen: the popup covers full-screen windows.
        default_transfer: what Enter does with a number during a call.
    """

    popup: bool = True
    corner: Corner = Corner.BOTTOM_RIGHT
    screen: str = "pointer"
    missed_notice: bool = True
    above_full_screen: bool = True
    default_transfer: Transfer = Transfer.CONSULT


class Sound(Struct, frozen=True):
    """The ring.

    Attributes:
        ring_device: name of the output that is wished for; empty takes the system's. It may be unplugged now.
        second_ring_device: name of another output that rings, too, while it is plugged in; empty for none.
        headset: name of the output that talks are heard on; empty takes the system's.
        microphone: name of the input that talks are spoken into; empty takes the system's.
        microphone_gain: 0 to 200 percent; 100 is as it comes.
        volume: of the ring, 0 to 100 percent.
        ringtone: name of one of the application's ringtones, or the whole path of an own file.
        while_talking: how a second call is heard.
    """

    ring_device: str = ""
    second_ring_device: str = ""
    headset: str = ""
    microphone: str = ""
    microphone_gain: int = 100
    volume: int = 70
    ringtone: str = "soft-bell"
    while_talking: WhileTalking = WhileTalking.BEEP


class DirectoryAndContacts(Struct, frozen=True):
    """The list of people.

    Attributes:
        favourites: numbers that stand first, in this order.
        contacts_folder: folder whose contact files are kept in step; empty for none.
    """

    favourites: tuple[str, ...] = ()
    contacts_folder: str = ""


class Numbers(Struct, frozen=True):
    """How numbers are dialled at this desk.

    Attributes:
        country: two letters of the country (ISO 3166) in which numbers without a country code are.
        area_code: the code of the town without trunk prefix, for numbers dialled inside it; empty when unusual.
        longest_extension: digits that an internal number has at most; 0 when there are none.
        outside_line: what is dialled before a number outside the PBX; empty when nothing is.
    """

    country: str = "RU"
    area_code: str = ""
    longest_extension: int = 5
    outside_line: str = ""


class CallerLookup(Struct, frozen=True):
    """A program of the company that is asked over HTTP who has a number.

    Attributes:
        address: with a place for the number; empty asks nobody.
        results: the path to the list of people in the answer; empty when the answer itself is that.
        name, company, title, note, id, card: the paths to these within one of the people; empty for none.
    """

    address: str = ""
    results: str = ""
    name: str = "name"
    company: str = "company"
    title: str = ""
    note: str = ""
    id: str = ""
    card: str = ""


class Creatio(Struct, frozen=True):
    """The CRM Creatio (bpm'online).

    Attributes:
        address: where it is; empty for none.
        login: the user's name; the password is in the keyring.
        finds_callers: callers are looked up among its contacts and accounts.
        saves_calls: each call is saved there as an activity.
    """

    address: str = ""
    login: str = ""
    finds_callers: bool = True
    saves_calls: bool = True


class ScreenPop(Struct, frozen=True):
    """How the caller's card is opened in the company's own program.

    Attributes:
        moment: when.
        address: what is opened, with places for what is known of the call.
        program: a program and its arguments, with places as well; it goes before the address.
        schemes: schemes besides http and https that an address may have; only the administrator sets them.
    """

    moment: PopMoment = PopMoment.NEVER
    address: str = ""
    program: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()


class Integration(Struct, frozen=True):
    """How the desk works together with other programs.

    Attributes:
        webhook: where the events of calls are sent; empty for nowhere.
        event_socket: programs of the same user can follow the line over a local socket.
    """

    lookup: CallerLookup = CallerLookup()
    creatio: Creatio = Creatio()
    screen_pop: ScreenPop = ScreenPop()
    webhook: str = ""
    event_socket: bool = False


class History(Struct, frozen=True):
    """The calls that are kept.

    Attributes:
        keep_days: older calls are removed; 0 keeps them for ever.
    """

    keep_days: int = 0


class WrapUp(Struct, frozen=True):
    """The form after a call.

    Attributes:
        form: there is one after each call that was answered.
        seconds: after which the operator is ready again by itself; 0 waits until the form is closed.
        dispositions: what the call can have come to, to choose from.
        away: tell the PBX that the operator is at work meanwhile, where it can be told.
    """

    form: bool = False
    seconds: int = 30
    dispositions: tuple[str, ...] = ()
    away: bool = True


class Interface(Struct, frozen=True):
    """The windows.

    Attributes:
        text_scale: size of all text, 75 to 300 percent of the system's.
        start_hidden: start as an icon in the tray alone.
        start_at_login: start with the desktop's session.
        dial_shortcut: keys that bring a number of another program into the panel, like `Ctrl+Alt+D`; empty for none.
    """

    language: Language = Language.SYSTEM
    theme: Theme = Theme.SYSTEM
    text_scale: int = 100
    start_hidden: bool = False
    start_at_login: bool = False
    dial_shortcut: str = ""


class Diagnostics(Struct, frozen=True):
    """What is recorded to find faults.

    Attributes:
        frame_log: the messages to and from the PBX are kept, secrets masked.
    """

    log_level: LogLevel = LogLevel.WARNING
    frame_log: bool = False


class Settings(Struct, frozen=True):
    """All settings, in sections; the key of one names the way to it, like `connection.oktell.login`."""

    connection: Connection = Connection()
    calls_and_popup: CallsAndPopup = CallsAndPopup()
    sound: Sound = Sound()
    directory: DirectoryAndContacts = DirectoryAndContacts()
    numbers: Numbers = Numbers()
    history: History = History()
    wrap_up: WrapUp = WrapUp()
    integration: Integration = Integration()
    interface: Interface = Interface()
    diagnostics: Diagnostics = Diagnostics()

    def needs_new_line(self, former: Settings) -> bool:
        """Whether a line that was made by `former`, its windows with it, has to be made anew."""
        return not self.connection.is_same_as(former.connection) or self.interface.language != former.interface.language


PERSONAL = frozenset(
    {
        "connection.oktell.login",
        "connection.webitel.number",
        "calls_and_popup.screen",
        "sound.ring_device",
        "sound.second_ring_device",
        "sound.headset",
        "sound.microphone",
        "sound.microphone_gain",
        "directory.favourites",
        "integration.creatio.login",
    }
)
"""Keys of what belongs to one operator or one computer."""

ADMINISTRATORS = frozenset({"integration.screen_pop.schemes"})
"""Keys that only the administrator's policy sets: what they open would else be for a file of the user's to open."""
