"""Calls every tool with the official MCP client, and checks each result against the schema of its tool.

Usage: python_mcp_schemas.py ADDRESS ROWS; prints what it found as JSON. The client validates results itself; jsonschema does so again,
by the rules of the dialect that MCP's schemas have.
"""

import asyncio
import json
import sys
import urllib.request

import httpx2
from jsonschema import Draft202012Validator
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from python_generated_calls import calls

address, rows = sys.argv[1], int(sys.argv[2])


def tool_calls():
    ids = [node["nodeId"] for node in found("{ issues(first: 3) { nodes { nodeId } } }", "issues")]
    for name, arguments in calls(rows, ids):
        yield "_".join(name), arguments
    yield "search", {"words": "custom fields of an issue"}
    yield "search", {"words": ""}
    yield "explain", {"query": "{ issues(first: 9) { nodes { customFields { all } } } }"}


def found(query, name):
    headers = {"Content-Type": "application/json", "Authorization": "Bearer k"}
    request = urllib.request.Request(f"http://{address}/graphql", json.dumps({"query": query}).encode(), headers)
    return json.load(urllib.request.urlopen(request))["data"][name]["nodes"]


def output_schema(tool):
    return getattr(tool, "output_schema", None) or getattr(tool, "outputSchema", None)


async def drive(session):
    await session.initialize()
    tools = (await session.list_tools()).tools
    validators = {}
    for tool in tools:
        schema = output_schema(tool)
        Draft202012Validator.check_schema(schema)
        validators[tool.name] = Draft202012Validator(schema)
    problems, called, results = [], set(), 0
    for name, arguments in tool_calls():
        try:
            result = await session.call_tool(name, arguments)
        except Exception as error:
            problems.append(f"{name} {json.dumps(arguments)}: {error}"[:600])
            continue
        text = result.content[0].text
        if getattr(result, "is_error", None) or getattr(result, "isError", None):
            # An error has no structured content, so that no schema is broken; these calls are all right, so that none is expected.
            if arguments.get("words") != "":
                problems.append(f"{name} {json.dumps(arguments)}: {text}"[:600])
            continue
        structured = getattr(result, "structured_content", None) or getattr(result, "structuredContent", None)
        for error in validators[name].iter_errors(structured):
            problems.append(f"{name} {json.dumps(arguments)}: {error.json_path}: {error.message}"[:600])
        if structured != json.loads(text) and structured.get("result") != json.loads(text):
            problems.append(f"{name} {json.dumps(arguments)}: the text is not the structured content")
        called.add(name)
        results += 1
    return {"problems": problems[:20], "uncalled": sorted({tool.name for tool in tools} - called), "results": results}


async def main():
    client = httpx2.AsyncClient(headers={"Authorization": "Bearer k"}, timeout=120)
    async with streamable_http_client(f"http://{address}/mcp", http_client=client) as streams:
        async with ClientSession(streams[0], streams[1]) as session:
            return await drive(session)


print(json.dumps(asyncio.run(main()), sort_keys=True))
