import GraphQL
import Testing

@testable import Upstream

/// Who learns of which changes.
@Suite struct ChangeFeedTests {
    private func change(_ key: String) -> Change {
        Change(workspace: 0, kind: .updated, type: TypeID(index: 1), key: key)
    }

    /// Changes of other objects neither wake a subscriber nor have it dropped.
    @Test func onlyWantedChangesWaitForASubscriber() async {
        let feed = ChangeFeed()
        let subscription = feed.subscribe(capacity: 2) { $0.key == "a" }
        for key in ["b", "a", "c", "b", "a", "b"] { feed.publish(change(key), from: .event) }
        #expect(!subscription.wasDropped)
        subscription.cancel()
        var signals: [ChangeSubscription.Signal] = []
        for await signal in subscription.signals { signals.append(signal) }
        #expect(signals == [.change(change("a")), .change(change("a"))])
    }

    @Test func oneThatDoesNotKeepUpIsDropped() async {
        let feed = ChangeFeed()
        let subscription = feed.subscribe(capacity: 2)
        for key in ["a", "b", "c"] { feed.publish(change(key), from: .event) }
        #expect(subscription.wasDropped)
        #expect(feed.subscriberCount == 0)
    }
}
