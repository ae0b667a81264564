"""The gateway under measurement."""

import json
import urllib.request

from .process import Process, free_port


class PostedTo:
    """A server that takes GraphQL requests at `url`."""

    def post(self, body, key="benchmark"):
        """The bytes of the response to this POST body."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
        request = urllib.request.Request(f"{self.url}/graphql", body, headers)
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.read()


class Gateway(PostedTo, Process):
    """A gateway on a free port in front of an upstream."""

    def __init__(self, program, schema, upstream, log, *options):
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        command = [program, "serve", "--listen", f"127.0.0.1:{port}", "--schema", schema, "--upstream", upstream]
        super().__init__([*command, *options], f"{self.url}/health/ready", log)


def request_body(query):
    """A GraphQL request as a client would POST it."""
    return json.dumps({"query": query}).encode()
