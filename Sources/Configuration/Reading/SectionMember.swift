/// A member that a section of the configuration file may have, as it is read and documented.
package struct SectionMember: Sendable, Hashable {
    package let name: String
    /// What its value is, in words.
    package let kind: String
    /// The value that stands for a missing one, in words; nil: it must be there, or there is no such value.
    package let defaultValue: String?
    /// What it is for.
    package let meaning: String

    init(_ name: String, _ kind: String, default defaultValue: String? = nil, _ meaning: String) {
        self.name = name
        self.kind = kind
        self.defaultValue = defaultValue
        self.meaning = meaning
    }
}
