import GraphQL
import Synchronization
import Testing

@testable import Upstream

/// Who learns of which changes.
@Suite struct ChangeFeedTests {
    private func change(_ key: String, _ kind: ObjectChange.Kind = .updated) -> Change {
        Change(workspace: 0, kind: kind, type: TypeID(index: 1), key: key)
    }

    private func taken(from subscription: ChangeSubscription) -> [ChangeSubscription.Next] {
        var all: [ChangeSubscription.Next] = []
        repeat { all.append(subscription.next()) } while all.last != .nothing && all.last != .end
        return all
    }

    /// Changes of other objects neither wake a subscriber nor have it dropped.
    @Test func onlyWantedChangesWaitForASubscriber() {
        let feed = ChangeFeed()
        let subscription = feed.subscribe(capacity: 2) { $0.key != "b" }
        for key in ["b", "a", "c", "b", "b"] { feed.publish(change(key), from: .event) }
        #expect(!subscription.wasDropped)
        subscription.cancel()
        #expect(
            taken(from: subscription) == [.change(change("a"), number: 1), .change(change("c"), number: 2), .end]
        )
    }

    /// What two equal changes cause is found out after both; one who begins between them waits for the later one.
    @Test func equalWaitingChangesAreMerged() {
        let feed = ChangeFeed()
        let subscription = feed.subscribe(capacity: 3)
        for key in ["a", "b", "a", "a"] { feed.publish(change(key), from: .event) }
        #expect(subscription.next() == .change(change("a"), number: 4))
        // It has been taken: what comes now may be later than what was found out.
        feed.publish(change("a"), from: .event)
        #expect(
            taken(from: subscription) == [.change(change("b"), number: 2), .change(change("a"), number: 5), .nothing]
        )
        #expect(subscription.count == 5)
    }

    /// Something else has happened between two of them.
    @Test func differentChangesOfOneObjectAreNotMerged() {
        let feed = ChangeFeed()
        let subscription = feed.subscribe(capacity: 3)
        let kinds: [ObjectChange.Kind] = [.updated, .deleted, .updated]
        for kind in kinds { feed.publish(change("a", kind), from: .event) }
        let expected = kinds.enumerated().map { number, kind in
            ChangeSubscription.Next.change(change("a", kind), number: UInt64(number + 1))
        }
        #expect(taken(from: subscription) == expected + [.nothing])
    }

    @Test func aReaderIsNotifiedOfWhatWaits() {
        let feed = ChangeFeed()
        let subscription = feed.subscribe(capacity: 2)
        feed.publish(change("a"), from: .event)
        let count = Atomic(0)
        subscription.whenReady { count.add(1, ordering: .relaxed) }
        #expect(count.load(ordering: .relaxed) == 1)
        feed.publish(change("b"), from: .event)
        #expect(count.load(ordering: .relaxed) == 2)
        feed.close()
        #expect(count.load(ordering: .relaxed) == 3)
        #expect(subscription.isReady)
    }

    /// A follower of a query looks at what there is: one change stands for all of its types.
    @Test func typeSubscriberHasOneWaitingChange() {
        let feeds = [ChangeFeed(), ChangeFeed()]
        let subscription = ChangeFeed.subscribe(to: feeds, types: [TypeID(index: 1)])
        for feed in feeds { feed.publish(change("a"), from: .event) }
        feeds[0].publish(Change(workspace: 0, kind: .updated, type: TypeID(index: 2), key: "c"), from: .event)
        #expect(taken(from: subscription) == [.change(change("a"), number: 2), .nothing])
        feeds[1].publish(change("b"), from: .event)
        #expect(taken(from: subscription) == [.change(change("b"), number: 3), .nothing])
    }

    @Test func slowSubscriberIsDropped() {
        let feed = ChangeFeed()
        let subscription = feed.subscribe(capacity: 2)
        for key in ["a", "b", "c"] { feed.publish(change(key), from: .event) }
        #expect(subscription.wasDropped)
        #expect(feed.subscriberCount == 0)
        #expect(
            taken(from: subscription) == [.change(change("a"), number: 1), .change(change("b"), number: 2), .end]
        )
    }
}
