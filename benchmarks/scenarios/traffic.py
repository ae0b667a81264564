"""A minute of mixed traffic on one Standard key: 50 clients, 20 different queries, 20 a second, rows that change."""

import os
import random
import statistics
import threading
import time

from harness import report
from harness.sandbox import SLUGS, Sandbox, WorkspaceGateway

SECONDS = 60
CLIENTS = 50
RATE = 20
MOST_CALLS = 100
# What schema/schema.graphql declares: 30 s fresh, 30 s more while a fresh response is fetched.
DECLARED_SECONDS = 60
# More options of the sandbox, such as GATEWAY_BENCH_READING="--count page --rows summary".
READING = os.environ.get("GATEWAY_BENCH_READING", "").split()
STATUSES = ["open", "in_progress", "in_review", "done", "backlog"]

QUERIES = (
    [f'{{ issues(status: "{status}", first: 20) {{ totalCount nodes {{ id title updatedAt }} }} }}' for status in STATUSES]
    + [f'{{ issues(first: {count}) {{ nodes {{ id title updatedAt project {{ id name }} }} }} }}' for count in (10, 25, 50, 100)]
    + [f"{{ issues(first: 100) {{ nodes {{ {fields} }} }} }}" for fields in
       ("id title", "id title status priority", "id title updatedAt labels", "id title customFields { all }")]
    + [f'{{ issues(page: {page}, perPage: 50) {{ totalCount nodes {{ id title }} }} }}' for page in (2, 3, 4)]
    + [
        "{ projects { totalCount nodes { id name status } } }",
        '{ projects(first: 5) { nodes { id name issues(status: "open", first: 3) { totalCount nodes { id title } } } } }',
        '{ projects(status: "active") { totalCount nodes { id name } } }',
        '{ issues(first: 30, sort: "updated_at", order: DESC) { nodes { id title updatedAt } } }',
    ]
)


class Traffic:
    """The clients' shared schedule, and its results."""

    def __init__(self, gateway):
        self.gateway = gateway
        self.pick = random.Random(1)
        self.lock = threading.Lock()
        self.begin = time.time()
        self.sent = 0
        self.responses = []

    def next_query(self):
        """The time and the query of the next request; None when the minute is over."""
        with self.lock:
            due = self.begin + self.sent / RATE
            self.sent += 1
            return None if due >= self.begin + SECONDS else (due, self.pick.choice(QUERIES))

    def client(self):
        """One client: asks what is due on a connection of its own, until there is nothing more."""
        connection = self.gateway.connect()
        while request := self.next_query():
            due, query = request
            time.sleep(max(0, due - time.time()))
            start = time.time()
            response = self.gateway.ask(query, connection=connection)
            with self.lock:
                self.responses.append((start, time.time(), query, response))
        connection.close()


def run(options, folder):
    """Sends the traffic in real time and compares every title with what it was upstream at the time."""
    if len(set(QUERIES)) != 20:
        raise RuntimeError(f"{len(set(QUERIES))} different queries")
    with (
        Sandbox(options.gateway, folder / "sandbox.log", "--plan", "standard", "--change-every", "5s", *READING) as sandbox,
        WorkspaceGateway(
            options.gateway, sandbox, folder / "gateway.log", "--plan", "standard", slugs=SLUGS[:1]
        ) as gateway,
    ):
        traffic = Traffic(gateway)
        threads = [threading.Thread(target=traffic.client) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statuses, calls = sandbox.statuses(), sandbox.calls()
        changes = [change for change in sandbox.changes() if change["workspace"] == SLUGS[0]]
    judge(traffic.responses, calls, statuses, changes)


def judge(responses, calls, statuses, changes):
    """Prints the results, and fails if a goal is missed."""
    errors = [response for *_, response in responses if "errors" in response or not response.get("data")]
    ages = [age for response in responses for age in ages_of_changed_rows(response, changes)]
    oldest = max(ages, default=0)
    times = sorted(end - start for start, end, *_ in responses)
    goals = [
        ["responses", str(len(responses)), f"{SECONDS * RATE}", len(responses) == SECONDS * RATE],
        ["responses with errors", str(len(errors)), "0", not errors],
        ["upstream calls", str(calls), f"<= {MOST_CALLS}", calls <= MOST_CALLS],
        ["upstream responses other than 200", str(calls - statuses.get("200", 0)), "0", calls == statuses.get("200", 0)],
        ["oldest row that was shown", f"{oldest:.1f} s", f"<= {DECLARED_SECONDS} s", oldest <= DECLARED_SECONDS],
    ]
    print(report.table(["", "measured", "goal", ""], [[*row[:3], "met" if row[3] else "MISSED"] for row in goals]))
    print(
        f"{len(changes)} rows changed upstream; {len(ages)} rows were shown as they were before a change; "
        f"latency: median {statistics.median(times) * 1000:.1f} ms, p99 {times[len(times) * 99 // 100] * 1000:.1f} ms"
    )
    if errors:
        print(f"the first error: {str(errors[0].get('errors'))[:300]}")
    if missed := [row[0] for row in goals if not row[3]]:
        raise RuntimeError(f"goals MISSED: {', '.join(missed)}")


def ages_of_changed_rows(response, changes):
    """For each row that was shown with a title that it had no more: for how long it had not had it."""
    start, _, _, content = response
    for row in rows_in(content.get("data")):
        later = [change for change in changes if change["id"] == row["id"] and change["at_ms"] / 1000 <= start]
        if later and later[-1]["title"] != row["title"]:
            titles = [change["title"] for change in later]
            # The change that replaced the title that was shown; the first one if it is that of the seed.
            place = titles.index(row["title"]) + 1 if row["title"] in titles else 0
            yield start - later[place]["at_ms"] / 1000


def rows_in(value):
    """All objects with an id and a title, at any depth."""
    if isinstance(value, dict):
        if "id" in value and "title" in value:
            yield value
        for inner in value.values():
            yield from rows_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from rows_in(inner)
