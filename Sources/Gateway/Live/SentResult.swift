internal import JSON

/// The result that a follower of a query has, and how it gets the next one.
struct SentResult: Sendable {
    /// What is sent: the whole result, or how it differs from the one before.
    private(set) var response: GraphQLResponse
    private var body: [UInt8]
    /// The same as a value; nil: results are always sent as a whole.
    private var value: JSONValue?
    private var revision = 1

    init(_ first: GraphQLResponse, asPatches: Bool) {
        response = first
        body = first.body
        value = asPatches ? try? JSONValue(parsing: first.body) : nil
        if let value { response = whole(value) }
    }

    /// Takes the next result; false if it is the same.
    mutating func replace(with next: GraphQLResponse) -> Bool {
        guard next.body != body else { return false }
        body = next.body
        response = next
        guard let old = value, let new = try? JSONValue(parsing: next.body) else { return true }
        guard old != new else { return false }
        value = new
        revision += 1
        let whole = whole(new)
        // A result that has failed by itself, or whose difference takes more room, is sent as it is.
        guard case .object? = old["data"], case .object? = new["data"] else {
            response = whole
            return true
        }
        let patch: JSONValue = [
            "patch": .array(JSONPatch(from: old, to: new).operations), "revision": .integer(revision),
        ]
        let text = patch.serialized()
        response = text.count < whole.body.count ? GraphQLResponse(kind: .executed, body: text) : whole
        return true
    }

    private func whole(_ value: JSONValue) -> GraphQLResponse {
        guard var members = value.objectValue else { return response }
        members["revision"] = .integer(revision)
        return GraphQLResponse(kind: .executed, body: JSONValue.object(members).serialized())
    }
}
