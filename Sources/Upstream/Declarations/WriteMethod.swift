/// The methods that change something: https://www.rfc-editor.org/rfc/rfc9110#section-9.
package enum WriteMethod: String, Sendable, CaseIterable {
    case post = "POST"
    case patch = "PATCH"
    case put = "PUT"
    case delete = "DELETE"

    /// The argument of `@rest` that chooses it.
    var argument: String { rawValue.lowercased() }
}
