/// A member of a section of the configuration file, as it is parsed and documented.
package struct SectionMember: Sendable, Hashable {
    package let name: String
    /// The kind of its value, in words.
    package let kind: String
    /// The default value, in words; nil: it is required, or has no default.
    package let defaultValue: String?
    /// The purpose, in words.
    package let meaning: String

    init(_ name: String, _ kind: String, default defaultValue: String? = nil, _ meaning: String) {
        self.name = name
        self.kind = kind
        self.defaultValue = defaultValue
        self.meaning = meaning
    }
}
