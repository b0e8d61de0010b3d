"""Where callers are looked up, by the settings."""

from __future__ import annotations

from ctidesk.config.settings import Integration
from ctidesk.store.lookup import LookupSettings


def lookup_settings(integration: Integration, authorization: str) -> LookupSettings:
    """Return where callers are looked up by the settings; `authorization` is the header's value, or empty."""
    lookup = integration.lookup
    fields = {
        "name": lookup.name,
        "company": lookup.company,
        "title": lookup.title,
        "note": lookup.note,
        "id": lookup.id,
        "url": lookup.card,
    }
    headers = {"Authorization": authorization} if authorization else {}
    used = {name: path for name, path in fields.items() if path}
    return LookupSettings(lookup.address, headers, lookup.results, used)
