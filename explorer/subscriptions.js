// Shows the events of a subscription as they come, over server-sent events or a WebSocket.

import { counted, element } from "./elements.js";
import { events } from "./fetcher.js";
import { keyHeaders } from "./keys.js";

const shownEvents = 100;
const shownFields = 6;
let isSetUp = false;
let stop;
let count = 0;

const field = (id) => document.getElementById(id);

/** Fills a panel when it is first shown. */
export async function setUpSubscriptions(panel) {
  if (isSetUp) return;
  isSetUp = true;
  panel.replaceChildren(
    element("form", { id: "subscription-form", onsubmit: (event) => { event.preventDefault(); toggle(); } },
      element("label", { for: "subscription-query" }, "Subscription"),
      element("textarea", { id: "subscription-query", rows: 14, spellcheck: "false", autocomplete: "off" }),
      element("label", { for: "subscription-variables" }, "Variables (JSON)"),
      element("textarea", { id: "subscription-variables", rows: 3, spellcheck: "false", autocomplete: "off" }),
      element("p", { class: "choice" }, element("label", { for: "subscription-transport" }, "Over "),
        element("select", { id: "subscription-transport" },
          element("option", { value: "sse" }, "server-sent events"), element("option", { value: "ws" }, "WebSocket")),
        element("button", { type: "submit", id: "subscription-toggle" }, "Start"),
        element("button", { type: "button", id: "subscription-clear", onclick: clear }, "Clear"))),
    element("div", { class: "texts" }, element("h2", { id: "subscription-title" }, "Events"),
      element("p", { id: "subscription-state", role: "status" }, "Not started."),
      element("ol", { id: "subscription-events", tabindex: "0", role: "list", "aria-labelledby": "subscription-title" })));
  const query = await firstSubscription();
  if (query == null) state("This gateway has no subscriptions, or does not say which.");
  else if (!field("subscription-query").value) field("subscription-query").value = query;
}

function state(text) {
  field("subscription-state").textContent = text;
}

function clear() {
  count = 0;
  field("subscription-events").replaceChildren();
}

function toggle() {
  if (stop) return stop();
  let variables;
  try {
    variables = JSON.parse(field("subscription-variables").value.trim() || "{}");
  } catch {
    return state("The variables are no JSON.");
  }
  const body = { query: field("subscription-query").value, variables };
  clear();
  state("connecting…");
  field("subscription-toggle").textContent = "Stop";
  const run = field("subscription-transport").value === "ws" ? overSocket(body) : overEvents(body);
  stop = run.stop;
  run.ended.then(() => state(`Ended after ${counted(count, "event")}.`), (error) => state(`Failed: ${error.message}`)).finally(() => {
    stop = undefined;
    field("subscription-toggle").textContent = "Start";
  });
}

function show(result) {
  count += 1;
  state(`Listening; ${counted(count, "event")}.`);
  const list = field("subscription-events");
  list.prepend(element("li", {}, element("time", {}, new Date().toLocaleTimeString()), element("pre", {}, JSON.stringify(result, null, 2))));
  while (list.children.length > shownEvents) list.lastChild.remove();
}

// https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md#distinct-connections-mode
function overEvents(body) {
  const controller = new AbortController();
  const run = async () => {
    const headers = keyHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Accept", "text/event-stream, application/json");
    try {
      const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(body), signal: controller.signal });
      if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) throw new Error(message(await response.json()));
      state("Listening; no event so far.");
      for await (const result of events(response)) show(result);
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    }
  };
  return { ended: run(), stop: () => controller.abort() };
}

function message(result) {
  return result.errors?.[0]?.message ?? result.error?.message ?? "the gateway has no stream of results";
}

// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
function overSocket(payload) {
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws");
  const ended = new Promise((resolve, reject) => {
    const send = (value) => socket.send(JSON.stringify(value));
    socket.addEventListener("open", () => send({ type: "connection_init", payload: Object.fromEntries(keyHeaders()) }));
    socket.addEventListener("message", ({ data }) => {
      const received = JSON.parse(data);
      if (received.type === "connection_ack") {
        send({ id: "1", type: "subscribe", payload });
        state("Listening; no event so far.");
      }
      if (received.type === "ping") send({ type: "pong" });
      if (received.type === "next") show(received.payload);
      if (received.type === "error") reject(new Error(received.payload[0]?.message ?? "refused"));
      if (received.type === "error" || received.type === "complete") socket.close(1000);
    });
    socket.addEventListener("close", ({ code, reason }) => (code === 1000 || code === 1005 ? resolve() : reject(new Error(reason || `closed with ${code}`))));
  });
  return { ended, stop: () => socket.close(1000) };
}

// MARK: The first subscription of the schema, with its plain fields.

const introspection = `{ __schema { subscriptionType { fields { name type { ...Named ofType { ...Named } } } } } }
fragment Named on __Type { kind fields { name args { name } type { ...Leaf ofType { ...Leaf } } } }
fragment Leaf on __Type { kind fields { name args { name } type { kind ofType { kind } } } }`;

async function firstSubscription() {
  const headers = keyHeaders();
  headers.set("Content-Type", "application/json");
  try {
    const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query: introspection }) });
    const first = (await response.json()).data?.__schema.subscriptionType?.fields[0];
    if (!first) return null;
    const lines = (named(first.type).fields ?? []).map((inner) => {
      if (isLeaf(inner.type)) return `    ${inner.name}`;
      const leaves = (named(inner.type).fields ?? []).filter((leaf) => !leaf.args.length && isLeaf(leaf.type)).slice(0, shownFields);
      return leaves.length ? `    ${inner.name} {\n${leaves.map((leaf) => `      ${leaf.name}\n`).join("")}    }` : null;
    });
    return `subscription {\n  ${first.name} {\n${lines.filter(Boolean).join("\n")}\n  }\n}\n`;
  } catch {
    return null;
  }
}

function named(type) {
  return type.kind === "NON_NULL" ? type.ofType : type;
}

function isLeaf(type) {
  return ["SCALAR", "ENUM"].includes(named(type)?.kind);
}
