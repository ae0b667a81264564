#!/usr/bin/env bash
# Builds the gateway in release mode and measures it: see benchmarks/README.md. Arguments go to benchmarks/run.py.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-dependencies.sh build bench
scripts/peers.sh
scripts/build-release.sh workestra-sandbox workestra-gateway
programs=$(swift build -c release --show-bin-path)

# needs_preparation: whether the scenarios named are all, or have the one that measures operations from text to plan.
needs_preparation() {
    local argument names=()
    for argument in "$@"; do
        if [[ -e benchmarks/scenarios/$argument.py ]]; then names+=("$argument"); fi
    done
    [[ ${#names[@]} == 0 || " ${names[*]} " == *" introspection "* ]]
}

options=()
if needs_preparation "$@"; then
    build=(swift build --package-path benchmarks --scratch-path .build-benchmarks -c release -Xswiftc -enforce-exclusivity=unchecked --jobs "${JOBS:-$(nproc)}" --product gateway-preparation)
    "${build[@]}"
    preparation=$("${build[@]}" --show-bin-path)/gateway-preparation
    options=(--preparation "$preparation")
fi
PYTHONDONTWRITEBYTECODE=1 exec python3 benchmarks/run.py --gateway "$programs/workestra-gateway" "${options[@]}" "$@"
