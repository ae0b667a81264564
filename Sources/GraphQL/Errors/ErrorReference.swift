package import JSON

/// Where more is to be found of errors of one code than they state themselves, such as the id of a request in a log.
package struct ErrorReference: Sendable {
    private let code: ErrorCode
    private let member: String
    private let label: String
    private let value: String

    /// Makes a reference.
    ///
    /// - Parameters:
    ///   - code: the errors' code.
    ///   - member: the member of their extensions.
    ///   - label: what their message calls it.
    ///   - value: the reference itself.
    package init(code: ErrorCode, member: String, label: String, value: String) {
        self.code = code
        self.member = member
        self.label = label
        self.value = value
    }

    /// An error with the reference, if it is one of these.
    package func added(to error: GraphQLError) -> GraphQLError {
        guard case .string(code.rawValue)? = error.extensions["code"] else { return error }
        var complete = error
        complete.message = message(error.message)
        complete.extensions[member] = .string(value)
        return complete
    }

    /// A message with the reference before its full stop.
    package func message(_ text: String) -> String {
        let sentence = text.hasSuffix(".") ? text.dropLast() : text[...]
        return "\(sentence); \(label) \(value)."
    }

    /// The members of an error's extensions with the reference, if they are those of one of these.
    package func added(to extensions: JSONObject) -> JSONObject? {
        guard case .string(code.rawValue)? = extensions["code"] else { return nil }
        var complete = extensions
        complete[member] = .string(value)
        return complete
    }
}
