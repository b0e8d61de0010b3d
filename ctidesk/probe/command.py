"""`ctidesk probe`: prints each step with its time and result."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from contextlib import aclosing
from typing import TextIO

from ctidesk.config.places import SETTINGS_FILE, settings_folder
from ctidesk.config.policy import load_policy
from ctidesk.config.secrets import Secrets, account_of
from ctidesk.config.settings import Connection
from ctidesk.config.settings_file import SettingsFile
from ctidesk.config.store import SettingsStore, run_values
from ctidesk.config.validation import missing
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.probing import Step, StepName, StepState
from ctidesk.cti.threads import DaemonExecutor
from ctidesk.options import DesktopOptions
from ctidesk.probe.course import probe
from ctidesk.probe.target import connection_probe

FAILURE = 1
WRONG_USE = 2


def run_probe(
    options: DesktopOptions, *, as_json: bool = False, timeout: float | None = None, output: TextIO | None = None
) -> int:
    """Carry out `ctidesk probe` and return the exit code: 0 when the line is usable, 1 when not, 2 for wrong use.

    Args:
        options: what the command line and the environment say; the settings say the rest.
        as_json: print one JSON object a line instead of text.
        timeout: seconds for each step below the login; by default those of the application.
        output: where the steps are printed; by default the standard output.
    """
    run = run_values(
        provider=options.provider,
        url=options.url,
        login=options.login,
        secure=options.secure,
        ca_file=options.ca_file,
    )
    file = SettingsFile(settings_folder(options.config_dir) / SETTINGS_FILE)
    store = SettingsStore(file, load_policy(), run)
    connection = store.settings.connection
    try:
        if needed := missing(store.settings):
            key, words = next(iter(needed.items()))
            raise CtiException(CtiError(ErrorKind.CONNECTION_CONFIG, f"{key}: {words}", source="probe"))
        connection_probe(connection, None)
    except CtiException as error:
        print(f"ctidesk: {error.error.text}", file=sys.stderr)
        return WRONG_USE
    printed = _print_json if as_json else _print_text
    return asyncio.run(_run(connection, options, printed, output or sys.stdout, timeout))


async def _run(
    connection: Connection,
    options: DesktopOptions,
    printed: Callable[[Step, TextIO], None],
    output: TextIO,
    timeout: float | None,
) -> int:
    asyncio.get_running_loop().set_default_executor(DaemonExecutor())
    password = options.password
    if password is None:
        password = (await Secrets().load(account_of(connection))).password
    target, network = connection_probe(connection, password, options.proxy, timeout)
    usable = False
    async with aclosing(probe(target, network)) as steps:
        async for step in steps:
            if step.state is not StepState.RUNNING:
                printed(step, output)
            usable = step.name is StepName.LINE and step.state is StepState.DONE
    return 0 if usable else FAILURE


def _print_text(step: Step, output: TextIO) -> None:
    match step.state:
        case StepState.DONE:
            print(f"ok      {_time(step)}  {step.headline:<22}  {step.result}".rstrip(), file=output, flush=True)
        case StepState.FAILED:
            print(f"FAILED  {_time(step)}  {step.headline:<22}  {step.url}".rstrip(), file=output)
            if step.error is not None:
                details = f" [{step.error.raw}]" if step.error.raw else ""
                print(f"        {step.error.text}{_one_line(details)}", file=output, flush=True)
        case _:
            print(f"-                  {step.headline:<22}  not reached", file=output, flush=True)


def _print_json(step: Step, output: TextIO) -> None:
    told: dict[str, object] = {"step": step.name.value, "state": step.state.value, "url": step.url}
    if step.state is not StepState.NOT_REACHED:
        told["seconds"] = round(step.seconds, 3)
    if step.result:
        told["result"] = step.result
    if step.error is not None:
        error = step.error
        told["error"] = {"kind": error.kind.name, "code": error.code, "text": error.text, "raw": error.raw}
    if step.fault:
        told["fault"] = step.fault.value
    print(json.dumps(told, ensure_ascii=False), file=output, flush=True)


def _time(step: Step) -> str:
    return f"{step.seconds * 1000:6.0f} ms"


def _one_line(text: str) -> str:
    """Keep what a server said from being taken for lines of ours."""
    return "".join(character if character.isprintable() else " " for character in text)
