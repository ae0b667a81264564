package import JSON

/// A reference to further information about errors of one code, such as the id of a request in a log.
package struct ErrorReference: Sendable {
    private let code: ErrorCode
    private let member: String
    private let label: String
    private let value: String

    /// Makes a reference.
    ///
    /// - Parameters:
    ///   - code: the code of the errors.
    ///   - member: the member of their extensions with the reference.
    ///   - label: the label of the reference in their messages.
    ///   - value: the reference.
    package init(code: ErrorCode, member: String, label: String, value: String) {
        self.code = code
        self.member = member
        self.label = label
        self.value = value
    }

    /// The error with the reference, if it has the code.
    package func added(to error: GraphQLError) -> GraphQLError {
        guard case .string(code.rawValue)? = error.extensions["code"] else { return error }
        var complete = error
        complete.message = message(error.message)
        complete.extensions[member] = .string(value)
        return complete
    }

    /// The message with the reference before its full stop.
    package func message(_ text: String) -> String {
        let sentence = text.hasSuffix(".") ? text.dropLast() : text[...]
        return "\(sentence); \(label) \(value)."
    }

    /// The members of an error's extensions with the reference; nil: they have another code.
    package func added(to extensions: JSONObject) -> JSONObject? {
        guard case .string(code.rawValue)? = extensions["code"] else { return nil }
        var complete = extensions
        complete[member] = .string(value)
        return complete
    }
}
