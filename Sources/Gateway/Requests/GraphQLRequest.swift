package import JSON

/// The parameters of one GraphQL request.
///
/// https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters
package struct GraphQLRequest: Sendable {
    package var query: String
    package var operationName: String?
    package var variables: JSONObject
    package var extensions: JSONObject

    package init(
        query: String,
        operationName: String? = nil,
        variables: JSONObject = JSONObject(),
        extensions: JSONObject = JSONObject()
    ) {
        self.query = query
        self.operationName = operationName
        self.variables = variables
        self.extensions = extensions
    }

    /// A body that is no GraphQL request.
    package struct Malformed: Error, Sendable, Equatable {
        package let message: String
    }

    /// How deep a body's values may nest.
    private static let limits = JSONLimits(maximumDepth: 128)

    /// Reads a request from a JSON body.
    package init(json body: [UInt8]) throws(Malformed) {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: body, limits: Self.limits)
        } catch {
            throw Malformed(message: "The body must be JSON. \(error.message)")
        }
        try self.init(document, at: 0)
    }

    /// Reads a request from an object of a document.
    package init(_ document: JSONDocument, at node: Int) throws(Malformed) {
        guard document.node(node).kind == .object else {
            throw Malformed(message: "The body must be a JSON object with the member \"query\".")
        }
        guard let query = document.member(Self.queryKey, of: node) else {
            throw Malformed(message: "The member \"query\" is missing.")
        }
        guard let text = document.stringValue(of: query) else {
            throw Malformed(message: "The member \"query\" must be a string.")
        }
        self.query = text
        operationName = try Self.text(Self.operationNameKey, in: document, at: node)
        variables = try Self.object(Self.variablesKey, in: document, at: node)
        extensions = try Self.object(Self.extensionsKey, in: document, at: node)
    }

    private static let queryKey = JSONKey("query")
    private static let operationNameKey = JSONKey("operationName")
    private static let variablesKey = JSONKey("variables")
    private static let extensionsKey = JSONKey("extensions")

    private static func text(
        _ key: JSONKey,
        in document: JSONDocument,
        at node: Int
    ) throws(Malformed) -> String? {
        guard let member = document.member(key, of: node), document.node(member).kind != .null else { return nil }
        guard let text = document.stringValue(of: member) else {
            throw Malformed(message: "The member \"\(key.name)\" must be a string or null.")
        }
        return text
    }

    private static func object(
        _ key: JSONKey,
        in document: JSONDocument,
        at node: Int
    ) throws(Malformed) -> JSONObject {
        guard let member = document.member(key, of: node), document.node(member).kind != .null else {
            return JSONObject()
        }
        guard case .object(let object) = document.value(at: member) else {
            throw Malformed(message: "The member \"\(key.name)\" must be an object or null.")
        }
        return object
    }
}
