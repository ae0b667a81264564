internal import JSON

/// The last result of a live query that its client has, from which the next message is made.
///
/// It is held as text: as a value, it would take up six times as many bytes.
struct SentResult: Sendable {
    /// The message with the first result.
    let first: GraphQLResponse
    private var body: [UInt8]
    /// Whether changes are sent as patches, if these are shorter.
    private let sendsPatches: Bool
    private var revision = 1

    /// The most bytes of a result of which patches are made.
    private static let maximumBytesToCompare = 1 << 20

    init(_ first: GraphQLResponse, asPatches sendsPatches: Bool) {
        body = first.body
        self.sendsPatches = sendsPatches
        let value = sendsPatches ? try? JSONValue(parsing: first.body) : nil
        self.first = value.flatMap { Self.whole($0, revision: 1) } ?? first
    }

    /// Takes the next result.
    ///
    /// - Returns: the message to send: the whole result, or a patch of the one before; nil: the result is equal.
    mutating func replace(with next: GraphQLResponse) -> GraphQLResponse? {
        guard next.body != body else { return nil }
        let former = body
        body = next.body
        guard sendsPatches, let new = try? JSONValue(parsing: next.body) else { return next }
        guard former.count <= Self.maximumBytesToCompare, next.body.count <= Self.maximumBytesToCompare,
            let old = try? JSONValue(parsing: former)
        else {
            revision += 1
            return Self.whole(new, revision: revision) ?? next
        }
        guard old != new else { return nil }
        revision += 1
        let whole = Self.whole(new, revision: revision) ?? next
        // A result without data, or one whose patch is longer, is sent as a whole.
        guard case .object? = old["data"], case .object? = new["data"] else { return whole }
        let patch: JSONValue = [
            "patch": .array(JSONPatch(from: old, to: new).operations), "revision": .integer(revision),
        ]
        let text = patch.serialized()
        return text.count < whole.body.count ? GraphQLResponse(kind: .executed, body: text) : whole
    }

    private static func whole(_ value: JSONValue, revision: Int) -> GraphQLResponse? {
        guard var members = value.objectValue else { return nil }
        members["revision"] = .integer(revision)
        return GraphQLResponse(kind: .executed, body: JSONValue.object(members).serialized())
    }
}
