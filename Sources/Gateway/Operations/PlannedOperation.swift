internal import GraphQL
internal import Upstream

/// The plan of an operation, with the values that are derived from it once.
struct PlannedOperation: Sendable {
    let plan: Plan
    let cost: KnownCost
    let fingerprint: OperationFingerprint

    /// Derives the values from a new plan.
    init(_ plan: Plan) {
        self.plan = plan
        cost = KnownCost(plan)
        fingerprint = OperationFingerprint(plan)
    }
}
