internal import Caching
private import Synchronization

/// Recent requests for single objects or lists that a larger list would have covered, by that list.
final class DemandKnowledge: Sendable {
    /// The most bytes of what is remembered.
    private static let maximumBytes = 2 << 20

    private let demands = Mutex(SieveCache<UpstreamKnowledge.CollectionKey, RecentDemand>(maximumBytes: maximumBytes))

    /// Notes things that are asked for, by the hashes of their names.
    ///
    /// - Parameters:
    ///   - names: the hashes.
    ///   - list: the list.
    ///   - areCertain: whether the list is known to have them.
    ///   - instant: the time.
    func note(
        _ names: [Int],
        of list: UpstreamKnowledge.CollectionKey,
        areCertain: Bool,
        at instant: ContinuousClock.Instant
    ) {
        demands.withLock { demands in
            var demand = demands.value(for: list) ?? RecentDemand(at: instant)
            for name in names { demand.note(name, isCertain: areCertain, at: instant) }
            _ = demands.insert(demand, for: list, cost: list.allocatedBytes + demand.allocatedBytes)
        }
    }

    /// Forgets things that the list does not have.
    func forget(_ names: [Int], of list: UpstreamKnowledge.CollectionKey) {
        demands.withLock { demands in
            _ = demands.update(list) { demand in
                for name in names { demand.forget(name) }
            }
        }
    }

    /// How many things were asked for lately, apart from some.
    func count(
        of list: UpstreamKnowledge.CollectionKey,
        at instant: ContinuousClock.Instant,
        without names: [Int]
    ) -> Int {
        demands.withLock { $0.count == 0 ? 0 : $0.value(for: list)?.count(at: instant, without: names) ?? 0 }
    }
}
