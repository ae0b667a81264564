internal import BaseEncodings
internal import JSON

/// The ids of sessions, which only this process can make: ids that clients make up are invalid.
///
/// An id is a random text, a dot, and a message authentication code of the text and its owner with a secret of the process, so that no
/// list of ids is needed.
enum MCPSessionID {
    private static let secret: [UInt8] = random(words: 4)
    private static let codeBytes = 16
    /// The most bytes of an id.
    private static let longest = 128

    /// A new id of a session of an owner.
    static func make(for owner: MCPSessionOwner) -> String {
        let text = Hexadecimal.encode(random(words: 2))
        return "\(text).\(code(of: text, owner) ?? "")"
    }

    /// Whether this process has made an id for an owner.
    static func isValid(_ id: String, for owner: MCPSessionOwner) -> Bool {
        guard id.utf8.count <= longest else { return false }
        let parts = id.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let code = code(of: String(parts[0]), owner) else { return false }
        return HMACSHA256.areEqual(Array(parts[1].utf8), Array(code.utf8))
    }

    /// Whether a text has the syntax of an id, so that another process of the gateway may have made it.
    static func hasForm(_ id: String) -> Bool {
        let parts = id.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                part.count == 2 * codeBytes && part.allSatisfy { hexadecimalDigits.contains($0) }
            }
    }

    private static let hexadecimalDigits = Array("0123456789abcdef".utf8)

    private static func code(of text: String, _ owner: MCPSessionOwner) -> String? {
        // Hash values have a random seed in each process, as the secret is random in each process.
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
