/// A number as its text, so that large and long numbers are copied unchanged.
///
/// Two numbers are equal if their texts are.
package struct JSONNumber: Sendable, Hashable {
    /// The number's JSON text.
    package let text: String
    /// Whether the text has neither a fraction nor an exponent.
    package let isInteger: Bool

    /// Makes a number of a text that is known to be valid.
    init(uncheckedText text: String, isInteger: Bool) {
        self.text = text
        self.isInteger = isInteger
    }

    /// Makes a number of its JSON text; nil if the text is not valid.
    package init?(text: String) {
        guard let nodes = try? JSONParser.index(of: text.utf8.span, limits: .standard).nodes, nodes.count == 1,
            Int(nodes[0].end) - Int(nodes[0].start) == text.utf8.count
        else { return nil }
        switch nodes[0].kind {
        case .integer: self.init(uncheckedText: text, isInteger: true)
        case .number: self.init(uncheckedText: text, isInteger: false)
        case .null, .true, .false, .string, .array, .object, .link, .reference: return nil
        }
    }

    /// Writes an integer.
    package init(_ value: Int) {
        self.init(uncheckedText: String(value), isInteger: true)
    }

    /// Writes a double in the shortest form that reads back as the same one; nil for infinities and NaN.
    package init?(_ value: Double) {
        guard value.isFinite else { return nil }
        let text = DecimalText.shortest(for: value)
        self.init(
            uncheckedText: text,
            isInteger: !text.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") }
        )
    }

    /// The value if it is whole and fits, in any notation: 3, 3.0 and 3e0 are all 3.
    package var intValue: Int? {
        // Integer notation is parsed directly; -0 is zero.
        if isInteger { return Int(text) }
        return DecimalText(text).wholeValue
    }

    /// All digits of the value if it is whole, in any notation and of any length: 3, 3.0 and 3e0 are all 3.
    ///
    /// Nil beyond 400 digits, which no double has.
    package var wholeDigits: String? { DecimalText(text).wholeDigits }

    /// Whether the value is less than another's, exactly for numbers of any length.
    package func isLess(than other: JSONNumber) -> Bool { DecimalText(text).isLess(than: DecimalText(other.text)) }

    /// The nearest double, nil beyond a double's range.
    package var doubleValue: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}
