"""Commands that the server hands to the switch (webitel-protocol.md, "4.2 Calls")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from ctidesk.demo.webitel.channels import Channel, Party, channel_row, switch_event
from ctidesk.demo.webitel.request import NO_REPLY, Command, Refusal, Request, json_text
from ctidesk.demo.webitel.switch import SwitchError

_UNWANTED = str.maketrans("", "", "\"'\\\r\n\t")
_AUTOMATIC = ("sip_auto_answer=true", "answer-after=")


def _bad_response() -> Refusal:
    """What the server says of a call command whose handler produced nothing."""
    return Refusal(None, "-ERR: bad response")


def _own_party(request: Request) -> Party:
    """The telephone that a command names, or the caller's; always of the own domain."""
    user = request.text("user") or request.account.login
    account = request.desk.directory.find(user.partition("@")[0])
    if account is None:
        raise Refusal("-ERR SUBSCRIBER_ABSENT\n")
    return request.desk.legs.party(account.number)


def _variables(request: Request) -> dict[str, str]:
    """Channel variables from `params` and `variables`."""
    variables = dict(one.split("=", 1) for one in request.texts("params") if "=" in one)
    given = request.args.get("variables")
    if isinstance(given, dict):
        own = {str(name): str(value).translate(_UNWANTED) for name, value in given.items()}
        variables.update(own)
        variables["webitel_data"] = f"'{json_text(given)}'".replace("\n", " ")
    return variables


def _picks_up(request: Request) -> bool:
    return any(mark in value for value in request.texts("auto_answer_param") for mark in _AUTOMATIC)


def _call(request: Request) -> object:
    extension = request.text("extension")
    if not extension:
        raise _bad_response()
    switch, party = request.desk.switch, _own_party(request)
    switch.call(party, extension, _variables(request), request.reply_line, picks_up=_picks_up(request))
    return NO_REPLY


def _consult(request: Request) -> object:
    extension = request.text("extension").partition("@")[0]
    if not extension:
        raise _bad_response()
    variables = {"w_jsclient_xtransfer": request.text("parent_call_uuid")}
    switch, party = request.desk.switch, _own_party(request)
    switch.call(party, extension, variables, request.reply_line, picks_up=_picks_up(request))
    return NO_REPLY


def _hang_up(request: Request) -> object:
    channel = _channel(request, "channel-uuid", "<uuid> [cause]")
    variable = request.text("variable")
    if variable:
        channel.variables[variable] = request.text("value")
    request.desk.switch.hang_up(channel, request.text("cause") or "NORMAL_CLEARING")
    return "+OK\n"


def _hold(request: Request) -> object:
    request.desk.switch.hold(_channel(request, "channel-uuid", "[off|toggle] <uuid> [<display>]"))
    return "+OK Success\n"


def _unhold(request: Request) -> object:
    request.desk.switch.unhold(_channel(request, "channel-uuid", "[off|toggle] <uuid> [<display>]"))
    return "+OK Success\n"


def _toggle_hold(request: Request) -> object:
    channel = _channel(request, "channel-uuid", "[off|toggle] <uuid> [<display>]")
    return _unhold(request) if channel.is_held else _hold(request)


def _transfer(request: Request) -> object:
    channel = request.desk.switch.channel(request.text("channel-uuid") or "undefined")
    destination = request.text("destination").partition("@")[0]
    if not destination:
        raise Refusal("-USAGE: <uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]\n")
    request.desk.switch.transfer(channel, destination)
    return "+OK\n"


def _complete_transfer(request: Request) -> object:
    """Whatever happens, the own legs a and d say it: `w_transfer_result`."""
    switch = request.desk.switch
    known = request.desk.legs.channels
    named = [known.get(request.text(f"channel-uuid-leg-{name}")) for name in "ad"]
    own = [leg for leg in named if leg is not None]
    for leg in own:
        leg.variables["w_transfer_result"] = "confirmed"
    try:
        far, consulted = (switch.channel(request.text(f"channel-uuid-leg-{name}")) for name in "bc")
        switch.join(far, consulted)
    except SwitchError:
        for leg in own:
            leg.variables["w_transfer_result"] = "error"
        raise
    return f"+OK {far.id}\n"


def _cancel_transfer(request: Request) -> object:
    request.desk.switch.hang_up(request.desk.switch.channel(request.text("channel-uuid-leg-c")))
    return "+OK\n"


def _bridge(request: Request) -> object:
    first, second = (request.desk.switch.channel(request.text(f"channel_uuid_{name}")) for name in "AB")
    request.desk.switch.join(first, second)
    return f"+OK {second.id}\n"


def _dtmf(request: Request) -> object:
    channel = _channel(request, "channel-uuid", "<uuid> <dtmf_data>")
    digits = request.text("digits")
    if not digits:
        raise Refusal("-USAGE: <uuid> <dtmf_data>\n")
    request.desk.switch.dtmf(channel, digits)
    return f"+OK {digits}"


def _get_variable(request: Request) -> object:
    channel = _channel(request, "channel-uuid", "<uuid> <var>")
    return channel.variables.get(request.text("variable")) or "_undef_"


def _set_variable(request: Request) -> object:
    channel = _channel(request, "channel-uuid", "<uuid> <var> [value]")
    name = request.text("variable")
    if not name:
        raise Refusal("-USAGE: <uuid> <var> [value]\n")
    channel.variables[name] = request.text("value")
    return "+OK\n"


def _dump(request: Request) -> object:
    """The raw fields, as they are recovered from (webitel-protocol.md, "6.8 Recovery after (re)connecting")."""
    return json_text(switch_event(_channel(request, "uuid", "<uuid> [format]"), "CHANNEL_DATA"))


def _show_channels(request: Request) -> object:
    rows = [channel_row(channel) for channel in request.desk.legs.channels.values()]
    return {"row_count": len(rows), "rows": rows}


def _eavesdrop(request: Request) -> object:
    if request.text("channel-uuid") in ("", "all"):
        raise _bad_response()
    target = request.desk.switch.channel(request.text("channel-uuid"))
    switch, party = request.desk.switch, _own_party(request)

    def stop(channel: Channel) -> None:
        """Not in the middle of what ends the other one."""
        request.desk.scheduler.later(0, partial(switch.hang_up, channel))

    def listen(channel: Channel) -> None:
        channel.destination = "eavesdrop"
        request.desk.legs.state(channel, "CS_EXECUTE")
        if target.cause:
            stop(channel)
        else:
            target.when_hung_up.append(partial(stop, channel))

    shown = request.text("display") or target.party.number
    variables = dict(one.split("=", 1) for one in request.texts("variables") if "=" in one)
    switch.originate(party, (shown, shown), variables, listen, request.reply_line)
    return NO_REPLY


def _act_on(name: str, response: str) -> Callable[[Request], object]:
    """A command of which nobody but the parties hears anything."""

    def act(request: Request) -> object:
        request.desk.switch.channel(request.text(name))
        return response

    return act


def _channel(request: Request, name: str, usage: str) -> Channel:
    if not request.text(name):
        raise Refusal(f"-USAGE: {usage}\n")
    return request.desk.switch.channel(request.text(name))


CALL_COMMANDS: Mapping[str, Command] = {
    "call": Command(_call),
    "hangup": Command(_hang_up),
    "hold": Command(_hold),
    "unhold": Command(_unhold),
    "toggle_hold": Command(_toggle_hold),
    "transfer": Command(_transfer),
    "att_xfer2": Command(_consult),
    "att_xfer_bridge": Command(_complete_transfer),
    "att_xfer_cancel": Command(_cancel_transfer),
    "bridge": Command(_bridge),
    "dtmf": Command(_dtmf),
    "getvar": Command(_get_variable),
    "setvar": Command(_set_variable),
    "channel_dump": Command(_dump),
    "show_channel": Command(_show_channels),
    "eavesdrop": Command(_eavesdrop),
    "video_refresh": Command(_act_on("uuid", "+OK\n")),
    "displace": Command(_act_on("channel-uuid", "+OK Success\n")),
}
