internal import Caching
internal import GraphQL
internal import Upstream

/// The executions in progress, by the keys of their results: equal operations at the same time are executed once (single-flight).
///
/// An operation joins until the first upstream response of the other arrives. So its result is no older than if they shared that call.
/// It does not get a result from before a write that precedes it, as the key has the number of changes.
final class SharedExecutions: Sendable {
    fileprivate struct Key: Sendable, Hashable {
        let identity: ResultKey.Identity
        let changes: UInt64
    }

    /// The facts about an execution in progress that decide who may join.
    fileprivate struct Info: Sendable {
        let report: CallReport
        let startedAt: ContinuousClock.Instant
        /// The priority of the lane whose budget it uses.
        let priority: Int
    }

    fileprivate typealias Table = SingleFlight<Key, Info, ReusedResult?>

    private let table = Table()
    private let scheduler: Scheduler

    /// Makes an empty table; the scheduler has the clock of requests' deadlines.
    init(scheduler: Scheduler) {
        self.scheduler = scheduler
    }

    /// The role of an operation: leader or follower.
    enum Membership {
        case lead(Leadership)
        case follow(Following)
    }

    /// The role of the leader: it is executed, and others may wait for its result.
    ///
    /// If it is released without `end(with:)`, it ends without a result, so that no request waits in vain.
    final class Leadership: Sendable {
        private let table: Table
        private let entry: Table.Entry
        private let key: Key

        fileprivate init(table: Table, entry: Table.Entry, key: Key) {
            self.table = table
            self.entry = entry
            self.key = key
        }

        deinit { end(with: nil) }

        /// Whether requests wait for the result.
        var isFollowed: Bool { entry.flight.followerCount > 0 }

        /// Passes the result to all waiting requests; nil: each has to execute its operation itself.
        func end(with result: ReusedResult?) { table.complete(entry, for: key, with: .some(result)) }
    }

    /// The role of a follower: it waits for the result of the leader.
    struct Following: Sendable {
        fileprivate let entry: Table.Entry
        fileprivate let scheduler: Scheduler

        /// Waits for the result until a deadline; returns nil if there is none that this request may use.
        func result(for key: ResultKey, until deadline: ContinuousClock.Instant) async -> ReusedResult? {
            guard case .value(let shared?) = await entry.flight.wait(until: deadline, scheduler: scheduler) else {
                return nil
            }
            var report = shared.report
            if report.cached > 0 {
                // A cached response of that execution may have been stale when this request began.
                guard let freshFor = report.freshFor, entry.info.startedAt + freshFor > key.startedAt else {
                    return nil
                }
            }
            report.shared += report.made
            report.made = 0
            return ReusedResult(data: shared.data, estimate: shared.estimate, report: report)
        }
    }

    /// The number of executions in progress that equal operations may join.
    var count: Int { table.count }

    /// The number of requests that wait for the execution of another one.
    var followerCount: Int { table.entries { _, _ in true }.reduce(0) { $0 + $1.flight.followerCount } }

    /// Joins the execution of an equal operation, or begins one that others may join.
    func join(_ key: ResultKey, session: CallSession) -> Membership {
        let name = Key(identity: key.identity, changes: key.changes)
        // A request does not join one of a lane with a lower priority, which may wait for its budget longer.
        let priority = session.context.lane.priority
        let membership = table.join(
            name,
            latestEnd: session.deadline,
            info: Info(report: session.report, startedAt: key.startedAt, priority: priority)
        ) { !$0.report.hasResponse && $0.priority >= priority }
        switch membership {
        case .leader(let entry): return .lead(Leadership(table: table, entry: entry, key: name))
        case .follower(let entry): return .follow(Following(entry: entry, scheduler: scheduler))
        }
    }
}
