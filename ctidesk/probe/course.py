"""A connection, tried step by step."""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from msgspec.structs import replace

from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.probing import ConnectionProbe, Fault, Step, StepName, StepState
from ctidesk.cti.text import translate
from ctidesk.net import address as addresses
from ctidesk.net import probing
from ctidesk.net.address import Address
from ctidesk.net.errors import NetError
from ctidesk.net.options import ConnectionOptions
from ctidesk.net.tls import PeerCertificate
from ctidesk.probe.words import network_error

Work = Callable[[], Awaitable[str]]


async def probe(
    target: ConnectionProbe, network: ConnectionOptions, clock: Callable[[], float] = time.monotonic
) -> AsyncGenerator[Step, None]:
    """Try a connection and yield each step twice: when it begins, and when it is done or has failed.

    After a failure the steps that were not reached follow. Of several addresses the next is tried when one has failed
    before the login. The line is usable when the last step is `LINE` and done. Whoever stops early closes the iterator
    (`contextlib.aclosing`); nothing stays open then.

    Args:
        target: the connection to try.
        network: how it is opened; its `open_timeout` is the limit for each step.
        clock: monotonic time in seconds.
    """
    course = _Course(target, network, clock)
    try:
        try:
            urls = target.urls()
        except CtiException as error:
            yield Step(StepName.ADDRESS, StepState.FAILED, error=error.error, fault=Fault.ADDRESS)
            for name in (StepName.TCP, StepName.WEBSOCKET, StepName.LOGIN, StepName.LINE):
                yield Step(name, StepState.NOT_REACHED)
            return
        for url in urls:
            async with aclosing(course.network_steps(url)) as steps:
                async for step in steps:
                    yield step
            if course.is_open:
                break
        async with aclosing(course.line_steps()) as steps:
            async for step in steps:
                yield step
    finally:
        await target.close()


class _Course:
    """The steps, and how far they have come."""

    def __init__(self, target: ConnectionProbe, network: ConnectionOptions, clock: Callable[[], float]) -> None:
        self.is_open = False
        self._target = target
        self._network = network
        self._clock = clock
        self._url = ""

    async def network_steps(self, url: str) -> AsyncGenerator[Step, None]:
        """Go as far as the open WebSocket."""
        try:
            address = addresses.parse(url)
            host, port = probing.first_hop(address, self._network.proxy)
        except NetError as error:
            found, fault = network_error(error, StepName.ADDRESS, "", 0)
            yield Step(StepName.ADDRESS, StepState.FAILED, error=found, fault=fault)
            return
        self._url = str(address)
        hop = _Hop(address, host, port, self._network)
        steps: list[tuple[StepName, Work]] = [(StepName.ADDRESS, hop.look_up), (StepName.TCP, hop.reach)]
        # Through a proxy the certificate is seen when the WebSocket is opened.
        if address.secure and not self._network.proxy:
            steps.append((StepName.TLS, hop.inspect_certificate))
        steps.append((StepName.WEBSOCKET, lambda: self._open(url)))
        async with aclosing(self._run(steps, host, port)) as run:
            async for step in run:
                yield step
                self.is_open = step.name is StepName.WEBSOCKET and step.state is StepState.DONE

    async def line_steps(self) -> AsyncGenerator[Step, None]:
        """Go from the open WebSocket to the usable line."""
        steps: list[tuple[StepName, Work]] = [(StepName.LOGIN, self._log_in), (StepName.LINE, self._target.load_line)]
        if not self.is_open:
            for name, _ in steps:
                yield Step(name, StepState.NOT_REACHED, self._url)
            return
        async with aclosing(self._run(steps, "", 0)) as run:
            async for step in run:
                yield step

    async def _run(self, steps: Sequence[tuple[StepName, Work]], host: str, port: int) -> AsyncGenerator[Step, None]:
        failed = False
        for name, work in steps:
            if failed:
                yield Step(name, StepState.NOT_REACHED, self._url)
                continue
            step = Step(name, StepState.RUNNING, self._url)
            yield step
            began = self._clock()
            try:
                step = replace(step, state=StepState.DONE, result=await work())
            except NetError as error:
                found, fault = network_error(error, name, host, port)
                step = replace(step, state=StepState.FAILED, error=found, fault=fault)
            except CtiException as error:
                step = replace(step, state=StepState.FAILED, error=error.error, fault=_fault(name, error.error))
            failed = step.state is StepState.FAILED
            yield replace(step, seconds=self._clock() - began)

    async def _open(self, url: str) -> str:
        await self._target.open(url)
        return ""

    async def _log_in(self) -> str:
        await self._target.log_in()
        return self._target.login


@dataclass(frozen=True, slots=True)
class _Hop:
    """What is connected to first: the server, or the proxy."""

    address: Address
    host: str
    port: int
    network: ConnectionOptions

    async def look_up(self) -> str:
        found = await probing.look_up(self.host, self.port, self.network.open_timeout)
        return self.host if found == [self.host] else f"{self.host} → {', '.join(found)}"

    async def reach(self) -> str:
        peer = await probing.reach(self.host, self.port, self.network.open_timeout)
        words = translate("Probe", "{host}, port {port}")
        if self.network.proxy:
            words = translate("Probe", "proxy {host}, port {port}")
        return words.format(host=peer, port=self.port)

    async def inspect_certificate(self) -> str:
        found = await probing.inspect_certificate(self.address, self.network.ca_file, self.network.open_timeout)
        return "" if found is None else _certificate_words(found)


def _certificate_words(certificate: PeerCertificate) -> str:
    seconds = ssl.cert_time_to_seconds(certificate.not_after)
    words = translate("Probe", "{name}, issued by {issuer}, to {date}")
    return words.format(
        name=_common_name(certificate.subject),
        issuer=_common_name(certificate.issuer),
        date=time.strftime("%Y-%m-%d", time.gmtime(seconds)),
    )


def _common_name(name: str) -> str:
    return name.rpartition("commonName=")[2].partition(", ")[0] or "?"


def _fault(name: StepName, error: CtiError) -> Fault:
    if name is not StepName.LOGIN:
        return Fault.NONE
    return Fault.PASSWORD if error.kind in (ErrorKind.AUTHENTICATION, ErrorKind.CONNECTION_CONFIG) else Fault.NONE
