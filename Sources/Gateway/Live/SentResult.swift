internal import JSON

/// The last result of a live query that its client has, from which the next message is made.
struct SentResult: Sendable {
    /// The message to send: the whole result, or a patch of the one before.
    private(set) var response: GraphQLResponse
    private var body: [UInt8]
    /// The last result as a value; nil: results are always sent as a whole.
    private var value: JSONValue?
    private var revision = 1

    init(_ first: GraphQLResponse, asPatches: Bool) {
        response = first
        body = first.body
        value = asPatches ? try? JSONValue(parsing: first.body) : nil
        if let value { response = whole(value) }
    }

    /// Takes the next result; returns false if it is equal.
    mutating func replace(with next: GraphQLResponse) -> Bool {
        guard next.body != body else { return false }
        body = next.body
        response = next
        guard let old = value, let new = try? JSONValue(parsing: next.body) else { return true }
        guard old != new else { return false }
        value = new
        revision += 1
        let whole = whole(new)
        // A result without data, or one whose patch is longer, is sent as a whole.
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
