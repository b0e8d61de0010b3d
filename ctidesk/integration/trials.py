"""Tries a lookup or Creatio as they are typed in the settings, before they count."""

from __future__ import annotations

from ctidesk.config.secrets import Program, program_account
from ctidesk.config.settings import Settings
from ctidesk.cti.clock import Clock
from ctidesk.cti.identification import Source
from ctidesk.integration.creatio import CreatioCallers
from ctidesk.integration.creatio_session import CreatioAccount, CreatioFailed, CreatioSession
from ctidesk.integration.lookup_settings import lookup_settings
from ctidesk.integration.number_plan import plan_of
from ctidesk.integration.programs import Keys
from ctidesk.store.found import Found, LookupFailed
from ctidesk.store.http_request import HttpClient
from ctidesk.store.lookup import Lookup

CHECK_LIMIT = 20.0
"""Seconds for a first login at Creatio."""


async def find(
    source: Source, settings: Settings, secret: str, keys: Keys, clock: Clock, number: str
) -> tuple[Found, ...]:
    """Return whom a source finds under a number.

    Args:
        source: `LOOKUP` or `CREATIO`.
        settings: as they are typed.
        secret: the password or authorization as it is typed; an empty one is taken from the keyring.
        keys: the keyring.
        clock: the time.
        number: any number.

    Raises:
        LookupFailed: there is no answer to use.
    """
    client = HttpClient(settings.connection.ca_file or None)
    plan = plan_of(settings.numbers)
    integration = settings.integration
    if source is Source.LOOKUP:
        key = secret or (await keys.find(program_account(Program.LOOKUP, integration))).password or ""
        return await Lookup(lookup_settings(integration, key), client, plan, clock).find(number)
    password = secret or (await keys.find(program_account(Program.CREATIO, integration))).password or ""
    account = CreatioAccount(integration.creatio.address, integration.creatio.login, password)
    session = CreatioSession(account, client)
    try:
        await session.check(CHECK_LIMIT)
        return await CreatioCallers(session, account.base, plan, clock).find(number) if number else ()
    except CreatioFailed as error:
        raise LookupFailed(str(error)) from error
    finally:
        await session.close()
