extension JSONNumber {
    /// The exact digits of a whole number, without a fraction or an exponent: `7` for `7.0` and for `70e-1`.
    ///
    /// Nil for other numbers, and for those with more than a hundred digits.
    package var wholeText: String? {
        let decimal = DecimalText(text)
        if decimal.digits.isEmpty { return "0" }
        guard let power = decimal.power, power >= 0, decimal.digits.count + power <= 100 else { return nil }
        let sign = decimal.isNegative ? "-" : ""
        return sign + String(decoding: decimal.digits, as: UTF8.self) + String(repeating: "0", count: power)
    }
}
