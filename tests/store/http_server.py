"""A small HTTP server that answers as a test says and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


class HttpServer:
    """Listens on a free port of this computer.

    Attributes:
        answers: status and body of the next answers; the last one is used again and again.
        silent: accepts and says nothing until it is set.
    """

    def __init__(self, context: SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.answers: list[tuple[int, bytes]] = [(200, b"{}")]
        self.may_answer = threading.Event()
        self.may_answer.set()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer()

            def do_POST(self) -> None:
                self._answer()

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                server.asked.append(Asked(self.command, self.path, dict(self.headers.items()), body))
                server.may_answer.wait()
                status, content = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(content)))
                    if 300 <= status < 400:
                        self.send_header("Location", "/elsewhere")
                    self.end_headers()
                    self.wfile.write(content)
                except OSError:
                    self.close_connection = True  # whoever asked has gone

            def log_message(self, format: str, *args: object) -> None:
                """Tests look at `asked`."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if context is not None:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._scheme = "http" if context is None else "https"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address without a path."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """End."""
        self.may_answer.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
