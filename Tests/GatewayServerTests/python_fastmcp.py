"""Drives fastmcp's client as its users do. Usage: python_fastmcp.py ADDRESS ISSUE; prints what it got as JSON."""

import asyncio
import json
import sys

from fastmcp import Client
from fastmcp.client.transports import StreamableHttpTransport

address, issue = sys.argv[1:3]


async def main():
    transport = StreamableHttpTransport(f"http://{address}/mcp", headers={"Authorization": "Bearer wsk_live_acme"})
    async with Client(transport, timeout=120, init_timeout=120) as client:
        tools = [tool.name for tool in await client.list_tools()]
        listed = await client.call_tool("issues_list", {"first": 3})
        found = await client.call_tool("issues_get", {"id": issue})
        await client.call_tool("graphql_execute", {"query": "{ issues(first: 1) { nodes { id } } }"})
    rows = json.loads(listed.content[0].text)["nodes"]
    return {"tools": tools, "rows": len(rows), "issue": json.loads(found.content[0].text)["customFields"]}


print(json.dumps(asyncio.run(main()), sort_keys=True))
