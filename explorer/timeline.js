// Shows the upstream calls of a result as a waterfall, and as a table for those who cannot see it.

import { counted, element, svg } from "./elements.js";

const rowHeight = 20;
const width = 300;
const words = { upstream: "called", cache: "cached", shared: "shared", wait: "waited for the budget" };

/** Shows what a result says of its calls. */
export function showTimeline(result) {
  const calls = result.extensions?.calls;
  const total = document.getElementById("timeline-total");
  const place = document.getElementById("timeline-calls");
  if (!calls) {
    total.textContent = "The result reports no calls.";
    return place.replaceChildren();
  }
  total.textContent = `${counted(calls.made, "call")} made, ${calls.cached} cached, ${calls.shared} shared, `
    + `${calls.waitedMs} ms waited.`;
  const events = calls.plan ?? [];
  if (!events.length) return place.replaceChildren();
  place.replaceChildren(waterfall(events), table(events));
}

function waterfall(events) {
  const end = Math.max(1, ...events.map((event) => event.startMicroseconds + event.durationMicroseconds));
  const height = events.length * rowHeight;
  const rows = events.map((event, row) => {
    const x = (event.startMicroseconds / end) * width;
    const length = Math.max(2, (event.durationMicroseconds / end) * width);
    const bar = { class: `call ${event.source}`, x, y: row * rowHeight + 4, width: Math.min(length, width - x), height: rowHeight - 8 };
    return svg("rect", bar, svg("title", {}, title(event)));
  });
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "When each call was made" }, ...rows);
}

function title(event) {
  return `${event.method ?? ""} ${event.path ?? ""} ${words[event.source]}`.trim();
}

function table(events) {
  const heads = ["Call", "How", "Status", "Start", "Time", "Rows"];
  const rows = events.map((event) => element("tr", {},
    element("td", {}, element("code", {}, [event.method, event.path].filter(Boolean).join(" ") || "–"),
      element("span", { class: "origin" }, ` ${event.workspace}`)),
    element("td", {}, words[event.source] + (event.uses ? ` ${event.uses}×` : "")),
    element("td", {}, String(event.status ?? "")),
    element("td", {}, milliseconds(event.startMicroseconds)),
    element("td", {}, milliseconds(event.durationMicroseconds)),
    element("td", {}, String(event.rows ?? ""))));
  return element("div", { class: "scrolls", tabindex: "0", role: "region", "aria-label": "Calls" },
    element("table", {}, element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
      element("tbody", {}, ...rows)));
}

function milliseconds(microseconds) {
  return `${(microseconds / 1000).toFixed(1)} ms`;
}
