internal import GraphQL
internal import Upstream

/// The plan of an operation, and what is known by it.
struct PlannedOperation: Sendable {
    let plan: Plan
    let cost: KnownCost
    let fingerprint: OperationFingerprint

    /// Takes a plan that is new.
    init(_ plan: Plan) {
        self.plan = plan
        cost = KnownCost(plan)
        fingerprint = OperationFingerprint(plan)
    }
}
