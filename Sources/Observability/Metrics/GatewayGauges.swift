internal import CoreMetrics
package import Gateway
internal import Upstream

/// The gauges that are read from the gateway whenever metrics are collected.
package enum GatewayGauges {
    /// Registers the gauges of a gateway.
    ///
    /// - Parameters:
    ///   - registry: the registry.
    ///   - version: the version of the program.
    ///   - connections: returns the number of open client connections.
    ///   - droppedLogLines: returns the number of dropped log lines.
    ///   - status: returns the current status of the service; nil: there is none any more.
    package static func register(
        in registry: MetricsRegistry,
        version: String,
        connections: @escaping @Sendable () -> Int,
        droppedLogLines: @escaping @Sendable () -> Int,
        status: @escaping @Sendable () -> GatewayStatus?
    ) {
        registry.gauge(MetricCatalog.buildInfo, version).record(1)
        let lines = registry.counter(MetricCatalog.droppedLogLines)
        let seen = LastValue()
        registry.collect {
            registry.gauge(MetricCatalog.connections).record(connections())
            lines.increment(by: seen.increase(to: droppedLogLines()))
            if let status = status() { show(status, in: registry) }
        }
        ProcessGauges.register(in: registry)
    }

    private static func show(_ status: GatewayStatus, in registry: MetricsRegistry) {
        for cache in status.caches {
            registry.gauge(MetricCatalog.cacheBytes, cache.name).record(cache.bytes)
            if let capacity = cache.capacity {
                registry.gauge(MetricCatalog.cacheCapacity, cache.name).record(capacity)
            }
        }
        registry.gauge(MetricCatalog.flights, "calls").record(status.pendingCalls)
        registry.gauge(MetricCatalog.flights, "executions").record(status.pendingExecutions)
        for workspace in status.workspaces {
            registry.gauge(MetricCatalog.workspaceAvailable, workspace.slug).record(workspace.isAvailable ? 1 : 0)
            registry.gauge(MetricCatalog.budgetKeys, workspace.slug).record(workspace.keys)
            for budget in workspace.budgets {
                let kind = MetricLabel.kind(budget.kind)
                if let limit = budget.limit {
                    registry.gauge(MetricCatalog.budgetLimit, workspace.slug, kind).record(limit)
                }
                if let remaining = budget.remaining {
                    registry.gauge(MetricCatalog.budgetRemaining, workspace.slug, kind).record(remaining)
                }
                registry.gauge(MetricCatalog.budgetWaiting, workspace.slug, kind).record(budget.waiting)
            }
        }
    }
}
