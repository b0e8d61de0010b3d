# Makes a checkout ready to run. Sourced, under `set -euo pipefail`, by the scripts beside it.
#
#   prepare run     what the application needs
#   prepare test    that and what its tests need
#
# Installs the missing Debian packages when it may, makes the virtual environment `.venv` in the
# checkout and installs ctidesk in it. Sets `checkout`, the checkout's folder, and `python`, the
# interpreter of the virtual environment. Set CTIDESK_PYTHON to choose the Python to start from.
# shellcheck shell=bash

checkout=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
python=$checkout/.venv/bin/python

prepare() {
    local purpose=$1
    base_python=$(_find_python)
    _install_packages "$purpose"
    _make_environment "$purpose"
    _check_without_packages "$purpose"
}

say() { printf '==> %s\n' "$*" >&2; }

fail() {
    printf 'ctidesk: %s\n' "$*" >&2
    exit 1
}

# --- Debian packages -----------------------------------------------------------------------------

_install_packages() {
    if ! _has_apt; then
        [[ -n $base_python ]] || fail "needs Python 3.11, 3.12 or 3.13 with venv, ssl and sqlite3"
        return
    fi
    local wanted missing
    mapfile -t wanted < <(_wanted_packages "$1")
    mapfile -t missing < <(_not_installed "${wanted[@]}")
    if ((${#missing[@]})); then
        local as_root=()
        if ((EUID)); then
            if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
                fail "some packages are missing; please run: sudo apt-get install --no-install-recommends ${missing[*]}"
            fi
            as_root=(sudo -n)
        fi
        say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
        _apt_install "${missing[@]}"
    fi
    [[ -n $base_python ]] || base_python=$(_find_python)
    [[ -n $base_python ]] ||
        fail "needs Python 3.11, 3.12 or 3.13, which this release does not have; set CTIDESK_PYTHON to one"
}

_has_apt() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

# The packages for a purpose, one a line; Python's only when there is none to use yet.
_wanted_packages() {
    local lists=("$checkout/packaging/debian-packages.txt")
    [[ $1 != test ]] || lists+=("$checkout/packaging/debian-packages-test.txt")
    sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "${lists[@]}"
    [[ -n $base_python ]] || printf '%s\n' python3 python3-venv
}

# Those of its arguments that no installed package is or provides.
_not_installed() {
    # shellcheck disable=SC2016  # the fields are dpkg's
    dpkg-query --show --showformat '${db:Status-Status}\t${Package}, ${Provides}\n' |
        awk -F '\t' -v wanted="$*" '
            $1 == "installed" { n = split($2, names, /[ ,]+/); for (i = 1; i <= n; i++) have[names[i]] = 1 }
            END { n = split(wanted, want, " "); for (i = 1; i <= n; i++) if (!(want[i] in have)) print want[i] }'
}

# Installs without questions; refreshes the package lists only when they do not do.
_apt_install() {
    local log status=0
    log=$(mktemp)
    if ! _apt install "$@" >"$log" 2>&1; then
        { _apt update && _apt install "$@"; } >"$log" 2>&1 || status=$?
    fi
    ((status == 0)) || cat "$log" >&2
    rm -f "$log"
    ((status == 0)) || fail "the packages could not be installed"
}

# `as_root` is the caller's: sudo, or nothing for root.
_apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
        apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 --no-install-recommends "$@" </dev/null
}

# --- Python --------------------------------------------------------------------------------------

# The first interpreter that will do; prints nothing when there is none.
_find_python() {
    local candidate candidates=(python3 python3.13 python3.12 python3.11
        "$HOME"/.pyenv/versions/3.1[123].*/bin/python3 /usr/bin/python3)
    [[ -z ${CTIDESK_PYTHON:-} ]] || candidates=("$CTIDESK_PYTHON")
    for candidate in "${candidates[@]}"; do
        if command -v "$candidate" >/dev/null && "$candidate" -c "$_usable" >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

_usable='
import ensurepip, sqlite3, ssl, sys, venv
sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
'

_make_environment() {
    local purpose=$1 extras="[webphone]" stamp
    stamp=$(_stamp)
    if [[ $(_stamp_of run) == "$stamp" && $purpose == run || $(_stamp_of test) == "$stamp" ]]; then
        return
    fi
    if [[ ! -x $python ]] || ! "$python" -c "$_usable" 2>/dev/null || ! _made_here; then
        say "Making the virtual environment $checkout/.venv"
        "$base_python" -m venv --clear -- "$checkout/.venv"
    fi
    say "Installing the Python packages (a few minutes the first time)"
    [[ $purpose != test ]] || extras="[webphone,test]"
    "$python" -m pip install --quiet --disable-pip-version-check --no-input --retries 5 \
        --root-user-action ignore -e "$checkout$extras" </dev/null ||
        fail "the Python packages could not be installed"
    printf '%s\n' "$stamp" >"$checkout/.venv/ctidesk-$purpose.stamp"
}

# What an installation depends on: the project's settings, and the folder that scripts point to.
_stamp() { printf '%s %s\n' "$(sha256sum <"$checkout/pyproject.toml")" "$checkout"; }

_stamp_of() { cat -- "$checkout/.venv/ctidesk-$1.stamp" 2>/dev/null || true; }

# Whether the virtual environment was made in this folder; one that was moved or copied is not usable.
_made_here() {
    [[ $(sed -n 's/^command = //p' "$checkout/.venv/pyvenv.cfg" 2>/dev/null) == *" $checkout/.venv" ]]
}

# --- Systems without apt -------------------------------------------------------------------------

# Names what is missing where packages have other names: libraries that Qt does not find, and tools.
_check_without_packages() {
    ! _has_apt || return 0
    local missing=() tool
    mapfile -t missing < <(_missing_libraries)
    if [[ $1 == test ]]; then
        for tool in Xvfb openbox trayer xdotool import xprop gnome-keyring-daemon dbus-run-session; do
            command -v "$tool" >/dev/null || missing+=("$tool")
        done
    fi
    ((${#missing[@]} == 0)) || fail "please install what brings these: ${missing[*]}"
}

_missing_libraries() {
    command -v ldd >/dev/null || return 0
    local qt
    qt=$("$python" -c 'import PySide6; print(PySide6.__path__[0])')/Qt
    ldd "$qt"/lib/libQt6{Gui,Network,Multimedia}.so.6 "$qt"/plugins/platforms/libq{xcb,offscreen}.so |
        awk '/not found/ && !/libQt6/ { print $1 }' | sort -u
}
