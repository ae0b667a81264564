"""Drives JSON-RPC clients as their documents show, with the media types that they send by themselves.

Usage: python_rpc_libraries.py ADDRESS; prints what each of them got, as JSON.
"""

import asyncio
import json
import sys

import aiohttp
import jsonrpc_async
import jsonrpc_base
import jsonrpc_requests
import jsonrpclib

url = f"http://{sys.argv[1]}/rpc"
headers = {"Authorization": "Bearer wsk_live_acme"}
params = {"first": 2, "select": "title project { name }"}


def with_jsonrpclib():
    server = jsonrpclib.ServerProxy(url, headers=headers)
    one = server.issues.list(**params)
    try:
        server.no.such()
        code = None
    except jsonrpclib.ProtocolError as error:
        code = error.args[0][0]
    several = jsonrpclib.MultiCall(server)
    several.issues.list(**params)
    several.projects.list(first=1, select="id")
    issues, projects = several()
    notified = server._notify.issues.list(**params)
    return {"one": one, "code": code, "batch": [issues == one, len(projects["nodes"])], "notified": notified}


def with_jsonrpc_requests():
    server = jsonrpc_requests.Server(url, headers=headers)
    one = server.issues.list(**params)
    try:
        server.no.such()
        code = None
    except jsonrpc_requests.ProtocolError as error:
        code = error.server_data["error"]["code"]
    return {"one": one, "code": code, "notified": server.issues.list(_notification=True, **params)}


async def with_jsonrpc_async():
    async with aiohttp.ClientSession(headers=headers) as session:
        server = jsonrpc_async.Server(url, session=session)
        one = await server.issues.list(**params)
        both = await asyncio.gather(server.issues.list(**params), server.projects.list(first=1, select="id"))
        try:
            await server.no.such()
            code = None
        except jsonrpc_base.ProtocolError as error:
            code = error.args[0]
        notified = await server.issues.list(_notification=True, **params)
    return {"one": one, "code": code, "together": [both[0] == one, len(both[1]["nodes"])], "notified": notified}


results = {
    "jsonrpclib-pelix": with_jsonrpclib(),
    "jsonrpc-requests": with_jsonrpc_requests(),
    "jsonrpc-async": asyncio.run(with_jsonrpc_async()),
}
print(json.dumps(results, sort_keys=True))
