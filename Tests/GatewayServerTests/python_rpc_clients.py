"""Drives Python's JSON-RPC, WebSocket and MCP clients as their users do. Argument: ADDRESS. Prints what each of them got."""

import asyncio
import json
import sys

import httpx2
import requests
from jsonrpcclient import Ok, notification_json, parse, request, request_json
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from websockets.sync.client import connect

address = sys.argv[1]
headers = {"Authorization": "Bearer wsk_live_acme"}
params = {"first": 2, "select": "title project { name }"}
results = {}


def post(text):
    return requests.post(f"http://{address}/rpc", data=text, headers=headers | {"Content-Type": "application/json"})


def with_jsonrpcclient():
    one = parse(post(request_json("issues.list", params=params)).json())
    assert isinstance(one, Ok), one
    batch = json.dumps([request("issues.list", params=params), request("no.such.method")])
    first, second = parse(post(batch).json())
    notified = post(notification_json("issues.list", params=params))
    return {"one": one.result, "batch": first.result, "code": second.code, "notified": notified.status_code}


def with_websockets():
    with connect(f"ws://{address}/rpc", additional_headers=headers, open_timeout=120) as socket:
        for _ in range(50):
            socket.send(request_json("issues.list", params=params))
        socket.ping().wait(120)
        responses = [parse(json.loads(socket.recv(timeout=120))) for _ in range(50)]
    with connect(f"ws://{address}/rpc", open_timeout=120) as socket:
        socket.send(request_json("auth", params={"key": "wsk_live_acme"}))
        authenticated = parse(json.loads(socket.recv(timeout=120)))
    return {"all": all(each.result == responses[0].result for each in responses), "one": responses[0].result,
            "auth": authenticated.result, "closed": socket.close_code}


async def with_mcp(mode):
    http = httpx2.AsyncClient(headers=headers, timeout=120)
    transport = streamable_http_client(f"http://{address}/mcp", http_client=http)
    async with Client(transport, mode=mode) as client:
        tools = await client.list_tools()
        called = await client.call_tool("issues.list", params)
        wrong = await client.call_tool("issues.get", {"id": 1, "color": "red"})
        pinged = await client.send_ping() if mode == "legacy" else None
        full = await client.call_tool("projects.list", {"first": 3})
        return {"tools": [tool.name for tool in tools.tools], "structured": called.structured_content,
                "text": called.content[0].text, "wrong": [wrong.is_error, wrong.content[0].text],
                "pinged": pinged is not None, "revision": client.protocol_version,
                "rows": len(full.structured_content["result"]["nodes"])}


results["jsonrpcclient"] = with_jsonrpcclient()
results["websockets"] = with_websockets()
results["handshake"] = asyncio.run(with_mcp("legacy"))
results["stateless"] = asyncio.run(with_mcp("auto"))
print(json.dumps(results, sort_keys=True))
