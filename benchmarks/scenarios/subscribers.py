"""10,000 subscribers over WebSockets: their memory while nothing changes, and events that a thousand of them are shown."""

import hashlib
import hmac
import http.client
import json
import pathlib
import resource
import subprocess
import sys
import time

from harness import report
from harness.process import Process, free_port
from harness.sandbox import SCHEMA, SLUGS, Sandbox, key

SUBSCRIBERS = 10_000
ACTIVE = 1_000
MOST_BYTES_EACH = 12 << 10
EVENTS = 400
EVENTS_EACH_SECOND = 200
# They change in turn: two changes of one issue within the time of a call would be one event.
ISSUES = 20
# The last events have this time to be shown.
PATIENCE = 60
SLUG = SLUGS[0]
SECRET = b"benchmark"


def run(options, folder):
    """Subscribes, watches the gateway's memory, and lets some issues change in turn, again and again."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most < SUBSCRIBERS + 500:
        raise RuntimeError(f"a process may open {most} files here: too few")
    with (
        Sandbox(options.gateway, folder / "sandbox.log", "--plan", "unlimited", "--issues", "100") as sandbox,
        WebhookGateway(options.gateway, sandbox, folder) as gateway,
    ):
        issues = some_issues(gateway)
        # What is allocated once is no subscriber's.
        with Subscribers(gateway.port, issues, 50, 0):
            before = gateway.resident_bytes()[0]
        with Subscribers(gateway.port, issues, SUBSCRIBERS - ACTIVE, ACTIVE) as subscribers:
            time.sleep(2)
            each = (gateway.resident_bytes()[0] - before) / SUBSCRIBERS
            print(f"{SUBSCRIBERS:,} subscribers take {each / 1024:.1f} KiB each", flush=True)
            calls = sandbox.calls()
            sent, seconds, busy = send_events(gateway, sandbox, issues)
            counts = subscribers.counts_when(lambda counts: counts["events"] >= ACTIVE * EVENTS)
            calls = sandbox.calls() - calls - EVENTS
    judge(each, sent, seconds, busy, counts, calls)


def judge(each, sent, seconds, busy, counts, calls):
    """Prints the results, and fails if a goal is missed."""
    lags = [times[1] - float(title[3:]) for title, times in counts["titles"].items()]
    whole = sum(times[2] >= ACTIVE for times in counts["titles"].values())
    goals = [
        ["memory of a subscriber", f"{each / 1024:.1f} KiB", f"<= {MOST_BYTES_EACH >> 10} KiB", each <= MOST_BYTES_EACH],
        ["events that all of them were shown", f"{whole}", f"{len(sent)}", whole == len(sent)],
        ["connections that ended", str(counts["closed"]), "0", counts["closed"] == 0],
        ["upstream calls for each event", f"{calls / len(sent):.2f}", "<= 1", calls <= len(sent)],
    ]
    print(report.table(["", "measured", "goal", ""], [[*row[:3], "met" if row[3] else "MISSED"] for row in goals]))
    print(
        f"{len(sent) / seconds:.0f} events a second for {seconds:.1f} s; {counts['events']:,} were shown; "
        f"the last of them {max(lags, default=0):.1f} s after it began to be; "
        f"the gateway used {busy / max(1, counts['events']) * 1e6:.1f} microseconds of processor for one that was shown"
    )
    if failed := [row[0] for row in goals if not row[3]]:
        raise RuntimeError(f"goals MISSED: {', '.join(failed)}")


def some_issues(gateway):
    """The ids of some issues."""
    response = gateway.ask(f"{{ issues(first: {ISSUES}) {{ nodes {{ id }} }} }}")
    return [node["id"] for node in response["data"]["issues"]["nodes"]]


def send_events(gateway, sandbox, issues):
    """Changes the issues past the gateway, and reports each change by a webhook; returns the titles, and how long that took."""
    upstream = http.client.HTTPConnection(sandbox.url.removeprefix("http://"))
    hooks = http.client.HTTPConnection("127.0.0.1", gateway.port)
    used, begun, titles = gateway.processor_seconds(), time.time(), []
    for number in range(EVENTS):
        time.sleep(max(0, begun + number / EVENTS_EACH_SECOND - time.time()))
        titles.append(f"at {time.time():.6f}")
        issue = issues[number % len(issues)]
        headers = {"Authorization": f"Bearer {key(SLUG)}", "Content-Type": "application/json"}
        post(upstream, "PATCH", f"/api/v1/issues/{issue}", json.dumps({"title": titles[-1]}), headers)
        body = json.dumps({"id": f"evt_{number}", "type": "task.updated", "data": {"task_id": issue}})
        code = hmac.new(SECRET, body.encode(), hashlib.sha256).hexdigest()
        post(hooks, "POST", f"/webhooks/{SLUG}", body, {"X-Workestra-Signature": f"sha256={code}"})
    return titles, time.time() - begun, gateway.processor_seconds() - used


def post(connection, method, path, body, headers):
    """Sends a request that must succeed."""
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    text = response.read()
    if response.status >= 300:
        raise RuntimeError(f"{method} {path}: {response.status} {text[:300]!r}")


class WebhookGateway(Process):
    """A gateway in front of one workspace, which reports what changes."""

    def __init__(self, program, sandbox, folder):
        self.port = free_port()
        (folder / "secret").write_bytes(SECRET)
        workspace = {
            "slug": SLUG, "url": f"{sandbox.url}/api/v1", "webhook": {"secretFiles": [str(folder / "secret")]},
        }
        file = folder / "gateway.json"
        file.write_text(json.dumps({"clients": "anonymous", "workspaces": [workspace]}))
        command = [program, "serve", "--config", file, "--listen", f"127.0.0.1:{self.port}", "--schema", SCHEMA]
        limits = ["--max-connections", "12000", "--max-connections-per-address", "12000", "--poll-reserve", "100"]
        super().__init__([*command, *limits], f"http://127.0.0.1:{self.port}/health/ready", folder / "gateway.log")

    def ask(self, query):
        """The response to a query."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        headers = {"Authorization": f"Bearer {key(SLUG)}", "Content-Type": "application/json"}
        connection.request("POST", "/graphql", json.dumps({"query": query}), headers)
        return json.load(connection.getresponse())


class Subscribers:
    """A process with the subscribers; it ends with the block."""

    def __init__(self, port, issues, idle, active):
        program = pathlib.Path(__file__).parent.parent / "harness" / "subscribers.py"
        arguments = [str(port), key(SLUG), ",".join(issues), str(idle), str(active)]
        self.child = subprocess.Popen(
            [sys.executable, program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            preexec_fn=raise_limit,
        )

    def __enter__(self):
        if self.child.stdout.readline().strip() != "ready":
            self.__exit__()
            raise RuntimeError("the subscribers could not subscribe")
        return self

    def counts_when(self, condition):
        """What they have seen, when that is enough or nothing more can be expected."""
        end = time.monotonic() + PATIENCE
        while True:
            self.child.stdin.write("\n")
            self.child.stdin.flush()
            counts = json.loads(self.child.stdout.readline())
            if condition(counts) or time.monotonic() > end:
                return counts
            time.sleep(0.2)

    def __exit__(self, *_):
        self.child.stdin.close()
        self.child.wait()


def raise_limit():
    """Lets a process open as many files as it may."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
