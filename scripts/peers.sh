#!/usr/bin/env bash
# Prepares the peers of the benchmarks (benchmarks/peers) in .build-benchmarks/peers: Debian's packages, a program in Go, a Python environment.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-dependencies.sh peers
folder=.build-benchmarks/peers
mkdir -p "$folder"

# Debian's libraries lie in a workspace of the old kind; the program's modules are theirs.
GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$PWD/$folder/go-cache" \
    go build -o "$folder/graphql-go" benchmarks/peers/graphql-go/main.go

requirements=benchmarks/peers/requirements.txt
if ! cmp --silent "$requirements" "$folder/python/requirements.txt"; then
    rm -rf "$folder/python"
    python3 -m venv "$folder/python"
    "$folder/python/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
    cp "$requirements" "$folder/python/requirements.txt"
fi
