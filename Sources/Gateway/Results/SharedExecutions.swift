internal import Caching
internal import GraphQL
internal import Upstream

/// Executions in progress, by what names their results: equal operations at the same time are executed once.
///
/// An operation joins while the first upstream call of the other is under way. So its result is no older than it would be if it
/// shared that call, and it is not shown what a write before it has changed: the key has the number of changes.
final class SharedExecutions: Sendable {
    fileprivate struct Key: Sendable, Hashable {
        let identity: ResultKey.Identity
        let changes: UInt64
    }

    /// What is known of an execution in progress.
    fileprivate struct Info: Sendable {
        let report: CallReport
        let startedAt: ContinuousClock.Instant
        /// The priority of the lane that it spends in.
        let priority: Int
    }

    fileprivate typealias Table = SingleFlight<Key, Info, ReusedResult?>

    private let table = Table()
    private let scheduler: Scheduler

    /// Makes a table without executions; the scheduler has the clock of requests' deadlines.
    init(scheduler: Scheduler) {
        self.scheduler = scheduler
    }

    /// Whether an operation is executed, or has its result from an equal one.
    enum Membership {
        case lead(Leadership)
        case follow(Following)
    }

    /// The execution that others may wait for.
    ///
    /// One that is dropped before it has been ended ends without a result, so that nobody waits for it.
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

        /// Gives the result to all that wait; nil: each has to execute its operation itself.
        func end(with result: ReusedResult?) { table.complete(entry, for: key, with: .some(result)) }
    }

    /// The execution of another request.
    struct Following: Sendable {
        fileprivate let entry: Table.Entry
        fileprivate let scheduler: Scheduler

        /// Waits for the result, no longer than until a deadline; nil if there is none that this request may use.
        func result(for key: ResultKey, until deadline: ContinuousClock.Instant) async -> ReusedResult? {
            guard case .value(let shared?) = await entry.flight.wait(until: deadline, scheduler: scheduler) else {
                return nil
            }
            var report = shared.report
            if report.cached > 0 {
                // What that execution had from the cache may have been stale when this request began.
                guard let freshFor = report.freshFor, entry.info.startedAt + freshFor > key.startedAt else {
                    return nil
                }
            }
            report.shared += report.made
            report.made = 0
            return ReusedResult(data: shared.data, estimate: shared.estimate, report: report)
        }
    }

    /// How many executions are in progress that equal operations may join.
    var count: Int { table.count }

    /// How many requests wait for the execution of another one.
    var followerCount: Int { table.entries { _, _ in true }.reduce(0) { $0 + $1.flight.followerCount } }

    /// Joins the execution of an equal operation, or begins one that others may join.
    func join(_ key: ResultKey, session: CallSession) -> Membership {
        let name = Key(identity: key.identity, changes: key.changes)
        // Nobody waits for what waits for its own budget longer than the own calls would.
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
