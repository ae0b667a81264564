#!/usr/bin/env bash
# Runs the tests under the thread sanitizer, then under the address sanitizer with its leak check.
# Usage: scripts/sanitize.sh [thread|address]...    (default: both)
set -euo pipefail
cd "$(dirname "$0")/.."

jobs=${JOBS:-$(nproc)}

# lld, because gold warns of every sanitizer symbol. No XCTest, because it leaks a few objects at every start.
run_tests() {
    swift test --no-parallel --disable-xctest --jobs "$jobs" -Xswiftc -use-ld=lld "$@"
}

run_thread() {
    local annotations=.build-tsan/mutex_annotations.o
    mkdir -p .build-tsan
    "$(dirname "$(command -v swift)")/clang" -O1 -Wall -Wextra -Werror \
        -c scripts/sanitizers/mutex_annotations.c -o "$annotations"
    run_tests --sanitize=thread --scratch-path .build-tsan -Xlinker "$PWD/$annotations"
}

run_address() {
    # Stacks as deep as the parser's recursion, so that the initialiser that began it shows.
    ASAN_OPTIONS=detect_stack_use_after_return=1:malloc_context_size=100:${ASAN_OPTIONS:-} \
        LSAN_OPTIONS=print_suppressions=0:suppressions=$PWD/scripts/sanitizers/leaks.txt:${LSAN_OPTIONS:-} \
        run_tests --sanitize=address --scratch-path .build-asan
}

scripts/install-dependencies.sh build test
if (($# == 0)); then
    set -- thread address
fi
failed=()
for sanitizer in "$@"; do
    case $sanitizer in
    thread | address) ;;
    *)
        echo "error: no sanitizer '$sanitizer'; choose thread or address" >&2
        exit 2
        ;;
    esac
    echo "== $sanitizer sanitizer"
    "run_$sanitizer" || failed+=("$sanitizer")
done

if ((${#failed[@]})); then
    echo "failed: ${failed[*]} sanitizer" >&2
    exit 1
fi
