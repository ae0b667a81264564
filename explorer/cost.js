// Shows what a query can cost while it is being written: the gateway estimates it without a call.

import { element, rangeText } from "./elements.js";
import { keyHeaders } from "./keys.js";

const delay = 250;
let timer;
let latest = 0;
let marks = [];

/** Estimates a query, once nothing more is typed for a moment. */
export function explainSoon(request) {
  clearTimeout(timer);
  timer = setTimeout(() => explain(request), delay);
}

async function explain({ query, variables, operationName }) {
  const number = ++latest;
  if (!query?.trim()) return show("Write a query to see what it can cost.");
  let values;
  try {
    values = variables?.trim() ? JSON.parse(variables) : {};
  } catch {
    return show("The variables are no JSON.");
  }
  const headers = keyHeaders();
  headers.set("Content-Type", "application/json");
  try {
    const body = JSON.stringify({ query, variables: values, operationName });
    const response = await fetch("/explain", { method: "POST", headers, body });
    const cost = await response.json();
    if (number !== latest) return;
    if (cost.errors) show(cost.errors[0].message);
    else showCost(cost);
  } catch (error) {
    if (number === latest) show(String(error));
  }
}

function show(text) {
  const total = document.getElementById("cost-total");
  total.textContent = text;
  total.className = "";
  document.getElementById("cost-steps").replaceChildren();
  mark([]);
}

function showCost(cost) {
  const total = document.getElementById("cost-total");
  const likely = cost.likely && cost.likely.max < cost.estimated.max ? `, likely ${rangeText(cost.likely)}` : "";
  const limit = cost.exceeds ? `more than the limit of ${cost.limit}` : `the limit is ${cost.limit}`;
  const remaining = cost.remaining == null ? "" : ` ${cost.remaining} remain this minute.`;
  total.textContent = cost.refusal
    ? `Refused: ${cost.refusal.message}` : `${rangeText(cost.estimated)}${likely}; ${limit}.${remaining}`;
  total.className = cost.refusal || cost.exceeds ? "exceeds" : "";
  document.getElementById("cost-steps").replaceChildren(list(cost.steps));
  mark(flattened(cost.steps));
}

function list(steps) {
  return element("ul", {}, ...steps.map((step) => element("li", {},
    element("code", {}, step.path.split(".").at(-1)), " ", stepText(step),
    element("span", { class: "origin" }, ` ${step.from}`), step.steps.length ? list(step.steps) : null)));
}

function stepText(step) {
  return step.sharesCalls ? "shares calls" : rangeText(step.calls);
}

function flattened(steps) {
  return steps.flatMap((step) => [step, ...flattened(step.steps)]);
}

/** Writes the cost of each field at the end of its line. */
function mark(steps) {
  const editor = document.querySelector(".graphiql-query-editor .CodeMirror")?.CodeMirror;
  if (!editor) return;
  editor.operation(() => {
    for (const bookmark of marks) bookmark.clear();
    marks = steps.filter((step) => step.location).map((step) => {
      const line = step.location.line - 1;
      const widget = element("span", { class: "field-cost", "aria-hidden": "true" }, stepText(step));
      return editor.getDoc().setBookmark({ line, ch: editor.getLine(line)?.length ?? 0 }, { widget, insertLeft: true });
    });
  });
}
