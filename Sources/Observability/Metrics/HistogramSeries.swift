internal import CoreMetrics
private import Synchronization

/// A histogram without a lock, sharded so that threads do not contend for a cache line.
final class HistogramSeries: TimerHandler, RecorderHandler, MetricSeries {
    // The shards are whole cache lines: the buckets, and the sum in the last cell.
    private let cells = InlineArray<192, Atomic<Int>> { _ in Atomic(0) }
    /// The upper bounds in units of recorded values, padded with `Int.max`.
    private let limits: InlineArray<24, Int>
    /// The number of upper bounds; one more bucket counts greater values.
    private let boundCount: Int
    /// The bucket of the least value with each number of significant bits.
    private let firstBuckets: InlineArray<64, UInt8>
    /// The recorded units per unit of the metric.
    private let scale: Double
    private let created = UnixTime.now()

    private static let stride = 192 / ThreadShard.count
    /// The most bounds: each shard also has a bucket for greater values, and the sum.
    static let maximumBounds = stride - 2

    /// Makes a histogram.
    ///
    /// - Parameters:
    ///   - bounds: the upper bounds of the buckets, in the unit of the metric.
    ///   - scale: the recorded units per unit of the metric, such as 1e9 for nanoseconds and seconds.
    init(bounds: [Double], scale: Double) {
        let limits = bounds.prefix(Self.maximumBounds).map { Int(($0 * scale).rounded()) }
        boundCount = limits.count
        self.limits = InlineArray { $0 < limits.count ? limits[$0] : .max }
        firstBuckets = InlineArray { width in
            let least = width == 0 ? 0 : 1 << (width - 1)
            return UInt8(limits.firstIndex { $0 >= least } ?? limits.count)
        }
        self.scale = scale
    }

    func recordNanoseconds(_ duration: Int64) { record(duration) }

    func record(_ value: Double) {
        record(Int64(exactly: value.rounded()) ?? (value > 0 ? .max : 0))
    }

    func record(_ value: Int64) { record(value, shard: ThreadShard.current) }

    /// Records a value on the current thread, whose shard is known.
    func record(_ value: Int64, shard: Int) {
        let value = Int(value)
        // PERF: the search begins at the first bucket for values of this magnitude, which leaves one or two comparisons.
        var bucket = Int(firstBuckets[value > 0 ? Int.bitWidth - value.leadingZeroBitCount : 0])
        while value > limits[bucket] { bucket &+= 1 }
        let base = shard &* Self.stride
        cells[base &+ bucket].wrappingAdd(1, ordering: .relaxed)
        cells[base &+ Self.stride &- 1].wrappingAdd(value, ordering: .relaxed)
    }

    private func total(_ cell: Int) -> Int {
        (0..<ThreadShard.count).reduce(0) { $0 &+ cells[$1 * Self.stride + cell].load(ordering: .relaxed) }
    }

    func append(to page: inout ExpositionPage, of family: MetricDeclaration, labels: [(String, String)]) {
        // The sum is read first, so that it never includes values that the buckets lack.
        let sum = Double(total(Self.stride - 1)) / scale
        var count = 0
        for (bucket, bound) in family.bounds.prefix(boundCount).enumerated() {
            count += total(bucket)
            page.sample(family.name + "_bucket", labels + [("le", ExpositionPage.bound(bound))], "\(count)")
        }
        count += total(boundCount)
        page.sample(family.name + "_bucket", labels + [("le", "+Inf")], "\(count)")
        page.sample(family.name + "_sum", labels, ExpositionPage.number(sum))
        page.sample(family.name + "_count", labels, "\(count)")
        page.created(family.name, labels, created)
    }
}
