internal import JSON

extension GraphQLRequest {
    /// Reads a request from the query of a URL; unknown parameters are ignored.
    ///
    /// https://graphql.github.io/graphql-over-http/draft/#sec-GET
    package init(urlQuery: Substring) throws(Malformed) {
        self.init(query: nil)
        var seen: Set<String> = []
        for pair in urlQuery.split(separator: "&") {
            let equals = pair.firstIndex(of: "=") ?? pair.endIndex
            guard let name = FormURLEncoding.decode(pair[..<equals]), Self.parameters.contains(name) else { continue }
            guard seen.insert(name).inserted else {
                throw Malformed(message: "The parameter \"\(name)\" is given more than once.")
            }
            let value = equals == pair.endIndex ? "" : pair[pair.index(after: equals)...]
            guard let text = FormURLEncoding.decode(value) else {
                throw Malformed(message: "The parameter \"\(name)\" is not percent-encoded UTF-8.")
            }
            try set(name, to: text)
        }
        if query == nil, documentID == nil, try persistedQueryHash() == nil {
            throw Malformed(message: "The parameter \"query\" is missing: the document to execute.")
        }
    }

    private static let parameters: Set = ["query", "documentId", "operationName", "variables", "extensions"]

    private mutating func set(_ name: String, to text: String) throws(Malformed) {
        // Some clients send a parameter without a value instead of leaving it out.
        guard !text.isEmpty else { return }
        switch name {
        case "query": query = text
        case "documentId": documentID = text
        case "operationName": operationName = text
        case "variables": variables = try Self.object(name, text)
        default: extensions = try Self.object(name, text)
        }
    }

    private static func object(_ name: String, _ text: String) throws(Malformed) -> JSONObject {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: Array(text.utf8), limits: jsonLimits)
        } catch {
            throw Malformed(message: "The parameter \"\(name)\" must be JSON. \(error.message)")
        }
        switch document.value(at: 0) {
        case .object(let object): return object
        case .null: return JSONObject()
        case .array, .string, .number, .bool:
            throw Malformed(message: "The parameter \"\(name)\" must be a JSON object or null.")
        }
    }
}
