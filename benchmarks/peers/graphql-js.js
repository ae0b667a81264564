// The posts and authors by graphql-js, as its users write it: a cluster of two, and undici with connections that stay open.
// graphql-js.js PORT UPSTREAM dataloader|cached|coalesced|whole
//   dataloader  the authors of one request are fetched once each
//   cached      so are they, and upstream responses are cached for ten minutes
//   coalesced   equal upstream calls at the same time are one, and nothing is cached
//   whole       as cached, and the whole response is cached by the request's bytes and key
// Debian's packages are found with NODE_PATH=/usr/share/nodejs. Documents are parsed and validated once, in every mode.
"use strict";

const cluster = require("node:cluster");
const http = require("node:http");
const { buildSchema, execute, parse, validate } = require("graphql");
const { Pool } = require("undici");

const [port, upstream, mode] = process.argv.slice(2);
const LIFETIME = 600_000;
const MOST_ENTRIES = 10_000;
const CONNECTIONS = 64;

if (cluster.isPrimary) {
  for (let worker = 0; worker < 2; worker++) cluster.fork();
  process.on("SIGTERM", () => process.exit(0));
} else {
  serve();
}

function bounded() {
  const entries = new Map();
  return {
    get(key) {
      const entry = entries.get(key);
      return entry && entry.until > Date.now() ? entry.value : undefined;
    },
    set(key, value) {
      if (entries.size >= MOST_ENTRIES) entries.delete(entries.keys().next().value);
      entries.set(key, { value, until: Date.now() + LIFETIME });
    },
  };
}

function serve() {
  const schema = buildSchema(`
    type Query { posts: [Post!]! user(id: ID!): User }
    type Post { id: ID! userId: ID! title: String! body: String user: User }
    type User { id: ID! name: String! email: String! friend: User }
  `);
  const { origin, pathname } = new URL(upstream);
  const base = pathname === "/" ? "" : pathname;
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const responses = bounded();
  const documents = bounded();
  const results = bounded();
  const inFlight = new Map();

  async function call(path, key) {
    const response = await pool.request({ method: "GET", path: base + path, headers: { authorization: key } });
    if (response.statusCode !== 200) throw new Error(`The upstream responds with ${response.statusCode}.`);
    return response.body.json();
  }

  function get(path, key) {
    if (mode === "dataloader") return call(path, key);
    const name = `${key} ${path}`;
    if (mode !== "coalesced") {
      const known = responses.get(name);
      if (known !== undefined) return known;
    }
    const pending = inFlight.get(name);
    if (pending) return pending;
    const own = call(path, key).finally(() => inFlight.delete(name));
    inFlight.set(name, own);
    if (mode !== "coalesced") own.then((value) => responses.set(name, value), () => {});
    return own;
  }

  // What DataLoader does: each key of a request is loaded once.
  class Loader {
    constructor(key) {
      this.key = key;
      this.users = new Map();
    }

    user(id) {
      let user = this.users.get(id);
      if (user === undefined) {
        user = get(`/users/${id}`, this.key);
        this.users.set(id, user);
      }
      return user;
    }
  }

  const root = {
    posts: (_, loader) => get("/posts", loader.key),
    user: ({ id }, loader) => loader.user(Number(id)),
  };
  schema.getType("Post").getFields().user.resolve = (post, _, loader) => loader.user(post.userId);
  schema.getType("User").getFields().friend.resolve = (user, _, loader) => loader.user(user.friendId);

  function document(text) {
    let known = documents.get(text);
    if (known) return known;
    known = parse(text);
    const errors = validate(schema, known);
    if (errors.length > 0) throw errors[0];
    documents.set(text, known);
    return known;
  }

  async function respond(body, key) {
    const name = `${key} ${body}`;
    const cached = mode === "whole" ? results.get(name) : undefined;
    if (cached) return cached;
    const { query, variables } = JSON.parse(body);
    const result = await execute({
      schema, document: document(query), rootValue: root, contextValue: new Loader(key), variableValues: variables,
    });
    const text = Buffer.from(JSON.stringify(result));
    if (mode === "whole" && !result.errors) results.set(name, text);
    return text;
  }

  http
    .createServer((request, response) => {
      if (request.method === "GET") {
        response.end();
        return;
      }
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", async () => {
        try {
          const body = await respond(Buffer.concat(chunks).toString(), request.headers.authorization ?? "");
          response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
          response.end(body);
        } catch (error) {
          response.writeHead(500);
          response.end(String(error));
        }
      });
    })
    .listen({ port: Number(port), host: "127.0.0.1", backlog: 4096 });
}
