/// Whether lists show trashed rows.
package enum TrashedRows: String, CaseIterable, Sendable {
    /// They do not.
    case omitted
    /// They do, with `deleted_at` set; `count` counts them.
    case listed
}
