/// The HTTP methods of writes: https://www.rfc-editor.org/rfc/rfc9110#section-9.
package enum WriteMethod: String, Sendable, CaseIterable {
    case post = "POST"
    case patch = "PATCH"
    case put = "PUT"
    case delete = "DELETE"

    /// The argument of `@rest` for the method.
    var argument: String { rawValue.lowercased() }
}
