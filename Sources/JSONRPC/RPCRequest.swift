package import JSON

/// One request of a message.
///
/// https://www.jsonrpc.org/specification#request_object
package struct RPCRequest: Sendable {
    /// The id as it was written; nil for a notification, which is never answered.
    package let id: [UInt8]?
    package let method: String
    package let parameters: Parameters

    /// The values that a request gives to its method.
    package enum Parameters: Sendable, Hashable {
        case none
        case byName(JSONObject)
        case byPosition([JSONValue])
    }

    /// A request that cannot be called, and the id to answer with.
    package struct Invalid: Error, Sendable, Hashable {
        package let id: [UInt8]
        package let error: RPCError
    }

    private static let versionKey = JSONKey("jsonrpc")
    private static let idKey = JSONKey("id")
    private static let methodKey = JSONKey("method")
    private static let paramsKey = JSONKey("params")
    /// The id of a response to a request whose own cannot be read.
    package static let nullID = Array("null".utf8)

    /// Reads a request from a value of a document; members that it does not know are ignored.
    package init(_ document: JSONDocument, at node: Int) throws(Invalid) {
        guard document.kind(of: node) == .object else {
            throw Self.invalid("A request must be an object with the members \"jsonrpc\" and \"method\".")
        }
        var names: Set<[UInt8]> = []
        for (key, _) in document.members(of: node) {
            guard names.insert(document.stringBytes(of: key) ?? []).inserted else {
                throw Self.invalid("The request names a member twice; name each once.")
            }
        }
        id = try Self.id(document, node)
        let known = id ?? Self.nullID
        guard let version = document.member(Self.versionKey, of: node),
            document.isString(version, equalTo: JSONKey("2.0"))
        else { throw Self.invalid("The member \"jsonrpc\" must be the string \"2.0\".", id: known) }
        guard let name = document.member(Self.methodKey, of: node), let method = document.stringValue(of: name) else {
            throw Self.invalid("The member \"method\" must be a string.", id: known)
        }
        self.method = method
        guard let params = document.member(Self.paramsKey, of: node) else {
            parameters = .none
            return
        }
        switch document.value(at: params) {
        case .object(let members): parameters = .byName(members)
        case .array(let items): parameters = .byPosition(items)
        case .null, .bool, .number, .string:
            throw Self.invalid("The member \"params\" must be an object or an array.", id: known)
        }
    }

    /// The id's text; a string, a number or null.
    private static func id(_ document: JSONDocument, _ node: Int) throws(Invalid) -> [UInt8]? {
        guard let member = document.member(idKey, of: node) else { return nil }
        switch document.kind(of: member) {
        case .string, .integer, .number, .null: return Array(document.rawBytes(of: member))
        case .true, .false, .array, .object, .link, .reference:
            throw invalid("The member \"id\" must be a string, a number or null.")
        }
    }

    private static func invalid(_ detail: String, id: [UInt8] = nullID) -> Invalid {
        Invalid(id: id, error: .invalidRequest(detail))
    }
}
