package import GraphQL
private import Synchronization

/// The changes of a workspace's objects, in the order in which this process learned of them.
///
/// Older responses for an object are invalid before its change is published: a subscriber that fetches the object gets the new state.
package final class ChangeFeed: Sendable {
    /// The way in which this process learned of a change.
    package enum Source: Sendable {
        /// An event of a webhook reported it.
        case event
        /// A write of this process made it.
        case write
        /// A poll found it.
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

    /// The number of subscribers.
    package var subscriberCount: Int { subscribers.withLock(\.all.count) }

    /// The number of changes since the start of the process.
    package var changeCount: Int { subscribers.withLock(\.changes) }

    /// Subscribes to the changes from now on.
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

    /// Subscribes to changes of objects of some types, from now on; however many there are, only one waits for the subscriber.
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

    /// Sets the function that is called with each change before subscribers get it; it replaces the one set before.
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

    /// Passes a change to all subscribers.
    func publish(_ change: Change, from source: Source) {
        let (all, observer) = subscribers.withLock { subscribers in
            subscribers.changes += 1
            return (subscribers.all, subscribers.observer)
        }
        observer?(change, source)
        // All are asked before any of them acts: a subscriber that fetches the object replaces the response that was valid before.
        let concerned = all.values.filter { $0.wants(change) }
        for subscription in concerned { subscription.add(change) }
    }

    private func remove(_ id: UInt64) {
        _ = subscribers.withLock { $0.all.removeValue(forKey: id) }
    }
}
