/// The subscribers that a result is for, of those of one stream: by how many changes there had been when each of them began.
package struct Audience: Sendable, Equatable {
    /// Each with those who began after so many changes, in order and apart from each other.
    private var ranges: [Range<UInt64>]

    /// Nobody.
    package static let nobody = Audience(ranges: [])

    /// Everybody.
    package static let everybody = Audience(ranges: [0..<UInt64.max])

    /// Whether it is nobody.
    package var isEmpty: Bool { ranges.isEmpty }

    /// Whether it has those who began after so many changes.
    package func contains(_ begunAfter: UInt64) -> Bool { ranges.contains { $0.contains(begunAfter) } }

    /// Adds those who began after those that it has.
    mutating func add(_ range: Range<UInt64>) {
        guard !range.isEmpty else { return }
        if let last = ranges.last, last.upperBound == range.lowerBound {
            ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
        } else {
            ranges.append(range)
        }
    }
}
