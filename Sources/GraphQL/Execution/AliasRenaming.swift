/// Other aliases for an operation: those of a document that has the same shape as the one that was planned.
///
/// Their plans differ in response keys alone, so that the one is executed in place of the other.
package struct AliasRenaming: Sendable {
    /// The aliases by those of the plan.
    package let aliases: [String: String]
    /// The text that has these aliases.
    private let text: String

    /// Describes a document.
    ///
    /// - Parameters:
    ///   - aliases: its aliases, by those of the plan at the same positions.
    ///   - text: its text.
    package init(_ aliases: [String: String], text: String) {
        self.aliases = aliases
        self.text = text
    }

    /// The response key that stands for one of the plan.
    func key(_ key: String) -> String { aliases[key] ?? key }

    /// Where the tokens of the plan's document are in this one.
    ///
    /// Both have the same tokens, but for the aliases.
    func locations(of source: Source) -> [SourceLocation: SourceLocation] {
        let own = Source(text)
        guard let old = DocumentShapeTokens(source.text, maximumCount: .max),
            let new = DocumentShapeTokens(own.text, maximumCount: .max), old.ranges.count == new.ranges.count
        else { return [:] }
        var locations: [SourceLocation: SourceLocation] = [:]
        for (old, new) in zip(old.ranges, new.ranges) {
            locations[source.location(at: old.lowerBound)] = own.location(at: new.lowerBound)
        }
        return locations
    }
}
