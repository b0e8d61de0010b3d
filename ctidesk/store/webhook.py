"""Delivers call events to an address by POST, signed so that the receiver can tell who sent them.

Headers: ``X-Ctidesk-Event-Id`` is the same at each attempt; ``X-Ctidesk-Timestamp`` is the time of the attempt in
seconds since 1970; ``X-Ctidesk-Signature`` is ``sha256=`` and the HMAC-SHA256, in hexadecimal, of the timestamp, a dot
and the body, with the secret that both sides know.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from ctidesk.cti.clock import Clock
from ctidesk.store.http_request import HttpClient, HttpRequest, RequestFailed
from ctidesk.store.outbox import DeliveryFailed, DeliveryRefused, OutgoingEvent

LIMIT = 10.0
"""Seconds for one attempt."""


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Where events go.

    Attributes:
        url: the address, http or https.
        secret: the key of the signature; empty to send without one.
        headers: further headers, for instance an authorization.
    """

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class Webhook:
    """Sends one event at a time; `send` is made for `outbox.Outbox`."""

    def __init__(self, settings: WebhookSettings, client: HttpClient, clock: Clock) -> None:
        self._settings = settings
        self._client = client
        self._clock = clock

    async def send(self, event: OutgoingEvent) -> None:
        """Deliver an event.

        Raises:
            DeliveryRefused: the receiver says that it will never take this one (400, 413, 415 or 422).
            DeliveryFailed: it was not reached, or has another reason not to take it now.
        """
        timestamp = str(int(self._clock.now().timestamp()))
        headers = {
            **self._settings.headers,
            "Content-Type": "application/json",
            "User-Agent": "ctidesk",
            "X-Ctidesk-Event-Id": event.event_id,
            "X-Ctidesk-Timestamp": timestamp,
        }
        if self._settings.secret:
            headers["X-Ctidesk-Signature"] = signature(self._settings.secret, timestamp, event.body)
        request = HttpRequest(self._settings.url, "POST", headers, event.body)
        try:
            answer = await self._client.send(request, LIMIT)
        except RequestFailed as error:
            raise DeliveryFailed(str(error)) from error
        if answer.status in _REFUSED:
            raise DeliveryRefused(f"the receiver refuses the event with status {answer.status}")
        if not 200 <= answer.status < 300:
            raise DeliveryFailed(f"the receiver answers with status {answer.status}")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a body sent at `timestamp`, as it stands in the header."""
    signed = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"


_REFUSED = (400, 413, 415, 422)
