/// The aliases of another document with the same shape as the one that was planned.
///
/// Their plans only differ in response keys, so that the one can be executed instead of the other.
package struct AliasRenaming: Sendable {
    /// The aliases of the other document, by those of the plan.
    package let aliases: [String: String]
    /// The text of the other document.
    private let text: String

    /// Makes a renaming.
    ///
    /// - Parameters:
    ///   - aliases: the aliases of the document, by those of the plan at the same positions.
    ///   - text: the text of the document.
    package init(_ aliases: [String: String], text: String) {
        self.aliases = aliases
        self.text = text
    }

    /// The response key for one of the plan.
    func key(_ key: String) -> String { aliases[key] ?? key }

    /// The locations of the other document's tokens, by those of the plan's document.
    ///
    /// Both have the same tokens except the aliases.
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
