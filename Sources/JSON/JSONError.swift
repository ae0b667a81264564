/// Why a text is not accepted as JSON, and where.
package struct JSONError: Error, Hashable, Sendable {
    /// The kinds of fault.
    package enum Code: String, Sendable, Hashable {
        /// The text stops before its value is complete.
        case unexpectedEnd
        /// A byte cannot stand where it does.
        case unexpectedByte
        /// A value is followed by more than white space.
        case trailingBytes
        /// A number is not written as JSON asks.
        case invalidNumber
        /// A backslash is followed by no known escape.
        case invalidEscape
        /// A control character stands in a string without an escape.
        case controlCharacter
        /// A string's bytes are not UTF-8.
        case invalidUTF8
        /// An object names a member twice where that is not allowed.
        case duplicateKey
        /// Arrays and objects are nested deeper than the limit.
        case tooDeep
        /// The text is longer than the limit.
        case tooLarge
    }

    /// The kind of fault.
    package let code: Code
    /// The fault in words, with its place, as a sentence.
    package let message: String
    /// The offset of the byte at fault.
    package let offset: Int

    /// Makes an error whose message is the given words and the place.
    init(_ code: Code, _ words: String, at offset: Int) {
        self.code = code
        self.offset = offset
        message = "\(words) at byte \(offset)."
    }
}

extension JSONError: CustomStringConvertible {
    /// The message.
    package var description: String { message }
}
