internal import JSON

/// The messages of a server of `graphql-transport-ws` that are about an operation.
enum GraphQLSocketReply {
    /// What such a message says.
    enum Kind: String {
        case next
        case error
        case complete
    }

    /// What stands before the payload.
    static func prefix(_ kind: Kind, of id: String) -> [UInt8] {
        let type = "\"type\":\"\(kind.rawValue)\",\"payload\":"
        return Array("{\"id\":".utf8) + JSONValue.string(id).serialized() + Array(",\(type)".utf8)
    }

    /// What stands behind it.
    static let suffix: [UInt8] = [UInt8(ascii: "}")]

    /// A message.
    static func bytes(_ kind: Kind, of id: String, payload: [UInt8]) -> [UInt8] {
        prefix(kind, of: id) + payload + suffix
    }

    /// That nothing more comes.
    static func completion(of id: String) -> [UInt8] {
        Array("{\"id\":".utf8) + JSONValue.string(id).serialized()
            + Array(",\"type\":\"\(Kind.complete.rawValue)\"}".utf8)
    }
}
