/// The least and the most of a number; both are limited to a ceiling instead of overflowing.
package struct CostRange: Sendable, Hashable {
    /// The least number.
    package let min: Int
    /// The greatest number.
    package let max: Int

    /// A number that stands for itself and all larger ones.
    package static let ceiling = 1_000_000_000

    /// The range from 0 to 0.
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
