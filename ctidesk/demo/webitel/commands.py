"""All commands that the server knows; any other name is answered by `… - not found.`"""

from __future__ import annotations

from collections.abc import Mapping

from ctidesk.demo.webitel.commands_accounts import ACCOUNT_COMMANDS
from ctidesk.demo.webitel.commands_calls import CALL_COMMANDS
from ctidesk.demo.webitel.commands_company import COMPANY_COMMANDS
from ctidesk.demo.webitel.commands_session import SESSION_COMMANDS
from ctidesk.demo.webitel.request import Command

COMMANDS: Mapping[str, Command] = {**SESSION_COMMANDS, **CALL_COMMANDS, **ACCOUNT_COMMANDS, **COMPANY_COMMANDS}

EVENTS_FIRST = frozenset(
    {"auth", "hangup", "api account create", "api account change", "api account remove", "cc login", "cc logout"}
)
"""Commands whose events come before their reply; with the others it is the other way round."""
