/// The least and the most that a number can be; both stop at a ceiling instead of overflowing.
package struct CostRange: Sendable, Hashable {
    package let min: Int
    package let max: Int

    /// Stands for any number that is as large or larger.
    package static let ceiling = 1_000_000_000

    package static let zero = CostRange(0, 0)

    /// Makes a range of two numbers that are not negative.
    package init(_ min: Int, _ max: Int) {
        self.min = Swift.min(min, Self.ceiling)
        self.max = Swift.min(max, Self.ceiling)
    }

    package static func + (left: CostRange, right: CostRange) -> CostRange {
        CostRange(left.min.addingSaturating(right.min), left.max.addingSaturating(right.max))
    }

    static func += (left: inout CostRange, right: CostRange) {
        left = left + right
    }
}

extension Int {
    /// The sum of two numbers that are not negative, or the ceiling.
    func addingSaturating(_ other: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? CostRange.ceiling : Swift.min(sum, CostRange.ceiling)
    }

    /// The product of two numbers that are not negative, or the ceiling.
    func multipliedSaturating(by other: Int) -> Int {
        let (product, overflows) = multipliedReportingOverflow(by: other)
        return overflows ? CostRange.ceiling : Swift.min(product, CostRange.ceiling)
    }
}
