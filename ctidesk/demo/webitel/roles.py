"""What a role may do (webitel-protocol.md, "4.9 Permissions")."""

from __future__ import annotations

from collections.abc import Mapping

Acl = Mapping[str, list[str]]

_USER: Acl = {
    "account": ["r", "uo"],
    "channels": ["*"],
    "cdr": ["ro"],
    "cdr/files": ["ro"],
    "cc/tiers": ["r"],
    "hotdesk": ["*"],
    "blacklist": ["c", "u", "r"],
}
_ADMIN: Acl = {
    "account": ["*"],
    "channels": ["*"],
    "cdr": ["*"],
    "cdr/files": ["*"],
    "cc/tiers": ["*"],
    "hotdesk": ["*"],
    "gateway": ["*"],
    "domain": ["ro", "uo"],
    "blacklist": ["*"],
}


def acl_of(role: str) -> dict[str, list[str]]:
    """Resource and permissions of a role; a role of somebody's own invention has none."""
    if role == "user":
        return {resource: list(letters) for resource, letters in _USER.items()}
    if role == "admin":
        inherited = {
            resource: [one for one in _USER.get(resource, []) if one not in own] for resource, own in _ADMIN.items()
        }
        return {resource: [*own, *inherited[resource]] for resource, own in _ADMIN.items()}
    return {}


def may(acl: Acl, resource: str, permission: str) -> bool:
    """Whether a list of permissions has this one, for instance `r` or, for own objects alone, `ro`."""
    letters = acl.get(resource, [])
    return "*" in letters or permission in letters
