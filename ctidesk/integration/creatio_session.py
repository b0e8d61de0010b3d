"""A session with Creatio (bpm'online): login with cookies, and requests to its OData 4 service.

Creatio's own documentation: "AuthService.svc web service" and "OData" at academy.creatio.com.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import TypeAlias
from urllib.parse import quote

import msgspec

from ctidesk.cti.tasks import TaskOwner
from ctidesk.store.http_request import HttpAnswer, HttpClient, HttpRequest, RequestFailed

LOGIN_LIMIT = 15.0
"""Seconds for a login; the first one after a night wakes the server."""

Row: TypeAlias = "dict[str, object]"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CreatioAccount:
    """Where Creatio is and who asks."""

    address: str
    login: str
    password: str = field(repr=False)

    @property
    def base(self) -> str:
        """The address without what people copy along with it."""
        base = self.address.strip().rstrip("/")
        return base.removesuffix("/0").rstrip("/")


class CreatioFailed(Exception):
    """There is no answer to use; the text says why. `status` is that of the answer, or None."""

    def __init__(self, text: str, status: int | None = None) -> None:
        super().__init__(text)
        self.status = status


class LoginRefused(CreatioFailed):
    """Login or password is wrong. It is not tried again: each attempt counts for a lockout."""


class CreatioSession:
    """Logs in at the first request and again when the server has forgotten it."""

    def __init__(self, account: CreatioAccount, client: HttpClient) -> None:
        self._account = account
        self._client = client
        self._cookies: dict[str, str] = {}
        self._root: str | None = None
        self._logging_in: asyncio.Task[object] | None = None
        self._tasks = TaskOwner("creatio")
        self._refusal: LoginRefused | None = None

    @property
    def is_login_refused(self) -> bool:
        """Whether login or password is wrong."""
        return self._refusal is not None

    async def read(self, resource: str, options: Mapping[str, str], limit: float) -> list[Row]:
        """Return the rows of a collection; a single record is one row.

        Args:
            resource: a collection like ``Contact``, or one record like ``Contact(id)``.
            options: OData query options without the dollar sign.
            limit: seconds for everything; a login goes on after them, for the next request.

        Raises:
            CreatioFailed: there is no answer to use.
        """
        query = "&".join(f"${name}={quote(value, safe=_SAFE)}" for name, value in options.items())
        answer = await self._send("GET", f"{resource}?{query}", None, limit)
        try:
            content = msgspec.json.decode(answer.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise CreatioFailed("the answer is no JSON") from None
        rows = content.get("value", [content]) if isinstance(content, dict) else []
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    async def write(self, method: str, resource: str, row: Mapping[str, object], limit: float) -> None:
        """Add a record (POST to a collection) or change one (PATCH).

        Raises:
            CreatioFailed: it was not written.
        """
        await self._send(method, resource, msgspec.json.encode(dict(row)), limit)

    async def check(self, limit: float) -> None:
        """Log in and read something.

        Raises:
            CreatioFailed: that is not possible.
        """
        await self.read("Contact", {"top": "1", "select": "Id"}, limit)

    async def close(self) -> None:
        """End; the server forgets the session by itself."""
        await self._tasks.close()

    # ---- requests

    async def _send(self, method: str, path: str, body: bytes | None, limit: float) -> HttpAnswer:
        try:
            async with asyncio.timeout(limit):
                for is_last in (False, True):
                    await self._be_logged_in()
                    used = dict(self._cookies)
                    answer = await self._request(method, f"{self._root}/{path}", body, limit)
                    if answer.status not in _NOT_LOGGED_IN:
                        break
                    if is_last:
                        raise CreatioFailed("this user may not do that in Creatio", answer.status)
                    if used == self._cookies:
                        self._cookies = {}
        except TimeoutError:
            raise CreatioFailed(f"no answer in {limit:g} s") from None
        if not 200 <= answer.status < 300:
            raise CreatioFailed(f"Creatio answers with status {answer.status}", answer.status)
        return answer

    async def _request(self, method: str, url: str, body: bytes | None, limit: float) -> HttpAnswer:
        headers = {"Accept": "application/json", "ForceUseSession": "true", "User-Agent": "ctidesk"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
            if token := self._cookies.get("BPMCSRF"):
                headers["BPMCSRF"] = token
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            answer = await self._client.send(HttpRequest(url, method, headers, body), limit)
        except RequestFailed as error:
            raise CreatioFailed(str(error)) from error
        self._take_cookies(answer)
        return answer

    async def _be_logged_in(self) -> None:
        if self._refusal is not None:
            raise self._refusal
        if self._cookies and self._root is not None:
            return
        if self._logging_in is None or self._logging_in.done():
            self._logging_in = self._tasks.start(self._try_login())
        # Whoever waits may have to give up before the login is done; the next one finds it.
        error = await asyncio.shield(self._logging_in)
        if isinstance(error, CreatioFailed):
            raise error

    async def _try_login(self) -> CreatioFailed | None:
        try:
            async with asyncio.timeout(LOGIN_LIMIT):
                await self._log_in()
        except TimeoutError:
            return CreatioFailed(f"no answer in {LOGIN_LIMIT:g} s")
        except CreatioFailed as error:
            return error
        return None

    async def _log_in(self) -> None:
        account = self._account
        self._cookies = {}
        body = msgspec.json.encode({"UserName": account.login, "UserPassword": account.password})
        answer = await self._request("POST", f"{account.base}/ServiceModel/AuthService.svc/Login", body, LOGIN_LIMIT)
        try:
            content = msgspec.json.decode(answer.body) if answer.status == 200 else {}
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            content = {}
        code = content.get("Code") if isinstance(content, dict) else None
        if answer.status in (401, 403) or (code is not None and code != 0):
            self._refusal = LoginRefused("Creatio does not accept this login or password", answer.status)
            raise self._refusal
        if code != 0 or not self._cookies:
            self._cookies = {}
            raise CreatioFailed("there is no Creatio at this address", answer.status)
        await self._find_root()

    async def _find_root(self) -> None:
        """Creatio on .NET Framework has its services under /0, on .NET Core at the root."""
        if self._root is not None:
            return
        for root in (f"{self._account.base}/0/odata", f"{self._account.base}/odata"):
            answer = await self._request("GET", f"{root}/Contact?$top=1&$select=Id", None, LOGIN_LIMIT)
            if answer.status != 404:
                self._root = root
                return
        raise CreatioFailed("this Creatio has no OData 4 service", 404)

    def _take_cookies(self, answer: HttpAnswer) -> None:
        for name, value in answer.headers:
            if name != "set-cookie":
                continue
            try:
                cookies = SimpleCookie(value)
            except CookieError:
                logger.debug("a cookie of the server is left out")
                continue
            for key, morsel in cookies.items():
                self._cookies[key] = morsel.coded_value


_SAFE = "(),'$;="
"""Signs of OData's own that stand in an option as they are."""
_NOT_LOGGED_IN = (301, 302, 401, 403)
