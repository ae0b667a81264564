internal import BaseEncodings
internal import JSON

/// The ids of sessions, which nobody but this process can make: what clients make up is none.
///
/// An id is a random text, a dot, and a code of the text and of whom it was made for with a secret of the process, so that no list
/// of ids is needed.
enum MCPSessionID {
    private static let secret: [UInt8] = random(words: 4)
    private static let codeBytes = 16
    /// Longer texts are no ids.
    private static let longest = 128

    /// A new id of a session that somebody begins.
    static func make(for owner: MCPSessionOwner) -> String {
        let text = Hexadecimal.encode(random(words: 2))
        return "\(text).\(code(of: text, owner) ?? "")"
    }

    /// Whether a text is an id that this process has made for somebody.
    static func isValid(_ id: String, for owner: MCPSessionOwner) -> Bool {
        guard id.utf8.count <= longest else { return false }
        let parts = id.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let code = code(of: String(parts[0]), owner) else { return false }
        return HMACSHA256.areEqual(Array(parts[1].utf8), Array(code.utf8))
    }

    /// Whether a text has the form of an id, so that another process of the gateway may have made it.
    static func hasForm(_ id: String) -> Bool {
        let parts = id.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                part.count == 2 * codeBytes && part.allSatisfy { hexadecimalDigits.contains($0) }
            }
    }

    private static let hexadecimalDigits = Array("0123456789abcdef".utf8)

    private static func code(of text: String, _ owner: MCPSessionOwner) -> String? {
        // Hash values have a seed of the process, as the secret is the process's own.
        HMACSHA256(key: secret)?.code(of: Array("\(text).\(owner.hashValue)".utf8)).map {
            Hexadecimal.encode($0.prefix(codeBytes))
        }
    }

    private static func random(words: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<words).flatMap { _ in
            let word: UInt64 = generator.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
        }
    }
}
