/// The subscribers of one stream that receive a result, identified by the number of changes before they began.
package struct Audience: Sendable, Equatable {
    /// The ranges of these numbers, in order and disjoint.
    private var ranges: [Range<UInt64>]

    /// No subscriber.
    package static let nobody = Audience(ranges: [])

    /// All subscribers.
    package static let everybody = Audience(ranges: [0..<UInt64.max])

    /// Whether it has no subscriber.
    package var isEmpty: Bool { ranges.isEmpty }

    /// Whether it has the subscribers that began after a number of changes.
    package func contains(_ begunAfter: UInt64) -> Bool { ranges.contains { $0.contains(begunAfter) } }

    /// Adds subscribers that began after those that it has.
    mutating func add(_ range: Range<UInt64>) {
        guard !range.isEmpty else { return }
        if let last = ranges.last, last.upperBound == range.lowerBound {
            ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
        } else {
            ranges.append(range)
        }
    }
}
