// Calls JSON-RPC methods: a form is made from the OpenRPC document.

import { element } from "./elements.js";
import { keyHeaders } from "./keys.js";

let document_;

/** Fills a panel when it is first shown. */
export async function setUpRPC(panel) {
  if (document_) return;
  const response = await fetch("/openrpc.json");
  if (!response.ok) return panel.replaceChildren(element("p", {}, "This gateway does not publish its methods."));
  document_ = await response.json();
  const choice = element("select", { id: "rpc-method", onchange: () => showForm() },
    ...document_.methods.map((method) => element("option", { value: method.name }, method.name)));
  panel.replaceChildren(
    element("form", { id: "rpc-form", onsubmit: (event) => { event.preventDefault(); call(); }, oninput: showRequest },
      element("p", { class: "choice" }, element("label", { for: "rpc-method" }, "Method "), choice,
        element("button", { type: "submit", id: "rpc-call" }, "Call")),
      element("p", { id: "rpc-description" }), element("div", { id: "rpc-params" })),
    element("div", { class: "texts" }, ...text("rpc-request", "Request"), ...text("rpc-curl", "As a curl line"),
      ...text("rpc-result", "Result")));
  showForm();
}

function text(id, title) {
  return [element("h2", { id: `${id}-title` }, title),
    element("pre", { id, tabindex: "0", role: "region", "aria-labelledby": `${id}-title` })];
}

function method() {
  const name = document.getElementById("rpc-method").value;
  return document_.methods.find((entry) => entry.name === name);
}

function showForm() {
  const { description, summary, params } = method();
  document.getElementById("rpc-description").textContent = description ?? summary ?? "";
  document.getElementById("rpc-params").replaceChildren(...params.map((param) => {
    const schema = resolved(param.schema);
    const id = `rpc-param-${param.name}`;
    return element("label", { for: id }, `${param.name}${param.required ? " *" : ""} `, input(id, param, schema),
      element("span", { class: "origin" }, param.description ?? ""));
  }));
  showRequest();
}

function input(id, param, schema) {
  const values = enumValues(schema) ?? (types(schema).includes("boolean") ? [true, false] : null);
  if (values) {
    return element("select", { id, name: param.name },
      ...["", ...values.filter((value) => value !== null)].map((value) => element("option", { value }, String(value))));
  }
  const isShort = types(schema).some((type) => ["string", "integer", "number"].includes(type));
  return element(isShort ? "input" : "textarea", { id, name: param.name, spellcheck: "false", autocomplete: "off", rows: isShort ? null : 2 });
}

function resolved(schema) {
  if (schema?.$ref) {
    return resolved(schema.$ref.replace(/^#\//, "").split("/").reduce((inner, key) => inner?.[key], document_));
  }
  return schema ?? {};
}

function enumValues(schema) {
  return schema.enum ?? (schema.anyOf ?? schema.oneOf ?? []).map((inner) => enumValues(resolved(inner))).find(Boolean);
}

function types(schema) {
  const own = [schema.type ?? []].flat();
  return [...own, ...(schema.anyOf ?? schema.oneOf ?? []).flatMap((inner) => types(resolved(inner)))];
}

/** What the form says, as parameters. */
function parameters() {
  const values = {};
  for (const param of method().params) {
    // While another method is being chosen, its form is not there yet.
    const entered = document.getElementById(`rpc-param-${param.name}`)?.value ?? "";
    if (entered === "") continue;
    const isText = types(resolved(param.schema)).includes("string") || param.name === "select" && !entered.startsWith("{\"");
    values[param.name] = isText ? entered : parsed(entered);
  }
  return values;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function request() {
  return { jsonrpc: "2.0", id: 1, method: method().name, params: parameters() };
}

function showRequest() {
  const body = request();
  document.getElementById("rpc-request").textContent = JSON.stringify(body, null, 2);
  const quoted = JSON.stringify(body).replaceAll("'", "'\\''");
  document.getElementById("rpc-curl").textContent = `curl ${location.origin}/rpc -H 'Content-Type: application/json' `
    + `-H "Authorization: Bearer $KEY" -d '${quoted}'`;
}

async function call() {
  const place = document.getElementById("rpc-result");
  place.textContent = "…";
  const headers = keyHeaders();
  headers.set("Content-Type", "application/json");
  try {
    const response = await fetch("/rpc", { method: "POST", headers, body: JSON.stringify(request()) });
    place.textContent = JSON.stringify(await response.json(), null, 2);
  } catch (error) {
    place.textContent = String(error);
  }
}
