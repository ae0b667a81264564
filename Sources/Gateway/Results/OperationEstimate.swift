internal import Upstream

/// What an operation was estimated to take before it began.
struct OperationEstimate: Sendable {
    /// The fewest and the most calls.
    var calls = CostRange.zero
    /// The calls that it counts for in its client's minute; 0 where these are not limited.
    var charged = 0
}
