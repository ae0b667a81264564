internal import Caching
internal import GraphQL
private import Synchronization

/// The result of a call in flight, for the leader and all followers.
struct FlightResult: Sendable {
    let outcome: CallOutcome
    /// Whether it is valid for every credential that may see the response, not only for the leader's.
    let isForEveryone: Bool
    /// The time from which the response's age counts.
    let generatedAt: ContinuousClock.Instant
}
