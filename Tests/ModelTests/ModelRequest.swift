import JSON

/// A request of a client, over GraphQL, JSON-RPC or MCP, and how its response is taken apart.
struct ModelRequest: Sendable {
    /// A part of a response.
    struct Result: Sendable {
        let data: JSONValue
        let errors: [JSONValue]
    }

    let client: ModelClient
    let path: String
    let body: [UInt8]
    /// The request for people.
    let text: String
    /// The fields of each operation, or those of the JSON-RPC calls.
    private let operations: [[ModelSelection]]

    private var isBatch: Bool { operations.count > 1 }

    private static let methods = [
        "issues": "issues.list", "issue": "issues.get", "projects": "projects.list", "project": "projects.get",
        "workspaces": "workspaces.list",
    ]

    /// Makes up a request: mostly a query, sometimes several in a batch, a batch of JSON-RPC calls, or the call of a tool.
    init(_ queries: inout ModelQueries, client: ModelClient) {
        self.client = client
        let isMethod = queries.numbers.chance(20)
        guard isMethod else {
            let count = queries.numbers.chance(10) ? queries.numbers.number(2...4) : 1
            operations = (0..<count).map { _ in queries.roots() }
            let bodies = operations.map { ModelDocument(.query, $0, &queries.numbers).body }
            text = bodies.map(Self.text).joined(separator: "\n    ")
            path = "/graphql"
            body = (count == 1 ? bodies[0] : JSONValue.array(bodies)).serialized()
            return
        }
        if queries.numbers.chance(30) {
            let root = queries.root(alias: nil)
            operations = [[root]]
            let name = (Self.methods[root.name] ?? "").replacing(".", with: "_")
            body = Self.toolCall(name, root.parameters).serialized()
            text = String(decoding: body, as: UTF8.self)
            path = Self.toolPath
            return
        }
        let roots = (0..<queries.numbers.number(1...4)).map { _ in queries.root(alias: nil) }
        operations = [roots]
        let calls = roots.enumerated().map { index, root -> JSONValue in
            [
                "jsonrpc": "2.0", "method": .string(Self.methods[root.name] ?? ""), "params": root.parameters,
                "id": .integer(index),
            ]
        }
        body = JSONValue.array(calls).serialized()
        text = String(decoding: body, as: UTF8.self)
        path = "/rpc"
    }

    /// Where tools are called.
    static let toolPath = "/mcp"

    /// The call of a tool.
    static func toolCall(_ name: String, _ arguments: JSONValue) -> JSONValue {
        [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": .string(name), "arguments": arguments],
        ]
    }

    /// The reply of JSON-RPC that says the same as a tool's.
    static func reply(ofTool response: JSONValue) -> JSONValue {
        guard response["result"]?["isError"] == false else {
            let text = response["result"]?["content"]?[0]?["text"]?.stringValue ?? ""
            let error = try? JSONValue(parsing: Array(text.utf8))
            return ["error": error ?? ["reply": response]]
        }
        return ["result": response["result"]?["structuredContent"]?["result"] ?? .null]
    }

    /// The request for people.
    private static func text(_ body: JSONValue) -> String {
        (body["query"]?.stringValue ?? "") + (body["variables"].map { "\n        variables: \($0)" } ?? "")
    }

    /// The parts of a response, each with the fields that it shows.
    func results(in response: JSONValue) -> [(Result, [ModelSelection])] {
        if path == Self.toolPath {
            let (reply, selection) = (Self.reply(ofTool: response), operations[0][0])
            guard let result = reply["result"] else { return [(failure(reply, selection), [selection])] }
            return [(Result(data: wrapped(result, selection), errors: []), [selection])]
        }
        guard path == "/rpc" else {
            let responses = isBatch ? response.arrayValue ?? [] : [response]
            guard responses.count == operations.count else {
                return [(Result(data: .null, errors: [["message": "no batch", "response": response]]), [])]
            }
            return zip(responses, operations).map { response, selections in
                let errors = response["errors"]?.arrayValue ?? []
                return (Result(data: response["data"] ?? .null, errors: errors), selections)
            }
        }
        guard let replies = response.arrayValue else {
            return [(Result(data: .null, errors: [["message": "no batch", "response": response]]), [])]
        }
        return operations[0].enumerated().map { index, selection in
            let reply = replies.first { $0["id"]?.intValue == index }
            guard let result = reply?["result"] else { return (failure(reply, selection), [selection]) }
            return (Result(data: wrapped(result, selection), errors: []), [selection])
        }
    }

    /// The errors of a call that failed, in the form of a query's.
    private func failure(_ reply: JSONValue?, _ selection: ModelSelection) -> Result {
        let error = reply?["error"]?["data"] ?? ["code": "none", "reply": reply ?? .null]
        let errors = error["errors"]?.arrayValue ?? [error]
        let located = errors.map { error -> JSONValue in
            var members = error.objectValue ?? JSONObject()
            let path = error["path"]?.arrayValue ?? []
            members["path"] = .array([.string(selection.responseName)] + path)
            return .object(members)
        }
        return Result(data: wrapped(error["result"] ?? .null, selection), errors: located)
    }

    private func wrapped(_ result: JSONValue, _ selection: ModelSelection) -> JSONValue {
        .object(JSONObject([(selection.responseName, result)]))
    }
}
