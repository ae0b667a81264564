#!/usr/bin/env bash
# Makes a Python environment with clients that the tests drive, in .build, unless it is there. Prints its folder.
#
# Usage: python-clients.sh [ENVIRONMENT]
#   clients        GraphQL, JSON-RPC and MCP clients side by side (the default)
#   http2          HTTP/2 by frames
#   mcp-VERSION    the official MCP client of that version
#   live           clients of subscriptions
#   incremental    a GraphQL library that executes @defer and @stream
#   rpc            JSON-RPC clients with media types of their own
#   monitoring     what reads metrics and traces
#   fastmcp        a framework with an MCP client of its own
#   openai-agents  OpenAI's agents, which take MCP servers
#   browser        what drives a browser and looks for barriers in its pages
#   google-genai   Google's client, which converts the tools of MCP servers
#   deployment     what checks the files of examples/kubernetes and writes the bill of materials
set -euo pipefail
cd "$(dirname "$0")/.."

environment=${1:-clients}
case $environment in
clients) packages=('gql[requests,aiohttp]==4.4.0' 'sgqlc==16.5' 'jsonrpcclient==4.0.3' 'websockets==17.4' 'mcp==2.3.0' 'openrpc==11.1.1' 'CacheControl==0.14.3') ;;
mcp-2.*) packages=("mcp==${environment#mcp-}") ;;
# Older clients ask for any pydantic, but work with this one at most.
mcp-*) packages=("mcp==${environment#mcp-}" 'pydantic==2.13.4') ;;
live) packages=('gql[websockets,aiohttp]==4.4.0' 'httpx==0.28.1' 'httpx-sse==0.4.3') ;;
incremental) packages=('graphql-core==3.3.2') ;;
rpc) packages=('jsonrpclib-pelix==1.2.0' 'jsonrpc-requests==0.4.0' 'jsonrpc-async==2.1.3') ;;
monitoring) packages=('prometheus-client==0.26.0' 'opentelemetry-proto==1.45.2') ;;
http2) packages=('h2==4.4.1') ;;
fastmcp) packages=('fastmcp==4.2.3') ;;
openai-agents) packages=('openai-agents==0.24.0') ;;
browser) packages=('playwright==1.65.2' 'axe-playwright-python==0.1.8') ;;
google-genai) packages=('google-genai' 'mcp==1.26.0') ;;
deployment) packages=('kubernetes-validate==1.37.0' 'cyclonedx-python-lib[json-validation]==11.12.0') ;;
*)
    echo "python-clients.sh: unknown environment $environment" >&2
    exit 2
    ;;
esac

if [[ $environment == clients ]]; then folder=.build/python-clients; else folder=.build/python-clients-$environment; fi
stamp=$folder/packages.txt

exec 9>"${TMPDIR:-/tmp}/$(basename "$folder").lock"
flock 9
if [[ ! -e $stamp || $(<"$stamp") != "${packages[*]}" ]]; then
    rm -rf "$folder"
    mkdir -p .build
    python3 -m venv "$folder" >&2
    "$folder/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" >&2
    echo "${packages[*]}" >"$stamp"
fi
echo "$PWD/$folder"
