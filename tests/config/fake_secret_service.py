"""A Secret Service that fails as people and machines do: `python -m tests.config.fake_secret_service TROUBLE`.

`silent` answers nothing at all; `dismissed` has no keyring yet, and its user dismisses the question for one; `locked`
has one whose question is dismissed; `ignored` has one whose question nobody answers.
"""

from __future__ import annotations

import sys

import jeepney  # type: ignore[import-untyped]  # it has no types
from jeepney.bus_messages import DBus  # type: ignore[import-untyped]
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

NAME = "org.freedesktop.secrets"
QUESTION = "/org/freedesktop/secrets/prompt/1"
LABEL, LOCKED = ("s", "Login"), ("b", True)


def answer(message: jeepney.Message, trouble: str) -> list[jeepney.Message]:
    """Return the reply to a call, and what follows it."""
    fields = message.header.fields
    member, path = fields.get(jeepney.HeaderFields.member), fields.get(jeepney.HeaderFields.path)
    match member:
        case "Get" if trouble == "dismissed":
            return [jeepney.new_error(message, "org.freedesktop.Secret.Error.NoSuchObject")]
        case "Get":
            return [jeepney.new_method_return(message, "v", (LOCKED if message.body[1] == "Locked" else LABEL,))]
        case "OpenSession" if message.body[0] != "plain":
            return [jeepney.new_error(message, "org.freedesktop.DBus.Error.NotSupported")]
        case "OpenSession":
            return [jeepney.new_method_return(message, "vo", (("s", ""), "/session"))]
        case "CreateCollection":
            return [jeepney.new_method_return(message, "oo", ("/", QUESTION))]
        case "Unlock":
            return [jeepney.new_method_return(message, "aoo", ([], QUESTION))]
        case "Prompt" if path == QUESTION:
            question = jeepney.DBusAddress(QUESTION, interface="org.freedesktop.Secret.Prompt")
            nothing = ("o", "/") if trouble == "dismissed" else ("ao", [])
            completed = jeepney.new_signal(question, "Completed", "bv", (True, nothing))
            # To the one who asks: nobody has subscribed.
            completed.header.fields[jeepney.HeaderFields.destination] = fields[jeepney.HeaderFields.sender]
            return [jeepney.new_method_return(message), *([] if trouble == "ignored" else [completed])]
        case _:
            return [jeepney.new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")]


def main(trouble: str) -> None:
    """Serve until the end."""
    with open_dbus_connection() as connection:
        connection.send_and_get_reply(DBus().RequestName(NAME))
        print("ready", flush=True)
        while True:
            message = connection.receive()
            if trouble != "silent" and message.header.message_type is jeepney.MessageType.method_call:
                for reply in answer(message, trouble):
                    connection.send(reply)


if __name__ == "__main__":
    main(sys.argv[1])
