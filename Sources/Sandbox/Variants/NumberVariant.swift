/// The form in which numbers in custom fields are written.
package enum NumberVariant: String, CaseIterable, Sendable {
    /// In their shortest form.
    case short
    /// With digits that a double does not keep: `1604029199751626752`, `12.50`, `1E400`.
    case exact
}
