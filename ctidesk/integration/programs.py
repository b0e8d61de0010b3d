"""The company's other programs as the settings name them, for the whole run; a line joins them while it is there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from ctidesk.config.secrets import Account, Answer, Program, program_account
from ctidesk.config.settings import Integration, Numbers, Settings
from ctidesk.cti.call import Call
from ctidesk.cti.clock import Clock
from ctidesk.cti.identification import Identification, Source
from ctidesk.cti.model import CtiModel
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate
from ctidesk.integration.callers import LineCallers
from ctidesk.integration.contacts import Contacts
from ctidesk.integration.number_plan import plan_of
from ctidesk.integration.screen_pop import CallerCards, Opener
from ctidesk.store.call_archive import CallArchive
from ctidesk.store.database import StoreError
from ctidesk.store.identification import CallerLookup, Identifier
from ctidesk.store.outbox import Outbox, Receiver, Send, forget_others

if TYPE_CHECKING:
    from ctidesk.integration.creatio import CreatioCallers
    from ctidesk.integration.creatio_session import CreatioSession
    from ctidesk.integration.event_socket import EventSocket
    from ctidesk.store.http_request import HttpClient
    from ctidesk.store.lookup import Lookup
    from ctidesk.store.numbers import NumberPlan

# HTTP and what speaks it are loaded where the settings name such a program: a start must not wait for them.

logger = logging.getLogger(__name__)


class Keys(Protocol):
    """The keyring."""

    async def find(self, account: Account) -> Answer:
        """Return what is kept for `account`."""


class Programs:
    """What the settings say about other programs, and what they need for the whole run.

    Attributes:
        contacts: the contacts of this desk.
    """

    def __init__(
        self,
        folder: Path,
        keys: Keys,
        clock: Clock,
        opener: Opener,
        *,
        say: Callable[[str, str], None] | None = None,
    ) -> None:
        """Prepare; nothing is opened before `set_up`.

        Args:
            folder: where contacts are kept.
            keys: where passwords are kept.
            clock: the time.
            opener: the system's way to browsers and programs.
            say: tells the operator something once: a title and a sentence.
        """
        self.say = say
        self.contacts = Contacts(folder, clock, trouble=self._file_trouble, set_aside=self._file_set_aside)
        self._folder = folder
        self._keys = keys
        self._clock = clock
        self._opener = opener
        self._settings = Settings()
        self._line: LinePrograms | None = None

    @property
    def settings(self) -> Settings:
        """What counts now."""
        return self._settings

    def set_up(self, settings: Settings) -> None:
        """Follow other settings."""
        self._settings = settings
        self.contacts.set_up(plan_of(settings.numbers), settings.directory.contacts_folder)
        if self._line is not None:
            self._line.set_up(settings)

    def keys_changed(self) -> None:
        """Use other passwords from now on."""
        if self._line is not None:
            self._line.set_up(self._settings, is_other_key=True)

    def network_available(self) -> None:
        """Try at once what could not be delivered: the network is back, or the computer has woken."""
        if self._line is not None:
            self._line.network_available()

    def join(self, model: CtiModel, archive: CallArchive) -> LinePrograms:
        """Let a line work together with the other programs until it is closed."""
        self._line = line = LinePrograms(
            model,
            archive,
            self.contacts,
            self._keys,
            self._opener,
            self._folder / "run",
            say=self.tell,
        )
        line.set_up(self._settings)
        return line

    def leave(self) -> None:
        """There is no line now."""
        self._line = None

    def tell(self, title: str, sentence: str) -> None:
        """Tell the operator something once."""
        if self.say is not None:
            self.say(title, sentence)

    async def close(self) -> None:
        """End; comes after the line's end."""
        await self.contacts.close()

    def _file_trouble(self, name: str, reason: str) -> None:
        words = translate("Contacts", "{file} in the folder of contacts cannot be read. ({reason})")
        self.tell(translate("Contacts", "Contacts"), words.format(file=name, reason=reason))

    def _file_set_aside(self, name: str) -> None:
        words = translate(
            "Contacts", "The file of contacts was damaged and a new one was begun. The old file is kept: {file}"
        )
        self.tell(translate("Contacts", "Contacts"), words.format(file=name))


class LinePrograms:
    """The other programs at work with one line.

    Attributes:
        callers: who is calling.
        cards: opens the callers' cards.
    """

    def __init__(
        self,
        model: CtiModel,
        archive: CallArchive,
        contacts: Contacts,
        keys: Keys,
        opener: Opener,
        run_folder: Path,
        *,
        say: Callable[[str, str], None],
    ) -> None:
        """Follow `model`; made by `Programs.join`."""
        self.callers = LineCallers(model, earlier=self._earlier_calls)
        self.cards = CallerCards(model, self.callers, opener)
        self._model = model
        self._archive = archive
        self._contacts = contacts
        self._keys = keys
        self._run_folder = run_folder
        self._say = say
        self._used: tuple[Integration, Numbers, str] | None = None
        self._one_at_a_time = asyncio.Lock()
        self._outboxes: list[Outbox] = []
        self._session: CreatioSession | None = None
        self._socket: EventSocket | None = None
        self._lookups: dict[Source, CallerLookup] = {}
        self._tasks = TaskOwner("other programs")
        archive.journal.tells_others = self.wake
        self._unsubscribe = [
            contacts.changed.subscribe(self._contacts_changed),
            self.callers.identified.subscribe(self._identified),
        ]

    def set_up(self, settings: Settings, *, is_other_key: bool = False) -> None:
        """Follow other settings; what needs a password does so as soon as the keyring has answered."""
        used = (settings.integration, settings.numbers, settings.connection.ca_file)
        if used == self._used and not is_other_key:
            return
        is_first, self._used = self._used is None, used
        self.cards.set_up(settings.integration.screen_pop)
        self._archive.journal.receivers = _receivers(settings.integration)
        if is_first:
            self._ask_sources(settings.numbers)
        self._tasks.start(self._connect(settings))

    def wake(self) -> None:
        """There are events for others."""
        for outbox in self._outboxes:
            outbox.wake()

    def network_available(self) -> None:
        """Try at once what could not be delivered: the network is back."""
        for outbox in self._outboxes:
            outbox.try_now()

    async def close(self) -> None:
        """Let go of the line; what was not delivered is kept. Comes after the model's end, before the archive's."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._archive.journal.tells_others = None
        self.cards.close()
        await self._tasks.close()
        await self.callers.close()
        await self._let_go()

    # ---- from settings to programs

    async def _connect(self, settings: Settings) -> None:
        async with self._one_at_a_time:
            await self._let_go()
            integration = settings.integration
            self._lookups = {}
            await self._forget_receivers(integration)
            if integration.lookup.address or integration.webhook or integration.creatio.address:
                await self._connect_http(settings)
            self._ask_sources(settings.numbers)
            if integration.event_socket:
                await self._open_socket()

    async def _connect_http(self, settings: Settings) -> None:
        from ctidesk.integration.creatio import CreatioActivities
        from ctidesk.store.http_request import HttpClient
        from ctidesk.store.webhook import Webhook, WebhookSettings

        integration, plan = settings.integration, plan_of(settings.numbers)
        client = HttpClient(settings.connection.ca_file or None)
        if integration.lookup.address:
            self._lookups[Source.LOOKUP] = await self._lookup(integration, client, plan)
        creatio = await self._creatio(integration, client, plan)
        if creatio is not None and integration.creatio.finds_callers:
            self._lookups[Source.CREATIO] = creatio
        if integration.webhook:
            key = await self._key(Program.WEBHOOK, integration)
            webhook = Webhook(WebhookSettings(integration.webhook, key), client, self._model.clock)
            self._deliver(Receiver.WEBHOOK, webhook.send)
        if creatio is not None and self._session is not None and integration.creatio.saves_calls:
            self._deliver(Receiver.CREATIO, CreatioActivities(self._session, creatio).send)

    async def _creatio(self, integration: Integration, client: HttpClient, plan: NumberPlan) -> CreatioCallers | None:
        from ctidesk.integration.creatio import CreatioCallers
        from ctidesk.integration.creatio_session import CreatioAccount, CreatioSession

        creatio = integration.creatio
        if not (creatio.address and creatio.login and (creatio.finds_callers or creatio.saves_calls)):
            return None
        password = await self._key(Program.CREATIO, integration)
        if not password:
            words = translate("Integration", "Its password is missing. Enter it in the settings.")
            self._say(translate("Integration", "Creatio is not used"), words)
            return None
        account = CreatioAccount(creatio.address, creatio.login, password)
        self._session = CreatioSession(account, client)
        return CreatioCallers(self._session, account.base, plan, self._model.clock)

    async def _lookup(self, integration: Integration, client: HttpClient, plan: NumberPlan) -> Lookup:
        from ctidesk.integration.lookup_settings import lookup_settings
        from ctidesk.store.lookup import Lookup

        key = await self._key(Program.LOOKUP, integration)
        return Lookup(lookup_settings(integration, key), client, plan, self._model.clock)

    async def _key(self, program: Program, integration: Integration) -> str:
        return (await self._keys.find(program_account(program, integration))).password or ""

    def _ask_sources(self, numbers: Numbers) -> None:
        self.callers.ask_by(
            Identifier(
                plan_of(numbers),
                contacts=self._contacts.book,
                directory=self._model.provider.directory,
                lookups=self._lookups,
            )
        )

    def _deliver(self, receiver: Receiver, send: Send) -> None:
        outbox = Outbox(
            self._archive.database,
            send,
            self._model.clock,
            receiver=receiver,
            trouble=lambda reason: self._tell_trouble(receiver, reason),
        )
        self._outboxes.append(outbox)
        outbox.start()

    async def _forget_receivers(self, integration: Integration) -> None:
        """What waits for programs that are not wanted any more is of no use to anybody."""
        receivers = _receivers(integration)
        try:
            await self._archive.database.run(lambda connection: forget_others(connection, receivers))
        except StoreError as error:
            logger.info("events for former receivers stay: %s", error)

    async def _open_socket(self) -> None:
        from ctidesk.integration.event_socket import EventSocket, socket_path

        self._socket = EventSocket(socket_path(self._run_folder), self._model)
        try:
            await self._socket.start()
        except OSError as error:
            await self._socket.close()
            self._socket = None
            logger.warning("events are not given to other programs: %s", error)

    async def _let_go(self) -> None:
        outboxes, self._outboxes = self._outboxes, []
        for outbox in outboxes:
            await outbox.close()
        session, self._session = self._session, None
        if session is not None:
            await session.close()
        opened, self._socket = self._socket, None
        if opened is not None:
            await opened.close()

    # ---- what they tell

    def _contacts_changed(self) -> None:
        if self._used is not None:
            self._ask_sources(self._used[1])

    def _identified(self, call: Call, known: Identification) -> None:
        best = known.best
        # Of several the operator chooses; the directory's names are the PBX's own.
        if best is not None and best.source is not Source.DIRECTORY and not known.is_ambiguous:
            self._tasks.start(self._write_name(call.record_id, best.name))

    async def _write_name(self, record_id: UUID, name: str) -> None:
        try:
            await self._archive.journal.annotate(record_id, contact_name=name)
        except StoreError as error:
            logger.info("a caller's name waits to be written: %s", error)

    async def _earlier_calls(self, number: str, besides: UUID) -> tuple[int, datetime | None]:
        known = await self._archive.history.acquaintance(number, besides)
        return known.calls, known.last.record.started if known.last is not None else None

    def _tell_trouble(self, receiver: Receiver, reason: str) -> None:
        if receiver is Receiver.WEBHOOK:
            title = translate("Integration", "Call events are not delivered")
        else:
            title = translate("Integration", "Calls are not saved in Creatio")
        if self._session is not None and self._session.is_login_refused and receiver is Receiver.CREATIO:
            words = translate(
                "Integration", "It does not accept the login or the password. Check both in the settings."
            )
        else:
            words = translate("Integration", "They are kept and sent as soon as that is possible. Calls go on.")
        logger.warning("%s does not take what happens to calls: %s", receiver, reason)
        self._say(title, words)


def _receivers(integration: Integration) -> tuple[Receiver, ...]:
    receivers = []
    if integration.webhook:
        receivers.append(Receiver.WEBHOOK)
    creatio = integration.creatio
    if creatio.address and creatio.login and creatio.saves_calls:
        receivers.append(Receiver.CREATIO)
    return tuple(receivers)
