private import Synchronization
internal import Upstream

/// Decides how long equal requests may join one that is being executed, instead of being executed themselves.
///
/// They join until the first upstream response arrives, and never get a result from before a write that precedes them.
package struct SharingWindow: Sendable {
    private let service: GatewayService
    private let view: CallerView
    private let changes: UInt64
    private let configuredRevision: UInt64
    private let report: CallReport
    /// The instant at which the execution began, by the clock of response ages.
    private let startedAt: ContinuousClock.Instant

    /// Makes the window of an execution that others may join.
    init(_ key: ResultKey, report: CallReport, _ service: GatewayService) {
        self.service = service
        self.report = report
        view = key.identity.view
        changes = key.changes
        configuredRevision = key.configuredRevision
        startedAt = key.startedAt
    }

    /// Whether an equal request may still join.
    package var isOpen: Bool {
        !report.hasResponse && view.changes(in: service.broker) == changes
            && service.configuredCredentials.revision == configuredRevision
    }

    /// The current time, by the clock of response ages.
    package var now: ContinuousClock.Instant { service.broker.now() }

    /// Whether a request that joined at an instant may get the response: cached responses in it were still fresh at the time.
    package func covers(_ instant: ContinuousClock.Instant, _ outcome: RequestOutcome) -> Bool {
        guard outcome.calls.cached > 0 else { return true }
        guard let freshFor = outcome.calls.freshFor else { return false }
        return startedAt + freshFor > instant
    }

    /// Counts a request that begins to wait.
    package func waitDidBegin() { service.waiting.wrappingAdd(1, ordering: .relaxed) }

    /// Counts a request that no longer waits.
    package func waitDidEnd() { service.waiting.wrappingSubtract(1, ordering: .relaxed) }

    /// Notifies the observer of a request that has got the response.
    ///
    /// - Parameters:
    ///   - outcome: the recorded outcome of the execution.
    ///   - request: the record of the request.
    package func note(_ outcome: RequestOutcome, _ request: RepeatedRequest) {
        guard let observer = service.observer else { return }
        var outcome = outcome
        outcome.isCachedResult = true
        outcome.calls.shared += outcome.calls.made
        outcome.calls.made = 0
        observer.requestCompleted(
            RequestRecord(
                id: request.requestID,
                interface: .graphQL,
                outcome: outcome,
                startedAt: request.startedAt,
                duration: service.broker.now() - request.startedAt,
                responseBytes: request.responseBytes
            )
        )
    }
}
