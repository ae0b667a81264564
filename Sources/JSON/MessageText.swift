/// Texts of errors, which name what somebody has sent: a little of it is enough to be found there.
package enum MessageText {
    /// The most bytes of a text that is left as it is.
    package static let maximumBytes = 2000
    /// The bytes of the beginning and of the end that remain of a longer one.
    private static let remainingBytes = (start: 1500, end: 400)

    /// A text that is not long: of a longer one the beginning and the end, where most say what to do.
    package static func bounded(_ text: String) -> String {
        let utf8 = text.utf8
        guard utf8.count > maximumBytes else { return text }
        var start = utf8.index(utf8.startIndex, offsetBy: remainingBytes.start)
        var end = utf8.index(utf8.endIndex, offsetBy: -remainingBytes.end)
        // Neither part has a piece of a character.
        while isContinuation(utf8[start]) { start = utf8.index(before: start) }
        while end < utf8.endIndex, isContinuation(utf8[end]) { end = utf8.index(after: end) }
        return "\(text[..<start])…\(text[end...])"
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
