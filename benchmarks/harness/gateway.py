"""The gateway under measurement."""

import json
import urllib.request

from .process import Process, free_port


class Gateway(Process):
    """A gateway on a free port in front of an upstream."""

    def __init__(self, program, schema, upstream, log):
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        command = [program, "serve", "--listen", f"127.0.0.1:{port}", "--schema", schema, "--upstream", upstream]
        super().__init__(command, f"{self.url}/health/ready", log)

    def post(self, body):
        """The bytes of the gateway's response to this POST body."""
        headers = {"Content-Type": "application/json", "Authorization": "Bearer benchmark"}
        request = urllib.request.Request(f"{self.url}/graphql", body, headers)
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.read()


def request_body(query):
    """A GraphQL request as a client would POST it."""
    return json.dumps({"query": query}).encode()
