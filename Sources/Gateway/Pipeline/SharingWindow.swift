private import Synchronization
internal import Upstream

/// How long equal requests may wait for the response to one that is being executed, in place of an execution of their own.
///
/// As for operations, they join while the first upstream call is under way, and are not shown what a write before them has changed.
package struct SharingWindow: Sendable {
    private let service: GatewayService
    private let view: CallerView
    private let changes: UInt64
    private let configuredRevision: UInt64
    private let report: CallReport
    /// When the execution began, by the clock by which responses age.
    private let startedAt: ContinuousClock.Instant

    /// Makes the window of an execution that others may wait for.
    init(_ key: ResultKey, report: CallReport, _ service: GatewayService) {
        self.service = service
        self.report = report
        view = key.identity.view
        changes = key.changes
        configuredRevision = key.configuredRevision
        startedAt = key.startedAt
    }

    /// Whether an equal request may wait for the response from now on.
    package var isOpen: Bool {
        !report.hasResponse && view.changes(in: service.broker) == changes
            && service.configuredCredentials.revision == configuredRevision
    }

    /// The current time, by the clock by which responses age.
    package var now: ContinuousClock.Instant { service.broker.now() }

    /// Whether a request that began to wait at an instant may have the response: what came from the cache was still fresh then.
    package func covers(_ instant: ContinuousClock.Instant, _ outcome: RequestOutcome) -> Bool {
        guard outcome.calls.cached > 0 else { return true }
        guard let freshFor = outcome.calls.freshFor else { return false }
        return startedAt + freshFor > instant
    }

    /// Notes that a request begins to wait.
    package func waitDidBegin() { service.waiting.wrappingAdd(1, ordering: .relaxed) }

    /// Notes that a request waits no longer.
    package func waitDidEnd() { service.waiting.wrappingSubtract(1, ordering: .relaxed) }

    /// Notifies the observer of a request that has had the response.
    ///
    /// - Parameters:
    ///   - outcome: what observers learned of the execution.
    ///   - request: what is known of the request.
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
