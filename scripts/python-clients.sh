#!/usr/bin/env bash
# Makes a Python environment with the GraphQL, JSON-RPC and MCP clients that the tests drive, in .build/python-clients, unless it is there.
# Prints its folder.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=.build/python-clients
packages=('gql[requests,aiohttp]==4.4.0' 'sgqlc==16.5' 'jsonrpcclient==4.0.3' 'websockets==17.4' 'mcp==2.3.0' 'openrpc==11.1.1')
stamp=$folder/packages.txt

exec 9>"${TMPDIR:-/tmp}/python-clients.lock"
flock 9
if [[ ! -e $stamp || $(<"$stamp") != "${packages[*]}" ]]; then
    rm -rf "$folder"
    mkdir -p .build
    python3 -m venv "$folder" >&2
    "$folder/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" >&2
    echo "${packages[*]}" >"$stamp"
fi
echo "$PWD/$folder"
