/// Limits the length of error messages, which quote input of clients and upstreams.
package enum MessageText {
    /// The most bytes of a text that stays unchanged.
    package static let maximumBytes = 2000
    /// The bytes of the beginning and of the end of a longer text that remain.
    private static let remainingBytes = (start: 1500, end: 400)

    /// A text of limited length: of a longer one the beginning and the end, which mostly states what to do.
    package static func bounded(_ text: String) -> String {
        let utf8 = text.utf8
        guard utf8.count > maximumBytes else { return text }
        var start = utf8.index(utf8.startIndex, offsetBy: remainingBytes.start)
        var end = utf8.index(utf8.endIndex, offsetBy: -remainingBytes.end)
        // Neither part is cut within a character.
        while isContinuation(utf8[start]) { start = utf8.index(before: start) }
        while end < utf8.endIndex, isContinuation(utf8[end]) { end = utf8.index(after: end) }
        return "\(text[..<start])…\(text[end...])"
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
