"""`ctidesk pbx`: the demo PBX alone, driven by lines on standard input (command-line.md, "`ctidesk pbx`").

The first line on standard output is `listening ws://HOST:PORT/`, the second the demo operator's login and password with
a blank between them: `operator demo` for Oktell, `101@demo.example demo` for Webitel. Then each line on standard input
is answered by one line of JSON. It ends with exit code 0 at the end of input or at SIGTERM.
"""

from __future__ import annotations

import argparse
import asyncio
import codecs
import contextlib
import json
import os
import signal
import ssl
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.demo.oktell.options import HTTPS_PORT
from ctidesk.demo.webitel import WebitelDemo, WebitelOptions

if TYPE_CHECKING:
    from ctidesk.demo.verto.demo import VertoDemo

PBXES = ("oktell", "webitel", "verto")
"""The kinds of PBX that there are."""

CODECS = ("opus", "PCMU", "PCMA")
"""What the Verto server can speak."""

Demo: TypeAlias = "OktellDemo | WebitelDemo | VertoDemo"


def add_arguments(parser: argparse.ArgumentParser, pbx: str = "oktell") -> None:
    """Adds what `ctidesk pbx oktell` and its like understand. `pbx`: one of `PBXES`."""
    parser.set_defaults(pbx=pbx)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 takes a free one")
    parser.add_argument("--users", type=_user_count, default=25, help="number of users, the first one has 101")
    parser.add_argument("--seed", type=int, default=0, help="the same seed makes the same company")
    parser.add_argument("--login-password", default="demo", help="password of every user")
    parser.add_argument("--auto", action="store_true", help="called parties answer by themselves after a moment")
    if pbx != "oktell":
        parser.add_argument("--domain", default=WebitelOptions.domain, help="what stands behind the @ of every login")
    if pbx == "verto":
        _add_verto_arguments(parser)
        return
    if pbx == "webitel":
        parser.add_argument(
            "--devices", type=_device_count, default=1, help="telephones of each user, ringing together"
        )
        parser.add_argument("--web-phone", action="store_true", help="with a Verto port, which the login names")
        parser.add_argument("--verto-port", type=int, default=0, help="its number; 0 takes a free one")
        return
    parser.add_argument("--redirect-to-wss", action="store_true", help="send clients to the secure port")
    parser.add_argument("--tls-cert", type=Path, help="certificate (PEM); opens a secure port as well")
    parser.add_argument("--tls-key", type=Path, help="its private key (PEM)")
    parser.add_argument("--tls-port", type=int, default=HTTPS_PORT, help="the secure port; 0 takes a free one")


def run(args: argparse.Namespace) -> int:
    """Runs until the end of input or SIGTERM. Returns the exit code."""
    make: dict[str, Callable[[argparse.Namespace], Demo]] = {"oktell": _oktell, "webitel": _webitel, "verto": _verto}
    try:
        asyncio.run(_serve(make[args.pbx](args)))
    except ImportError as error:
        print(f"ctidesk: the web phone's libraries are not installed (ctidesk[webphone]): {error}", file=sys.stderr)
        return 1
    except (OSError, OverflowError, ssl.SSLError) as error:
        print(f"ctidesk: cannot listen on {args.host}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _oktell(args: argparse.Namespace) -> OktellDemo:
    options = OktellOptions(
        host=args.host,
        port=args.port,
        users=args.users,
        seed=args.seed,
        login_password=args.login_password,
        auto=args.auto,
        redirect_to_wss=args.redirect_to_wss,
        tls_cert=args.tls_cert,
        tls_key=args.tls_key,
        tls_port=args.tls_port,
    )
    return OktellDemo(options)


def _webitel(args: argparse.Namespace) -> WebitelDemo:
    options = WebitelOptions(
        host=args.host,
        port=args.port,
        users=args.users,
        seed=args.seed,
        login_password=args.login_password,
        auto=args.auto,
        domain=args.domain,
        devices=args.devices,
        web_phone=args.web_phone,
        verto_port=args.verto_port,
    )
    return WebitelDemo(options)


def _verto(args: argparse.Namespace) -> VertoDemo:
    from ctidesk.demo.verto.demo import VertoDemo
    from ctidesk.demo.verto.options import VertoOptions, quirks_without

    options = VertoOptions(
        host=args.host,
        port=args.port,
        users=args.users,
        seed=args.seed,
        login_password=args.login_password,
        auto=args.auto,
        domain=args.domain,
        talk=args.talk,
        codecs=args.codecs,
        detach_seconds=args.detach_seconds,
        quirks=quirks_without(args.without),
    )
    return VertoDemo(options)


def _add_verto_arguments(parser: argparse.ArgumentParser) -> None:
    from ctidesk.demo.verto.options import QUIRKS

    parser.add_argument("--talk", type=Path, metavar="FILE.wav", help="what the other party says")
    parser.add_argument("--codecs", type=_codecs, default=CODECS, help="what the server speaks, the best first")
    parser.add_argument("--detach-seconds", type=float, default=120.0, help="a talk waits so long for a lost client")
    parser.add_argument(
        "--without", action="append", default=[], choices=QUIRKS, help="leave out something that surprises clients"
    )


async def _serve(pbx: Demo) -> None:
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in the loop
        loop.add_signal_handler(signal.SIGTERM, lines.put_nowait, None)
    async with pbx as demo:
        _say(f"listening {demo.url}")
        _say(f"{demo.operator_login} {demo.password}")
        threading.Thread(target=_read, args=(loop, lines), daemon=True).start()
        while (line := await lines.get()) is not None:
            if line.strip():
                _say(json.dumps(await demo.direct(line), ensure_ascii=False))


def _read(loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[str | None]) -> None:
    """Reads in a thread, because standard input can be a terminal, a pipe or a file on every system.

    Not through `sys.stdin`: its lock would be held by this thread when the program ends at SIGTERM.
    """
    text = codecs.getincrementaldecoder("utf-8")(errors="replace")
    rest = ""
    with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits for lines any more
        while chunk := os.read(sys.stdin.fileno(), 65536):
            *whole, rest = (rest + text.decode(chunk)).split("\n")
            for line in whole:
                loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, rest)
        loop.call_soon_threadsafe(lines.put_nowait, None)


def _say(text: str) -> None:
    print(text, flush=True)


def _user_count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= 100_000:
        raise argparse.ArgumentTypeError("between 1 and 100000")
    return count


def _codecs(text: str) -> tuple[str, ...]:
    names = {name.lower(): name for name in CODECS}
    chosen = tuple(text.lower().split(","))
    if not chosen or not set(chosen) <= names.keys():
        raise argparse.ArgumentTypeError(f"some of {','.join(CODECS)}")
    return tuple(names[name] for name in chosen)


def _device_count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= 10:
        raise argparse.ArgumentTypeError("between 1 and 10")
    return count
