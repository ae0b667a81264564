/// Whether lists show trashed rows.
package enum TrashedRows: String, CaseIterable, Sendable {
    /// Lists omit them.
    case omitted
    /// Lists show them with `deleted_at` set; `count` includes them.
    case listed
}
