#!/usr/bin/env bash
# Runs the tests. Usage: scripts/test.sh [all] [--filter REGEX] [--skip REGEX]...
#
# Without `all`: every test of the package, with one client of each protocol, the model test with its fixed seeds included. With
# `all` also clients of all versions and a browser, the model test for an hour with new seeds, operations made up from the schema, restarts behind
# haproxy, TLS, a run with a failing upstream, and the sanitizers.
set -euo pipefail
cd "$(dirname "$0")/.."

runs_all=0
if [[ ${1:-} == all ]]; then
    runs_all=1
    export TEST_ALL_CLIENTS=1
    scripts/install-dependencies.sh browser
    shift
fi
scripts/install-dependencies.sh build test
jobs=${JOBS:-$(nproc)}

swift build --build-tests --jobs "$jobs"
# Few tests run at a time, so that none waits for so long beside others that a request's time limit passes: `swift test` starts all at once.
bin=$(swift build --show-bin-path)
log=$bin/tests.log
if ! "$bin/workestra-gatewayPackageTests.xctest" --testing-library swift-testing \
    --experimental-maximum-parallelization-width "$((2 * $(nproc)))" "$@" 2>&1 | tee "$log"; then
    # Once more at the end, where who reads only that sees it.
    echo "what failed (all output: ${log#"$PWD"/}):"
    awk '/^[^ ]* Test .* recorded an issue/ {shows = 1; print; next} /^[^ ]+ (Test|Suite) / {shows = 0} shows' "$log" | head -n 200
    exit 1
fi
((runs_all)) || exit 0

failed=()
scripts/model-test.sh 3600 || failed+=(model-test)
scripts/build-release.sh
scripts/schemathesis.sh 300 || failed+=(schemathesis)
scripts/rolling-restart.sh || failed+=(rolling-restart)
scripts/tls-test.sh || failed+=(tls-test)
scripts/soak.sh 300 || failed+=(soak)
scripts/sanitize.sh || failed+=(sanitize)
if ((${#failed[@]})); then
    echo "failed: ${failed[*]}" >&2
    exit 1
fi
