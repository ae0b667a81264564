"""Calls the methods of a gateway, and checks each result against the schema that the OpenRPC document has for it.

Usage: python_rpc_schemas.py ADDRESS ROWS; prints what it found as JSON.
"""

import json
import sys

import requests
from jsonschema import Draft7Validator
from python_generated_calls import calls
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

address, rows = sys.argv[1], int(sys.argv[2])
session = requests.Session()
session.headers.update({"Authorization": "Bearer k"})


def validators():
    """What validates the results of each method."""
    # References lead into the document, wherever the schema stands that has them.
    text = session.get(f"http://{address}/openrpc.json", timeout=60).text
    document = json.loads(text.replace('"#/', '"urn:document#/'))
    registry = Registry().with_resource("urn:document", Resource(document, DRAFT7))
    return {method["name"]: Draft7Validator(method["result"]["schema"], registry=registry) for method in document["methods"]}


def call(method, params):
    message = {"jsonrpc": "2.0", "method": method, "params": params, "id": 1}
    return session.post(f"http://{address}/rpc", json=message, timeout=60).json()


known = validators()
problems, called, results = [], set(), 0
nodes = call("issues.list", {"first": 3, "select": "nodes { nodeId }"})["result"]["nodes"]
generated = [(".".join(name), params) for name, params in calls(rows, [node["nodeId"] for node in nodes])]
for method, params in [*generated, ("quota.report", {}), ("rpc.discover", {})]:
    response = call(method, params)
    if "error" in response:
        problems.append(f"{method} {json.dumps(params)}: {response['error']}"[:600])
        continue
    for error in known[method].iter_errors(response["result"]):
        problems.append(f"{method} {json.dumps(params)}: {error.json_path}: {error.message}"[:600])
    called.add(method)
    results += 1
print(json.dumps({"problems": problems[:20], "uncalled": sorted(known.keys() - called), "results": results}))
