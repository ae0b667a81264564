"""The sandbox that stands in for Workestra, and gateways in front of its workspaces."""

import http.client
import json
import pathlib
import urllib.request

from .process import Process, free_port

SLUGS = ["acme", "globex", "initech"]
SCHEMA = pathlib.Path(__file__).parent.parent.parent / "schema"


def key(slug):
    """The key of a workspace that sees every row."""
    return f"wsk_live_{slug}"


owner_key = key


class Sandbox(Process):
    """A sandbox on a free port."""

    def __init__(self, gateway, log, *options):
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        # Both programs are built together.
        program = gateway.with_name("workestra-sandbox")
        super().__init__([program, "--listen", f"127.0.0.1:{port}", *options], f"{self.url}/_sandbox/calls", log)

    def calls(self):
        """How many calls the API has had since the last reset."""
        return self._get("calls")["total"]

    def statuses(self):
        """How many responses had each status, over all keys."""
        sums = {}
        for counts in self._get("calls")["keys"].values():
            for status, number in counts["statuses"].items():
                sums[status] = sums.get(status, 0) + number
        return sums

    def calls_by_key(self):
        """How many calls each key has had since the last reset."""
        return {name: sum(counts["statuses"].values()) for name, counts in self._get("calls")["keys"].items()}

    def changes(self):
        """The rows that changed by themselves, oldest first."""
        return self._get("changes")

    def reset(self):
        """Goes back to the seed, with full budgets."""
        request = urllib.request.Request(f"{self.url}/_sandbox/reset", method="POST")
        with urllib.request.urlopen(request, timeout=10):
            pass

    def _get(self, page):
        with urllib.request.urlopen(f"{self.url}/_sandbox/{page}", timeout=10) as response:
            return json.loads(response.read())


class WorkspaceGateway(Process):
    """A gateway on a free port in front of workspaces of a sandbox."""

    def __init__(self, program, sandbox, log, *options, slugs=SLUGS):
        self.slugs = slugs
        self.port = free_port()
        command = [program, "serve", "--listen", f"127.0.0.1:{self.port}", "--schema", SCHEMA]
        for slug in slugs:
            command += ["--workspace", f"{slug}={sandbox.url}/api/v1"]
        super().__init__([*command, *options], f"http://127.0.0.1:{self.port}/health/ready", log)

    def connect(self):
        """A client connection that stays open between requests."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, query, variables=None, connection=None, key=None):
        """The response to a query, asked with the keys of all workspaces, or with one key."""
        own = connection or self.connect()
        body = json.dumps({"query": query, "variables": variables or {}}).encode()
        own.putrequest("POST", "/graphql")
        own.putheader("Content-Type", "application/json")
        own.putheader("Authorization", f"Bearer {key or owner_key(self.slugs[0])}")
        for slug in self.slugs[1:]:
            own.putheader("Workspace-Key", f"{slug} {owner_key(slug)}")
        own.putheader("Content-Length", str(len(body)))
        own.endheaders(body)
        response = json.loads(own.getresponse().read())
        if connection is None:
            own.close()
        return response
