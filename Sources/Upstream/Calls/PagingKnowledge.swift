internal import Caching
private import Synchronization

/// The paging habits that earlier reads have shown, by workspace and collection.
final class PagingKnowledge: Sendable {
    /// A collection of a workspace; an empty path stands for all of them.
    private struct Key: Sendable, Hashable {
        let workspace: Int
        let path: String

        /// The bytes that it takes up outside of itself.
        var allocatedBytes: Int { AllocatedBytes.string(path) }
    }

    private struct Learned {
        let habits: PagingHabits
        let at: ContinuousClock.Instant
    }

    /// The most bytes of each of the caches: of pages, of totals, and of habits.
    private static let maximumBytes = 1 << 20
    /// The time for which a doubtful habit counts: rows may have moved while they were read.
    private static let doubtfulHabitLasts = Duration.seconds(600)

    /// The time for which a list is assumed still to end with the full page with which it ended.
    private static let endLasts = Duration.seconds(60)

    private struct Total {
        let rows: Int
        let at: ContinuousClock.Instant
        /// The workspace's epoch: the total reflects the writes before it.
        let epoch: InvalidationLog.Epoch
    }

    /// A page of a list.
    private struct PageKey: Sendable, Hashable {
        let list: UpstreamKnowledge.CollectionKey
        let page: Int
    }

    private let readings = Mutex(SieveCache<PageKey, UInt64>(maximumBytes: maximumBytes))
    private let totals = Mutex(SieveCache<UpstreamKnowledge.CollectionKey, Total>(maximumBytes: maximumBytes))
    private let learned = Mutex(SieveCache<Key, Learned>(maximumBytes: maximumBytes))

    /// The known habits of a collection before it is read.
    ///
    /// - Parameters:
    ///   - workspace: the index of the workspace.
    ///   - path: the collection's path; its query is ignored.
    ///   - instant: the time.
    /// - Returns: its own habits, and those of the workspace where it has shown none.
    func habits(workspace: Int, path: String, at instant: ContinuousClock.Instant) -> PagingHabits {
        let own = learned.withLock { $0.value(for: Key(workspace: workspace, path: Self.route(of: path))) }
        let others = learned.withLock { $0.value(for: Key(workspace: workspace, path: "")) }
        let habits = own.flatMap { isValid($0, at: instant) ? $0.habits : nil } ?? PagingHabits()
        return habits.filled(from: others?.habits ?? PagingHabits())
    }

    /// Stores the habits that a collection has shown.
    func learn(_ habits: PagingHabits, workspace: Int, path: String, at instant: ContinuousClock.Instant) {
        let key = Key(workspace: workspace, path: Self.route(of: path))
        let shared = Key(workspace: workspace, path: "")
        learned.withLock { learned in
            // Another request may have learned something since this one began.
            var habits = habits
            if let own = learned.value(for: key), isValid(own, at: instant) {
                habits = habits.keepingDoubts(of: own.habits)
            }
            _ = learned.insert(Learned(habits: habits, at: instant), for: key, cost: key.allocatedBytes)
            let others = learned.value(for: shared)?.habits ?? PagingHabits()
            let merged = habits.ofWorkspace.filled(from: others)
            _ = learned.insert(Learned(habits: merged, at: instant), for: shared, cost: shared.allocatedBytes)
        }
    }

    /// The number of rows of a list that was recently seen to end with a full page; nil if that is unknown.
    ///
    /// - Parameters:
    ///   - key: the list.
    ///   - instant: the current time.
    ///   - maxAge: the time for which responses are fresh; an older total is not used.
    ///   - epoch: the workspace's present epoch; a later write than the total's can have added a row.
    /// - Returns: the number of rows; nil if that is unknown.
    func recentTotal(
        of key: UpstreamKnowledge.CollectionKey,
        at instant: ContinuousClock.Instant,
        maxAge: Duration,
        epoch: InvalidationLog.Epoch
    ) -> Int? {
        // If no response is ever fresh, another client may have added a row since, even after a read at this very time.
        guard maxAge > .zero, let total = totals.withLock({ $0.value(for: key) }), total.epoch == epoch,
            instant - total.at <= min(maxAge, Self.endLasts)
        else { return nil }
        return total.rows
    }

    /// Stores the number of rows of a list that ends with a full page.
    func learn(
        total: Int,
        of key: UpstreamKnowledge.CollectionKey,
        at instant: ContinuousClock.Instant,
        epoch: InvalidationLog.Epoch
    ) {
        let total = Total(rows: total, at: instant, epoch: epoch)
        _ = totals.withLock { $0.insert(total, for: key, cost: key.allocatedBytes) }
    }

    /// The reading that fetched a page of a list last; nil: unknown.
    func reading(of page: Int, in list: UpstreamKnowledge.CollectionKey) -> UInt64? {
        readings.withLock { $0.value(for: PageKey(list: list, page: page)) }
    }

    /// Stores the number of the reading that fetches a page of a list.
    func note(_ reading: UInt64, of page: Int, in list: UpstreamKnowledge.CollectionKey) {
        let key = PageKey(list: list, page: page)
        _ = readings.withLock { $0.insert(reading, for: key, cost: list.allocatedBytes) }
    }

    private func isValid(_ learned: Learned, at instant: ContinuousClock.Instant) -> Bool {
        !learned.habits.isDoubtful || instant - learned.at <= Self.doubtfulHabitLasts
    }

    private static func route(of path: String) -> String { path.pathWithoutQuery }
}
