"""What the operator reads must be true: a next attempt is promised only when there is one."""

from __future__ import annotations

import pytest

from ctidesk.net.errors import NetError, Reason
from ctidesk.oktell.errors import Code
from ctidesk.oktell.messages import connection_error

FAILURES = [NetError(reason, "for the log") for reason in Reason]
FAILURES += [NetError(Reason.PROXY_FAILED, http_status=status) for status in (403, 407, 502)]


@pytest.mark.parametrize("failure", FAILURES, ids=str)
def test_a_next_attempt_is_promised_only_when_there_is_one(failure: NetError) -> None:
    error = connection_error({"result": False, "errorCode": int(Code.NO_SERVER)}, failure)
    assert error.kind.stops_reconnection is not failure.retryable
    if error.kind.stops_reconnection:
        assert "attempt" not in error.text
