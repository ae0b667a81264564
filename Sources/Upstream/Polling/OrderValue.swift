/// A value by which rows are sorted: a time as text, or a number.
struct OrderValue: Sendable, Hashable, Comparable {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    static func < (left: OrderValue, right: OrderValue) -> Bool {
        if let left = Double(left.text), let right = Double(right.text) { return left < right }
        // `…:56Z` comes before `…:56.5Z`.
        return left.time.lexicographicallyPrecedes(right.time)
    }

    private var time: Substring.UTF8View {
        let utf8 = text[...].utf8
        return utf8.last == UInt8(ascii: "Z") ? utf8.dropLast() : utf8
    }
}
