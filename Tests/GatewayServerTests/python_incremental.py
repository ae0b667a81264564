"""Compares responses in parts with those of graphql-core, over generated operations. Prints how many agree, and those that do not.

Usage: python_incremental.py HOST:PORT OPERATIONS UPSTREAM

UPSTREAM has the bodies of the upstream's paths, in JSON; a path that fails is not there.
"""
import asyncio
import http.client
import json
import random
import sys
from collections import Counter

from graphql import GraphQLDeferDirective, GraphQLSchema, GraphQLStreamDirective, build_schema, parse, specified_directives, validate
from graphql.execution import experimental_execute_incrementally

SDL = """
type Query { thing(id: ID!): Thing things: [Thing!] maybe: [Thing] }
type Thing { id: ID! name: String must: String! tags: [String!] owner: Owner needed: Owner! parts: [Part!] rest: [Part] }
type Part { id: ID! must: String! owner: Owner needed: Owner! }
type Owner { id: ID! name: String must: String! boss: Owner }
"""
PLAIN = build_schema(SDL).to_kwargs()
PLAIN["directives"] = [*specified_directives, GraphQLDeferDirective, GraphQLStreamDirective]
SCHEMA = GraphQLSchema(**PLAIN)
UPSTREAM = json.loads(sys.argv[3])

FIELDS = {
    "Query": [("thing(id: \"a\")", "Thing", False), ("thing(id: \"b\")", "Thing", False), ("things", "Thing", True), ("maybe", "Thing", True)],
    "Thing": [("id", None, False), ("name", None, False), ("must", None, False), ("tags", None, True), ("owner", "Owner", False),
              ("needed", "Owner", False), ("parts", "Part", True), ("rest", "Part", True)],
    "Part": [("id", None, False), ("must", None, False), ("owner", "Owner", False), ("needed", "Owner", False)],
    "Owner": [("id", None, False), ("name", None, False), ("must", None, False), ("boss", "Owner", False)],
}


async def resolve(source, info, **arguments):
    """The value of a field, as the gateway's schema declares it."""
    name = info.field_name
    await asyncio.sleep(0)
    if info.parent_type.name == "Query":
        path = f"/things/{arguments['id']}" if name == "thing" else "/things"
    elif name in ("owner", "needed", "boss"):
        key = source["boss_id" if name == "boss" else "owner_id"]
        if key is None:
            return None
        path = f"/owners/{key}"
    else:
        return source[name]
    if path not in UPSTREAM:
        raise RuntimeError("upstream")
    return UPSTREAM[path]


class Generator:
    """Puts an operation together by chance."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.labels = 0
        # Fragments that share an object fail together in the library where one has a null that must not be; here each fails by itself.
        self.overlaps = seed % 2 == 0

    def chance(self, number):
        return self.random.randrange(number) == 0

    def label(self):
        self.labels += 1
        return f"l{self.labels}"

    def selection(self, kind, depth):
        fields = [field for field in FIELDS[kind] if not self.overlaps or field[0] not in ("must", "needed")]
        choices = [field for field in fields if depth < 3 or field[1] is None] or fields
        chosen = self.random.sample(choices, self.random.randint(1, min(3, len(choices))))
        texts = [self.field(*field, depth) for field in chosen]
        for _ in range(self.random.choice([0, 0, 1, 1, 2]) if depth < 4 else 0):
            inner = self.selection(kind, depth + 1)
            texts.append(f'... @defer(label: "{self.label()}") {inner}')
        self.random.shuffle(texts)
        return "{ " + " ".join(texts) + " }"

    def field(self, text, kind, is_list, depth):
        prefix, directive = "", ""
        if is_list and self.chance(2):
            # Fields of one list do not say twice how it is streamed.
            label = self.label()
            prefix = f"{label}: "
            directive = f' @stream(initialCount: {self.random.randint(0, 3)}, label: "{label}")'
        elif kind and not self.overlaps:
            prefix = f"{self.label()}: "
        elif "(" in text:
            prefix = "x" + text[-3] + ": "
        inner = self.selection(kind, depth + 1) if kind else ""
        return f"{prefix}{text}{directive} {inner}"


def merged(messages):
    """What a client knows in the end: the data, where errors are, and which parts have failed."""
    data = messages[0]["data"]
    errors, failed, parts = Counter(), set(), {}
    assert [message["hasNext"] for message in messages] == [True] * (len(messages) - 1) + [False]
    for message in messages:
        errors.update(json.dumps(error["path"]) for error in message.get("errors", []))
        for part in message.get("pending", []):
            parts[part["id"]] = part
        for entry in message.get("incremental", []):
            errors.update(json.dumps(error["path"]) for error in entry.get("errors", []))
            place = data
            for step in parts[entry["id"]]["path"] + entry.get("subPath", []):
                place = place[step]
            if "items" in entry:
                place.extend(entry["items"])
            else:
                assert not place.keys() & entry["data"].keys(), "sent twice"
                place.update(entry["data"])
        for entry in message.get("completed", []):
            part = parts.pop(entry["id"])
            if "errors" in entry:
                errors.update(json.dumps(error["path"]) for error in entry["errors"])
                failed.add((json.dumps(part["path"]), part["label"]))
    assert not parts, "never completed"
    return data, errors, failed


async def of_library(text):
    document = parse(text)
    assert not validate(SCHEMA, document), (text, validate(SCHEMA, document))
    result = experimental_execute_incrementally(SCHEMA, document, field_resolver=resolve)
    if asyncio.iscoroutine(result) or hasattr(result, "__await__"):
        result = await result
    if not hasattr(result, "initial_result"):
        return [{**result.formatted, "hasNext": False}]
    messages = [result.initial_result.formatted]
    async for message in result.subsequent_results:
        messages.append(message.formatted)
    # Values are shared with the upstream's.
    return json.loads(json.dumps(messages))


def of_gateway(connection, text):
    headers = {"Content-Type": "application/json", "Accept": "multipart/mixed", "Authorization": "Bearer k"}
    connection.request("POST", "/graphql", json.dumps({"query": text}), headers)
    body = connection.getresponse().read().decode()
    return [json.loads(part[part.index("{"):]) for part in body.split("\r\n--graphql") if "{" in part]


async def main():
    address, count = sys.argv[1], int(sys.argv[2])
    connection = http.client.HTTPConnection(address, timeout=60)
    agreed, differing, in_parts = 0, [], 0
    for seed in range(count):
        text = Generator(seed).selection("Query", 0)
        messages = of_gateway(connection, text)
        expected = await of_library(text)
        first, own_first = json.dumps(expected[0]["data"], sort_keys=True), json.dumps(messages[0]["data"], sort_keys=True)
        in_parts += len(messages) > 1
        own, library = merged(messages), merged(expected)
        # Of the errors beside a null that must not be, any number may be reported.
        if first == own_first and own[::2] == library[::2]:
            agreed += 1
        elif len(differing) < 3:
            differing.append({"query": text, "gateway": str(own), "library": str(library), "first": first, "own": own_first})
    print(json.dumps({"agreed": agreed, "inParts": in_parts, "differing": differing}))


if __name__ == "__main__":
    asyncio.run(main())
