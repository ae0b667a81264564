/// The reason why a text is not accepted as JSON, with its position.
package struct JSONError: Error, Hashable, Sendable {
    /// The kinds of errors.
    package enum Code: String, Sendable, Hashable {
        /// The text stops before its value is complete.
        case unexpectedEnd
        /// A byte is not allowed at its position.
        case unexpectedByte
        /// A value is followed by more than white space.
        case trailingBytes
        /// A number does not follow the JSON grammar.
        case invalidNumber
        /// A backslash is followed by no known escape.
        case invalidEscape
        /// A control character stands in a string without an escape.
        case controlCharacter
        /// A string's bytes are not UTF-8.
        case invalidUTF8
        /// An object has a repeated key where that is not allowed.
        case duplicateKey
        /// Arrays and objects are nested deeper than the limit.
        case tooDeep
        /// The text is longer than the limit.
        case tooLarge
    }

    /// The kind of the error.
    package let code: Code
    /// A sentence that describes the error and its position.
    package let message: String
    /// The zero-based offset of the invalid byte.
    package let offset: Int

    /// Makes an error whose message has the given words and the position.
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
