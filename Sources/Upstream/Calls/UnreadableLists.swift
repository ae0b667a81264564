internal import Caching
internal import GraphQL
internal import JSON
private import Synchronization

/// The lists that could not be read lately.
///
/// Objects and narrower lists can be had without them, so that nobody reads them in vain again and again, or waits for them.
final class UnreadableLists: Sendable {
    typealias Key = UpstreamKnowledge.CollectionKey

    /// The most bytes of what is remembered.
    private static let maximumBytes = 1 << 20
    /// For how long it is remembered that the key may not list, that the upstream wants a filter, or that it is too slow.
    private static let refusalLasts = Duration.seconds(60)
    /// For how long another failure is remembered, which is likely to pass.
    private static let failureLasts = Duration.seconds(10)

    private static let refusals = [ErrorCode.badUserInput, .forbidden, .notFound, .upstreamTimeout].map(\.rawValue)
    private static let affairsOfCallers = [ErrorCode.rateLimited, .requestCancelled].map(\.rawValue)

    private let ends = Mutex(SieveCache<Key, ContinuousClock.Instant>(maximumBytes: maximumBytes))

    /// Notes that a list could not be read, unless the failure says nothing of it.
    func note(_ failure: FieldFailure, of list: Key, at instant: ContinuousClock.Instant) {
        guard let code = failure.extensions["code"]?.stringValue, !Self.affairsOfCallers.contains(code) else { return }
        let lasts = Self.refusals.contains(code) ? Self.refusalLasts : Self.failureLasts
        _ = ends.withLock { $0.insert(instant + lasts, for: list, cost: list.allocatedBytes) }
    }

    /// Whether a list could not be read a short while ago.
    func contains(_ list: Key, at instant: ContinuousClock.Instant) -> Bool {
        // PERF: nearly always there is none.
        ends.withLock { $0.count == 0 ? false : $0.value(for: list).map { instant < $0 } ?? false }
    }
}
