// The explorer: GraphiQL with the cost of what is being written and the calls of what was run, a form for JSON-RPC, and the
// events of subscriptions.

import { explainSoon } from "./cost.js";
import { element } from "./elements.js";
import { makeFetcher } from "./fetcher.js";
import { onKeysChange, setUpKeys } from "./keys.js";
import { setUpRPC } from "./rpc.js";
import { setUpSubscriptions } from "./subscriptions.js";
import { showTimeline } from "./timeline.js";

const { React, ReactDOM, GraphiQL } = window;
const request = { query: "", variables: "", operationName: undefined };
const fetcher = makeFetcher(showTimeline);
let chosen;
let generation = 0;

function changed(part) {
  Object.assign(request, part);
  explainSoon(request);
}

function render() {
  const properties = {
    key: generation,
    fetcher,
    defaultQuery: "{\n  \n}\n",
    isHeadersEditorEnabled: true,
    onEditQuery: (query) => changed({ query }),
    onEditVariables: (variables) => changed({ variables }),
    onEditOperationName: (operationName) => changed({ operationName }),
  };
  if (chosen != null) properties.query = chosen;
  ReactDOM.render(React.createElement(GraphiQL, properties), document.getElementById("graphiql"));
}

/** GraphiQL's editors have no names of their own. */
function labelEditors() {
  const names = {
    ".graphiql-query-editor": "Query", ".graphiql-editor-tool .graphiql-editor:nth-of-type(1)": "Variables",
    ".graphiql-editor-tool .graphiql-editor:nth-of-type(2)": "Headers", ".result-window": "Result",
  };
  for (const [selector, name] of Object.entries(names)) {
    for (const area of document.querySelectorAll(`${selector} textarea:not([aria-label])`)) area.setAttribute("aria-label", name);
  }
  for (const area of document.querySelectorAll("#graphiql textarea:not([aria-label])")) area.setAttribute("aria-label", "Editor");
}

function setUpTabs() {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const select = (tab) => {
    for (const other of tabs) {
      const isSelected = other === tab;
      other.setAttribute("aria-selected", String(isSelected));
      other.tabIndex = isSelected ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).hidden = !isSelected;
    }
    tab.focus();
    if (tab.id === "tab-rpc") setUpRPC(document.getElementById("panel-rpc"));
    if (tab.id === "tab-subscriptions") setUpSubscriptions(document.getElementById("panel-subscriptions"));
  };
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener("click", () => select(tab));
    tab.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (step) select(tabs[(index + step + tabs.length) % tabs.length]);
    });
  }
}

async function setUpExamples() {
  const choice = document.getElementById("example");
  const response = await fetch("/explorer/vendor/examples.json");
  if (!response.ok) return;
  const examples = await response.json();
  choice.append(...examples.map(({ name }) => element("option", { value: name }, name)));
  choice.addEventListener("change", () => {
    const example = examples.find(({ name }) => name === choice.value);
    if (!example) return;
    chosen = example.query;
    render();
    changed({ query: example.query });
  });
}

setUpKeys();
setUpTabs();
onKeysChange(() => {
  // The schema may be another one, or not have been shown before.
  generation += 1;
  render();
  explainSoon(request);
});
render();
labelEditors();
new MutationObserver(labelEditors).observe(document.getElementById("graphiql"), { childList: true, subtree: true });
setUpExamples();
