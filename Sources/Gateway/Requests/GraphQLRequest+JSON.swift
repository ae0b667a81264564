package import JSON

extension GraphQLRequest {
    /// The limits of a body, among them the greatest depth of its values.
    static let jsonLimits = JSONLimits(maximumDepth: 128)

    private static let queryKey = JSONKey("query")
    private static let documentIDKey = JSONKey("documentId")
    private static let operationNameKey = JSONKey("operationName")
    private static let variablesKey = JSONKey("variables")
    private static let extensionsKey = JSONKey("extensions")

    /// Reads a request from a JSON body.
    package init(json body: [UInt8]) throws(Malformed) {
        try self.init(try Self.document(body), at: 0)
    }

    /// Reads a request from an object of a JSON document; unknown members are ignored.
    package init(_ document: JSONDocument, at node: Int) throws(Malformed) {
        guard document.node(node).kind == .object else {
            throw Malformed(message: "A request must be a JSON object with the member \"query\".")
        }
        self.init(
            query: try Self.text(Self.queryKey, in: document, at: node),
            documentID: try Self.text(Self.documentIDKey, in: document, at: node),
            operationName: try Self.text(Self.operationNameKey, in: document, at: node),
            variables: try Self.object(Self.variablesKey, in: document, at: node),
            extensions: try Self.object(Self.extensionsKey, in: document, at: node)
        )
        if query == nil, documentID == nil, try persistedQueryHash() == nil { throw Self.missingQuery }
    }

    /// Parses a body.
    static func document(_ body: [UInt8]) throws(Malformed) -> JSONDocument {
        guard !body.isEmpty else {
            throw Malformed(message: "The body is empty; it must be a JSON object with the member \"query\".")
        }
        do {
            return try JSONDocument(parsing: body, limits: jsonLimits)
        } catch {
            throw Malformed(message: "The body must be JSON. \(error.message)")
        }
    }

    private static func text(_ key: JSONKey, in document: JSONDocument, at node: Int) throws(Malformed) -> String? {
        guard let member = document.member(key, of: node), document.node(member).kind != .null else { return nil }
        guard let text = document.stringValue(of: member) else {
            let hint = document.member(queryKey, of: node) == member ? "" : " or null"
            throw Malformed(message: "The member \"\(key.name)\" must be a string\(hint).")
        }
        return text
    }

    private static func object(_ key: JSONKey, in document: JSONDocument, at node: Int) throws(Malformed) -> JSONObject
    {
        guard let member = document.member(key, of: node), document.node(member).kind != .null else {
            return JSONObject()
        }
        guard case .object(let object) = document.value(at: member) else {
            throw Malformed(message: "The member \"\(key.name)\" must be an object or null.")
        }
        return object
    }
}
