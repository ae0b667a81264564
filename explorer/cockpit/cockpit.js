// Shows who spends which key's minute: the figures come as server-sent events, over fetch so that a header carries the token of an
// administrator where clients call; the sockets of operators need none.

import { element, svg } from "/cockpit/elements.js";

const history = new Map();
const historyLength = 60;
let isPaused = false;
let controller;

const retryDelay = 2000;
const tokenName = "gateway.cockpit-token";

const access = document.getElementById("access");

async function follow() {
  while (!isPaused) {
    controller = new AbortController();
    try {
      const headers = { Accept: "text/event-stream" };
      const token = sessionStorage.getItem(tokenName);
      if (token) headers.Authorization = `Bearer ${token}`;
      const response = await fetch("/cockpit/report", { headers, signal: controller.signal });
      access.hidden = ![401, 403].includes(response.status);
      if (!access.hidden) return state(token ? "this token is not that of an administrator" : "a token is needed");
      if (!response.ok) throw new Error(`status ${response.status}`);
      state("live");
      await read(response);
      state("the connection has ended");
    } catch (error) {
      state(isPaused ? "paused" : `no connection: ${error.message}`);
    }
    if (!isPaused) await new Promise((resolve) => setTimeout(resolve, retryDelay));
  }
}

async function read(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  while (true) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    for (const event of events) {
      if (event.startsWith("data: ")) show(JSON.parse(event.slice(6)));
    }
  }
}

function state(text) {
  const place = document.getElementById("state");
  if (place.textContent !== text) place.textContent = text;
}

function show(report) {
  fill("budgets", report.workspaces.flatMap((workspace) => budgetRows(workspace)),
    ["Workspace", "Key", "Calls", "Limit", "Used", "Remaining", "Waiting", "Resets in", "At the reset", "Use"]);
  fill("lanes", laneRows(report), ["Lane", "Requests", "Calls", "Cached", "Waited", "Share", "Calls of the minute", "Waiting now"]);
  fill("spending", report.spending.map((entry) => [entry.client ?? "no key", entry.lane, entry.interface, code(entry.operation), entry.requests,
    entry.calls, entry.cached, entry.errors, `${entry.waitedMs} ms`]),
  ["Client", "Lane", "By", "Operation", "Requests", "Calls", "Cached", "Errors", "Waited"]);
  fill("caches", [
    ...report.caches.map((cache) => [cache.name, bytes(cache.bytes), cache.capacity == null ? "–" : bytes(cache.capacity)]),
    ["results used again", report.reusedResults, ""], ["calls in flight", report.pendingCalls, ""],
    ["executions in progress", report.pendingExecutions, ""],
  ], ["What", "Now", "At most"]);
  fill("slow", report.slowOperations.map((entry) => [code(entry.operation), entry.client ?? "no key", `${entry.durationMs} ms`,
    entry.calls, `${entry.secondsAgo} s ago`,
    element("details", {}, element("summary", {}, "plan"), element("pre", {}, entry.plan.join("\n")))]),
  ["Operation", "Client", "Time", "Calls", "When", "Plan"]);
}

/** What each lane has spent, with its use of all keys' budgets. */
function laneRows(report) {
  const budgets = report.workspaces.flatMap(({ keys }) => keys).flatMap((key) => key.budgets).flatMap((budget) => budget.lanes ?? []);
  return report.lanes.map((lane) => {
    const uses = budgets.filter(({ name }) => name === lane.name);
    const sum = (member) => uses.reduce((total, use) => total + use[member], 0);
    return [lane.name, lane.requests, lane.calls, lane.cached, `${lane.waitedMs} ms`, uses.length ? `${uses[0].share} %` : "–",
      sum("calls"), sum("waiting")];
  });
}

function budgetRows(workspace) {
  const name = workspace.available ? workspace.slug : `${workspace.slug} (unavailable)`;
  if (!workspace.keys.length) return [[name, "none used lately", "", "", "", "", "", "", "", ""]];
  return workspace.keys.flatMap((key) => key.budgets.map((budget) => {
    const id = `${workspace.slug} ${key.key} ${budget.kind}`;
    const used = budget.used ?? 0;
    const past = history.get(id) ?? [];
    past.push({ used, at: Date.now() });
    history.set(id, past.slice(-historyLength));
    const seconds = key.resetsAt == null ? null : Math.max(0, Math.round(key.resetsAt - Date.now() / 1000));
    const show = (value) => value ?? "–";
    return [name, code(key.key ?? "no key"), `${budget.kind}s`, show(budget.limit), show(budget.used), show(budget.remaining),
      budget.waiting, seconds == null ? "–" : `${seconds} s`, forecast(past, budget, seconds), chart(past, budget.limit, id)];
  }));
}

/** What will be used at the reset, if spending goes on as in the last half minute. */
function forecast(past, budget, seconds) {
  if (budget.limit == null || seconds == null) return "–";
  const recent = past.filter((point) => point.at > Date.now() - 30_000);
  const [first, last] = [recent[0], recent.at(-1)];
  const elapsed = (last.at - first.at) / 1000;
  const rate = elapsed > 0 ? Math.max(0, last.used - first.used) / elapsed : 0;
  const total = Math.round(last.used + rate * seconds);
  return total > budget.limit ? `${total}: over the limit` : `${total}`;
}

function chart(past, limit, label) {
  const [width, height] = [120, 24];
  const most = limit ?? Math.max(1, ...past.map((point) => point.used));
  const points = past.slice(-historyLength).map((point, index) =>
    `${(index * width) / (historyLength - 1)},${height - Math.min(1, point.used / most) * height}`);
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Use of ${label}` },
    svg("polyline", { points: points.join(" "), class: "use" }));
}

/** Fills a table, whose rows stay where they are so that nothing that is open closes. */
function fill(id, rows, heads) {
  const place = document.getElementById(id);
  if (!rows.length) return place.replaceChildren(element("p", {}, "None."));
  const body = element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells.map((cell) =>
    element("td", {}, cell instanceof Node ? cell : String(cell))))));
  const open = [...place.querySelectorAll("details")].map((details) => details.open);
  const table = place.querySelector("table") ?? place.appendChild(element("table", {},
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head))))));
  place.replaceChildren(table);
  table.querySelector("tbody")?.remove();
  table.append(body);
  for (const [index, details] of [...table.querySelectorAll("details")].entries()) details.open = open[index] ?? false;
}

function code(text) {
  return element("code", {}, text);
}

function bytes(number) {
  return number < 1 << 20 ? `${Math.round(number / 1024)} KB` : `${(number / (1 << 20)).toFixed(1)} MB`;
}

document.getElementById("pause").addEventListener("click", ({ currentTarget: button }) => {
  isPaused = !isPaused;
  button.setAttribute("aria-pressed", String(isPaused));
  if (isPaused) controller?.abort();
  else follow();
});
access.addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(tokenName, document.getElementById("token").value.trim());
  access.hidden = true;
  follow();
});
follow();
