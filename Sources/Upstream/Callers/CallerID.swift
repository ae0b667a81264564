private import JSON

/// Identifies the caller for whom calls are made: callers take turns in queues.
package struct CallerID: Sendable, Hashable {
    private let value: ExactString

    package init(_ value: String) {
        self.value = ExactString(value)
    }

    /// The caller of requests that identify none.
    package static let anonymous = CallerID("anonymous")
}
