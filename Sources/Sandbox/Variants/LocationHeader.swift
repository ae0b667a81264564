/// The `Location` header of the response to a POST.
package enum LocationHeader: String, CaseIterable, Sendable {
    /// No such header.
    case absent
    /// A path: `/api/v1/issues/task_4gk0d2m8q1xwz`.
    case path
    /// A path relative to the collection's: `issues/task_4gk0d2m8q1xwz`.
    case relative
}
