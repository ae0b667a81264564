#!/usr/bin/env bash
# Builds the gateway in release mode and measures it: see benchmarks/README.md. Arguments go to benchmarks/run.py.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-dependencies.sh build bench
scripts/peers.sh
scripts/build-release.sh workestra-sandbox workestra-gateway
programs=$(swift build -c release --show-bin-path)
build=(swift build --package-path benchmarks --scratch-path .build-benchmarks -c release -Xswiftc -enforce-exclusivity=unchecked --jobs "${JOBS:-$(nproc)}" --product gateway-preparation)
"${build[@]}"
preparation=$("${build[@]}" --show-bin-path)/gateway-preparation
PYTHONDONTWRITEBYTECODE=1 exec python3 benchmarks/run.py --gateway "$programs/workestra-gateway" \
    --preparation "$preparation" "$@"
