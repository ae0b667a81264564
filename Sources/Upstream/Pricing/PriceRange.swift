/// The least and the most that a number can be; both stop at a ceiling instead of overflowing.
package struct PriceRange: Sendable, Hashable {
    package let min: Int
    package let max: Int

    /// What stands for any number that is as large or larger.
    package static let ceiling = 1_000_000_000

    package static let zero = PriceRange(0, 0)

    /// Makes a range of two numbers that are not negative.
    package init(_ min: Int, _ max: Int) {
        self.min = Swift.min(min, Self.ceiling)
        self.max = Swift.min(max, Self.ceiling)
    }

    static func + (left: PriceRange, right: PriceRange) -> PriceRange {
        PriceRange(left.min.addingUpToCeiling(right.min), left.max.addingUpToCeiling(right.max))
    }

    static func += (left: inout PriceRange, right: PriceRange) {
        left = left + right
    }
}

extension Int {
    /// The sum of two numbers that are not negative, or the ceiling.
    func addingUpToCeiling(_ other: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? PriceRange.ceiling : Swift.min(sum, PriceRange.ceiling)
    }

    /// The product of two numbers that are not negative, or the ceiling.
    func multipliedUpToCeiling(by other: Int) -> Int {
        let (product, overflows) = multipliedReportingOverflow(by: other)
        return overflows ? PriceRange.ceiling : Swift.min(product, PriceRange.ceiling)
    }
}
