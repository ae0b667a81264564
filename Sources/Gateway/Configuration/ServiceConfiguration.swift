package import Caching
package import Upstream

/// What a service is made of: values that have been read and checked.
package struct ServiceConfiguration: Sendable {
    /// What is served.
    package let schema: LoadedSchema
    /// Where it comes from: the key of `Authorization` is for the first.
    package let workspaces: [WorkspaceConfiguration]
    /// What sends upstream calls.
    package let transport: any Transport
    /// The longest that one upstream call may take, of workspaces that have no time of their own.
    package var upstreamTimeout: Duration = .seconds(10)
    /// Which optimizations of upstream calls are in use.
    package var optimizations = CallOptimizations()
    /// The most bytes of upstream responses that are stored in memory.
    package var responseBytes = 64 << 20
    /// The most bytes of serialized results that are cached; 0: none are.
    package var resultBytes = 8 << 20
    /// Makes the store of upstream responses for so many workspaces; nil: one in memory.
    package var store: (@Sendable (Int) -> any ResponseStore)?
    /// What one request may ask for.
    package var limits = RequestLimits()
    /// Which documents are executed.
    package var documents = DocumentPolicy()
    /// The clients that may call; nil: callers are not asked who they are.
    package var directory: ClientDirectory?
    /// The lanes in which callers spend budgets.
    package var lanes = BudgetLanes()
    /// Is notified of what the service does; nil: nobody is.
    package var observer: (any GatewayObserver)?
    /// What the observer wants to learn of requests.
    package var telemetry = TelemetryOptions()
    /// The clock by which responses age.
    package var now: @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now } {
        didSet { hasSystemTime = false }
    }
    /// Whether the time is the system's.
    private(set) var hasSystemTime = true
    /// The clock by which budgets are counted; nil: the system's.
    package var budgetNow: (@Sendable () -> ContinuousClock.Instant)?
    /// Calls a function at an instant; replaced in tests.
    package var schedule: Scheduler.Timer = Scheduler.systemTimer

    package init(schema: LoadedSchema, workspaces: [WorkspaceConfiguration], transport: any Transport) {
        self.schema = schema
        self.workspaces = workspaces
        self.transport = transport
    }

    /// The credential that each workspace has without one of the caller.
    package var configuredCredentials: ConfiguredCredentials {
        let files = workspaces.enumerated().compactMap { index, workspace in workspace.keyFile.map { (index, $0) } }
        return ConfiguredCredentials(workspaces.map(\.credential), files: Dictionary(uniqueKeysWithValues: files))
    }
}

extension ServiceConfiguration {
    /// Makes what makes the upstream calls of all requests.
    ///
    /// - Parameters:
    ///   - former: the configuration until now; nil: there is none.
    ///   - broker: its broker: its caches, budgets and health stay in use as far as nothing that they depend on has changed.
    /// - Returns: the broker.
    func broker(replacing former: ServiceConfiguration?, _ broker: CallBroker?) -> CallBroker {
        if let former, let broker, isSameUpstream(as: former) { return broker }
        return CallBroker(
            workspaces: workspaces.indices.map { index in
                guard let former, let broker, isSameCall(as: former), former.workspaces.indices.contains(index),
                    workspaces[index].isSameUpstream(as: former.workspaces[index])
                else { return workspace(index) }
                return broker.workspaces[index]
            },
            options: optimizations,
            store: store?(workspaces.count)
                ?? InMemoryResponseStore(capacity: responseBytes, workspaces: workspaces.count),
            now: now,
            schedule: schedule
        )
    }

    private func workspace(_ index: Int) -> Workspace {
        Workspace(
            index: index,
            slug: workspaces[index].slug,
            client: UpstreamClient(
                baseURL: workspaces[index].baseURL,
                transport: transport,
                timeout: workspaces[index].timeout ?? upstreamTimeout,
                connection: workspaces[index].connection
            ),
            conventions: schema.bindings.conventions,
            allowance: workspaces[index].allowance,
            now: budgetNow ?? { ContinuousClock.now },
            // One clock for both: a timer of another clock would never be due.
            schedule: budgetNow == nil ? Scheduler.systemTimer : schedule,
            observer: observer.map { UpstreamTelemetry($0) }
        )
    }

    /// Whether a call to the same workspace is made in the same way.
    private func isSameCall(as former: ServiceConfiguration) -> Bool {
        schema.executable === former.schema.executable && upstreamTimeout == former.upstreamTimeout
    }

    /// Whether everything that cached responses and budgets depend on is the same.
    private func isSameUpstream(as former: ServiceConfiguration) -> Bool {
        isSameCall(as: former) && optimizations == former.optimizations && responseBytes == former.responseBytes
            && workspaces.elementsEqual(former.workspaces) { $0.isSameUpstream(as: $1) }
    }
}
