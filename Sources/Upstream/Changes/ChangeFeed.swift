package import GraphQL
private import Synchronization

/// The changes of a workspace's objects, in the order in which this process learned of them.
///
/// When a change is in the feed, nothing older than it is used any more: who fetches the object gets it as it is after it.
package final class ChangeFeed: Sendable {
    /// How this process has learned of a change.
    package enum Source: Sendable {
        /// By an event of a webhook.
        case event
        /// It has made it itself.
        case write
        /// By reading a list.
        case poll
    }

    private struct Subscribers {
        var all: [UInt64: ChangeSubscription] = [:]
        var last: UInt64 = 0
        var isClosed = false
        var changes = 0
        var observer: (@Sendable (Change, Source) -> Void)?
    }

    private let subscribers = Mutex(Subscribers())

    /// Makes a feed that nobody reads.
    package init() {}

    /// How many subscribers there are.
    package var subscriberCount: Int { subscribers.withLock(\.all.count) }

    /// How many changes there have been.
    package var changeCount: Int { subscribers.withLock(\.changes) }

    /// The changes from now on.
    ///
    /// - Parameters:
    ///   - capacity: the most changes that wait for the subscriber; with one more it is dropped.
    ///   - isWanted: whether a change is the subscriber's: of the others it learns nothing, and none of them waits for it.
    /// - Returns: the subscription.
    package func subscribe(
        capacity: Int,
        where isWanted: @escaping @Sendable (Change) -> Bool = { _ in true }
    ) -> ChangeSubscription {
        let subscription = ChangeSubscription(capacity: capacity, where: isWanted)
        Self.add(subscription, to: [self])
        return subscription
    }

    /// That something changes of what has one of some types, from now on: however often it does, one change waits for the subscriber.
    ///
    /// - Parameters:
    ///   - feeds: the feeds.
    ///   - types: the types.
    /// - Returns: the subscription.
    package static func subscribe(to feeds: [ChangeFeed], types: Set<TypeID>) -> ChangeSubscription {
        let subscription = ChangeSubscription(types: types)
        add(subscription, to: feeds)
        return subscription
    }

    private static func add(_ subscription: ChangeSubscription, to feeds: [ChangeFeed]) {
        let ids = feeds.map { $0.add(subscription) }
        subscription.whenEnded {
            for (feed, id) in zip(feeds, ids) { if let id { feed.remove(id) } }
        }
        if ids.contains(nil) { subscription.cancel() }
    }

    private func add(_ subscription: ChangeSubscription) -> UInt64? {
        subscribers.withLock { subscribers -> UInt64? in
            guard !subscribers.isClosed else { return nil }
            subscribers.last += 1
            subscribers.all[subscribers.last] = subscription
            return subscribers.last
        }
    }

    /// Lets a function learn of each change before subscribers do, in place of the one until now.
    func observe(_ body: @escaping @Sendable (Change, Source) -> Void) {
        subscribers.withLock { $0.observer = body }
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
    func publish(_ change: Change, from source: Source) {
        let (all, observer) = subscribers.withLock { subscribers in
            subscribers.changes += 1
            return (subscribers.all, subscribers.observer)
        }
        observer?(change, source)
        // All are asked before any of them acts: who looks the object up takes the place of what others were shown before.
        let concerned = all.values.filter { $0.wants(change) }
        for subscription in concerned { subscription.add(change) }
    }

    private func remove(_ id: UInt64) {
        _ = subscribers.withLock { $0.all.removeValue(forKey: id) }
    }
}
