/// How an error's body says which members of a write's body the upstream does not accept.
struct BlameConventions: Sendable {
    /// The members that hold blamed members, as an object of them or as a list.
    let lists: [String]
    /// The members of a list's item that name one.
    let names: [String]
    /// The members of a list's item that say what is wrong with it.
    let reasons: [String]
}
