/// The members by which an error's body names the parts of a write's body that the upstream does not accept.
struct BlameConventions: Sendable {
    /// The members that have the names of the rejected members, as the keys of an object or as a list.
    let lists: [String]
    /// The members of a list's item that name the rejected member.
    let names: [String]
    /// The members of a list's item that describe the error.
    let reasons: [String]
}
