internal import JSON

/// Makes the server's messages of `graphql-transport-ws` about an operation.
enum GraphQLSocketReply {
    /// The type of a message.
    enum Kind: String {
        case next
        case error
        case complete
    }

    /// The bytes before the payload.
    static func prefix(_ kind: Kind, of id: String) -> [UInt8] {
        let type = "\"type\":\"\(kind.rawValue)\",\"payload\":"
        return Array("{\"id\":".utf8) + JSONValue.string(id).serialized() + Array(",\(type)".utf8)
    }

    /// The bytes after the payload.
    static let suffix: [UInt8] = [UInt8(ascii: "}")]

    /// A message with a payload.
    static func bytes(_ kind: Kind, of id: String, payload: [UInt8]) -> [UInt8] {
        prefix(kind, of: id) + payload + suffix
    }

    /// The message that completes an operation.
    static func completion(of id: String) -> [UInt8] {
        Array("{\"id\":".utf8) + JSONValue.string(id).serialized()
            + Array(",\"type\":\"\(Kind.complete.rawValue)\"}".utf8)
    }
}
