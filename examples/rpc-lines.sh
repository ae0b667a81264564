#!/usr/bin/env bash
# A session on the plain socket: authenticates, then sends three calls at once; the responses come as they are ready.
# Usage: WORKESTRA_KEY=KEY examples/rpc-lines.sh [HOST PORT]     (the gateway has --rpc-listen 127.0.0.1:7070)
set -euo pipefail

nc -N "${1:-127.0.0.1}" "${2:-7070}" <<MESSAGES
{"jsonrpc": "2.0", "id": "auth", "method": "auth", "params": {"key": "$WORKESTRA_KEY"}}
{"jsonrpc": "2.0", "id": "who", "method": "workspaces.list", "params": {"select": "slug"}}
{"jsonrpc": "2.0", "id": "newest", "method": "projects.list", "params": {"sort": "created_at", "order": "DESC", "first": 1, "select": "name"}}
{"jsonrpc": "2.0", "id": "oops", "method": "issues.get", "params": {}}
MESSAGES
