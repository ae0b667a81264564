/// The members of the object in the response to a write.
package enum WrittenMembers: String, CaseIterable, Sendable {
    /// All members.
    case all
    /// Only the id.
    case id
}
