package import JSON

/// A row as it is in the sandbox, for tests that compare it with a client's results.
package struct SandboxRow: Sendable, Equatable {
    /// The id.
    package let id: String

    /// The stored members, by which the sandbox filters and sorts.
    package let stored: JSONObject

    /// The members as a GET of the object returns them, including nulls; an unpaired surrogate is U+FFFD.
    package let shown: JSONObject

    /// Whether the row is in Trash.
    package let isTrashed: Bool

    /// Whether the row counts but is hidden from all clients.
    package let isHidden: Bool

    /// A number that grows with every write: of rows with equal sort values, the one that was written last comes first.
    package let revision: Int
}
