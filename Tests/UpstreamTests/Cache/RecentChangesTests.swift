import GraphQL
import JSON
import Testing

@testable import Upstream

@Suite struct RecentChangesTests {
    private static let thing = TypeID(index: 1)
    private static let other = TypeID(index: 2)

    private func record(_ epoch: UInt64, _ type: TypeID = Self.thing) -> RecentChanges.Record {
        RecentChanges.Record(
            epoch: epoch,
            change: ObjectChange(kind: .updated, type: type, key: nil),
            scope: nil
        )
    }

    private func epochs(_ changes: RecentChanges, of type: TypeID = Self.thing, since epoch: UInt64) -> [UInt64]? {
        changes.records(of: type, since: epoch)?.map(\.epoch)
    }

    @Test func listsTheWritesAfterAnEpoch() {
        var changes = RecentChanges()
        #expect(epochs(changes, since: 0) == [])
        for epoch in [2, 5, 9] as [UInt64] { changes.add(record(epoch)) }
        changes.add(record(7, Self.other))
        #expect(epochs(changes, since: 0) == [2, 5, 9])
        #expect(epochs(changes, since: 2) == [5, 9])
        #expect(epochs(changes, since: 4) == [5, 9])
        #expect(epochs(changes, since: 9) == [])
        #expect(epochs(changes, of: Self.other, since: 0) == [7])
    }

    @Test func listsFromBeforeAForgottenWriteKnowThatTheyLackIt() {
        var changes = RecentChanges()
        changes.add(record(1, Self.other))
        for epoch in 1...64 { changes.add(record(UInt64(epoch))) }
        #expect(epochs(changes, since: 0)?.count == 64)
        changes.add(record(65))
        #expect(epochs(changes, since: 0) == nil)
        // It began after the write that is forgotten, so that it lacks nothing.
        #expect(epochs(changes, since: 1) == Array(2...65))
        changes.add(record(66))
        #expect(epochs(changes, since: 1) == nil)
        #expect(epochs(changes, since: 65) == [66])
        #expect(epochs(changes, of: Self.other, since: 0) == [1])
    }
}
