package import JSON

/// The parameters of one GraphQL request.
///
/// https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters
package struct GraphQLRequest: Sendable {
    /// The document's text; nil: the document is identified by a hash or an id.
    package var query: String?
    /// The id of a trusted document; nil: there is none.
    package var documentID: String?
    package var operationName: String?
    package var variables: JSONObject
    package var extensions: JSONObject

    package init(
        query: String?,
        documentID: String? = nil,
        operationName: String? = nil,
        variables: JSONObject = JSONObject(),
        extensions: JSONObject = JSONObject()
    ) {
        self.query = query
        self.documentID = documentID
        self.operationName = operationName
        self.variables = variables
        self.extensions = extensions
    }

    /// The error of a request that is not well-formed.
    package struct Malformed: Error, Sendable, Equatable {
        package let message: String

        package init(message: String) {
            self.message = message
        }
    }

    /// The error of a request that does not identify a document.
    static let missingQuery = Malformed(message: "The member \"query\" is missing: the document to execute, a string.")

    /// The hash of the document in `extensions`, in lower case; nil: there is none.
    ///
    /// https://www.apollographql.com/docs/apollo-server/performance/apq
    func persistedQueryHash() throws(Malformed) -> String? {
        guard let persisted = extensions["persistedQuery"], !persisted.isNull else { return nil }
        guard persisted["version"]?.intValue == 1 else {
            throw Malformed(message: "The member \"version\" of the extension \"persistedQuery\" must be 1.")
        }
        guard let hash = persisted["sha256Hash"]?.stringValue, !hash.isEmpty else {
            throw Malformed(message: "The member \"sha256Hash\" of the extension \"persistedQuery\" must be a string.")
        }
        return hash.lowercased()
    }
}
