"""Compares responses in parts, put together, with whole responses, of a gateway and of graphql-core, over generated operations.

Usage: python_incremental.py HOST:PORT OPERATIONS UPSTREAM

UPSTREAM has the bodies of the upstream's paths, in JSON; a path that fails is not there. Parts are not compared with one another: graphql-core
3.3 implements an earlier draft, which groups them differently. What both must agree on is what a client has in the end.

Prints how many operations agreed, how many came in parts, and the first that differ, as JSON.
"""
import asyncio
import http.client
import json
import random
import re
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

# Name and arguments, the type of what is selected in it, and whether it is a list.
FIELDS = {
    "Query": [('thing(id: "a")', "Thing", False), ('thing(id: "b")', "Thing", False), ("things", "Thing", True), ("maybe", "Thing", True)],
    "Thing": [("id", None, False), ("name", None, False), ("must", None, False), ("tags", None, True), ("owner", "Owner", False),
              ("needed", "Owner", False), ("parts", "Part", True), ("rest", "Part", True)],
    "Part": [("id", None, False), ("must", None, False), ("owner", "Owner", False), ("needed", "Owner", False)],
    "Owner": [("id", None, False), ("name", None, False), ("must", None, False), ("boss", "Owner", False)],
}
# Fields that must not be null and are for some objects.
FAILING = ("must", "needed")
NEWER, OLDER = "multipart/mixed;incrementalSpec=v0.2", "multipart/mixed;deferSpec=20220824"


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

    def __init__(self, seed, fails):
        self.random = random.Random(seed)
        self.labels = 0
        self.fails = fails

    def label(self):
        self.labels += 1
        return f"l{self.labels}"

    def selection(self, kind, depth):
        fields = [field for field in FIELDS[kind] if self.fails or field[0] not in FAILING]
        choices = [field for field in fields if depth < 3 or field[1] is None] or fields
        chosen = self.random.sample(choices, self.random.randint(1, min(3, len(choices))))
        texts = [self.field(*field, depth) for field in chosen]
        for _ in range(self.random.choice([0, 0, 1, 1, 2]) if depth < 4 else 0):
            texts.append(f'... @defer(label: "{self.label()}") {self.selection(kind, depth + 1)}')
        self.random.shuffle(texts)
        return "{ " + " ".join(texts) + " }"

    def field(self, text, kind, is_list, depth):
        prefix, directive = "", ""
        if is_list and self.random.randrange(2) == 0:
            # Two fields of one list cannot both say how it is streamed.
            label = self.label()
            prefix = f"{label}: "
            directive = f' @stream(initialCount: {self.random.randint(0, 3)}, label: "{label}")'
        elif "(" in text:
            prefix = "x" + text[-3] + ": "
        inner = self.selection(kind, depth + 1) if kind else ""
        return f"{prefix}{text}{directive} {inner}"


def whole(text):
    """The operation with nothing deferred or streamed."""
    return re.sub(r" @(defer|stream)\([^)]*\)", "", text)


class Client:
    """Puts the messages of a response together, of either format."""

    def __init__(self, messages, sends_twice, fails):
        self.data = messages[0]["data"]
        self.errors = Counter()
        self.sends_twice = sends_twice
        self.fails = fails
        parts = {}
        assert [message["hasNext"] for message in messages] == [True] * (len(messages) - 1) + [False], messages
        for message in messages:
            self.note(message)
            parts |= {part["id"]: part["path"] for part in message.get("pending", [])}
            for entry in message.get("incremental", []):
                self.note(entry)
                path = parts[entry["id"]] + entry.get("subPath", []) if "id" in entry else entry["path"]
                self.take(entry, path)
            for entry in message.get("completed", []):
                self.note(entry)
                del parts[entry["id"]]
        assert not parts, "never completed"

    def note(self, entry):
        self.errors.update(json.dumps(error["path"]) for error in entry.get("errors") or [])

    def take(self, entry, path):
        if entry.get("items") is not None:
            # The older format has the position of the first item in the path.
            if "id" not in entry:
                assert len(self.at(path[:-1])) == path[-1], "out of order"
                path = path[:-1]
            self.at(path).extend(entry["items"])
        elif entry.get("data") is not None:
            self.add(entry["data"], self.at(path))

    def at(self, path):
        place = self.data
        for step in path:
            place = place[step]
        return place

    def add(self, new, old):
        """Adds members; in the older format and in graphql-core's, a client may have some of them already."""
        for key, value in new.items():
            if key not in old:
                old[key] = value
                continue
            assert self.sends_twice, f"sent twice: {key}"
            self.unite(value, old, key)

    def unite(self, new, container, key):
        old = container[key]
        if isinstance(new, dict) and isinstance(old, dict):
            self.add(new, old)
        elif isinstance(new, list) and isinstance(old, list):
            for position, item in enumerate(new):
                if position < len(old):
                    self.unite(item, old, position)
                else:
                    old.append(item)
        elif self.fails and None in (new, old):
            # One fragment's null that must not be took the object away, and another one has it.
            container[key] = old if new is None else new
        else:
            assert new == old, (new, old)


async def of_library(text, fails):
    """What a client of graphql-core has in the end: data and the paths of errors."""
    document = parse(text)
    assert not validate(SCHEMA, document), (text, validate(SCHEMA, document))
    result = experimental_execute_incrementally(SCHEMA, document, field_resolver=resolve)
    if hasattr(result, "__await__"):
        result = await result
    if not hasattr(result, "initial_result"):
        messages = [{**result.formatted, "hasNext": False}]
    else:
        messages = [result.initial_result.formatted]
        async for message in result.subsequent_results:
            messages.append(message.formatted)
    # Values are shared with the upstream's, and a last message that says nothing else may come by itself.
    return Client(json.loads(json.dumps(messages)), sends_twice=True, fails=fails), len(messages)


def of_gateway(connection, text, accept, fails):
    """What a client of the gateway has in the end."""
    headers = {"Content-Type": "application/json", "Accept": accept, "Authorization": "Bearer k"}
    connection.request("POST", "/graphql", json.dumps({"query": text}), headers)
    response = connection.getresponse()
    body = response.read().decode()
    if response.headers.get_content_type() != "multipart/mixed":
        messages = [{**json.loads(body), "hasNext": False}]
    else:
        messages = [json.loads(part[part.index("{"):]) for part in body.split("\r\n--") if "{" in part]
    return Client(messages, sends_twice=accept == OLDER, fails=fails), len(messages)


def agree(left, right):
    """Whether two results say nothing different. A null that must not be takes away more or less, by how an operation is cut into parts."""
    if left is None or right is None:
        return True
    if isinstance(left, dict):
        return all(agree(left[key], right[key]) for key in left.keys() & right.keys())
    if isinstance(left, list):
        return all(map(agree, left, right))
    return left == right


def differences(results, fails):
    """The names of results that are not as they must be, by what graphql-core has for the operation that comes as a whole."""
    expected = results["library"]
    different = []
    for name, each in results.items():
        if name == "gateway" or not fails:
            # Of the errors beside a null that must not be, any number may be reported.
            if each.data != expected.data or not fails and each.errors != expected.errors:
                different.append(name)
        elif not agree(each.data, expected.data):
            different.append(name)
    return different


async def main():
    address, count = sys.argv[1], int(sys.argv[2])
    connection = http.client.HTTPConnection(address, timeout=60)
    agreed, differing, in_parts = 0, [], 0
    for seed in range(count):
        fails = seed % 4 == 3
        text = Generator(seed, fails).selection("Query", 0)
        results = {}
        results["library"], _ = await of_library(whole(text), fails)
        results["library, in parts"], _ = await of_library(text, fails)
        results["gateway, in parts"], messages = of_gateway(connection, text, NEWER, fails)
        results["gateway, in parts of the older format"], _ = of_gateway(connection, text, OLDER, fails)
        results["gateway"], _ = of_gateway(connection, whole(text), "application/json", fails)
        in_parts += messages > 1
        if different := differences(results, fails):
            differing.append({"query": text, "different": different} | {name: str([each.data, each.errors]) for name, each in results.items()})
        else:
            agreed += 1
    print(json.dumps({"agreed": agreed, "inParts": in_parts, "differing": differing[:3]}))


if __name__ == "__main__":
    asyncio.run(main())
