internal import JSON

/// The codes in the extensions of field errors without a code of their own.
package struct FieldErrorCodes: Sendable {
    /// The code of arguments that cannot be coerced.
    package var argument: String?
    /// The code of values that are invalid for their field's type.
    package var completion: String?

    /// The reference that is added to errors of one code; nil: none is.
    package var reference: ErrorReference?

    /// No codes, as in graphql-js.
    package init() {}

    /// Makes codes for both kinds of errors.
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
