internal import JSON

/// The codes in the extensions of field errors that bring none of their own.
package struct FieldErrorCodes: Sendable {
    /// Of arguments that cannot be coerced.
    package var argument: String?
    /// Of values that do not fit their field's type.
    package var completion: String?

    /// What errors of one code state beside it; nil: nothing.
    package var reference: ErrorReference?

    /// No codes, as in graphql-js.
    package init() {}

    /// Codes for both.
    package init(argument: String, completion: String) {
        self.argument = argument
        self.completion = completion
    }

    /// An error with a code, unless it has one.
    func coded(_ error: GraphQLError, _ code: String?) -> GraphQLError {
        guard let code, error.extensions["code"] == nil else { return reference?.added(to: error) ?? error }
        var coded = error
        coded.extensions["code"] = .string(code)
        return coded
    }
}
