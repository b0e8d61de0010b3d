"""The retry rule."""

import pytest

from ctidesk.net.errors import ConnectionLost, NetError, Reason

STOPS = {
    Reason.BAD_ADDRESS,
    Reason.BAD_CERTIFICATE,
    Reason.FORBIDDEN,
    Reason.NOT_A_WEBSOCKET,
    Reason.WRONG_SUBPROTOCOL,
}


@pytest.mark.parametrize("reason", Reason)
def test_what_is_retried(reason: Reason) -> None:
    assert NetError(reason).retryable is (reason not in STOPS)


@pytest.mark.parametrize(("status", "retryable"), [(401, False), (403, False), (407, False), (502, True)])
def test_a_proxys_refusal_is_not_retried(status: int, retryable: bool) -> None:
    assert NetError(Reason.PROXY_FAILED, http_status=status).retryable is retryable


def test_a_lost_connection_is_a_net_error() -> None:
    error = ConnectionLost(4001, "licence", "closed by the server")
    assert isinstance(error, NetError)
    assert (error.reason, error.code, error.text) == (Reason.CLOSED, 4001, "licence")
    assert error.retryable
    assert str(error) == "closed: closed by the server"
