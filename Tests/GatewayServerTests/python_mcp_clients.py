"""Drives the official MCP client, of whatever version is installed, as its users do.

Usage: python_mcp_clients.py ADDRESS ISSUE; prints what it got as JSON. Clients from 1.10 on validate results against the schemas of tools.
"""

import asyncio
import json
import re
import sys

from mcp import ClientSession

address, issue = sys.argv[1:3]
headers = {"Authorization": "Bearer wsk_live_acme"}
calls = [
    ("issues_list", {"first": 3}),
    ("issues.list", {"first": 2, "select": "title project { name }"}),
    ("issues_get", {"id": issue}),
    ("issues_get", {"id": issue, "select": "id customFields { entries { key value } all }"}),
    ("projects_list", {"first": 2}),
    ("workspaces_list", {}),
    ("search", {"words": "custom fields of an issue"}),
    ("explain", {"query": "{ issues(first: 100) { nodes { project { name } } } }"}),
    ("graphql_execute", {"query": "{ issues(first: 1) { nodes { id } } }"}),
]


async def drive(session):
    started = await session.initialize()
    tools = (await session.list_tools()).tools
    for tool in tools:
        assert re.fullmatch("[a-zA-Z0-9_-]{1,64}", tool.name), tool.name
    results = []
    for name, arguments in calls:
        result = await session.call_tool(name, arguments)
        error = getattr(result, "is_error", None) or getattr(result, "isError", None)
        assert not error, (name, result)
        results.append(json.loads(result.content[0].text))
    templates = await session.list_resource_templates()
    templates = getattr(templates, "resource_templates", None) or templates.resourceTemplates
    uri = f"workestra://issues/{issue}"
    read = await session.read_resource(uri)
    await session.send_ping()
    version = getattr(started, "protocol_version", None) or started.protocolVersion
    return {"revision": version, "tools": [tool.name for tool in tools], "rows": len(results[0]["nodes"]),
            "issue": results[2]["customFields"], "resource": json.loads(read.contents[0].text)["customFields"],
            "templates": [getattr(item, "uri_template", None) or item.uriTemplate for item in templates]}


async def main():
    url = f"http://{address}/mcp"
    try:
        from mcp.client.streamable_http import streamablehttp_client as connect
        transport = connect(url, headers=headers)
    except ImportError:
        import httpx2
        from mcp.client.streamable_http import streamable_http_client as connect
        transport = connect(url, http_client=httpx2.AsyncClient(headers=headers, timeout=120))
    async with transport as streams:
        async with ClientSession(streams[0], streams[1]) as session:
            return await drive(session)


print(json.dumps(asyncio.run(main()), sort_keys=True))
