import NIOCore
import Synchronization
import Testing

@testable import GatewayServer

/// Bounds on the memory that clients can make the server hold.
@Suite struct UnreadResponseTableTests {
    private static func at(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(1) + .seconds(seconds) }

    @Test func stalledClientsAreClosedInTheOrderInWhichTheyStopped() {
        var table = UnreadResponseTable<String>(limit: 100)
        #expect(table.set(40, for: "first", at: Self.at(0)) == [])
        #expect(table.set(40, for: "second", at: Self.at(1)) == [])
        // It goes on to read, so that it is not the one that waits longest.
        #expect(table.set(30, for: "first", at: Self.at(5)) == [])
        #expect(table.set(40, for: "third", at: Self.at(10)) == ["second"])
        #expect(table.total == 70)
        #expect(table.set(100, for: "fourth", at: Self.at(20)) == ["first", "third"])
        #expect(table.total == 100)
    }

    @Test func aClientBeyondTheLimitAloneIsClosed() {
        var table = UnreadResponseTable<String>(limit: 100)
        #expect(table.set(101, for: "a", at: Self.at(0)) == ["a"])
        #expect(table.total == 0)
    }

    @Test func aClientThatReadsIsNotClosedForOthers() {
        var table = UnreadResponseTable<String>(limit: 100, patience: .seconds(1))
        #expect(table.set(90, for: "reads", at: Self.at(0)) == [])
        #expect(table.set(80, for: "reads", at: Self.at(9)) == [])
        #expect(table.set(50, for: "new", at: Self.at(9)) == ["new"])
        #expect(table.total == 80)
    }

    @Test func smallBacklogsAreNeverClosed() {
        var table = UnreadResponseTable<String>(limit: 100)
        #expect(table.set(100, for: "a", at: Self.at(0)) == [])
        #expect(table.set(60, for: "a", at: Self.at(5)) == [])
        #expect(table.set(0, for: "a", at: Self.at(6)) == [])
        #expect(table.set(0, for: "a", at: Self.at(6)) == [])
        #expect(table.total == 0)
    }

    @Test func theTableReportsThatMostIsFree() {
        var table = UnreadResponseTable<String>(limit: 64 << 20)
        #expect(table.set(32 << 20, for: "a", at: Self.at(0)) == [])
        #expect(table.takeShrink() == false)
        #expect(table.set(1 << 20, for: "a", at: Self.at(1)) == [])
        #expect(table.takeShrink() == true)
        #expect(table.takeShrink() == false)
    }

    @Test func aBudgetReportsThatMostOfItIsFree() {
        let shrinks = Atomic(0)
        let budget = ByteBudget(limit: 32 << 20) { shrinks.add(1, ordering: .relaxed) }
        #expect(budget.reserve(20 << 20))
        #expect(!budget.reserve(13 << 20))
        #expect(budget.reserve(12 << 20))
        #expect(budget.reserved == 32 << 20)
        budget.release(16 << 20)
        #expect(shrinks.load(ordering: .relaxed) == 0)
        budget.release(9 << 20)
        #expect(shrinks.load(ordering: .relaxed) == 1)
        budget.release(7 << 20)
        #expect(budget.reserved == 0)
        #expect(shrinks.load(ordering: .relaxed) == 1)
    }
}
