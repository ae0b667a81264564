/// Which members of the object a write responds with.
package enum WrittenMembers: String, CaseIterable, Sendable {
    /// All.
    case all
    /// The id alone.
    case id
}
