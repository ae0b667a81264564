"""Screens of an application: what each of them asks, and the most upstream calls that it may take."""

import concurrent.futures
import dataclasses
import itertools
import threading
import time
import typing

from .sandbox import SLUGS, key

STATUSES = ("open", "backlog", "in_progress", "in_review", "done")
PROJECTS = "{ projects(first: 20) { nodes { id name } } }"
OPEN_ISSUES = """{ projects(first: 20) { nodes {
  id issues(status: "open", first: 5) { totalCount nodes { id title } }
} } }"""
BOARD = "query($id: ID!) { project(id: $id) { id name issues(first: 100) { totalCount nodes { id title status } } } }"
ISSUE = "query($id: ID!) { issue(id: $id) { id title status } }"
CLOSE = 'mutation($id: ID!) { updateIssue(id: $id, input: { status: "done" }) { issue { id status } } }'


@dataclasses.dataclass(frozen=True)
class Screen:
    """What is asked, what was asked before, and the most calls that it may take."""

    title: str
    show: typing.Callable
    most: int
    before: typing.Callable = lambda gateway: None
    # The upstream's plan, and the longest that a client may wait, in seconds.
    plan: str = "unlimited"
    longest: float = 0


def lists(selection):
    """A list of each status."""
    return " ".join(f'{status}: issues(first: 20, status: "{status}") {selection}' for status in STATUSES)


def projects(count, selection):
    """Some projects."""
    return f"{{ projects(first: {count}) {{ nodes {{ id {selection} }} }} }}"


def screens(data):
    """The rows of the table, given ids of projects and issues."""
    return [
        Screen("board: one project's lists of five statuses", ask(projects(1, lists("{ totalCount nodes { id title } }"))), 2),
        Screen("dashboard: five counts of five projects", ask(projects(5, lists("{ totalCount }"))), 8),
        Screen("open issues of 20 projects that are known", ask(OPEN_ISSUES), 4, before=ask(PROJECTS)),
        Screen("200 issues by id, one after another", one_by_one(data.issues[:200]), 20),
        Screen("three issues by id, one after another", one_by_one(data.issues[:600:200]), 6),
        Screen("cold start: 60 requests with three keys", lambda gateway: cold_start(gateway, data), 26),
        Screen(
            "20 boards for a minute, with 5 writes",
            lambda gateway: boards(gateway, data),
            50,
            plan="standard",
            longest=5,
        ),
    ]


@dataclasses.dataclass(frozen=True)
class Ids:
    """Ids of objects from all over the lists."""

    projects: list
    issues: list

    @staticmethod
    def of(gateway):
        """Reads them."""
        data = gateway.ask("{ projects(first: 20) { nodes { id } } issues(first: 1000) { nodes { id } } }")["data"]
        issues = [node["id"] for node in data["issues"]["nodes"]]
        # Neighbors would be on one page.
        return Ids([node["id"] for node in data["projects"]["nodes"]], issues[::7] + issues[3::7] + issues[5::7])


def ask(query):
    """One request."""
    return lambda gateway: checked(gateway.ask(query))


def checked(response):
    """A response without errors."""
    if "errors" in response:
        raise RuntimeError(f"the response has errors: {str(response['errors'])[:500]}")
    return response


def one_by_one(ids):
    """A request for each id."""

    def show(gateway):
        connection = gateway.connect()
        for id in ids:
            issue = checked(gateway.ask(ISSUE, {"id": id}, connection))["data"]["issue"]
            if issue["id"] != id:
                raise RuntimeError(f"another issue than {id}: {issue}")
        connection.close()

    return show


def cold_start(gateway, data):
    """Clients of three keys that come back all at once."""
    keys = [key(SLUGS[0])] + [f"{key(SLUGS[0])}_{name}" for name in ("alice", "bob")]
    requests = []
    for own in keys:
        requests += [(own, "{ issues(first: 100) { nodes { id title project { id name } } } }", {})] * 5
        requests += [(own, PROJECTS, {})] * 5
        requests += [(own, ISSUE, {"id": id}) for id in data.issues[:5]]
        requests += [(own, BOARD, {"id": id}) for id in data.projects[:5]]
    with concurrent.futures.ThreadPoolExecutor(len(requests)) as pool:
        list(pool.map(lambda request: checked(gateway.ask(request[1], request[2], key=request[0])), requests))


def boards(gateway, data, seconds=60):
    """Twenty clients that each look at a board every five seconds, while issues are closed; returns the longest wait."""
    ends = time.monotonic() + seconds
    longest = 0.0
    lock = threading.Lock()

    def client(number):
        nonlocal longest
        connection = gateway.connect()
        time.sleep(number / 4)
        while time.monotonic() < ends:
            started = time.monotonic()
            checked(gateway.ask(BOARD, {"id": data.projects[number]}, connection))
            waited = time.monotonic() - started
            with lock:
                longest = max(longest, waited)
            time.sleep(5)
        connection.close()

    def writer():
        for id in itertools.islice(data.issues, 5):
            time.sleep(seconds / 6)
            checked(gateway.ask(CLOSE, {"id": id}))

    with concurrent.futures.ThreadPoolExecutor(len(data.projects) + 1) as pool:
        tasks = [pool.submit(client, number) for number in range(len(data.projects))] + [pool.submit(writer)]
        for task in tasks:
            task.result()
    return longest
