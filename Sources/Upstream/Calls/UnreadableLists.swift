internal import Caching
internal import GraphQL
internal import JSON
private import Synchronization

/// The lists that recently could not be read.
///
/// Objects and narrower lists can be fetched without them, so that no request reads such a list in vain, or waits for it.
final class UnreadableLists: Sendable {
    typealias Key = UpstreamKnowledge.CollectionKey

    /// The most bytes of the remembered lists.
    private static let maximumBytes = 1 << 20
    /// The time for which a list is remembered that the key may not read, that requires a filter, or that is too slow.
    private static let refusalLasts = Duration.seconds(60)
    /// The time for which another failure is remembered, which is likely to pass.
    private static let failureLasts = Duration.seconds(10)

    private static let refusals = [ErrorCode.badUserInput, .forbidden, .notFound, .upstreamTimeout].map(\.rawValue)
    private static let affairsOfCallers = [ErrorCode.rateLimited, .requestCancelled].map(\.rawValue)

    private let ends = Mutex(SieveCache<Key, ContinuousClock.Instant>(maximumBytes: maximumBytes))

    /// Records that a list could not be read, unless the failure does not concern the list.
    func note(_ failure: FieldFailure, of list: Key, at instant: ContinuousClock.Instant) {
        guard let code = failure.extensions["code"]?.stringValue, !Self.affairsOfCallers.contains(code) else { return }
        let lasts = Self.refusals.contains(code) ? Self.refusalLasts : Self.failureLasts
        _ = ends.withLock { $0.insert(instant + lasts, for: list, cost: list.allocatedBytes) }
    }

    /// Whether a list recently could not be read.
    func contains(_ list: Key, at instant: ContinuousClock.Instant) -> Bool {
        // PERF: nearly always there is none.
        ends.withLock { $0.count == 0 ? false : $0.value(for: list).map { instant < $0 } ?? false }
    }
}
