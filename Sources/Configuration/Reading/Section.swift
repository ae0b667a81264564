/// A section of the configuration file, with the members that it may have.
package struct Section: Sendable, Hashable {
    /// The title in documents.
    package let title: String
    package let members: [SectionMember]

    /// The names of the members.
    var names: [String] { members.map(\.name) }
}
