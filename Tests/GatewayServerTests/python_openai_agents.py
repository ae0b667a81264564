"""Drives the MCP client of OpenAI's agents, and converts the tools as they do for a model.

Usage: python_openai_agents.py ADDRESS ISSUE; prints what it got as JSON.
"""

import asyncio
import json
import sys

from agents.mcp import MCPServerStreamableHttp, MCPUtil

address, issue = sys.argv[1:3]


async def main():
    params = {"url": f"http://{address}/mcp", "headers": {"Authorization": "Bearer wsk_live_acme"}, "timeout": 120}
    async with MCPServerStreamableHttp(params=params, cache_tools_list=True, client_session_timeout_seconds=120) as server:
        tools = await server.list_tools()
        converted = [MCPUtil.to_function_tool(tool, server, convert_schemas_to_strict=strict) for tool in tools for strict in (False, True)]
        assert all(tool.params_json_schema["type"] == "object" for tool in converted)
        listed = await server.call_tool("issues_list", {"first": 3})
        found = await server.call_tool("issues_get", {"id": issue})
    rows = json.loads(listed.content[0].text)["nodes"]
    return {"tools": [tool.name for tool in tools], "rows": len(rows),
            "issue": json.loads(found.content[0].text)["customFields"]}


print(json.dumps(asyncio.run(main()), sort_keys=True))
