/// The grammar of RFC 8259 written for clarity, to be compared with the parser; it takes any bytes for a string's contents.
struct ReferenceGrammar {
    private var rest: ArraySlice<UInt8>

    /// Whether the whole text is JSON.
    static func accepts(_ text: [UInt8]) -> Bool {
        var grammar = ReferenceGrammar(rest: text[...])
        return grammar.element() && grammar.rest.isEmpty
    }

    private mutating func element() -> Bool {
        space()
        guard value() else { return false }
        space()
        return true
    }

    private mutating func space() {
        rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }

    private mutating func value() -> Bool {
        if take("[") { return list(end: "]") { $0.element() } }
        if take("{") { return list(end: "}") { $0.member() } }
        if take("\"") { return stringRest() }
        return take("true") || take("false") || take("null") || number()
    }

    private mutating func list(end: String, item: (inout ReferenceGrammar) -> Bool) -> Bool {
        space()
        if take(end) { return true }
        repeat {
            guard item(&self) else { return false }
        } while take(",")
        return take(end)
    }

    private mutating func member() -> Bool {
        space()
        guard take("\""), stringRest() else { return false }
        space()
        return take(":") && element()
    }

    private mutating func stringRest() -> Bool {
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return true }
            if byte < 0x20 { return false }
            guard byte == UInt8(ascii: "\\") else { continue }
            if take("u") {
                let digits = rest.prefix(4)
                guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
                    return false
                }
                rest = rest.dropFirst(4)
            } else {
                guard let escape = rest.popFirst(), "\"\\/bfnrt".utf8.contains(escape) else { return false }
            }
        }
        return false
    }

    private mutating func number() -> Bool {
        _ = take("-")
        guard take("0") || digits() else { return false }
        if take("."), !digits() { return false }
        guard take("e") || take("E") else { return true }
        _ = take("+") || take("-")
        return digits()
    }

    private mutating func digits() -> Bool {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest.dropFirst(digits.count)
        return !digits.isEmpty
    }

    private mutating func take(_ text: String) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }
}
