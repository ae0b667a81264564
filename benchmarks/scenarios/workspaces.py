"""Projects, issues and custom fields of a workspace: GraphQL, JSON-RPC and MCP, beside nginx with the same bytes."""

import http.client
import json

from harness import comparison, document, load, report
from harness.nginx import Nginx
from harness.sandbox import SLUGS, Sandbox, WorkspaceGateway, key
from scenarios.rpc import CALL, QUERY, ask

ISSUES = """issues(first: 5) { totalCount nodes {
  id title status priority dueDate labels customFields { clientName: value(key: "client_name") riskScore: value(key: %s) }
} }"""
PROJECTS = "{ projects(first: 20) { totalCount nodes { id name status targetDate " + ISSUES % '"risk_score"' + " } } }"
VARIED = "query($key: String!) { projects(first: 20) { totalCount nodes { id name status targetDate " + ISSUES % "$key" + " } } }"
TOOL = {"name": "issues.list", "arguments": {"first": 50}}


def bodies():
    """By title the path, the body of a request with its number at @N@, and whether the gateway caches."""
    call = json.dumps({**CALL, "id": "@N@"})
    tool = json.dumps({"jsonrpc": "2.0", "method": "tools/call", "params": TOOL, "id": "@N@"})
    return {
        "20 projects, the same again": ("/graphql", json.dumps({"query": PROJECTS}), "cached"),
        "20 projects, executed": ("/graphql", json.dumps({"query": VARIED, "variables": {"key": "risk_score@N@"}}), "cached"),
        "20 projects, nothing cached, equal requests at the same time": ("/graphql", json.dumps({"query": PROJECTS}), "plain"),
        "50 issues by GraphQL": ("/graphql", json.dumps(QUERY), "cached"),
        "50 issues by JSON-RPC, another id each": ("/rpc", call, "cached"),
        "50 issues by MCP, another id each": ("/mcp", tool, "cached"),
    }


def run(options, folder):
    """Lets all loads take turns in several rounds, each beside nginx with its bytes."""
    with (
        Nginx(folder) as nginx,
        Sandbox(options.gateway, folder / "sandbox.log", "--plan", "unlimited") as sandbox,
        WorkspaceGateway(options.gateway, sandbox, folder / "cached.log", slugs=SLUGS[:1]) as cached,
        WorkspaceGateway(options.gateway, sandbox, folder / "plain.log", "--no-cache", slugs=SLUGS[:1]) as plain,
    ):
        servers = {"cached": cached, "plain": plain}
        require_equal(servers)
        contenders, references, titles = {}, {}, {}
        for number, (title, (path, body, server)) in enumerate(bodies().items()):
            file = folder / f"request-{number}.json"
            file.write_text(body)
            response = post(servers[server].port, path, body.replace("@N@", "1"))
            posted = nginx.publish_posted(f"{number}.json", response)
            references[title] = load.Load(nginx.url, [posted], file)
            titles[title] = f"nginx: {len(response):,} bytes of {title}"
            url = f"http://127.0.0.1:{servers[server].port}"
            own = load.Load(url, [path], file, key(SLUGS[0]))
            contenders["gateway", title] = comparison.Contender(title, servers[server], own, title)

        taken = comparison.measure(options, contenders, references, lambda work: calls_during(sandbox, work))
    table = list(comparison.rows(contenders, titles, taken))
    print(report.table(comparison.HEADER, table))
    if options.write:
        rows = [row for row in table if not row[0].startswith("nginx: ")]
        lines = [*document.table(comparison.HEADER, rows), "", document.conditions(options, "workspaces")]
        document.replace(document.PERFORMANCE, "workspaces", lines)


def post(port, path, body):
    """The bytes of the response to a request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", path, body, {"Content-Type": "application/json", "Authorization": f"Bearer {key(SLUGS[0])}"})
    response = connection.getresponse().read()
    connection.close()
    return response


def calls_during(sandbox, work):
    """How many calls the sandbox gets while the work is done."""
    before = sandbox.calls()
    work()
    return sandbox.calls() - before


def require_equal(servers):
    """Fails unless GraphQL, JSON-RPC and MCP have the same result, and the gateways with and without a cache too."""
    port = servers["cached"].port
    issues = ask(port, "/graphql", QUERY)["data"]["issues"]
    tool = {"jsonrpc": "2.0", "method": "tools/call", "params": TOOL, "id": 1}
    results = [ask(port, "/rpc", CALL)["result"], ask(port, "/mcp", tool)["result"]["structuredContent"]["result"]]
    projects = [ask(server.port, "/graphql", {"query": PROJECTS}) for server in servers.values()]
    if any(result != issues for result in results) or projects[0] != projects[1] or "errors" in projects[0]:
        raise RuntimeError("the results differ")
