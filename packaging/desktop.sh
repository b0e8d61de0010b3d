#!/usr/bin/env bash
# Runs a command on a desktop of its own: a virtual screen with a window manager, a tray, a message
# bus and an unlocked Secret Service. Nothing of the user's own desktop or home folder is touched.
#
#   packaging/desktop.sh COMMAND [ARGUMENT…]
#
# CTIDESK_SCREEN sets the size of the screen (1920x1080x24); with CTIDESK_KEEP_HOME the folder of the desktop's own
# files stays for whoever made the TMPDIR that it lies in. Ends with the command's status.
# shellcheck disable=SC2317  # some functions are called by their names
set -euo pipefail

size=${CTIDESK_SCREEN:-1920x1080x24}
started=()

main() {
    (($#)) || { echo "usage: desktop.sh COMMAND [ARGUMENT…]" >&2; exit 2; }
    home=$(mktemp -d "${TMPDIR:-/tmp}/ctidesk-desktop.XXXXXX")
    # The session gets a process group, so that nothing that it starts can outlive it.
    set -m
    make_private_folders
    dbus-run-session -- bash "$0" --in-session "$@" <&0 &
    session=$!
    set +m
    trap end_session EXIT
    trap 'exit 143' TERM
    trap 'exit 130' INT
    local status=0
    wait "$session" || status=$?
    exit "$status"
}

# Programs, the keyring above all, must not find the user's own files.
make_private_folders() {
    export HOME=$home XDG_RUNTIME_DIR=$home/run XDG_CONFIG_HOME=$home/.config XDG_CACHE_HOME=$home/.cache
    export XDG_DATA_HOME=$home/.local/share XDG_STATE_HOME=$home/.local/state
    (umask 077 && mkdir -p "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_DATA_HOME" "$XDG_STATE_HOME")
    unset WAYLAND_DISPLAY XAUTHORITY
    export XDG_SESSION_TYPE=x11 XDG_CURRENT_DESKTOP=openbox QT_QPA_PLATFORM=xcb LC_ALL=C.UTF-8 NO_AT_BRIDGE=1
}

end_session() {
    kill -TERM -- "-$session" 2>/dev/null || true
    wait
    [[ -n ${CTIDESK_KEEP_HOME:-} ]] || rm -rf -- "$home"
}

# --- inside the session: a message bus is there --------------------------------------------------

in_session() {
    trap end_started EXIT
    trap 'exit 143' TERM
    start_screen
    start openbox
    until_true "the window manager" window_manager_runs
    start trayer --edge bottom --align right --widthtype request --height 32 --SetDockType true
    until_true "the tray" tray_runs
    start_secret_service
    until_true "the Secret Service" secret_service_runs
    local status=0
    # A background job has its end noticed by `wait`, which, unlike the job, gives way to signals.
    "$@" <&0 &
    started+=($!)
    wait $! || status=$?
    exit "$status"
}

start() {
    "$@" >>"$HOME/session.log" 2>&1 </dev/null &
    started+=($!)
}

start_screen() {
    local number=$HOME/display
    mkfifo "$number"
    start Xvfb -displayfd 3 -screen 0 "$size" -nolisten tcp -noreset 3<>"$number"
    read -r -t 30 DISPLAY <>"$number" || give_up "the screen"
    export DISPLAY=:$DISPLAY
}

start_secret_service() {
    gnome-keyring-daemon --foreground --unlock --components=secrets \
        >>"$HOME/session.log" 2>&1 <<<"password of a keyring that is thrown away" &
    started+=($!)
}

window_manager_runs() { xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'; }

tray_runs() { xdotool search --class trayer >/dev/null 2>&1; }

secret_service_runs() {
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
        org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q 'boolean true'
}

until_true() {
    local what=$1 attempt
    shift
    for ((attempt = 0; attempt < 300; attempt++)); do
        "$@" && return
        sleep 0.1
    done
    give_up "$what"
}

give_up() {
    echo "desktop.sh: $1 did not start" >&2
    cat "$HOME/session.log" >&2
    exit 1
}

end_started() {
    local index
    for ((index = ${#started[@]} - 1; index >= 0; index--)); do
        kill "${started[index]}" 2>/dev/null || true
    done
    wait
}

if [[ ${1:-} == --in-session ]]; then
    shift
    in_session "$@"
else
    main "$@"
fi
