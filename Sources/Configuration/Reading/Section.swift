/// A section of the configuration file: the members that it may have.
package struct Section: Sendable, Hashable {
    /// What it is called in documents.
    package let title: String
    package let members: [SectionMember]

    /// The names of the members.
    var names: [String] { members.map(\.name) }
}
