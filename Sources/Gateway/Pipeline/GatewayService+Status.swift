internal import Upstream

extension GatewayService {
    /// The current status: workspaces, caches and pending work.
    package var status: GatewayStatus {
        let responses = broker.memoryUse
        return GatewayStatus(
            workspaces: broker.workspaces.map(\.status),
            caches: [
                GatewayStatus.Cache(name: "responses", bytes: responses?.bytes ?? 0, capacity: responses?.capacity),
                GatewayStatus.Cache(name: "results", bytes: results.cost + fieldResults.cost, capacity: resultBytes),
                GatewayStatus.Cache(name: "documents", bytes: operations.cost, capacity: limits.operationStoreBytes),
            ],
            pendingCalls: broker.pendingCallCount,
            pendingExecutions: sharedExecutions.count
        )
    }
}
