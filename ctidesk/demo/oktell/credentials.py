"""Who may log in: password digests and stored sessions (oktell-protocol.md, "2. Login")."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from ctidesk.demo.oktell.directory import Directory, User

# The texts that clients look for, oktell-protocol.md, "2.4 Login errors".
WRONG_PASSWORD = "Wrong login/pass combination"  # noqa: S105 - an error text
NO_SESSION = "Bad request. Session does not exist"
OTHER_SESSION = "Bad request. Invalid session user"
REFUSALS: dict[str, dict[str, object]] = {
    "desktop": {"error": 50093, "errormsg": "User is connected already"},
    "licence": {"error": 50025, "errormsg": "License limit"},
    "service": {"errormsg": "Service not available"},
    "other": {"error": 50001, "errormsg": "Login refused"},
}

_YO = {"Ё": 168, "ё": 184}
_FIRST_SHIFTED, _SHIFT = 1025, 848


def password_bytes(password: str) -> bytes:
    """The bytes that are hashed (oktell-protocol.md, "2.1 Password"). Characters beyond its table count modulo 256."""
    out = bytearray()
    for letter in password:
        code = ord(letter)
        if code < 128:
            out.append(code)
        elif letter in _YO:
            out.append(_YO[letter])
        elif code >= _FIRST_SHIFTED:
            out.append((code - _SHIFT) % 256)
    return bytes(out)


def digest(password: str) -> str:
    """The password's MD5 as a client has to send it (oktell-protocol.md, "2.1 Password")."""
    return hashlib.md5(password_bytes(password), usedforsecurity=False).hexdigest()


@dataclass
class _Digests:
    """`lower`: of the password in lower case; unknown after a change, when only the exact one was told."""

    exact: str
    lower: str | None


class Credentials:
    """All users start with the same password."""

    def __init__(self, directory: Directory, password: str) -> None:
        self._directory = directory
        self._common = _Digests(digest(password), digest(password.lower()))
        self._own: dict[str, _Digests] = {}
        self._sessions: dict[str, User] = {}
        self.refusal = ""

    def login(self, body: Mapping[str, object]) -> tuple[User | None, dict[str, object]]:
        """The user who is in now, or None, and the body of the reply."""
        if self.refusal:
            return None, {"result": 0, **REFUSALS[self.refusal]}
        login = str(body.get("userlogin", ""))
        user = self._directory.user(login)
        if user is not None and user.login != login:
            user = None
        if "sessionid" in body and "Password" not in body:
            owner = self._sessions.get(str(body["sessionid"]))
            if owner is None:
                return None, {"result": 0, "errormsg": NO_SESSION}
            if owner is not user:
                return None, {"result": 0, "errormsg": OTHER_SESSION}
        elif user is None or not self._matches(user, body):
            return None, {"result": 0, "errormsg": WRONG_PASSWORD}
        session = secrets.token_hex(16)
        self._sessions[session] = user
        return user, {"result": 1, "userid": user.id, "userlogin": user.login, "sessionid": session}

    def forget_session(self, session: str) -> None:
        self._sessions.pop(session, None)

    def change_password(self, user: User, old: object, new: object) -> bool:
        """Both are digests. False when the old one is wrong."""
        if old != self._digests(user).exact or not isinstance(new, str) or not new:
            return False
        self._own[user.id] = _Digests(new, None)
        return True

    def _matches(self, user: User, body: Mapping[str, object]) -> bool:
        known = self._digests(user)
        return body.get("Password") == known.exact and known.lower in (None, body.get("password"))

    def _digests(self, user: User) -> _Digests:
        return self._own.get(user.id, self._common)
