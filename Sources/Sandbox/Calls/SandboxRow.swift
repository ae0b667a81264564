package import JSON

/// A row as it is in the sandbox, for tests that compare it with what a client is shown.
package struct SandboxRow: Sendable, Equatable {
    /// The id.
    package let id: String

    /// The members as they are stored, by which the sandbox filters and sorts.
    package let stored: JSONObject

    /// The members as a GET of the object shows them, nulls included; half a surrogate pair is U+FFFD.
    package let shown: JSONObject

    /// Whether the row is in Trash.
    package let isTrashed: Bool

    /// Whether the row counts but is not shown to anybody.
    package let isHidden: Bool

    /// Grows with every write: of rows whose sort values are equal, the one written last comes first.
    package let revision: Int
}
