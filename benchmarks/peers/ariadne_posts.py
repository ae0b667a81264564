"""The posts and authors by Ariadne on Uvicorn, as its users write it: two workers, aiohttp with connections that stay open.

    ariadne_posts.py PORT UPSTREAM dataloader|cached|coalesced|whole

    dataloader  the authors of one request are fetched once each (aiodataloader)
    cached      so are they, and upstream responses are cached for ten minutes
    coalesced   equal upstream calls at the same time are one, and nothing is cached
    whole       as cached, and the whole response is cached by the request's bytes and key

Documents are parsed and validated once, in every mode.
"""

import asyncio
import os
import sys
import time

import aiohttp
import uvicorn
from aiodataloader import DataLoader
from ariadne import ObjectType, QueryType, make_executable_schema
from ariadne.asgi import GraphQL
from graphql import parse, validate

SCHEMA = """
    type Query { posts: [Post!]! user(id: ID!): User }
    type Post { id: ID! userId: ID! title: String! body: String user: User }
    type User { id: ID! name: String! email: String! friend: User }
"""
LIFETIME = 600
MOST_ENTRIES = 10_000
CONNECTIONS = 64
UPSTREAM = os.environ.get("PEER_UPSTREAM", "")
MODE = os.environ.get("PEER_MODE", "")


class Bounded:
    """A cache whose entries live for ten minutes; the oldest makes place for a new one."""

    def __init__(self):
        self.entries = {}

    def get(self, key):
        found = self.entries.get(key)
        return found[0] if found and found[1] > time.monotonic() else None

    def set(self, key, value):
        if len(self.entries) >= MOST_ENTRIES:
            del self.entries[next(iter(self.entries))]
        self.entries[key] = (value, time.monotonic() + LIFETIME)


class Source:
    """The calls of the upstream."""

    def __init__(self):
        self.session = None
        self.responses = Bounded()
        self.in_flight = {}

    async def call(self, key, path):
        if self.session is None:
            self.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS))
        async with self.session.get(UPSTREAM + path, headers={"Authorization": key}) as response:
            response.raise_for_status()
            return await response.json()

    async def get(self, key, path):
        if MODE == "dataloader":
            return await self.call(key, path)
        name = (key, path)
        if MODE != "coalesced" and (known := self.responses.get(name)) is not None:
            return known
        if (pending := self.in_flight.get(name)) is None:
            pending = self.in_flight[name] = asyncio.ensure_future(self.call(key, path))
            pending.add_done_callback(lambda _: self.in_flight.pop(name))
        value = await pending
        if MODE != "coalesced":
            self.responses.set(name, value)
        return value


class Context:
    """What belongs to one request."""

    def __init__(self, request):
        self.key = request.headers.get("authorization", "")
        self.users = DataLoader(self.load)

    async def load(self, ids):
        return await asyncio.gather(*(source.get(self.key, f"/users/{id}") for id in ids))

    def user(self, id):
        # What is cached needs no loader.
        return source.responses.get((self.key, f"/users/{id}")) or self.users.load(id)


source = Source()
query, post, user = QueryType(), ObjectType("Post"), ObjectType("User")


@query.field("posts")
async def resolve_posts(_, info):
    return await source.get(info.context.key, "/posts")


@query.field("user")
def resolve_user(_, info, id):
    return info.context.user(int(id))


@post.field("user")
def resolve_author(row, info):
    return info.context.user(row["userId"])


@user.field("friend")
def resolve_friend(row, info):
    return info.context.user(row["friendId"])


schema = make_executable_schema(SCHEMA, query, post, user)
documents, verdicts = Bounded(), Bounded()


def parse_once(_, data):
    """The document of a text, and the same object for the same text."""
    text = data["query"]
    if (known := documents.get(text)) is None:
        known = parse(text)
        documents.set(text, known)
    return known


def validate_once(schema, document, *arguments, **options):
    """The errors of a document. The cache of documents holds it as long as its identity stands in this one."""
    if (known := verdicts.get(id(document))) is None or known[0] is not document:
        known = (document, validate(schema, document, *arguments, **options))
        verdicts.set(id(document), known)
    return known[1]


graphql = GraphQL(
    schema, context_value=lambda request, _: Context(request), query_parser=parse_once, query_validator=validate_once
)


class WholeResponses:
    """Caches whole responses by the bytes of a request and its key."""

    def __init__(self, inner):
        self.inner = inner
        self.results = Bounded()

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["method"] != "POST":
            return await self.inner(scope, receive, send)
        chunks, more = [], True
        while more:
            message = await receive()
            chunks.append(message.get("body", b""))
            more = message.get("more_body", False)
        body = b"".join(chunks)
        name = (next((value for name, value in scope["headers"] if name == b"authorization"), b""), body)
        known = self.results.get(name)
        if known is None:
            known = []

            async def replay():
                return {"type": "http.request", "body": body, "more_body": False}

            async def record(message):
                known.append(message)

            await self.inner(scope, replay, record)
            if known[0]["status"] == 200 and b'"errors"' not in known[1]["body"]:
                self.results.set(name, known)
        for message in known:
            await send(message)


app = WholeResponses(graphql) if MODE == "whole" else graphql

if __name__ == "__main__":
    os.environ["PEER_UPSTREAM"], os.environ["PEER_MODE"] = sys.argv[2:4]
    uvicorn.run(
        "ariadne_posts:app", host="127.0.0.1", port=int(sys.argv[1]), workers=2, loop="uvloop", http="httptools",
        lifespan="off", access_log=False, log_level="warning",
    )
