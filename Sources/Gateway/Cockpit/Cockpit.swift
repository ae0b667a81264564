internal import JSON
internal import Upstream

/// The figures of the operators' page: budgets, queues, clients, caches and slow operations.
package struct Cockpit: Sendable {
    private let service: GatewayService
    private let caches: [GatewayStatus.Cache]
    private let log: SpendingLog

    /// The most entries of spending that are shown.
    private static let shownSpending = 25

    /// Makes a cockpit.
    ///
    /// - Parameters:
    ///   - service: the service whose figures are shown.
    ///   - caches: the caches in front of the service, which are listed after its own.
    ///   - log: the log of the service's requests.
    package init(_ service: GatewayService, caches: [GatewayStatus.Cache], log: SpendingLog) {
        self.service = service
        self.caches = caches
        self.log = log
    }

    /// The current figures, as JSON.
    package var report: [UInt8] {
        let now = service.now
        let status = service.status
        let report: JSONValue = [
            "workspaces": .array(
                zip(service.broker.workspaces, status.workspaces).map { workspace, status in
                    [
                        "slug": .string(status.slug), "available": .bool(status.isAvailable),
                        "keys": .array(workspace.keys.map { QuotaReport.key($0) }),
                    ]
                }
            ),
            "caches": .array(
                (status.caches + caches).map {
                    [
                        "name": .string($0.name), "bytes": .integer($0.bytes),
                        "capacity": $0.capacity.map { .integer($0) } ?? .null,
                    ]
                }
            ),
            "reusedResults": .integer(service.resultUse.reuses),
            "pendingCalls": .integer(status.pendingCalls), "pendingExecutions": .integer(status.pendingExecutions),
            "lanes": .array(log.lanes.map(\.json)),
            "spending": .array(log.spending(Self.shownSpending).map(\.json)),
            "slowOperations": .array(log.slowOperations.map { $0.json(at: now) }),
        ]
        return report.serialized()
    }
}

extension SpendingLog.Spending {
    fileprivate var json: JSONValue {
        [
            "client": client.map { .string($0) } ?? .null, "lane": .string(lane),
            "interface": .string(interface.rawValue),
            "operation": .string(operation), "requests": .integer(requests), "calls": .integer(calls),
            "cached": .integer(cached), "errors": .integer(errors), "waitedMs": .integer(waited.wholeMilliseconds),
        ]
    }
}

extension SpendingLog.LaneSpending {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "requests": .integer(requests), "calls": .integer(calls),
            "cached": .integer(cached), "waitedMs": .integer(waited.wholeMilliseconds),
        ]
    }
}

extension SpendingLog.SlowOperation {
    fileprivate func json(at now: ContinuousClock.Instant) -> JSONValue {
        [
            "operation": .string(operation), "client": client.map { .string($0) } ?? .null,
            "durationMs": .integer(duration.wholeMilliseconds), "calls": .integer(calls),
            "secondsAgo": .integer(Int((now - endedAt).components.seconds)),
            "plan": .array(plan.map { .string($0) }),
        ]
    }
}
