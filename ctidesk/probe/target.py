"""From the settings to a connection that can be tried."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from ctidesk.config.settings import Connection, Provider
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.probing import ConnectionProbe
from ctidesk.cti.text import translate
from ctidesk.net.options import ConnectionOptions
from ctidesk.oktell.probing import OktellProbe, OktellTarget
from ctidesk.webitel.probing import WebitelProbe, WebitelTarget


def connection_probe(
    connection: Connection, password: str | None, proxy: str | None = None, timeout: float | None = None
) -> tuple[ConnectionProbe, ConnectionOptions]:
    """Return what `probe` takes, out of the settings.

    Args:
        connection: the settings, also those that are being typed.
        password: the operator's, or None when there is none.
        proxy: instead of the settings' one.
        timeout: seconds for each step below the login, instead of the usual ones.

    Raises:
        CtiException: there is nothing to try, in words.
    """
    network = ConnectionOptions(
        ca_file=Path(connection.ca_file) if connection.ca_file else None, proxy=proxy or connection.proxy or None
    )
    if timeout is not None:
        network = replace(network, open_timeout=timeout)
    match connection.provider:
        case Provider.OKTELL:
            oktell = connection.oktell
            target = OktellTarget(oktell.addresses, oktell.login, password, oktell.secure, network)
            return OktellProbe(target), network
        case Provider.WEBITEL:
            webitel = connection.webitel
            account = WebitelTarget(
                webitel.connection_string, webitel.number, password, domain=webitel.domain, network=network
            )
            return WebitelProbe(account), network
        case Provider.NONE:
            text = translate("Probe", "No PBX has been chosen yet. Choose one in the settings.")
        case Provider.DEMO:
            text = translate("Probe", "The demo PBX is a part of this program. It needs no test.")
    raise CtiException(CtiError(ErrorKind.CONNECTION_CONFIG, text, source="probe"))
