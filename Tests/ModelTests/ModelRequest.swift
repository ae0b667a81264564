import JSON

/// A request of a client, over GraphQL or JSON-RPC, and how its response is taken apart.
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

    /// Makes up a request: mostly a query, sometimes several in a batch, sometimes a batch of JSON-RPC calls.
    init(_ queries: inout ModelQueries, client: ModelClient) {
        self.client = client
        guard queries.numbers.chance(15) else {
            let count = queries.numbers.chance(10) ? queries.numbers.number(2...4) : 1
            operations = (0..<count).map { _ in queries.roots() }
            let texts = operations.map { "{ \(ModelSelection.document($0)) }" }
            text = texts.joined(separator: "\n    ")
            path = "/graphql"
            let bodies = texts.map { JSONValue.object(JSONObject([("query", .string($0))])) }
            body = (count == 1 ? bodies[0] : JSONValue.array(bodies)).serialized()
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

    /// The parts of a response, each with the fields that it shows.
    func results(in response: JSONValue) -> [(Result, [ModelSelection])] {
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
