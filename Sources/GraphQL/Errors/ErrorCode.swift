package import JSON

/// A code in `extensions.code` of an error, for programs.
///
/// The set is open: each target declares the codes of its own failures, and `ErrorCodeTable` in `Gateway` has their numbers in
/// JSON-RPC and their statuses in HTTP.
package struct ErrorCode: RawRepresentable, Sendable, Hashable {
    /// The code as clients see it.
    package let rawValue: String

    /// Declares a code.
    package init(_ text: String) {
        rawValue = text
    }

    /// Makes a code of any text; nil if the text is empty.
    package init?(rawValue: String) {
        if rawValue.isEmpty { return nil }
        self.rawValue = rawValue
    }

    /// The error's extensions: its code, and further members.
    package func extensions(_ more: JSONObject = JSONObject()) -> JSONObject {
        var extensions = JSONObject()
        extensions["code"] = .string(rawValue)
        for (name, value) in more { extensions[name] = value }
        return extensions
    }
}

extension ErrorCode {
    /// The document has a syntax error.
    package static let graphqlParseFailed = ErrorCode("GRAPHQL_PARSE_FAILED")
    /// The document is not valid for the schema.
    package static let graphqlValidationFailed = ErrorCode("GRAPHQL_VALIDATION_FAILED")
    /// The request, a variable or an argument is invalid.
    package static let badUserInput = ErrorCode("BAD_USER_INPUT")
    /// The response exceeds the size limit; the operation was executed.
    package static let responseTooLarge = ErrorCode("RESPONSE_TOO_LARGE")
    /// The gateway failed; the reason is in the log.
    package static let `internal` = ErrorCode("INTERNAL")
}
