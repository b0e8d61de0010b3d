"""A small Creatio: login with cookies and CSRF token, contacts, accounts and activities over OData 4."""

from __future__ import annotations

import json
import re
import threading
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

LOGIN, PASSWORD = "smirnova", "s3cret-pass"


class Creatio:
    """Listens on a free port of this computer.

    Attributes:
        root: where its OData service is; another one is not found.
        logins: how often somebody tried to log in.
        asked: method and path of each request to the service.
        activities: what was saved, by id; writes: how often something was written.
        statuses: answers to the next writes in place of the true ones, after they were carried out.
        may_answer: requests wait for it.
    """

    def __init__(self, root: str = "/0/odata") -> None:
        self.root = root
        self.logins = 0
        self.asked: list[tuple[str, str]] = []
        self.activities: dict[str, dict[str, Any]] = {}
        self.writes: list[tuple[str, dict[str, Any]]] = []
        self.statuses: list[int] = []
        self.refuses_writes = 0
        self.may_answer = threading.Event()
        self.may_answer.set()
        self._contacts: list[dict[str, Any]] = []
        self._accounts: list[dict[str, Any]] = []
        self._session = ""
        self._token = ""
        creatio = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._serve()

            def do_POST(self) -> None:
                self._serve()

            def do_PATCH(self) -> None:
                self._serve()

            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                creatio.may_answer.wait()
                status, content, cookies = creatio.answer(self.command, self.path, dict(self.headers.items()), body)
                data = json.dumps(content).encode() if content is not None else b""
                try:
                    self.send_response(status)
                    for cookie in cookies:
                        self.send_header("Set-Cookie", cookie)
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                """Tests look at what was asked."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def add_contact(self, name: str, *numbers: str, company: str = "", title: str = "") -> str:
        one = str(uuid4())
        account = {"Id": str(uuid4()), "Name": company} if company else None
        contact = {"Id": one, "Name": name, "JobTitle": title, "Email": "", "Account": account}
        for number in numbers:
            self._contacts.append({"Number": number, "SearchNumber": _search_number(number), "Contact": contact})
        return one

    def add_account(self, name: str, number: str) -> str:
        one = str(uuid4())
        row = {"Number": number, "SearchNumber": _search_number(number), "Account": {"Id": one, "Name": name}}
        self._accounts.append(row)
        return one

    def end_session(self) -> None:
        """Forget who is logged in."""
        self._session = ""

    def close(self) -> None:
        self.may_answer.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    # ---- in the threads of the server

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[int, Any, list[str]]:
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        if path == "/ServiceModel/AuthService.svc/Login":
            return self._log_in(json.loads(body))
        if not path.startswith(self.root + "/"):
            return 404, None, []
        cookies = SimpleCookie(headers.get("Cookie", ""))
        session = cookies.get(".ASPXAUTH")
        if not self._session or session is None or session.value != self._session:
            return 401, None, []
        if headers.get("BPMCSRF") != self._token or headers.get("ForceUseSession") != "true":
            return 403, None, []
        resource = unquote(path.removeprefix(self.root + "/"))
        self.asked.append((method, resource))
        if method == "GET":
            return self._read(resource, query)
        return self._write(method, resource, json.loads(body))

    def _log_in(self, typed: dict[str, str]) -> tuple[int, Any, list[str]]:
        self.logins += 1
        if (typed["UserName"], typed["UserPassword"]) != (LOGIN, PASSWORD):
            return 200, {"Code": 1, "Message": "wrong"}, []
        self._session, self._token = uuid4().hex, uuid4().hex
        cookies = [
            f".ASPXAUTH={self._session}; path=/; HttpOnly",
            f"BPMCSRF={self._token}; path=/",
            "BPMLOADER=loader; path=/; HttpOnly",
            "UserName=83|109; expires=Fri, 31-Dec-2049 10:00:00 GMT; path=/; HttpOnly",
        ]
        return 200, {"Code": 0, "Message": ""}, cookies

    def _read(self, resource: str, query: dict[str, list[str]]) -> tuple[int, Any, list[str]]:
        if found := re.fullmatch(r"Activity\(([\w-]+)\)", resource):
            activity = self.activities.get(found[1])
            return (404, None, []) if activity is None else (200, {"@odata.context": "x", **activity}, [])
        rows = {"ContactCommunication": self._contacts, "AccountCommunication": self._accounts}.get(resource, [])
        condition = query.get("$filter", [""])[0]
        if found := re.fullmatch(r"startswith\(SearchNumber,'(\d+)'\)", condition):
            rows = [row for row in rows if row["SearchNumber"].startswith(found[1])]
        elif found := re.fullmatch(r"SearchNumber eq '(\d+)'", condition):
            rows = [row for row in rows if row["SearchNumber"] == found[1]]
        elif condition:
            return 400, {"error": "filter"}, []
        return 200, {"@odata.context": "x", "value": rows}, []

    def _write(self, method: str, resource: str, row: dict[str, Any]) -> tuple[int, Any, list[str]]:
        if self.refuses_writes:
            return self.refuses_writes, None, []
        self.writes.append((method, row))
        if method == "POST":
            if row["Id"] in self.activities:
                return 500, {"error": "duplicate key"}, []
            self.activities[row["Id"]] = row
            status = 201
        else:
            self.activities[resource.partition("(")[2].rstrip(")")].update(row)
            status = 204
        return (self.statuses.pop(0) if self.statuses else status), None, []


def _search_number(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())[::-1]
