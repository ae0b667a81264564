internal import JSON

/// Where values of bound fields lie in the output, so that one that comes again is copied: the author of many rows.
// PERF: measured with 100 rows of 10 authors: see `benchmarks/counts`.
struct SerializedValues {
    private struct Entry {
        var value = ValueReference(document: -1, node: -1)
        var field: Int32 = -1
        var start: UInt32 = 0
        var end: UInt32 = 0
    }

    /// One place for all values of the same number; the last one counts.
    private var entries: [Entry] = []

    /// A power of two.
    private static let entryCount = 256

    /// Where a value lies that stood in the same field.
    func range(of value: ValueReference, in field: PlanFieldID) -> Range<Int>? {
        guard !entries.isEmpty else { return nil }
        let entry = entries[Self.number(of: value, in: field)]
        guard entry.value == value, Int(entry.field) == field.index else { return nil }
        return Int(entry.start)..<Int(entry.end)
    }

    /// Notes where a value has been written completely and without an error.
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

    /// Forgets everything: output has been taken back.
    mutating func forget() {
        entries.removeAll()
    }

    private static func number(of value: ValueReference, in field: PlanFieldID) -> Int {
        let mixed = (UInt32(bitPattern: value.node) &+ UInt32(bitPattern: value.document) &* 31) &* 0x9E37_79B1
        return (Int(mixed >> 16) &+ field.index) & (entryCount - 1)
    }
}
