import Testing

@testable import Observability

/// In which bucket values are counted.
@Suite struct HistogramSeriesTests {
    private static let bounds: [[Double]] = [
        MetricDeclaration.durations.map { $0 * 1e9 }, MetricDeclaration.sizes, MetricDeclaration.counts, [], [0],
        [1, 2, 3, 4],
        (1...40).map { Double($0) },
    ]

    @Test(arguments: bounds) func eachValueIsCountedInTheFirstBucketThatHoldsIt(bounds: [Double]) {
        let limits = bounds.prefix(HistogramSeries.maximumBounds).map { Int64($0.rounded()) }
        var values: [Int64] = [.max, -1, .min + 1]
        for limit in limits { values += [limit - 1, limit, limit + 1] }
        for bits in 0..<63 as Range<Int64> { values += [1 << bits, (1 << bits) - 1] }
        for value in values {
            let series = HistogramSeries(bounds: bounds, scale: 1)
            series.record(value)
            let metric = MetricDeclaration(.histogram, "test", bounds: bounds, "A test.")
            var page = ExpositionPage(isOpenMetrics: false)
            series.append(to: &page, of: metric, labels: [])
            let counts = String(decoding: page.bytes, as: UTF8.self).split(separator: "\n")
                .filter { $0.contains("_bucket") }.map { $0.hasSuffix(" 1") }
            #expect(counts == limits.map { value <= $0 } + [true], "\(value)")
        }
    }
}
