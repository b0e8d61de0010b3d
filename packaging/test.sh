#!/usr/bin/env bash
# Runs all checks and tests of ctidesk; ends with status 1 when one of them failed.
#
#   packaging/test.sh                 everything
#   packaging/test.sh STAGE…          only these: checks, tests, desktop, exam, benchmarks, secrets
#
# The logs of the stages stay in build/test. What the tests write lies in one folder until the end, where the last
# stage looks for secrets.
set -uo pipefail

stages=(checks tests desktop exam benchmarks secrets)
ran=()
failed=()

main() {
    (($# == 0)) || stages=("$@")
    set -e
    # shellcheck source=packaging/setup.sh
    source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"
    prepare test
    cd -- "$checkout"
    set +e
    logs=$checkout/build/test
    rm -rf -- "$logs" && mkdir -p -- "$logs"
    export PYTHONUTF8=1
    written=$(mktemp -d "${TMPDIR:-/tmp}/ctidesk-test.XXXXXX")
    chmod 711 "$written" # some tests go on as a user who may not write
    trap 'rm -rf -- "$written"' EXIT
    export TMPDIR=$written CTIDESK_KEEP_HOME=1
    local stage
    for stage in "${stages[@]}"; do
        case $stage in
        checks | tests | desktop | exam | benchmarks | secrets) "stage_$stage" ;;
        *) fail "there is no stage $stage; there are: checks tests desktop exam benchmarks secrets" ;;
        esac
    done
    tell_results
    ((${#failed[@]} == 0))
}

stage_checks() {
    run ruff-check "$python" -m ruff check
    run ruff-format "$python" -m ruff format --check
    run mypy "$python" -m mypy
    run import-linter "$checkout/.venv/bin/lint-imports" --no-logo
}

# Everything that runs without a display, in as many processes as there are processors: a few minutes less, and when a
# process dies the test that it ran is named. The short folder leaves room for the paths of sockets.
stage_tests() {
    QT_QPA_PLATFORM=offscreen run tests "$python" -m pytest -m "not desktop and not exam and not benchmark" \
        --numprocesses auto --maxprocesses 4 --dist loadfile --max-worker-restart 0 --basetemp "$written/t" \
        -o log_file="$written/tests.log" -o log_file_mode=a -o log_file_level=DEBUG
}

# Real windows, a real tray, a real Secret Service, on a desktop of their own.
stage_desktop() {
    run desktop "$checkout/packaging/desktop.sh" "$python" -m pytest -m desktop \
        -o log_file="$written/desktop.log" -o log_file_level=DEBUG
}

# The scripted PBXs of the shared exam, when it lies beside the checkout.
stage_exam() {
    local exam=$checkout/../shared/exam/exam.py pbx
    if [[ ! -e $exam ]]; then
        say "exam: left out, there is no $exam"
        return
    fi
    for pbx in "${exam_of[@]}"; do
        run "exam-$pbx" "$python" "$exam" --client "'$checkout/.venv/bin/ctidesk'" --pbx "$pbx"
    done
}

# The PBXs that the exam is taken for.
exam_of=(oktell webitel)

# Measures and prints; what fails here is a wrong result, never a time.
stage_benchmarks() {
    if [[ ! -d tests/benchmarks ]]; then
        say "benchmarks: left out, there are none"
        return
    fi
    run benchmarks "$checkout/packaging/desktop.sh" "$python" -m pytest -m benchmark -s -p no:randomly tests/benchmarks
}

# Nothing that the tests have written, logs included, holds a password, token, session id or one-time password. They
# plant their own; needs the stage "tests" before it.
stage_secrets() {
    run secrets "$python" -m tests.leaks.search "$written" "$logs"
}

# --- Running and telling -------------------------------------------------------------------------

# run NAME COMMAND…: shows what the command prints, keeps it in a log and notes how it ended.
run() {
    local name=$1
    shift
    say "$name"
    "$@" </dev/null 2>&1 | tee -- "$logs/$name.log"
    ((PIPESTATUS[0] == 0)) || failed+=("$name")
    ran+=("$name")
}

tell_results() {
    local name passes failures all_passes=0 all_failures=0
    echo
    for name in "${ran[@]}"; do
        read -r passes failures < <(count "$name")
        printf '%-16s %-8s' "$name" "$(result "$name")"
        ((passes + failures == 0)) || printf '%d passed, %d failed' "$passes" "$failures"
        echo
        ((all_passes += passes, all_failures += failures))
    done
    printf '\n%d passed, %d failed; stages that failed: %s\n' \
        "$all_passes" "$all_failures" "${failed[*]:-none}"
}

result() {
    if [[ " ${failed[*]} " == *" $1 "* ]]; then echo failed; else echo passed; fi
}

# Passed and failed tests of a stage, by the last line of its log that counts them. A check counts as one.
count() {
    case $1 in
    tests | desktop | benchmarks | exam-*) ;;
    *)
        if [[ $(result "$1") == passed ]]; then echo 1 0; else echo 0 1; fi
        return
        ;;
    esac
    sed 's/\x1b\[[0-9;]*m//g' "$logs/$1.log" | awk '
        /[0-9]+ (passed|failed|errors?)/ { line = $0 }
        END {
            n = split(line, word, /[ ,=]+/)
            for (i = 1; i < n; i++) {
                if (word[i + 1] == "passed") passes += word[i]
                if (word[i + 1] ~ /^(failed|errors?)$/) failures += word[i]
            }
            print passes + 0, failures + 0
        }'
}

main "$@"
