"""The page about the company's other programs: CRM, the caller's card, and the events of calls."""

from __future__ import annotations

import sys

from ctidesk.config.secrets import Program
from ctidesk.config.settings import PopMoment
from ctidesk.cti.identification import Source
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.fields import Check, Choice, TextField
from ctidesk.ui.components.settings.history_page import LinesField
from ctidesk.ui.components.settings.page import Page
from ctidesk.ui.components.settings.program_work import ProgramWork
from ctidesk.ui.components.settings.secret_field import SecretField
from ctidesk.ui.components.settings.source_test import SourceTest
from ctidesk.ui.theme import TextStyle
from ctidesk.ui.widgets import PlainLabel


class CrmPage(Page):
    """What happens in other programs when there is a call."""

    def __init__(self, draft: Draft, work: ProgramWork) -> None:
        super().__init__(translate("Integration", "CRM and events"))
        self._work = work
        self._secrets: list[SecretField] = []
        self._add_card(draft)
        self._add_creatio(draft)
        self._add_events(draft)

    def shown(self) -> None:
        """Find out what the keyring has."""
        for secret in self._secrets:
            secret.look_up()

    def _add_card(self, draft: Draft) -> None:
        self.section(translate("Integration", "The caller's card"))
        label = translate("Integration", "Open it")
        moments = [
            (PopMoment.NEVER.value, translate("Integration", "Never")),
            (PopMoment.RING.value, translate("Integration", "When it rings")),
            (PopMoment.ANSWER.value, translate("Integration", "When I answer")),
            (PopMoment.BY_HAND.value, translate("Integration", "By a button")),
        ]
        self.row(label, Choice(draft, "integration.screen_pop.moment", label, moments))
        label = translate("Integration", "Address")
        placeholder = "https://crm.example/call?number={number}"
        self.row(label, TextField(draft, "integration.screen_pop.address", label, placeholder))
        words = translate(
            "Integration",
            "Places: {number}, {name}, {direction}, {queue}, {call_id}, {record_id}. {card} alone is the address "
            "that a lookup or Creatio has given.",
        )
        self.row("", PlainLabel(words, TextStyle.SMALL, "text2", lines=4))
        label = translate("Integration", "Or a program")
        placeholder = translate("Integration", "The program, then each argument on a line of its own")
        self.row(label, LinesField(draft, "integration.screen_pop.program", label, placeholder))
        if draft.value("integration.screen_pop.schemes"):
            label = translate("Integration", "Other schemes")
            self.row(label, LinesField(draft, "integration.screen_pop.schemes", label))

    def _add_creatio(self, draft: Draft) -> None:
        self.section("Creatio")
        label = translate("Integration", "Address")
        self.row(label, TextField(draft, "integration.creatio.address", label, "https://company.creatio.com"))
        label = translate("Integration", "Login")
        self.row(label, TextField(draft, "integration.creatio.login", label))
        label = translate("Integration", "Password")
        password = self._secret(draft, Program.CREATIO, label)
        self.row(label, password)
        finds = translate("Integration", "Find callers among its contacts and accounts")
        self.row("", Check(draft, "integration.creatio.finds_callers", finds))
        saves = translate("Integration", "Save each call there as an activity")
        self.row("", Check(draft, "integration.creatio.saves_calls", saves))
        self.row("", SourceTest(draft, self._work, Source.CREATIO, password.text))

    def _add_events(self, draft: Draft) -> None:
        self.section(translate("Integration", "Events of calls for other programs"))
        label = translate("Integration", "Send to")
        self.row(label, TextField(draft, "integration.webhook", label, "https://crm.example/calls"))
        label = translate("Integration", "Key")
        explanation = translate(
            "Integration", "Events are signed with it (HMAC-SHA256), so that the receiver can tell who sent them."
        )
        self.row(label, self._secret(draft, Program.WEBHOOK, label, explanation))
        if sys.platform != "win32":
            words = translate("Integration", "Give the events to programs of mine on this computer")
            explanation = translate("Integration", "Over a local socket, as lines of JSON. Nobody else can read it.")
            self.row("", Check(draft, "integration.event_socket", words, explanation))

    def _secret(self, draft: Draft, program: Program, label: str, explanation: str = "") -> SecretField:
        field = SecretField(draft, self._work, program, label, explanation)
        self._secrets.append(field)
        return field
