internal import JSON

/// The ranges of bound fields' values in the output, so that a repeated value is copied, such as the author of many rows.
// PERF: measured with 100 rows of 10 authors: see `benchmarks/counts`.
struct SerializedValues {
    private struct Entry {
        var value = ValueReference(document: -1, node: -1)
        var field: Int32 = -1
        var start: UInt32 = 0
        var end: UInt32 = 0
    }

    /// A hash table with one entry for all values of the same number; the last one wins.
    private var entries: [Entry] = []

    /// The number of entries: a power of two.
    private static let entryCount = 256

    /// The range of a value in the same field; nil: it is unknown.
    func range(of value: ValueReference, in field: PlanFieldID) -> Range<Int>? {
        guard !entries.isEmpty else { return nil }
        let entry = entries[Self.number(of: value, in: field)]
        guard entry.value == value, Int(entry.field) == field.index else { return nil }
        return Int(entry.start)..<Int(entry.end)
    }

    /// Stores the range of a value that has been written completely and without an error.
    mutating func note(_ range: Range<Int>, of value: ValueReference, in field: PlanFieldID) {
        guard let start = UInt32(exactly: range.lowerBound), let end = UInt32(exactly: range.upperBound) else { return }
        if entries.isEmpty { entries = Array(repeating: Entry(), count: Self.entryCount) }
        entries[Self.number(of: value, in: field)] = Entry(
            value: value,
            field: Int32(truncatingIfNeeded: field.index),
            start: start,
            end: end
        )
    }

    /// Removes all entries, as output has been truncated.
    mutating func forget() {
        entries.removeAll()
    }

    private static func number(of value: ValueReference, in field: PlanFieldID) -> Int {
        let mixed = (UInt32(bitPattern: value.node) &+ UInt32(bitPattern: value.document) &* 31) &* 0x9E37_79B1
        return (Int(mixed >> 16) &+ field.index) & (entryCount - 1)
    }
}
