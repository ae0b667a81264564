// A board over all workspaces of the caller: one query shows it, a mutation moves a card at once, and subscriptions, all of
// them over one WebSocket, show what others do. Without a WebSocket the query is repeated, which costs nothing while nothing changes.

const board = `query Board($count: Int = 40) {
  workspaces {
    slug
    issues(first: $count, sort: "updated_at", order: DESC) {
      nodes { id title status priority dueDate project { name } }
    }
  }
}`;
const move = `mutation Move($id: ID!, $workspace: String, $status: String!) {
  updateIssue(id: $id, workspace: $workspace, input: { status: $status }) { issue { id status } }
}`;
const changes = `subscription Changes($workspace: String) {
  issueChanged(workspace: $workspace) {
    kind
    id
    issue { id title status priority dueDate project { name } }
  }
}`;
const columns = ["backlog", "open", "in_progress", "in_review", "done"];
const pollDelay = { live: 60_000, other: 3000 };

const storage = ["gateway", "key", "workspace-keys"];
const issues = new Map();
const pending = new Map();
let timer;
let socket;
let isLive = false;
let isDragging = false;

const field = (id) => document.getElementById(id);

function state(text) {
  if (field("state").textContent !== text) field("state").textContent = text;
}

async function ask(query, variables = {}) {
  const headers = new Headers({ "Content-Type": "application/json" });
  const [gateway, key, others] = storage.map((name) => sessionStorage.getItem(name) ?? "");
  if (key) headers.set("Authorization", `Bearer ${key}`);
  for (const entry of others.split(",")) if (entry.trim()) headers.append("Workspace-Key", entry.trim());
  const body = JSON.stringify({ query, variables });
  const response = await fetch(new URL("/graphql", gateway || location.href), { method: "POST", headers, body });
  const result = await response.json();
  if (!result.data) throw new Error(result.errors?.[0]?.message ?? `status ${response.status}`);
  return result;
}

async function refresh() {
  clearTimeout(timer);
  try {
    const { data, errors } = await ask(board);
    const seen = new Set();
    for (const { slug, issues: list } of data.workspaces) {
      for (const issue of list?.nodes ?? []) {
        const name = `${slug} ${issue.id}`;
        seen.add(name);
        // A move that is on its way is shown as if it had been made.
        issues.set(name, { ...issue, slug, status: pending.get(name) ?? issue.status });
      }
    }
    for (const name of issues.keys()) if (!seen.has(name)) issues.delete(name);
    draw();
    state(errors ? `${issues.size} issues; ${errors[0].message}` : `${issues.size} issues`);
  } catch (error) {
    state(error.message);
  }
  timer = setTimeout(refresh, isLive ? pollDelay.live : pollDelay.other);
}

/** Follows the changes in all workspaces over one WebSocket: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md. */
function follow() {
  const [gateway, key, others] = storage.map((name) => sessionStorage.getItem(name) ?? "");
  socket?.close(1000);
  const url = new URL("/graphql", gateway || location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const own = new WebSocket(url, "graphql-transport-ws");
  const send = (message) => own.send(JSON.stringify(message));
  socket = own;
  own.addEventListener("open", () => {
    // Pages cannot set header fields of a WebSocket: the keys travel in its first message.
    send({ type: "connection_init", payload: { Authorization: `Bearer ${key}`, ...(others && { "Workspace-Key": others }) } });
  });
  own.addEventListener("message", async ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "ping") send({ type: "pong" });
    if (message.type === "next") change(message.id, message.payload.data?.issueChanged);
    if (message.type !== "connection_ack") return;
    const { data: known } = await ask("{ workspaces { slug } }").catch(() => ({ data: { workspaces: [] } }));
    if (socket !== own || own.readyState !== WebSocket.OPEN) return;
    for (const { slug } of known.workspaces) send({ id: slug, type: "subscribe", payload: { query: changes, variables: { workspace: slug } } });
    isLive = known.workspaces.length > 0;
    document.body.dataset.live = isLive;
    // What changed before the subscriptions began is in this result.
    refresh();
  });
  own.addEventListener("close", () => {
    if (socket !== own) return;
    isLive = false;
    document.body.dataset.live = false;
    refresh();
    setTimeout(() => { if (socket === own) follow(); }, pollDelay.other);
  });
}

/** Shows a change that somebody has made. */
function change(slug, event) {
  if (!event) return;
  const name = `${slug} ${event.id}`;
  if (event.kind === "DELETED" || !event.issue) issues.delete(name);
  else issues.set(name, { ...event.issue, slug, status: pending.get(name) ?? event.issue.status });
  draw();
}

async function moveTo(name, status) {
  const issue = issues.get(name);
  if (!issue || issue.status === status) return;
  const former = issue.status;
  issue.status = status;
  pending.set(name, status);
  draw();
  try {
    const { data, errors } = await ask(move, { id: issue.id, workspace: issue.slug, status });
    if (!data.updateIssue) throw new Error(errors?.[0]?.message ?? "The issue was not moved.");
    state(`Moved “${issue.title}” to ${words(status)}.`);
  } catch (error) {
    issue.status = former;
    state(error.message);
  } finally {
    pending.delete(name);
    draw();
  }
}

function words(status) {
  return (status ?? "none").replaceAll("_", " ");
}

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

function draw() {
  // What is being dragged would be lost with its card.
  if (isDragging) return;
  const open = document.activeElement?.closest?.("[data-name]")?.dataset.name;
  const others = new Set([...issues.values()].map((issue) => issue.status).filter((status) => !columns.includes(status)));
  const all = [...columns, ...others];
  field("columns").replaceChildren(...all.map((status) => column(status, all)));
  if (open) document.querySelector(`[data-name="${CSS.escape(open)}"] select`)?.focus();
}

function column(status, all) {
  const cards = [...issues].filter(([, issue]) => issue.status === status).map(([name, issue]) => card(name, issue, all));
  const id = `column-${status}`;
  return make("section", {
    "aria-labelledby": id, "data-status": status ?? "",
    ondragover: (event) => event.preventDefault(),
    ondrop: (event) => {
      event.preventDefault();
      isDragging = false;
      moveTo(event.dataTransfer.getData("text/plain"), status);
    },
  }, make("h2", { id }, `${words(status)} (${cards.length})`), make("ul", {}, ...cards));
}

function card(name, issue, all) {
  const choice = make("select", { "aria-label": `Status of ${issue.title}`, onchange: (event) => moveTo(name, event.target.value) },
    ...all.map((status) => {
      const option = make("option", { value: status ?? "" }, words(status));
      option.selected = status === issue.status;
      return option;
    }));
  const details = [issue.slug, issue.project?.name, issue.priority, issue.dueDate].filter(Boolean).join(" · ");
  return make("li", {
    draggable: "true", "data-name": name, class: pending.has(name) ? "moving" : "",
    ondragstart: (event) => {
      isDragging = true;
      event.dataTransfer.setData("text/plain", name);
    },
    ondragend: () => {
      isDragging = false;
      draw();
    },
  }, make("strong", {}, issue.title ?? "(no title)"), make("p", {}, details), choice);
}

function start() {
  refresh();
  follow();
}

for (const name of storage) field(name).value = sessionStorage.getItem(name) ?? "";
field("access").addEventListener("submit", (event) => {
  event.preventDefault();
  for (const name of storage) sessionStorage.setItem(name, field(name).value.trim());
  issues.clear();
  start();
});
if (sessionStorage.getItem("key")) start();
