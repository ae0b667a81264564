package import GraphQL

/// One GET of the upstream: what makes two of them the same.
package struct Call: Sendable, Hashable {
    /// The path and query below the base URL.
    package let path: String

    package init(path: String) {
        self.path = path
    }
}

/// What came of a call.
package enum CallOutcome: Sendable {
    case answered(SourceDocument)
    /// The upstream says that there is no such thing (404 or 410).
    case missing
    case failed(FieldFailure)
}
