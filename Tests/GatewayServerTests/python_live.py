"""Subscribes to changes with the transports of unchanged clients, changes an issue until an event comes, and prints the events.

Usage: python_live.py http://HOST:PORT/graphql ISSUE
"""
import asyncio
import json
import sys

import httpx
from gql import Client, gql
from gql.transport.aiohttp_websockets import AIOHTTPWebsocketsTransport
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.websockets import WebsocketsTransport
from httpx_sse import aconnect_sse

URL, ISSUE = sys.argv[1:3]
HEADERS = {"Authorization": "Bearer wsk_live_acme"}
PATIENCE = {"connect_timeout": 120, "ack_timeout": 120}
QUERY = f'subscription {{ issueChanged(ids: ["{ISSUE}"]) {{ kind issue {{ id title }} }} }}'


async def first(events, name):
    """The first event, once changes are made."""

    async def change():
        number = 0
        async with httpx.AsyncClient(timeout=120) as client:
            while True:
                number += 1
                mutation = f'mutation {{ updateIssue(id: "{ISSUE}", input: {{ title: "{name} {number}" }}) {{ __typename }} }}'
                response = await client.post(URL, headers=HEADERS, json={"query": mutation})
                assert "errors" not in response.json(), response.text
                await asyncio.sleep(0.2)

    changes = asyncio.create_task(change())
    try:
        async for event in events:
            return event
    finally:
        changes.cancel()


async def by_gql(transport, name):
    async with Client(transport=transport, execute_timeout=120) as session:
        return await first(session.subscribe(gql(QUERY)), name)


async def query_by(transport):
    async with Client(transport=transport, execute_timeout=120) as session:
        return await session.execute(gql("{ projects { totalCount } }"))


async def by_sse(name):
    async def events():
        async with httpx.AsyncClient(timeout=120) as client:
            async with aconnect_sse(client, "POST", URL, headers=HEADERS, json={"query": QUERY}) as source:
                async for event in source.aiter_sse():
                    assert event.event == "next"
                    yield json.loads(event.data)["data"]

    return await first(events(), name)


async def main():
    socket = URL.replace("http:", "ws:")
    payload = {"Authorization": HEADERS["Authorization"]}
    results = {
        "websockets": await by_gql(WebsocketsTransport(url=socket, init_payload=payload, **PATIENCE), "websockets"),
        "header": await by_gql(WebsocketsTransport(url=socket, headers=HEADERS, **PATIENCE), "header"),
        "query": await query_by(WebsocketsTransport(url=socket, headers=HEADERS, **PATIENCE)),
        "aiohttp": await by_gql(AIOHTTPWebsocketsTransport(url=socket, headers=HEADERS, **PATIENCE), "aiohttp"),
        "multipart": await by_gql(AIOHTTPTransport(url=URL, headers=HEADERS), "multipart"),
        "sse": await by_sse("sse"),
    }
    print(json.dumps(results))


asyncio.run(main())
