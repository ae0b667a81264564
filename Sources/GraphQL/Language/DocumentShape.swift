internal import JSON

/// A document's text without the parts that do not affect its validity: ignored characters, and the names of its aliases.
///
/// Documents of one shape only differ in a renaming of aliases, in which different aliases stay different, and none becomes another
/// name of the document. So they are valid together, select the same fields in the same order, and only differ in response keys.
///
/// https://spec.graphql.org/September2025/#sec-Field-Alias
package struct DocumentShape: Sendable, Hashable {
    private let bytes: [UInt8]
    private let digest: Int
    /// The aliases of the document, each once, in the order of the document.
    package let aliases: [String]

    /// The most bytes of a text, as longer ones, and those with more aliases, take long to compare.
    private static let maximumBytes = 16 << 10
    private static let maximumTokens = 1000
    private static let maximumAliases = 32

    /// Ends each token; no token has it.
    private static let end: UInt8 = 0
    /// Stands before the number of an alias; no token begins with it.
    private static let aliasMark: UInt8 = 1

    /// Finds the shape of a text; nil if the text is too long or unusual, or not a valid document.
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

    /// The bytes that it takes in memory.
    package var byteCount: Int { bytes.count + aliases.reduce(0) { $0 + 16 + $1.utf8.count } }

    package static func == (left: DocumentShape, right: DocumentShape) -> Bool {
        left.digest == right.digest && left.bytes == right.bytes
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    /// The digest by which a doorkeeper distinguishes shapes.
    package var number: Int { digest }
}
