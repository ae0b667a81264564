internal import Gateway
internal import JSON

/// A message of a client of `graphql-transport-ws`.
///
/// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
enum GraphQLSocketMessage: Sendable {
    case initialize(JSONValue?)
    case ping(JSONValue?)
    case pong
    case subscribe(id: String, GraphQLRequest)
    case complete(id: String)

    /// The error of a message that violates the protocol.
    struct Invalid: Error {
        let reason: String
    }

    /// Parses a message.
    init(_ bytes: [UInt8]) throws(Invalid) {
        guard let json = try? JSONValue(parsing: bytes), case .object = json, let type = json["type"]?.stringValue
        else { throw Invalid(reason: "A message is a JSON object with a type.") }
        let payload = json["payload"]
        switch type {
        case "connection_init", "ping", "pong":
            guard payload?.isObjectOrNull ?? true else { throw Invalid(reason: "The payload must be an object.") }
            self = type == "pong" ? .pong : type == "ping" ? .ping(payload) : .initialize(payload)
        case "subscribe":
            let id = try Self.id(of: json)
            guard let payload else { throw Invalid(reason: "A subscribe message has a payload.") }
            do {
                self = .subscribe(id: id, try GraphQLRequest(json: payload.serialized()))
            } catch {
                throw Invalid(reason: error.message)
            }
        case "complete": self = .complete(id: try Self.id(of: json))
        default: throw Invalid(reason: "There is no such type of message.")
        }
    }

    /// The most bytes of an id, as it is in every message of its operation.
    private static let maximumIDBytes = 256

    private static func id(of json: JSONValue) throws(Invalid) -> String {
        guard let id = json["id"]?.stringValue, 1...maximumIDBytes ~= id.utf8.count else {
            throw Invalid(reason: "A message of this type has an id: a text of 1 to \(maximumIDBytes) bytes.")
        }
        return id
    }
}

extension JSONValue {
    fileprivate var isObjectOrNull: Bool {
        switch self {
        case .object, .null: true
        case .bool, .number, .string, .array: false
        }
    }
}
