/// A number in decimal notation: digits without zeros at either end, times a power of ten.
struct DecimalText {
    /// Whether the number has a minus sign.
    private(set) var isNegative = false
    /// The digits, empty for zero.
    private(set) var digits: [UInt8] = []
    /// The exponent of ten; nil if it exceeds the range of `Int`.
    private(set) var power: Int? = 0

    /// Parses the text of a JSON number.
    init(_ text: String) {
        var fractionDigits = 0
        var isFraction = false
        var exponent: Int? = 0
        scan: for (offset, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                exponent = Int(Substring(text.utf8.dropFirst(offset + 1)))
                break scan
            default:
                digits.append(byte)
                if isFraction { fractionDigits += 1 }
            }
        }
        let trailingZeros = digits.reversed().prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeLast(trailingZeros)
        digits.removeFirst(digits.prefix { $0 == UInt8(ascii: "0") }.count)
        power = exponent.flatMap { exponent in
            let (sum, overflow) = exponent.addingReportingOverflow(trailingZeros - fractionDigits)
            return overflow ? nil : sum
        }
    }

    /// The value as an integer; nil if it has a fraction or does not fit.
    var wholeValue: Int? {
        if digits.isEmpty { return 0 }
        guard let power, 0...18 ~= power else { return nil }
        let sign = isNegative ? "-" : ""
        return Int(sign + String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: power))
    }

    /// The value without a fraction or an exponent; nil if it is not whole or has more than 400 digits.
    var wholeDigits: String? {
        if digits.isEmpty { return "0" }
        guard let power, power >= 0, digits.count + power <= 400 else { return nil }
        let sign = isNegative ? "-" : ""
        return sign + String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: power)
    }

    /// Whether the value is less than another, however many digits both have.
    func isLess(than other: DecimalText) -> Bool {
        let isBelowZero = isNegative && !digits.isEmpty
        let otherIsBelowZero = other.isNegative && !other.digits.isEmpty
        if isBelowZero != otherIsBelowZero { return isBelowZero }
        return isBelowZero ? other.isSmaller(than: self) : isSmaller(than: other)
    }

    /// Whether the value without its sign is less than another without its sign.
    private func isSmaller(than other: DecimalText) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
        // The position of the decimal point, counted from the first digit; exponents beyond `Int` are greater than all others.
        let point = power.map { $0 + digits.count } ?? .max
        let otherPoint = other.power.map { $0 + other.digits.count } ?? .max
        return point != otherPoint ? point < otherPoint : digits.lexicographicallyPrecedes(other.digits)
    }

    /// Writes a finite double as ECMAScript does: the fewest digits that read back as it, an exponent only for extremes.
    ///
    /// See https://tc39.es/ecma262/#sec-numeric-types-number-tostring.
    static func shortest(for value: Double) -> String {
        if value == 0 { return "0" }
        let description = value.description
        // In this range Swift writes the same, but for the fraction of whole numbers.
        if 1e-3..<1e15 ~= value.magnitude {
            return description.hasSuffix(".0") ? String(description.dropLast(2)) : description
        }
        let decimal = DecimalText(description)
        return decimal.scientific(point: decimal.digits.count + (decimal.power ?? 0))
    }

    /// Writes the number, given the position of its decimal point relative to the first digit.
    private func scientific(point: Int) -> String {
        let digits = String(decoding: self.digits, as: UTF8.self)
        let count = self.digits.count
        var text = isNegative ? "-" : ""
        if count <= point, point <= 21 {
            text += digits + String(repeating: "0", count: point - count)
        } else if 0 < point, point <= 21 {
            text += digits.prefix(point) + "." + digits.dropFirst(point)
        } else if -6 < point, point <= 0 {
            text += "0." + String(repeating: "0", count: -point) + digits
        } else {
            text += digits.prefix(1)
            if count > 1 { text += "." + digits.dropFirst() }
            text += point > 0 ? "e+\(point - 1)" : "e-\(1 - point)"
        }
        return text
    }
}
