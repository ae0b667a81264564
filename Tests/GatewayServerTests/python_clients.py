"""Drives Python's GraphQL clients as their users do. Arguments: URL FOLDER. Prints what each of them got."""

import asyncio
import importlib.util
import json
import pathlib
import subprocess
import sys

import requests
from cachecontrol import CacheControl
from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.requests import RequestsHTTPTransport

url, folder = sys.argv[1], pathlib.Path(sys.argv[2])
headers = {"Authorization": "Bearer wsk_live_acme"}
query = gql("query ($n: Int!) { projects(first: $n) { totalCount nodes { name issues(first: 1) { totalCount } } } }")
query.variable_values = {"n": 2}
results = {}


def with_requests():
    transport = RequestsHTTPTransport(url=url, headers=headers)
    with Client(transport=transport, fetch_schema_from_transport=True, execute_timeout=120) as session:
        return session.execute(query)


async def with_aiohttp():
    transport = AIOHTTPTransport(url=url, headers=headers)
    async with Client(transport=transport, fetch_schema_from_transport=True, execute_timeout=120) as session:
        return await session.execute(query)


def with_sgqlc():
    schema, module = folder / "schema.json", folder / "generated.py"
    bin_folder = pathlib.Path(sys.executable).parent
    subprocess.run([sys.executable, "-m", "sgqlc.introspection", url, schema], check=True)
    subprocess.run([bin_folder / "sgqlc-codegen", "schema", schema, module], check=True)
    spec = importlib.util.spec_from_file_location("generated", module)
    generated = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generated)

    from sgqlc.endpoint.http import HTTPEndpoint
    from sgqlc.operation import Operation

    operation = Operation(generated.Query)
    operation.projects(first=2).nodes.name()
    data = HTTPEndpoint(url, headers)(operation)
    return [node.name for node in (operation + data).projects.nodes]


def with_a_cache():
    """What a client behind an HTTP cache sees: its own rows, another key's, and its own write."""
    session = CacheControl(requests.Session())
    document = '{ issues(first: 1, sort: "created_at") { nodes { id title } } }'

    def ask(key):
        fields = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
        return session.get(url, params={"query": document}, headers=fields).json()

    seen = [ask("wsk_live_acme"), ask("wsk_live_acme"), ask("wsk_live_nobody")]
    issue = seen[0]["data"]["issues"]["nodes"][0]
    mutation = "mutation ($id: ID!) { updateIssue(id: $id, input: { title: \"Written\" }) { issue { title } } }"
    body = {"query": mutation, "variables": {"id": issue["id"]}}
    written = requests.post(url, json=body, headers=headers).json()
    return {"seen": seen, "written": written, "after": ask("wsk_live_acme")}


results["requests"] = with_requests()
results["aiohttp"] = asyncio.run(with_aiohttp())
results["sgqlc"] = with_sgqlc()
results["cache"] = with_a_cache()
print(json.dumps(results, sort_keys=True))
