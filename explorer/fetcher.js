// Sends GraphQL requests, and gives GraphiQL whole results: it cannot merge increments itself.

import { keyHeaders } from "./keys.js";

/** Makes the function that GraphiQL sends requests with; `onResult` is given each whole result. */
export function makeFetcher(onResult) {
  return (params, options) => run(params, options, onResult);
}

async function* run(params, options, onResult) {
  const headers = keyHeaders();
  for (const [name, value] of Object.entries(options?.headers ?? {})) headers.set(name, value);
  headers.set("Content-Type", "application/json");
  headers.set("Accept", accepted(params, options));
  const isIntrospection = params.operationName === "IntrospectionQuery";
  if (!isIntrospection) headers.set("Gateway-Report", "plan");
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(params) });
  const type = response.headers.get("Content-Type") ?? "";
  let result = {};
  for await (const part of parts(response, type)) {
    result = merged(result, part);
    if (!isIntrospection) onResult(result);
    yield result;
  }
}

function accepted(params, options) {
  const operation = options?.documentAST?.definitions?.find(
    (definition) => definition.kind === "OperationDefinition" && (!params.operationName || definition.name?.value === params.operationName),
  );
  if (operation?.operation === "subscription") return "text/event-stream";
  return /@(defer|stream)\b/.test(params.query ?? "")
    ? "multipart/mixed, application/graphql-response+json, application/json" : "application/graphql-response+json, application/json";
}

/** The parts of a response, whichever way it is sent. */
async function* parts(response, type) {
  if (type.startsWith("text/event-stream")) yield* events(response);
  else if (type.startsWith("multipart/mixed")) yield* multipart(response, /boundary="?([^";]+)"?/.exec(type)?.[1] ?? "-");
  else yield await response.json();
}

/** The texts of a stream, cut at a separator. */
export async function* cut(response, separator) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  while (true) {
    const { value, done } = await reader.read();
    if (done) break;
    const pieces = (rest + value).split(separator);
    rest = pieces.pop();
    yield* pieces;
  }
  if (rest) yield rest;
}

/** The data of server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html. */
export async function* events(response) {
  for await (const event of cut(response, /\r?\n\r?\n/)) {
    const lines = event.split(/\r?\n/).filter((line) => line.startsWith("data:"));
    const data = lines.map((line) => line.slice(5).replace(/^ /, "")).join("\n");
    if (data) yield JSON.parse(data);
  }
}

async function* multipart(response, boundary) {
  for await (const part of cut(response, `--${boundary}`)) {
    const start = part.indexOf("\r\n\r\n");
    const body = start < 0 ? "" : part.slice(start + 4).trim();
    if (body) yield JSON.parse(body);
  }
}

/** A result with a part of it that came later: https://github.com/graphql/graphql-wg/blob/main/rfcs/DeferStream.md. */
export function merged(result, part) {
  if (!("hasNext" in part) || "data" in part) return withoutNext(part);
  const next = structuredClone(result);
  next.pending = [...(next.pending ?? []), ...(part.pending ?? [])];
  for (const change of part.incremental ?? []) {
    const pending = next.pending.find((entry) => entry.id === change.id);
    const path = [...(pending?.path ?? change.path ?? []), ...(change.subPath ?? [])];
    if (change.items) insert(next, path, change.items, pending != null);
    else if (change.data) Object.assign(at(next.data, path), change.data);
    if (change.errors) next.errors = [...(next.errors ?? []), ...change.errors];
  }
  for (const completed of part.completed ?? []) {
    if (completed.errors) next.errors = [...(next.errors ?? []), ...completed.errors];
  }
  if (part.extensions) next.extensions = { ...next.extensions, ...part.extensions };
  if (part.hasNext === false) delete next.pending;
  return next;
}

function withoutNext(part) {
  const result = { ...part };
  delete result.hasNext;
  return result;
}

function at(value, path) {
  return path.reduce((inner, key) => inner[key], value);
}

function insert(result, path, items, isAppended) {
  if (isAppended) at(result.data, path).push(...items);
  else at(result.data, path.slice(0, -1)).splice(path.at(-1), 0, ...items);
}
