#!/usr/bin/env python3
"""Prints the overdue issues of each project. Usage: WORKESTRA_KEY=KEY examples/rpc.py [URL]"""
import json, os, sys, urllib.request

def call(*calls):
    batch = [{"jsonrpc": "2.0", "id": i, "method": m, "params": p} for i, (m, p) in enumerate(calls)]
    request = urllib.request.Request(
        (sys.argv[1:] or ["http://127.0.0.1:8080"])[0] + "/rpc", json.dumps(batch).encode(),
        {"Authorization": "Bearer " + os.environ["WORKESTRA_KEY"], "Content-Type": "application/json"})
    responses = sorted(json.load(urllib.request.urlopen(request)), key=lambda response: response["id"])
    for response in responses:
        if "error" in response:
            sys.exit(response["error"]["message"])
    return [response["result"] for response in responses]

[projects] = call(("projects.list", {"first": 5, "select": "id name"}))
lists = call(*[("issues.list", {"projectId": project["id"], "overdue": True, "select": "totalCount"})
               for project in projects["nodes"]])
for project, overdue in zip(projects["nodes"], lists):
    print(f"{project['name']}: {overdue['totalCount']} overdue")
