"""What can go wrong between this computer and the PBX's socket."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a connection could not be opened, or why it ended."""

    BAD_ADDRESS = "bad-address"
    NAME_NOT_FOUND = "name-not-found"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed-out"
    BAD_CERTIFICATE = "bad-certificate"
    TLS_FAILED = "tls-failed"
    NOT_A_WEBSOCKET = "not-a-websocket"
    WRONG_SUBPROTOCOL = "wrong-subprotocol"
    FORBIDDEN = "forbidden"
    SERVER_BUSY = "server-busy"
    PROXY_FAILED = "proxy-failed"
    CLOSED = "closed"


_NOT_RETRIED = frozenset(
    {
        Reason.BAD_ADDRESS,
        Reason.BAD_CERTIFICATE,
        Reason.NOT_A_WEBSOCKET,
        Reason.WRONG_SUBPROTOCOL,
        Reason.FORBIDDEN,
    }
)


class NetError(Exception):
    """A connection could not be opened.

    Args:
        reason: the kind of failure; the text for the operator is chosen by it.
        detail: technical words for the log and the diagnostics page. Never holds a secret or a whole URL.
        http_status: the status of the HTTP answer (of the server or of the proxy), if there was one.
    """

    def __init__(self, reason: Reason, detail: str = "", *, http_status: int | None = None) -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
        self.http_status = http_status

    @property
    def retryable(self) -> bool:
        """Whether another attempt may succeed without anybody changing anything.

        Not retried, because the same attempt can only fail in the same way:

        - BAD_ADDRESS: the settings have to be corrected first;
        - BAD_CERTIFICATE: going on until the check happens to pass would serve an attacker, and every other
          cause (own CA, wrong name, expired) needs somebody's hand;
        - NOT_A_WEBSOCKET: something else than a PBX answers at this address;
        - WRONG_SUBPROTOCOL: a WebSocket server, but of another product;
        - FORBIDDEN: the server, or a gate before it, knows this client and says no; insisting may lock it out.

        A proxy that asks for a login or forbids (401, 403, 407) is the same case as FORBIDDEN. All the rest
        is passing trouble of the network or of the server and is retried.
        """
        if self.reason is Reason.PROXY_FAILED:
            return self.http_status not in (401, 403, 407)
        return self.reason not in _NOT_RETRIED


class ConnectionLost(NetError):
    """The connection was open and is not any more.

    Args:
        code: the WebSocket close code; None when the link broke without one.
        text: the reason text of the close frame: data of the peer, show it as plain text only.
        detail: as in NetError.
    """

    def __init__(self, code: int | None, text: str = "", detail: str = "") -> None:
        super().__init__(Reason.CLOSED, detail)
        self.code = code
        self.text = text
