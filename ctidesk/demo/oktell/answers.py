"""Every method that a logged-in client may call, by name.

An answer gets the desk, the client's user and the request's body, and returns the reply's fields; a missing `result`
means 1. What cannot be done raises `SwitchError`, whose text becomes `errormsg`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ctidesk.demo.oktell import answers_company, answers_conference, answers_line
from ctidesk.demo.oktell.desk import Desk
from ctidesk.demo.oktell.directory import User

Answer = Callable[[Desk, User, dict[str, object]], Mapping[str, object]]

ANSWERS: Mapping[str, Answer] = {
    "getversion": answers_company.version,
    "getmyuserinfo": answers_company.my_user_info,
    "cc_getlunchtypes": answers_company.break_reasons,
    "getpbxnumbers": answers_company.numbers,
    "getallusernumbers": answers_company.users,
    "getalluserphotolink": answers_company.photo_links,
    "getuserphoto": answers_company.photo_link,
    "getredirectrules": answers_company.redirect_rules,
    "saveredirectrules": answers_company.save_redirect_rule,
    "deleteredirectrules": answers_company.delete_redirect_rules,
    "execpredefineddbstoredproc": answers_company.stored_procedure,
    "triggercustomevent": answers_company.trigger_custom_event,
    "sendusertextmessage": answers_company.send_text_message,
    "changepassword": answers_company.change_password,
    "gettemphttppass": answers_company.http_password,
    "getpbxcalljournal": answers_company.call_journal,
    "getuserstate": answers_line.user_state,
    "setuserstate": answers_line.set_user_state,
    "entercallcenter": answers_line.enter_call_centre,
    "exitcallcenter": answers_line.exit_call_centre,
    "getextendedlineinfo": answers_line.extended_line_info,
    "getflashedabonentinfo": answers_line.flashed_abonent_info,
    "getcurrentqueue": answers_line.current_queue,
    "pbxautocallstart": answers_line.autocall_start,
    "pbxautocallabort": answers_line.autocall_abort,
    "pbxanswercall": answers_line.answer_call,
    "pbxdeclinecall": answers_line.decline_call,
    "pbxabortcall": answers_line.abort_call,
    "pbxmakeflash": answers_line.make_flash,
    "pbxmaketransfer": answers_line.make_transfer,
    "pbxtransfercall": answers_line.make_transfer,
    "buildconferencefromcommutation": answers_conference.build,
    "createnewconference": answers_conference.create,
    "invitetoconference": answers_conference.invite,
    "checkcanconnecttogathertoconference": answers_conference.can_bring_held,
    "connecttogathertoconference": answers_conference.bring_held,
    "getconferenceinfo": answers_conference.info,
    "getconferencecompetitors": answers_conference.competitors,
    "confhandleevent": answers_conference.handle_events,
    "confdisconnectcompetitor": answers_conference.disconnect,
    "exitconference": answers_conference.leave,
    "attachasghost": answers_conference.attach_as_ghost,
    "confsetghostmode": answers_conference.set_ghost_mode,
    "confsetvoiceparams": answers_conference.set_voice_parameters,
}
