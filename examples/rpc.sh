#!/usr/bin/env bash
# Lists open issues with the names of their projects, by JSON-RPC over HTTP. Needs curl alone.
# Usage: WORKESTRA_KEY=KEY examples/rpc.sh [URL]
set -euo pipefail

curl --silent --show-error --fail-with-body "${1:-http://127.0.0.1:8080}/rpc" \
    --header "Authorization: Bearer $WORKESTRA_KEY" --header 'Content-Type: application/json' --data @- <<'MESSAGE'
{"jsonrpc": "2.0", "id": 1, "method": "issues.list",
 "params": {"status": "open", "sort": "created_at", "first": 3, "select": ["title", "project.name"]}}
MESSAGE
echo
