extension JSONParser {
    /// The error of a text that ends too early.
    @inline(never)
    func endError(_ text: Span<UInt8>) -> JSONError {
        JSONError(.unexpectedEnd, "Unexpected end of the text", at: text.count)
    }

    /// The error of a byte that is not allowed at its position.
    @inline(never)
    func unexpected(_ text: Span<UInt8>, at position: Int, expected: String) -> JSONError {
        JSONError(.unexpectedByte, "Expected \(expected), found \(describe(text[position]))", at: position)
    }

    /// The error of an unknown literal, at its first byte that differs.
    @inline(never)
    func literalError(_ name: StaticString, _ text: Span<UInt8>, at start: Int) -> JSONError {
        var offset = start
        for expected in name.description.utf8 {
            guard offset < text.count else { return endError(text) }
            guard text[offset] == expected else { break }
            offset += 1
        }
        let found = describe(text[min(offset, text.count - 1)])
        return JSONError(.unexpectedByte, "Expected “\(name)”, found \(found)", at: offset)
    }

    /// A byte in a form that a message can show.
    func describe(_ byte: UInt8) -> String {
        if byte > 0x20, byte < 0x7F { return "“\(Unicode.Scalar(byte))”" }
        let digits = String(byte, radix: 16, uppercase: true)
        return "byte 0x\(digits.count == 1 ? "0" : "")\(digits)"
    }
}
