#!/usr/bin/env bash
# Builds the gateway in release mode and measures it: see benchmarks/README.md. Arguments go to benchmarks/run.py.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-dependencies.sh build bench
export GATEWAY_BENCH=1
for product in workestra-gateway workestra-sandbox gateway-preparation; do
    swift build -c release --jobs "${JOBS:-$(nproc)}" --product "$product"
done
programs=$(swift build -c release --show-bin-path)
PYTHONDONTWRITEBYTECODE=1 exec python3 benchmarks/run.py --gateway "$programs/workestra-gateway" \
    --preparation "$programs/gateway-preparation" "$@"
