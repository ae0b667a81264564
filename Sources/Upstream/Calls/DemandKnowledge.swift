internal import Caching
private import Synchronization

/// The recent requests for single objects or lists that one larger list would have covered, by that list.
final class DemandKnowledge: Sendable {
    /// The most bytes of all recorded requests.
    private static let maximumBytes = 2 << 20

    private let demands = Mutex(SieveCache<UpstreamKnowledge.CollectionKey, RecentDemand>(maximumBytes: maximumBytes))

    /// Records requests for objects or lists, by the hashes of their names.
    ///
    /// - Parameters:
    ///   - names: the hashes.
    ///   - list: the list that would have covered them.
    ///   - areCertain: whether the list is known to contain them.
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

    /// Removes the requests for objects that the list does not contain.
    func forget(_ names: [Int], of list: UpstreamKnowledge.CollectionKey) {
        demands.withLock { demands in
            _ = demands.update(list) { demand in
                for name in names { demand.forget(name) }
            }
        }
    }

    /// The number of distinct objects or lists that were requested lately, apart from some.
    func count(
        of list: UpstreamKnowledge.CollectionKey,
        at instant: ContinuousClock.Instant,
        without names: [Int]
    ) -> Int {
        demands.withLock { $0.count == 0 ? 0 : $0.value(for: list)?.count(at: instant, without: names) ?? 0 }
    }
}
