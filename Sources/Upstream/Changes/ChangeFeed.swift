private import Synchronization

/// The changes of a workspace's objects, in the order in which this process learned of them.
///
/// When a change is in the feed, nothing older than it is used any more: who fetches the object gets it as it is after it.
package final class ChangeFeed: Sendable {
    private struct Subscribers {
        var all: [UInt64: ChangeSubscription] = [:]
        var last: UInt64 = 0
        var isClosed = false
    }

    private let subscribers = Mutex(Subscribers())

    /// Makes a feed that nobody reads.
    package init() {}

    /// How many subscribers there are.
    package var subscriberCount: Int { subscribers.withLock(\.all.count) }

    /// The changes from now on.
    ///
    /// - Parameter capacity: the most changes that wait for the subscriber; with one more it is dropped.
    /// - Returns: the subscription.
    package func subscribe(capacity: Int) -> ChangeSubscription {
        let subscription = ChangeSubscription(capacity: capacity)
        let id = subscribers.withLock { subscribers -> UInt64? in
            guard !subscribers.isClosed else { return nil }
            subscribers.last += 1
            subscribers.all[subscribers.last] = subscription
            return subscribers.last
        }
        guard let id else {
            subscription.cancel()
            return subscription
        }
        subscription.whenEnded { [weak self] in self?.remove(id) }
        return subscription
    }

    /// Ends all subscriptions; later ones end at once.
    package func close() {
        let all = subscribers.withLock { subscribers in
            subscribers.isClosed = true
            return subscribers.all
        }
        for subscription in all.values { subscription.cancel() }
    }

    /// Hands a change to all subscribers.
    func publish(_ change: Change) {
        let all = subscribers.withLock { $0.all }
        for subscription in all.values { subscription.add(change) }
    }

    private func remove(_ id: UInt64) {
        _ = subscribers.withLock { $0.all.removeValue(forKey: id) }
    }
}
