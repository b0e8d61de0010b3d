#!/usr/bin/env bash
# Starts ctidesk with a demo PBX: nothing to install before, nothing to configure.
#
#   packaging/run.sh [ARGUMENTS OF ctidesk demo]
#
# Without a display it plays the demo off-screen and writes its pictures to a folder, which it names.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"
prepare run
ctidesk=$checkout/.venv/bin/ctidesk

if [[ -n ${DISPLAY:-} || -n ${WAYLAND_DISPLAY:-} || " $* " == *" --shots"* ]]; then
    say "Starting the demo"
    exec "$ctidesk" demo "$@"
fi

pictures=$checkout/build/demo-pictures
mkdir -p -- "$pictures"
say "There is no display: playing the demo off-screen"
QT_QPA_PLATFORM=offscreen "$ctidesk" demo --shots "$pictures" "$@"
say "The pictures are in $pictures"
