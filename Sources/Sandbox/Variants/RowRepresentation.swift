/// The members of an object that a list row shows.
package enum RowRepresentation: String, CaseIterable, Sendable {
    /// The whole object.
    case whole
    /// Without `description`, `labels` and `custom_fields`.
    case summary
}
