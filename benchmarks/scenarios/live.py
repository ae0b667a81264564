"""20 screens that follow 6 lists of 2 workspaces without webhooks, on Standard keys; others change 4 rows a minute."""

import json
import threading
import time

from harness import report
from harness.sandbox import SLUGS, Sandbox, WorkspaceGateway, key

SCREENS = 20
MINUTES = 3
MINUTE = 60
MOST_SECONDS = 10
LIMIT = 100
MOST_SHARE = 0.6
FOLLOWED = SLUGS[:2]
# A workspace changes one issue in this time: two of them four in a minute.
CHANGE_EVERY = "30s"
LISTS = [
    "issues(workspaces: $in, first: 100) { nodes { id title } }",
    'issues(workspaces: $in, status: "open", first: 100) { totalCount nodes { id title } }',
    "projects(workspaces: $in, first: 100) { nodes { id name } }",
]


class Screen(threading.Thread):
    """Follows one list, and notes when it first showed each title."""

    def __init__(self, gateway, number):
        super().__init__(daemon=True)
        self.workspace = FOLLOWED[number % len(FOLLOWED)]
        self.shows_all = number // len(FOLLOWED) % len(LISTS) == 0
        self.query = f"query($in: [String!]) @live {{ {LISTS[number // len(FOLLOWED) % len(LISTS)]} }}"
        self.gateway = gateway
        self.seen = {}
        self.errors = []

    def run(self):
        connection = self.gateway.connect()
        body = json.dumps({"query": self.query, "variables": {"in": [self.workspace]}})
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        headers["Authorization"] = f"Bearer {key(FOLLOWED[0])}"
        headers["Workspace-Key"] = ", ".join(f"{slug} {key(slug)}" for slug in FOLLOWED[1:])
        connection.request("POST", "/graphql", body, headers)
        for line in connection.getresponse():
            if line.startswith(b"data: {"):
                self.take(json.loads(line[6:]))

    def take(self, result):
        """Notes what a result shows."""
        self.errors += result.get("errors", [])
        for rows in (result.get("data") or {}).values():
            for row in (rows or {}).get("nodes") or []:
                self.seen.setdefault((row["id"], row.get("title")), time.time())


def run(options, folder):
    """Follows the lists in real time, and compares when changes were made with when they were shown."""
    with (
        Sandbox(
            options.gateway, folder / "sandbox.log", "--plan", "standard", "--workspaces", str(len(FOLLOWED)),
            "--issues", "100", "--change-every", CHANGE_EVERY,
        ) as sandbox,
        WorkspaceGateway(options.gateway, sandbox, folder / "gateway.log", slugs=FOLLOWED) as gateway,
    ):
        screens = [Screen(gateway, number) for number in range(SCREENS)]
        for screen in screens:
            screen.start()
        spent, before = [], {}
        for _ in range(MINUTES):
            time.sleep(MINUTE)
            now = sandbox.calls_by_key()
            spent += [count - before.get(name, 0) for name, count in now.items()]
            before = now
        # The last change has its time to be seen.
        end = time.time()
        time.sleep(2 * MOST_SECONDS)
        changes = [change for change in sandbox.changes() if change["at_ms"] / 1000 <= end]
        ended = sum(not screen.is_alive() for screen in screens)
    judge(screens, changes, spent, ended)


def judge(screens, changes, spent, ended):
    """Prints the results, and fails if a goal is missed."""
    delays, missed = [], []
    for change in changes:
        for screen in screens:
            if screen.workspace != change["workspace"] or not screen.shows_all:
                continue
            seen = screen.seen.get((change["id"], change["title"]))
            if seen is None:
                missed.append(change)
            else:
                delays.append(seen - change["at_ms"] / 1000)
    errors = [error for screen in screens for error in screen.errors]
    average = sum(delays) / max(1, len(delays))
    share = max(spent, default=0) / LIMIT
    goals = [
        ["changes by others", str(len(changes)), "> 0", len(changes) > 0],
        ["changes that a screen missed", str(len(missed)), "0", not missed],
        ["seen after, on average", f"{average:.1f} s", f"<= {MOST_SECONDS} s", average <= MOST_SECONDS],
        ["most of a minute spent", f"{share:.0%}", f"<= {MOST_SHARE:.0%}", share <= MOST_SHARE],
        ["results with errors", str(len(errors)), "0", not errors],
        ["screens whose stream ended", str(ended), "0", not ended],
    ]
    print(report.table(["", "measured", "goal", ""], [[*row[:3], "met" if row[3] else "MISSED"] for row in goals]))
    print(f"the longest took {max(delays, default=0):.1f} s")
    if failed := [row[0] for row in goals if not row[3]]:
        raise RuntimeError(f"goals MISSED: {', '.join(failed)}")
