"""Uses the pages of a gateway as people do, in Chromium and offline.

Usage: python_browser.py URL ADMIN_URL KEY FOLDER; writes screenshots to the folder, and prints what it saw as JSON. Fails on errors in the
console, on violations of the content security policy, and on what axe-core finds in the gateway's own parts.
"""

import json
import pathlib
import sys
import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

url, admin_url, key, folder = sys.argv[1:5]
folder = pathlib.Path(folder)
folder.mkdir(parents=True, exist_ok=True)
seen = {}
problems = []
# Long enough for a machine that does much else: nothing depends on how long something takes.
patience = 240


def watched(context):
    """A page whose errors are noted, and which reaches nothing but the gateway."""
    page = context.new_page()
    page.set_default_timeout(patience * 1000)
    page.on("console", lambda message: message.type == "error" and problems.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: problems.append(f"page: {error}"))
    # The cockpit's stream ends when it is paused or closed, and those of a page that is left are cancelled.
    page.on("requestfailed", lambda request: request.failure != "net::ERR_ABORTED" and problems.append(f"request: {request.url} {request.failure}"))
    page.on("request", lambda request: request.url.startswith((url, admin_url, "data:")) or problems.append(f"elsewhere: {request.url}"))
    return page


def wait(page, condition, seconds=patience):
    """Waits until an expression holds; the page's policy forbids what Playwright's own waiting evaluates."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        if time.monotonic() > end:
            page.screenshot(path=folder / "failure.png")
            sys.exit(f"never: {condition}; {problems}")
        page.wait_for_timeout(50)


def until(page, condition, seconds=patience):
    """Waits until something holds that the test itself notes."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            page.screenshot(path=folder / "failure.png")
            sys.exit(f"never noted; {problems}")
        page.wait_for_timeout(50)


def hold_mutations(page):
    """Keeps the page's mutations from being sent; they are in the list that is returned."""
    held = []

    def decide(route):
        if "mutation" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route("**/graphql", decide)
    return held


def check_accessibility(page, name, exclude=()):
    results = Axe().run(page, context={"exclude": [[selector] for selector in exclude]} if exclude else None)
    for violation in results.response["violations"]:
        nodes = [node["target"] for node in violation["nodes"]]
        problems.append(f"axe: {name}: {violation['id']}: {nodes}")


def enter_key(page):
    page.click("#keys-button")
    page.fill("#key", key)
    page.click("#keys-save")


def explore(context):
    page = watched(context)
    page.goto(url)
    page.wait_for_selector(".graphiql-query-editor .CodeMirror")
    enter_key(page)
    wait(page, "document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror.options.lint?.schema != null")
    editor = page.locator(".graphiql-query-editor .CodeMirror")
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("{ iss")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hints")
    seen["completions"] = page.locator(".CodeMirror-hint").all_inner_texts()
    page.screenshot(path=folder / "explorer-completion.png")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("{ issues(first: 3) { nodes { title } } }")
    wait(page, "document.getElementById('cost-total').textContent.includes('call')")
    seen["small"] = page.inner_text("#cost-total")
    before = seen["small"]
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("{\n  issues(first: 3) {\n    nodes {\n      title\n      project { name }\n    }\n  }\n}")
    wait(page, f"document.getElementById('cost-total').textContent !== {json.dumps(before)}")
    seen["costly"] = page.inner_text("#cost-total")
    page.wait_for_selector(".field-cost")
    seen["marks"] = page.locator(".field-cost").all_inner_texts()
    page.click(".graphiql-execute-button")
    page.wait_for_selector("#timeline-calls table")
    seen["timeline"] = page.inner_text("#timeline-total")
    seen["calls"] = page.locator("#timeline-calls tbody tr").count()
    seen["bars"] = page.locator("#timeline-calls rect").count()
    wait(page, "document.querySelector('.result-window').textContent.includes('nodes')")
    page.screenshot(path=folder / "explorer.png")
    seen["unlabeled"] = page.locator("#graphiql textarea:not([aria-label])").count()
    check_accessibility(page, "explorer", exclude=["#graphiql"])

    page.click("#tab-rpc")
    page.select_option("#rpc-method", "issues.list")
    page.fill("#rpc-param-first", "2")
    page.click("#rpc-call")
    wait(page, "document.getElementById('rpc-result').textContent.includes('nodes')")
    seen["rpc"] = len(json.loads(page.inner_text("#rpc-result"))["result"]["nodes"])
    seen["curl"] = page.inner_text("#rpc-curl")
    page.screenshot(path=folder / "json-rpc.png")
    check_accessibility(page, "JSON-RPC")
    seen["storage"] = page.evaluate("Object.values(localStorage).some(value => value.includes('wsk_'))")
    page.close()


def subscribe(context):
    """Sees the change that somebody else makes, over either transport."""
    page = watched(context)
    page.goto(url)
    page.wait_for_selector(".graphiql-query-editor .CodeMirror")
    enter_key(page)
    page.click("#tab-subscriptions")
    wait(page, "document.getElementById('subscription-query')?.value.includes('issueChanged')")
    seen["subscription"] = page.input_value("#subscription-query").split()
    seen["events"] = []
    for transport, status in [("sse", "in_review"), ("ws", "backlog")]:
        page.select_option("#subscription-transport", transport)
        page.click("#subscription-toggle")
        wait(page, "document.getElementById('subscription-state').textContent.startsWith('Listening')")
        change_first_issue(context, status)
        wait(page, "document.querySelector('#subscription-events pre') != null")
        result = json.loads(page.inner_text("#subscription-events li:first-child pre"))
        if not result.get("data"):
            raise RuntimeError(f"an event over {transport} without data: {result}")
        event = result["data"]["issueChanged"]
        seen["events"].append([transport, event["kind"], event["issue"]["status"]])
        page.screenshot(path=folder / f"subscription-{transport}.png")
        check_accessibility(page, f"subscriptions over {transport}")
        page.click("#subscription-toggle")
        wait(page, "document.getElementById('subscription-state').textContent.startsWith('Ended after 1 event')")
    page.close()


def change_first_issue(context, status):
    client = watched(context)
    client.goto(url)
    client.evaluate(
        """async ([key, status]) => {
            const ask = async (query, variables) => (await fetch("/graphql", {
                method: "POST",
                headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` },
                body: JSON.stringify({ query, variables }),
            })).json();
            const { data } = await ask("{ issues(first: 1) { nodes { id } } }");
            await ask("mutation M($id: ID!, $status: String!) { updateIssue(id: $id, input: { status: $status }) { issue { id } } }",
                { id: data.issues.nodes[0].id, status });
        }""",
        [key, status],
    )
    client.close()


def watch_spending(context):
    cockpit = watched(context)
    cockpit.goto(f"{admin_url}/cockpit")
    cockpit.wait_for_selector("#budgets table")
    seen["state"] = cockpit.inner_text("#state")
    requests = "document.querySelector('#spending')?.innerText.includes('Load')"
    seen["idle"] = cockpit.evaluate(requests)
    # A load appears without the page being loaded again.
    client = watched(context)
    client.goto(url)
    client.evaluate(
        """async (key) => {
            for (let first = 1; first <= 5; first++) {
                await fetch("/graphql", {
                    method: "POST",
                    headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` },
                    body: JSON.stringify({ query: `query Load { issues(first: ${first}, page: null) { nodes { id } } }` }),
                });
            }
        }""",
        key,
    )
    client.close()
    wait(cockpit, requests)
    seen["spending"] = cockpit.locator("#spending tbody tr", has_text="Load").first.inner_text().split("\t")
    seen["lanes"] = cockpit.locator("#lanes tbody tr", has_text="people").first.inner_text().split("\t")
    seen["budgets"] = cockpit.locator("#budgets tbody tr").first.inner_text().split("\t")
    cockpit.screenshot(path=folder / "cockpit.png", full_page=True)
    cockpit.emulate_media(color_scheme="dark")
    cockpit.screenshot(path=folder / "cockpit-dark.png", full_page=True)
    check_accessibility(cockpit, "cockpit in the dark")
    cockpit.emulate_media(color_scheme="light")
    check_accessibility(cockpit, "cockpit")
    cockpit.keyboard.press("Tab")
    cockpit.keyboard.press("Enter")
    wait(cockpit, "document.getElementById('pause').getAttribute('aria-pressed') === 'true'")
    cockpit.close()


def move_cards(browser):
    """Two people at one board: what one of them moves, the other one sees."""
    boards = []
    for _ in range(2):
        page = watched(browser.new_context(viewport={"width": 1440, "height": 900}))
        page.goto(f"{url}/static/")
        page.fill("#key", key)
        page.click("button[type=submit]")
        page.wait_for_selector("[data-status=open] li")
        boards.append(page)
    first, second = boards
    for page in boards:
        wait(page, "document.body.dataset.live === 'true'")
    wait(second, "document.getElementById('state').textContent.includes('issues')")
    # From now on the other one asks nothing: what it shows comes by the subscription.
    asked = []
    second.on("request", lambda request: asked.append(request.url))
    card = first.locator("[data-status=open] li").first
    name = card.get_attribute("data-name")
    first.screenshot(path=folder / "board.png")
    # The mutation is held back, so that what is shown until it goes on is what the page expects.
    held = hold_mutations(first)
    # Near the top of the column: its middle is out of sight, and scrolling would put another card under the pointer.
    card.drag_to(first.locator("[data-status=in_review]"), target_position={"x": 60, "y": 40})
    moved = f"document.querySelector('[data-status=in_review] [data-name={json.dumps(name)}]') != null"
    wait(first, moved)
    wait(first, "document.querySelector('[data-status=in_review] .moving') != null")
    until(first, lambda: held)
    seen["optimistic"] = [first.evaluate(moved), second.evaluate(moved)]
    # In this order: what a route holds back is continued with it.
    held[0].continue_()
    first.unroute("**/graphql")
    wait(first, "document.getElementById('state').textContent.startsWith('Moved')")
    wait(second, moved)
    seen["other"] = second.evaluate(moved)
    # What the second one asks from here on, it asks for itself.
    seen["asked"] = list(asked)
    second.locator(f"[data-name={json.dumps(name)}] select").select_option("done")
    wait(first, moved.replace("in_review", "done"))
    check_accessibility(first, "board")
    second.screenshot(path=folder / "board-other.png")
    for page in boards:
        page.context.close()


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    explore(context)
    subscribe(context)
    watch_spending(context)
    move_cards(browser)
    browser.close()

print(json.dumps(seen | {"problems": problems}, sort_keys=True))
