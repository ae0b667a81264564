"""Calls of the methods and tools that show custom fields, over an upstream with so many issues and projects."""

SELECTS = [
    None, "id customFields { all }", "customFields { entries { key value } all }", "customFieldsJSON",
    'customFields { value(key: "entries") }', "id customFields { entries { value } }",
]
FIELDS = {"entries": [1, None, {"": {}}], "": None, "all": {"key": "value"}, "big": 12345678901234567890123}
QUERIES = [
    "{ issues { nodes { all: customFields { all } entries: customFieldsJSON } } }",
    '{ issue(id: "i1") { customFields { entries { key value } } project { customFieldsJSON } } }',
]


def selected(arguments, select):
    return arguments if select is None else arguments | {"select": select}


def calls(rows, node_ids):
    """Names, without what joins their two words, and arguments."""
    for kind in ["issues", "projects"]:
        for select in SELECTS:
            nodes = select and f"nodes {{ {select} }} totalCount"
            yield (kind, "list"), selected({"first": rows}, nodes)
            for number in range(rows):
                yield (kind, "get"), selected({"id": f"{kind[0]}{number}"}, select)
            inner = select and f"{kind[:-1]} {{ {select} }}"
            new = {"projectId": "p0", "title": "T"} if kind == "issues" else {"name": "N"}
            yield (kind, "create"), selected({"input": new | {"customFields": FIELDS}}, inner)
            yield (kind, "update"), selected({"id": f"{kind[0]}1", "input": {"customFields": FIELDS}}, inner)
            yield (kind, "delete"), selected({"id": f"{kind[0]}2"}, inner)
            yield (kind, "delete"), {"id": f"{kind[0]}3"}
    yield ("nodes", "get"), {"nodeIds": node_ids}
    yield ("nodes", "get"), {"nodeIds": node_ids, "select": "nodeId ... on Issue { customFields { all } }"}
    yield ("workspaces", "list"), {}
    yield ("workspaces", "list"), {"select": "slug issues(first: 5) { nodes { customFields { entries { key value } } } }"}
    for query in QUERIES:
        yield ("graphql", "execute"), {"query": query}
