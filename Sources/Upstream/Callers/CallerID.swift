private import JSON

/// Who calls are made for: callers take turns.
package struct CallerID: Sendable, Hashable {
    private let value: ExactString

    package init(_ value: String) {
        self.value = ExactString(value)
    }

    /// Whoever is not known.
    package static let anonymous = CallerID("anonymous")
}
