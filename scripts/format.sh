#!/usr/bin/env bash
# Rewrites all Swift files in the house format (.swift-format).
set -euo pipefail
cd "$(dirname "$0")/.."

swift format --in-place --parallel --recursive Package.swift Sources Tests benchmarks Fuzz
