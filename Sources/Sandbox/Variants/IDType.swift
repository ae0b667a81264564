/// The JSON type of ids.
package enum IDType: String, CaseIterable, Sendable {
    /// Texts, such as `task_4gk0d2m8q1xwz`.
    case text
    /// Numbers, such as 1604029199751626752, which a double does not hold exactly.
    case number
}
