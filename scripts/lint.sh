#!/usr/bin/env bash
# Checks the format and the house rules that neither a compiler nor the formatter checks. Needs python3 and git.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

status=0
swift format lint --strict --parallel --recursive Package.swift Sources Tests benchmarks Fuzz || status=1
scripts/check.sh || status=1
exit $status
