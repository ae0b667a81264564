#!/usr/bin/env bash
# Compares the gateway with the model of Tests/ModelTests, with new seeds until the time is up.
# Usage: scripts/model-test.sh [SECONDS] [FIRST-SEED]    (default: 3600 seconds, a seed from the clock)
#
# Each difference names its seed; `MODEL_SEED=17 MODEL_SEEDS=1 swift test --filter responsesAreThoseOfTheModel` plays seed 17 again.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-3600}
seed=${2:-$(date +%s)000}
block=20
scripts/install-dependencies.sh build
swift build --build-tests --jobs "${JOBS:-$(nproc)}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=0
played=0
while ((SECONDS < seconds)); do
    if ! MODEL_SEED=$seed MODEL_SEEDS=$block swift test --skip-build --disable-xctest --filter responsesAreThoseOfTheModel >"$log" 2>&1; then
        failed=1
        grep -A 12 'seed [0-9]' "$log" || cat "$log"
    fi
    seed=$((seed + block))
    played=$((played + block))
done
echo "$played seeds played, up to $((seed - 1))"
exit $failed
