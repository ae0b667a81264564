#!/usr/bin/env bash
# Builds programs for use: optimized, with Swift's runtime and libraries linked into them, so that they run where no toolchain is.
# Usage: scripts/build-release.sh [PRODUCT]...    (default: workestra-gateway workestra-sandbox; they go to .build/release)
set -euo pipefail
cd "$(dirname "$0")/.."

(($#)) || set -- workestra-gateway workestra-sandbox
# The tests run with checks of exclusive access; here, in NIO above all, they would be an eighth of a request's instructions.
for product in "$@"; do
    swift build -c release --static-swift-stdlib -Xswiftc -enforce-exclusivity=unchecked --jobs "${JOBS:-$(nproc)}" --product "$product"
done
