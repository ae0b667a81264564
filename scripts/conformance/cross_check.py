#!/usr/bin/env python3
"""Compares the fixtures' expectations with the results of graphql-core, the Python port of graphql-js.

    cross_check.py FIXTURES

Run it with a Python that has graphql-core (3.2.10 ports graphql-js 16.13). The port writes some messages in Python's
own way and counts columns in code points, so both sides are brought to one form first. What remains is printed for a
person to judge; it is not a verdict.
"""

import json
import pathlib
import re
import sys

import graphql
from graphql import GraphQLError
from graphql.execution.values import get_variable_values
from graphql.utilities import build_ast_schema
from graphql.validation.validate import validate_sdl

sys.setrecursionlimit(20_000)

REPLACEMENTS = [
    ("None", "null"),
    ("to be a mapping", "to be an object"),
    ("resolve_type", "resolveType"),
    ("is_type_of", "isTypeOf"),
]


def normalized(message: str) -> str:
    """The message without what the port spells in its own way: quotes, spaces, underscores, case."""
    for port, original in REPLACEMENTS:
        message = message.replace(port, original)
    return re.sub(r"""[\\ "'_]""", "", message).lower()


def location_of(source, position: int) -> list:
    """Line and column in UTF-16 units; the port counts code points and takes more characters for line ends."""
    before = source.body[:position]
    start, line = 0, 1
    for match in re.finditer(r"\r\n|[\n\r]", source.body):
        if match.start() >= position:
            break
        start, line = match.end(), line + 1
    return [line, len(before[start:].encode("utf-16-le", "surrogatepass")) // 2 + 1]


def error_of(error: GraphQLError) -> dict:
    """A comparable form of an error."""
    result = {"message": normalized(error.message)}
    if error.positions and error.source:
        result["locations"] = [location_of(error.source, position) for position in error.positions]
    if error.path:
        result["path"] = list(error.path)
    return result


def expected_of(error: dict) -> dict:
    """The same form of an expected error."""
    result = {"message": normalized(error["message"])}
    if "locations" in error:
        result["locations"] = [[at["line"], at["column"]] for at in error["locations"]]
    if "path" in error:
        result["path"] = error["path"]
    return result


def sorted_value(value):
    """The value with every object's keys in order."""
    if isinstance(value, dict):
        return {key: sorted_value(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [sorted_value(item) for item in value]
    return value


def resolved(value, arguments):
    """A member of the data as the port takes it."""
    if isinstance(value, list):
        return [resolved(item, arguments) for item in value]
    if isinstance(value, dict):
        if "$error" in value:
            return GraphQLError(value["$error"])
        if value.get("$args") is True:
            return json.dumps(sorted_value(arguments), ensure_ascii=False, separators=(",", ":"))
    return value


def resolve_field(source, info, **arguments):
    """Looks a field up by its GraphQL name."""
    if not isinstance(source, dict) or info.field_name not in source:
        return None
    return resolved(source[info.field_name], arguments)


def resolve_type(value, _info, _type):
    """Resolves an abstract type by `__typename`."""
    return value.get("__typename") if isinstance(value, dict) else None


def prepared(case: dict, mode: str):
    """The errors of the steps before execution, or the schema, document and variables."""
    try:
        document = graphql.parse(case["schema"])
    except GraphQLError as error:
        return [error], None
    errors = validate_sdl(document)
    if errors:
        return errors, None
    try:
        schema = build_ast_schema(document, assume_valid_sdl=True)
    except GraphQLError as error:
        return [error], None
    errors = graphql.validate_schema(schema)
    if errors:
        return errors, None
    try:
        document = graphql.parse(case["query"])
    except GraphQLError as error:
        return [error], None
    errors = graphql.validate(schema, document, max_errors=100)
    if errors:
        return errors, None
    if mode == "validate" and "variables" not in case:
        return [], None
    operations = [node for node in document.definitions if isinstance(node, graphql.OperationDefinitionNode)]
    name = case.get("operationName")
    if name is not None:
        operations = [node for node in operations if node.name and node.name.value == name]
        if not operations:
            return [GraphQLError(f"Unknown operation named '{name}'.")], None
    elif len(operations) > 1:
        return [GraphQLError("Must provide operation name if query contains multiple operations.")], None
    variables = case.get("variables") or {}
    values = get_variable_values(schema, operations[0].variable_definitions or [], variables, max_errors=50)
    return (values if isinstance(values, list) else []), (schema, document, variables)


def result_of(case: dict, mode: str):
    """The port's result: its errors and, in the mode `execute`, its data."""
    errors, rest = prepared(case, mode)
    if errors or mode == "validate" or rest is None:
        return errors, None
    schema, document, variables = rest
    result = graphql.execute_sync(
        schema,
        document,
        root_value=case["rootValue"],
        variable_values=variables,
        operation_name=case.get("operationName"),
        field_resolver=resolve_field,
        type_resolver=resolve_type,
    )
    return result.errors or [], (result.data,)


def main() -> int:
    """Prints every case where the port differs."""
    root = pathlib.Path(sys.argv[1])
    total = differing = 0
    for path in sorted(root.glob("*/*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            case = json.loads(line)
            total += 1
            expected = case["expected"]
            try:
                errors, data = result_of(case, path.parent.name)
                ours = [error_of(error) for error in errors]
            except Exception as error:  # noqa: BLE001 - what the port raises is part of the comparison
                ours, data = [f"{type(error).__name__}: {error}"], None
            theirs = [expected_of(error) for error in expected.get("errors", [])]
            data_differs = data is not None and json.dumps(data[0]) != json.dumps(expected.get("data"))
            if ours != theirs or data_differs:
                differing += 1
                print(f"{case['id']}{'  (noted)' if 'note' in case else ''}\n  query:    {case['query'][:300]!r}")
                if data_differs:
                    print(f"  data:     {json.dumps(expected.get('data'))[:600]}\n  port:     {json.dumps(data[0])[:600]}")
                if ours != theirs:
                    print(f"  expected: {theirs}"[:900] + f"\n  port:     {ours}"[:900])
    print(f"{total} cases, {differing} differ from graphql-core {graphql.version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
