internal import CoreMetrics
private import Synchronization

/// A counter without a lock, sharded so that threads do not contend for a cache line.
final class CounterSeries: CounterHandler, MetricSeries {
    // A cache line for each shard, and one more, as the processor fetches them in pairs.
    private let cells = InlineArray<128, Atomic<Int>> { _ in Atomic(0) }
    private let created = UnixTime.now()

    private static let stride = 128 / ThreadShard.count

    func increment(by amount: Int64) { increment(by: amount, shard: ThreadShard.current) }

    /// Adds to the counter on the current thread, whose shard is known.
    func increment(by amount: Int64, shard: Int) {
        cells[shard &* Self.stride].wrappingAdd(Int(amount), ordering: .relaxed)
    }

    func reset() {
        for shard in 0..<ThreadShard.count { cells[shard * Self.stride].store(0, ordering: .relaxed) }
    }

    /// The sum of all shards.
    var value: Int {
        (0..<ThreadShard.count).reduce(0) { $0 &+ cells[$1 * Self.stride].load(ordering: .relaxed) }
    }

    func append(to page: inout ExpositionPage, of family: MetricDeclaration, labels: [(String, String)]) {
        page.sample(family.name + "_total", labels, "\(value)")
        page.created(family.name, labels, created)
    }
}
