#!/usr/bin/env bash
# Counts the instructions and allocations of a request that is served from memory, and fails if they are more than
# benchmarks/counts/limits.json allows. Counts do not depend on what else the machine does: see benchmarks/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-dependencies.sh build count
build=(swift build --package-path benchmarks --scratch-path .build-benchmarks -c release -Xswiftc -enforce-exclusivity=unchecked --jobs "${JOBS:-$(nproc)}" --product gateway-counts)
"${build[@]}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# valgrind does not read the debug information that Swift writes.
strip --strip-debug -o "$folder/gateway-counts" "$("${build[@]}" --show-bin-path)/gateway-counts"
PYTHONDONTWRITEBYTECODE=1 python3 benchmarks/counts/count.py "$folder/gateway-counts"
