<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru">
<context>
    <name>Abilities</name>
    <message>
        <source>No call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No call to answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No call to end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No call to hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No call to transfer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection to the PBX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not possible in this state of the call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick up your phone to answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The consultation is not answered yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The line cannot dial now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a call already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no consultation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This PBX gives no recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are consulting already</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>About</name>
    <message>
        <source>A desktop panel for operators of the Oktell and Webitel PBXs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About ctidesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>No tray on this desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ctidesk stays in its window. Closing it minimises it; Ctrl+Q ends ctidesk.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>The connection could not be opened because of a defect in this program.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Model</name>
    <message>
        <source>A part of this program failed over an event. Calls go on; restart it if something looks wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the tones 0 to 9, * and # can be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something in this program failed. Calls go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no call for a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no call to answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no call to consult about.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no call to end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no call to mute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no call to put on hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no call to send tones in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no call to transfer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no connection to the PBX.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no consultation.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Number</name>
    <message>
        <source>A plus sign can only stand at the beginning of a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number has characters that cannot be dialled. Enter digits, +, * or # only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number has letters. Enter digits, +, * or # only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number is too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This address names no phone number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not the address of a phone number.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Oktell</name>
    <message>
        <source>After-call work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Break</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No secure connection could be made. Check whether this port uses TLS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is on hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready, calls by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redirect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something answers at this address, but it is no Oktell PBX. Check the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something in this program failed. Calls go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Oktell desktop client is already logged in with this name. Close it there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX answered, but the line could not be opened. The next attempt follows by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX cannot be reached. The next attempt follows by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX does not accept this login or password. Correct them and connect again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX has forgotten this login. Enter the password and connect again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX has not answered in time. Look at the call and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX has not switched to the held caller. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX has refused. Try again or ask your administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX is not ready yet. The next attempt follows by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX licence allows no more users now. Ask your administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX refuses this call. Check the number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call has ended. There is nothing to answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server address is missing or wrong. Correct it and connect again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not let this computer in. Ask your administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server refuses the connection. Check the address and the port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server's certificate cannot be trusted, so nothing was sent. Ask your administrator for the right address or certificate file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server's name was not found. Check the address and the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a call on hold already. Complete or cancel that first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no connection to the PBX. Wait until it is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no number to redirect to. Enter one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no number. Enter one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no password. Enter it and connect again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no talk to transfer. Answer first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This PBX is too old for that. Ask your administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This state cannot be chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are in a conference. Leave it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are talking with this number already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your line is busy with another call. End that one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your phone cannot be answered from here. Pick it up by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your phone is not connected to the PBX. Check the phone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your state is busy. Become ready first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>Abonents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to conference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agent state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agent state: {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Barge in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Busy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calling: {whom}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls may ring at your phone but not here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls may ring at your phone but not here. Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel, back to caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Complete transfer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection: connected to the PBX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection: connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection: none, waiting for the next attempt. Click to reconnect now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection: none. Click to reconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consult</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consult with…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter a number or a name first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide keypad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a conference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Intercom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listen in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Login or password refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next attempt in {seconds} s · attempt {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No abonents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No abonents yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection to the PBX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number or name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other keyboard layout, “{text}”: nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other keyboard layout: “{text}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick up your phone to answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Enter to use this number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnect now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redirect calls to number…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send to…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX allows nothing with this person now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX has ended the connection. It is not tried again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX has given no list of its people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX has not said yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings of the connection are wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They come with the connection to the PBX.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This could not be done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tones sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transf.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transfer call now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transfer now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transfer to…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whisper to agent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are not talking in this call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are on a break until you choose to be ready again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your conversation goes on at the phone. Controls return with the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your phone rings first: pick it up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>call ringing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>code {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>consult</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>consultation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in a call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>incoming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>line {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>menu {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>queue {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>transfer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was on hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was ringing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was talking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>you leave the call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{state}…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Popup</name>
    <message>
        <source>Abonent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be answered from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missed call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missed calls: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More calls: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute ring for this call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection to the PBX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other number…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick up your phone to answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send to…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number is hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This call can be sent on once it is answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This call cannot be declined from here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transferred by: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>queue {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rang {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>After-call work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Break</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller on hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talking</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Provider</name>
    <message>
        <source>This PBX has no such command.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Secrets</name>
    <message>
        <source>Kept in the system keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No system keyring was found, so the password cannot be kept safely. ctidesk asks for it at each start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not kept. ctidesk asks for it at each start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The question of the system keyring was dismissed, so the password was not kept. ctidesk asks for it at each start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system keyring does not answer, so the password cannot be kept now. ctidesk asks for it at each start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system keyring has failed, so the password cannot be kept. ctidesk asks for it at each start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system keyring is locked. Unlock it, or ctidesk asks for the password at each start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer would keep the password unprotected, so it is not kept. ctidesk asks for it at each start.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>A domain has no spaces, @, : or /.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A proxy's address begins with http://, https:// or socks5://.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An address begins with ws:// or wss://, or with the server's name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An address has no # in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An address has no spaces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An address must not hold a name or a password: it would stand in a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program is saving these settings. Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a ringtone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose your PBX.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter an address, or remove the line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the number alone, without the domain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the whole path of the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address has no server name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full. Nothing was saved; make room and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server's name or the port is wrong. A port is a number from 1 to 65535.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting {key} is ignored. {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings could not be saved. They are as they were.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file cannot be read, so the usual values count. ({reason})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file has been changed by hand in a way that this program cannot continue. Move it elsewhere and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file is broken ({detail}). It was kept as {file}, and the usual values count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file is broken and cannot be moved away, so the usual values count. ({reason})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings folder cannot be written to. Nothing was saved; ask your administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are too many addresses. Ten are the most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is needed to connect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This must be a list of texts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This must be a number from {lowest} to {highest}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This must be a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This must be one of: {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This must be text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This must be true or false.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This text has control characters. Type it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This text is too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write this as name=value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your administrator's file locks {name}, which this program does not have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your administrator's file {file} cannot be used, so nothing in it counts. ({reason})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your administrator's value for {key} is ignored. {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it cannot be understood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not UTF-8 text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dial…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missed calls: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Muted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection, trying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show panel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Unconfigured</name>
    <message>
        <source>CTIDESK_PROVIDER, CTIDESK_URL and CTIDESK_LOGIN in the environment do the same. The password is taken from CTIDESK_PASSWORD or the keyring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not set up yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing says which kind of PBX to connect to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start ctidesk with the address of the PBX and your login:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address of the PBX is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This kind of PBX is not available yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To try everything without a PBX:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your login at the PBX is missing.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
