internal import Upstream

/// The cost of an operation, estimated before its execution.
struct OperationEstimate: Sendable {
    /// The fewest and the most calls.
    var calls = CostRange.zero
    /// The calls that are charged to its client's minute; 0 if calls are not limited.
    var charged = 0
}
