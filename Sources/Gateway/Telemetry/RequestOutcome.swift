package import Upstream

/// What observers learn of a response.
package struct RequestOutcome: Sendable {
    /// The name of the operation or the method; nil: it has none.
    package var name: String?
    /// What the operation does, `query`, `mutation` or `subscription`; nil: it was refused before that was known.
    package var kind: String?
    /// The codes of its errors, each once.
    package var errorCodes: [String] = []
    /// What it has spent and saved.
    package var calls = CallReport.Counts()
    /// Whether a cached result, or a cached response, took the place of an execution.
    package var isCachedResult = false

    package init() {}
}
