internal import JSON

/// A document's text without what makes no difference to its validity: ignored characters, and which names its aliases are.
///
/// Documents of one shape are equal but for a renaming of aliases, in which different aliases stay different, and none becomes another
/// name of the document. So they are valid together, ask for the same fields in the same order, and differ in response keys alone.
///
/// https://spec.graphql.org/September2025/#sec-Field-Alias
package struct DocumentShape: Sendable, Hashable {
    private let bytes: [UInt8]
    private let digest: Int
    /// The aliases that the shape leaves open, each once, in the order of the document.
    package let aliases: [String]

    /// Longer texts, and those with more aliases, take long to compare.
    private static let maximumBytes = 16 << 10
    private static let maximumTokens = 1000
    private static let maximumAliases = 32

    /// Ends each token; no token has it.
    private static let end: UInt8 = 0
    /// Stands before the number of an alias; no token begins with it.
    private static let aliasMark: UInt8 = 1

    /// Finds the shape of a text; nil if the text is long or has anything uncommon in it, perhaps as it is no document.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.maximumBytes else { return nil }
        let source = Array(text.utf8)
        guard var tokens = DocumentShapeTokens(source, maximumCount: Self.maximumTokens) else { return nil }
        var open: [Range<Int>] = []
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count * 2)
        let ranges = tokens.ranges
        for (position, range) in ranges.enumerated() {
            if tokens.isAlias(position), let number = tokens.number(of: range, in: &open) {
                guard number < Self.maximumAliases else { return nil }
                bytes.append(Self.aliasMark)
                bytes.append(UInt8(number))
            } else {
                bytes += source[range]
            }
            bytes.append(Self.end)
        }
        self.bytes = bytes
        digest = unsafe bytes.withUnsafeBytes { unsafe KeyedDigest.of($0) }
        aliases = open.map { range in String(decoding: source[range], as: UTF8.self) }
    }

    /// The memory that it takes up.
    package var byteCount: Int { bytes.count + aliases.reduce(0) { $0 + 16 + $1.utf8.count } }

    package static func == (left: DocumentShape, right: DocumentShape) -> Bool {
        left.digest == right.digest && left.bytes == right.bytes
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    /// By which a doorkeeper distinguishes shapes.
    package var number: Int { digest }
}
