"""The command line (command-line.md).

Importing this module loads nothing that a command may not need: each command imports what it runs on by itself.
"""

from __future__ import annotations

import argparse
import logging
import math
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ctidesk import __version__

if TYPE_CHECKING:
    from ctidesk.config.settings import Settings
    from ctidesk.options import DesktopOptions

PROVIDERS = ("oktell", "webitel")
AVAILABLE = ("oktell", "webitel")
"""The kinds of PBX that this version can talk to."""
DEMOS = ("oktell", "webitel", "verto")
LOG_LEVELS = ("debug", "info", "warning", "error")
LEVELS = ("pbx", "cti", "wire")

FAILURE = 1
WRONG_USE = 2


class UsageError(Exception):
    """The command line cannot be carried out as it was given; the text never repeats what was typed."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: the arguments without the program's name; by default those of the process.

    Returns:
        The exit code: 0, 1 for a failure, 2 for wrong use. `--help` and `--version` end by SystemExit.
    """
    try:
        options, surplus = _parser().parse_known_args(_with_dial(sys.argv[1:] if argv is None else argv))
        _refuse_surplus(surplus)
        _start_log(_level(options))
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except UsageError as error:
        return _fail(str(error), WRONG_USE)
    except KeyboardInterrupt:
        return FAILURE
    except Exception as error:
        logging.getLogger(__name__).debug("the command failed", exc_info=True)
        if isinstance(error, OSError) and error.filename is not None and error.strerror:
            return _fail(f"{error.filename}: {error.strerror}", FAILURE)
        if isinstance(error, ImportError):
            return _fail(f"a library that this program needs cannot be loaded: {error}", FAILURE)
        return _fail(f"the command failed because of a defect in this program ({type(error).__name__})", FAILURE)


def _fail(text: str, code: int) -> int:
    print(f"ctidesk: {' '.join(text.split())}", file=sys.stderr, flush=True)
    return code


# ---- what can be given


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        # What was typed stands in quotes. It is not repeated: it may be a password in the wrong place.
        what = re.split(r"""[: ]*['"]""", message)[0]
        raise UsageError(f"{what}; see {self.prog} --help")


def _parser() -> _Parser:
    common, connection, desktop = _common_options(), _connection_options(), _desktop_options()
    parser = _Parser(
        prog="ctidesk",
        description="A desktop panel for operators of the Oktell and Webitel PBXs.",
        epilog="Without a command the desktop application starts. The password is taken from CTIDESK_PASSWORD or the "
        "keyring; CTIDESK_PROVIDER, CTIDESK_URL and CTIDESK_LOGIN stand for the options of these names.",
        parents=[common, connection, desktop],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"ctidesk {__version__}")
    parser.set_defaults(run=_run_desktop)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")

    dial = commands.add_parser("dial", help="dial a number", parents=[common, connection, desktop], allow_abbrev=False)
    dial.add_argument("number", metavar="NUMBER", nargs="+", help="a number, or a tel:, callto: or sip: address")
    dial.set_defaults(run=_run_desktop)

    demo = commands.add_parser(
        "demo", help="try everything with a PBX of its own", parents=[common], allow_abbrev=False
    )
    demo.add_argument("--pbx", choices=PROVIDERS, default="oktell", help="which PBX (default: oktell)")
    demo.add_argument("--web-phone", action="store_true", help="calls through this computer's sound (webitel)")
    demo.add_argument("--quiet", action="store_true", help="no calls by themselves")
    demo.add_argument("--seed", type=int, help="the same seed tells the same story")
    demo.add_argument("--shots", type=Path, metavar="DIR", help="write a picture of each screen and state, and end")
    demo.set_defaults(run=_run_demo)

    pbx = commands.add_parser("pbx", help="run a demo PBX alone", parents=[common], allow_abbrev=False)
    pbx.add_argument("kind", choices=DEMOS, help="which PBX; its own options follow")
    pbx.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    pbx.set_defaults(run=_run_pbx)

    watch = commands.add_parser(
        "watch", help="drive and follow a line without a window", parents=[common, connection], allow_abbrev=False
    )
    watch.add_argument(
        "--events", type=_levels, default=("cti",), metavar="LEVEL[,LEVEL]", help="pbx, cti (default) or wire"
    )
    watch.add_argument("--password-stdin", action="store_true", help="the first line of the input is the password")
    watch.add_argument("--for", type=_seconds, dest="seconds", metavar="SECONDS", help="end after so long")
    watch.add_argument("--no-reconnect", action="store_true", help="do not open a lost connection again")
    watch.add_argument("--web-phone", action="store_true", help="calls go through this program, in silence (webitel)")
    watch.add_argument("--verto-url", default="", metavar="URL", help="the web phone's server, else as the PBX says")
    watch.add_argument("--tone", type=_hertz, metavar="HZ", help="the web phone says a tone; hear measures sound")
    watch.set_defaults(run=_run_watch)

    probe = commands.add_parser(
        "probe", help="try the connection step by step", parents=[common, connection], allow_abbrev=False
    )
    probe.add_argument("--json", action="store_true", help="one JSON object a line")
    probe.add_argument("--timeout", type=_seconds, metavar="SECONDS", help="give a step up after so long (default: 10)")
    probe.set_defaults(run=_run_probe)

    diagnostics = commands.add_parser(
        "diagnostics", help="write a report for administrators", parents=[common], allow_abbrev=False
    )
    diagnostics.add_argument("file", type=Path, metavar="FILE.zip", help="where the report is written")
    diagnostics.set_defaults(run=_run_diagnostics)

    settings = commands.add_parser("settings", help="settings for other desks", parents=[common], allow_abbrev=False)
    actions = settings.add_subparsers(metavar="ACTION", title="actions", required=True)
    export = actions.add_parser("export", help="write a policy file as this desk is set", parents=[common])
    export.add_argument("file", type=Path, metavar="FILE", help="where the policy is written; - for standard output")
    export.add_argument("--lock", action="append", default=[], metavar="KEY", help="a key or a section to lock")
    export.add_argument("--personal", action="store_true", help="with what belongs to one operator or one computer")
    export.set_defaults(run=_run_settings_export)
    return parser


def _options() -> _Parser:
    """Options that are understood before and after the command: those that are not given leave no trace."""
    return _Parser(add_help=False, argument_default=argparse.SUPPRESS, allow_abbrev=False)


def _common_options() -> _Parser:
    options = _options()
    options.add_argument("--log-level", choices=LOG_LEVELS, help="what to log on standard error (default: warning)")
    options.add_argument("--config", type=Path, metavar="DIR", help="settings folder instead of the system's place")
    return options


def _connection_options() -> _Parser:
    options = _options()
    options.add_argument("--provider", choices=PROVIDERS, help="the kind of PBX")
    options.add_argument("--url", help="the PBX's address, like ws://pbx.example:4055")
    options.add_argument("--login", help="your name at the PBX")
    options.add_argument("--secure", action="store_true", help="use TLS for an address without ws:// or wss://")
    options.add_argument("--ca-file", type=Path, metavar="FILE", help="certificates to trust besides the system's")
    options.add_argument("--proxy", metavar="URL", help="connect through a proxy")
    return options


def _desktop_options() -> _Parser:
    options = _options()
    options.add_argument("--hidden", action="store_true", help="show the tray icon alone")
    return options


_CONNECTION = ("provider", "url", "login", "secure", "ca_file", "proxy")
_DESKTOP = ("hidden",)
_COMMANDS = ("dial", "demo", "pbx", "watch", "probe", "diagnostics", "settings")
_URI = re.compile(r"(tel|callto|sips?):", re.IGNORECASE)


def _with_dial(words: Sequence[str]) -> list[str]:
    """Write the form that a URL handler uses, `ctidesk tel:…`, as `ctidesk dial tel:…`."""
    for place, word in enumerate(words):
        if word in _COMMANDS:
            break
        if _URI.match(word):
            return [*words[:place], "dial", *words[place:]]
    return list(words)


def _refuse_surplus(surplus: Sequence[str]) -> None:
    """Name the options that there are not, without their values."""
    names = [word.partition("=")[0] for word in surplus if re.match(r"--?[A-Za-z]", word)]
    if names:
        raise UsageError(f"there is no option {names[0]} here; see ctidesk --help")
    if surplus:
        raise UsageError("there is a word too many; see ctidesk --help")


def _refuse(options: argparse.Namespace, names: Sequence[str], command: str) -> None:
    """Refuse options that were given before a command that does not take them."""
    for name in names:
        if hasattr(options, name):
            raise UsageError(f"--{name.replace('_', '-')} does not go with ctidesk {command}")


def _levels(text: str) -> tuple[str, ...]:
    levels = tuple(word.strip() for word in text.split(","))
    if not set(levels) <= set(LEVELS):
        raise argparse.ArgumentTypeError(f"levels are {', '.join(LEVELS)}, separated by commas")
    return levels


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise argparse.ArgumentTypeError("a number of seconds")
    return seconds


def _hertz(text: str) -> float:
    try:
        hertz = float(text)
    except ValueError:
        hertz = math.nan
    if not 20 <= hertz <= 4000:
        raise argparse.ArgumentTypeError("a pitch from 20 to 4000 hertz")
    return hertz


# ---- what was given


def _level(options: argparse.Namespace) -> str:
    level: str = getattr(options, "log_level", "warning")
    return level


def _config(options: argparse.Namespace) -> Path | None:
    folder: Path | None = getattr(options, "config", None)
    return folder


def _text(options: argparse.Namespace, name: str) -> str:
    """Return an option, or the environment variable that stands for it, or nothing."""
    text: str = getattr(options, name, "") or os.environ.get(f"CTIDESK_{name.upper()}", "")
    return text


def _provider(options: argparse.Namespace) -> str:
    provider = _text(options, "provider")
    if not provider:
        return ""
    if provider not in PROVIDERS:
        raise UsageError(f"CTIDESK_PROVIDER is none of {', '.join(PROVIDERS)}")
    if provider not in AVAILABLE:
        raise UsageError(f"{provider} is not available yet")
    return provider


def _password() -> str | None:
    return os.environ.get("CTIDESK_PASSWORD") or None


# ---- the commands


def _run_desktop(options: argparse.Namespace) -> int:
    chosen = _desktop_options_of(options)
    _import_qt()
    from ctidesk.app import run_desktop

    return run_desktop(chosen)


def _import_qt() -> None:
    from ctidesk.system.qt_import import import_qt

    import_qt()


def _desktop_options_of(options: argparse.Namespace) -> DesktopOptions:
    from ctidesk.options import DesktopOptions

    return DesktopOptions(
        provider=_provider(options) or None,
        url=_text(options, "url"),
        login=_text(options, "login"),
        password=_password(),
        secure=getattr(options, "secure", None),
        ca_file=getattr(options, "ca_file", None),
        proxy=getattr(options, "proxy", None),
        hidden=getattr(options, "hidden", False),
        dial=_number(" ".join(options.number)) if hasattr(options, "number") else "",
        config_dir=_config(options),
        log_level=_level(options),
    )


def _number(text: str) -> str:
    from ctidesk.cti.dialling import NumberRefused, normalise_number, number_from_uri

    try:
        return number_from_uri(text) if _URI.match(text) else normalise_number(text)
    except NumberRefused as refused:
        raise UsageError(str(refused)) from None


def _run_demo(options: argparse.Namespace) -> int:
    from ctidesk.options import DemoOptions

    _refuse(options, (*_CONNECTION, *_DESKTOP), "demo")
    if options.pbx not in AVAILABLE:
        raise UsageError(f"the {options.pbx} demo is not available yet")
    if options.web_phone and options.pbx != "webitel":
        raise UsageError("--web-phone needs --pbx webitel")
    chosen = DemoOptions(
        pbx=options.pbx,
        quiet=options.quiet,
        seed=options.seed,
        shots=options.shots,
        web_phone=options.web_phone,
        log_level=_level(options),
    )
    _import_qt()
    from ctidesk.app import run_demo

    return run_demo(chosen)


def _run_pbx(options: argparse.Namespace) -> int:
    _refuse(options, (*_CONNECTION, *_DESKTOP), "pbx")
    from ctidesk.demo import command

    if options.kind not in command.PBXES:
        raise UsageError(f"the {options.kind} demo PBX is not available yet")
    parser = _Parser(prog=f"ctidesk pbx {options.kind}", parents=[_common_options()], allow_abbrev=False)
    command.add_arguments(parser, options.kind)
    own, surplus = parser.parse_known_args(options.rest)
    _refuse_surplus(surplus)
    if hasattr(own, "log_level"):
        _start_log(own.log_level)
    return command.run(own)


def _run_watch(options: argparse.Namespace) -> int:
    _refuse(options, _DESKTOP, "watch")
    provider, url, login = _provider(options), _text(options, "url"), _text(options, "login")
    for name, text in (("provider", provider), ("url", url), ("login", login)):
        if not text:
            raise UsageError(f"give --{name} or set CTIDESK_{name.upper()}")
    if options.web_phone and provider != "webitel":
        raise UsageError("--web-phone needs --provider webitel")
    if options.verto_url and not options.web_phone:
        raise UsageError("--verto-url needs --web-phone")
    if options.tone is not None and not options.web_phone:
        raise UsageError("--tone needs --web-phone")
    from ctidesk.watch import command
    from ctidesk.watch.options import Level, WatchOptions

    return command.run(
        WatchOptions(
            provider=provider,
            url=url,
            login=login,
            password=_password(),
            password_in_input=options.password_stdin,
            secure=getattr(options, "secure", False),
            ca_file=getattr(options, "ca_file", None),
            proxy=getattr(options, "proxy", None),
            web_phone=options.web_phone,
            verto_url=options.verto_url,
            tone=options.tone,
            levels=frozenset(Level(one) for one in options.events),
            reconnects=not options.no_reconnect,
            seconds=options.seconds,
        )
    )


def _run_probe(options: argparse.Namespace) -> int:
    from ctidesk.probe.command import run_probe

    _refuse(options, _DESKTOP, "probe")
    return run_probe(_desktop_options_of(options), as_json=options.json, timeout=options.timeout)


def _run_diagnostics(options: argparse.Namespace) -> int:
    from ctidesk.diagnostics import report, write_report

    _refuse(options, (*_CONNECTION, *_DESKTOP), "diagnostics")
    folder, settings = _settings(options)
    from ctidesk.system.machine import machine_lines_alone

    texts = report(folder, settings, machine_lines_alone())
    print("The report will contain, without passwords:")
    for name, text in texts.items():
        print(f"  {name} ({len(text.splitlines())} lines)", flush=True)
    try:
        write_report(options.file, texts)
    except OSError as error:
        return _fail(f"the report cannot be written: {error.strerror or type(error).__name__}", FAILURE)
    return 0


def _run_settings_export(options: argparse.Namespace) -> int:
    from ctidesk.config.keys import sections, value_types
    from ctidesk.config.policy import export_policy

    _refuse(options, (*_CONNECTION, *_DESKTOP), "settings")
    if not set(options.lock) <= value_types().keys() | sections():
        raise UsageError("--lock takes keys like connection.oktell.addresses, or sections like connection")
    text = export_policy(_settings(options)[1], lock=options.lock, personal=options.personal)
    if str(options.file) == "-":
        print(text, end="", flush=True)
        return 0
    try:
        options.file.write_text(text, "utf-8")
    except OSError as error:
        return _fail(f"the policy cannot be written: {error.strerror or type(error).__name__}", FAILURE)
    return 0


def _settings(options: argparse.Namespace) -> tuple[Path, Settings]:
    """Return the settings folder, and what counts there."""
    from ctidesk.config.places import SETTINGS_FILE, settings_folder
    from ctidesk.config.policy import load_policy
    from ctidesk.config.settings_file import SettingsFile
    from ctidesk.config.store import SettingsStore

    folder = settings_folder(_config(options))
    return folder, SettingsStore(SettingsFile(folder / SETTINGS_FILE), load_policy()).settings


# ---- the log


def _start_log(level: str) -> None:
    """Log on standard error, without secrets."""
    from ctidesk.net.masking import mask

    class Masked(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return mask(super().format(record))

    handler = logging.StreamHandler()
    handler.setFormatter(Masked("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
