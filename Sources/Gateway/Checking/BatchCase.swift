package import JSON

/// One line of a batch: a schema, a query, and optionally variables, an operation name and a root value.
package struct BatchCase: Sendable {
    /// The member `id` as JSON text; `null` if there is none.
    package let id: ArraySlice<UInt8>
    /// The schema in UTF-8, apart from unpaired surrogates, which the parser then rejects.
    package let schema: [UInt8]
    /// The query, with the same encoding.
    package let query: [UInt8]
    /// The variables; nil: the line has none.
    package let variables: JSONObject?
    /// The operation to execute; nil: the line names none.
    package let operationName: String?
    /// The member `rootValue`; an empty object if there is none.
    package let rootValue: JSONValue

    /// The error of a line that is not a well-formed case.
    package struct Malformed: Error, Sendable {
        /// The member `id` as JSON text; `null` if there is none.
        package let id: ArraySlice<UInt8>
        package let message: String
    }

    private static let null = Array("null".utf8)[...]

    /// Reads a line.
    package init(_ line: [UInt8]) throws(Malformed) {
        let json: JSONDocument
        do {
            json = try JSONDocument(parsing: line, loneSurrogates: .preserved)
        } catch {
            throw Malformed(id: Self.null, message: "The line is not JSON. \(error.message)")
        }
        id = json.member(named: "id", of: 0).map { json.rawBytes(of: $0) } ?? Self.null
        func text(_ name: String) -> [UInt8]? { json.member(named: name, of: 0).flatMap { json.stringBytes(of: $0) } }
        guard json.node(0).kind == .object, let schema = text("schema"), let query = text("query") else {
            throw Malformed(id: id, message: "The line must be an object with the strings \"schema\" and \"query\".")
        }
        self.schema = schema
        self.query = query
        operationName = json.member(named: "operationName", of: 0).flatMap { json.stringValue(of: $0) }
        rootValue = json.member(named: "rootValue", of: 0).map { json.value(at: $0) } ?? .object(JSONObject())
        guard let variables = json.member(named: "variables", of: 0), json.node(variables).kind != .null else {
            self.variables = nil
            return
        }
        guard case .object(let object) = json.value(at: variables) else {
            throw Malformed(id: id, message: "The member \"variables\" must be an object.")
        }
        self.variables = object
    }
}
