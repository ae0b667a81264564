"""Reads the OpenRPC document of a gateway as OpenRPC's Python library does, and holds it to its own JSON Schemas.

Usage: python_openrpc.py URL; prints the names of the methods and how many example values were validated.
"""

import json
import sys

import requests
from jsonschema import Draft7Validator
from openrpc import OpenRPC
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7


def main(url):
    text = requests.get(url, timeout=20).text
    described = OpenRPC.model_validate(json.loads(text))
    # References lead into the document, wherever the schema stands that has them.
    document = json.loads(text.replace('"#/', '"urn:document#/'))
    registry = Registry().with_resource("urn:document", Resource(document, DRAFT7))
    count = 0

    def validate(schema, value):
        nonlocal count
        Draft7Validator(schema, registry=registry).validate(value)
        count += 1

    for schema in document["components"]["schemas"].values():
        Draft7Validator.check_schema(schema)
    for method in document["methods"]:
        schemas = {parameter["name"]: parameter["schema"] for parameter in method["params"]}
        for schema in [*schemas.values(), method["result"]["schema"]]:
            Draft7Validator.check_schema(schema)
        for example in method.get("examples", []):
            for parameter in example["params"]:
                validate(schemas[parameter["name"]], parameter["value"])
            validate(method["result"]["schema"], example["result"]["value"])
    print(json.dumps({"methods": [method.name for method in described.methods], "validated": count}))


main(sys.argv[1])
