package import Caching
package import Upstream

/// The configuration of a service: values that have been read and checked.
package struct ServiceConfiguration: Sendable {
    /// The schema with its bindings.
    package let schema: LoadedSchema
    /// The workspaces of the upstream; a key in `Authorization` is for the first.
    package let workspaces: [WorkspaceConfiguration]
    /// Sends upstream calls.
    package let transport: any Transport
    /// The timeout of one upstream call, for workspaces without a timeout of their own.
    package var upstreamTimeout: Duration = .seconds(10)
    /// Which optimizations of upstream calls are in use.
    package var optimizations = CallOptimizations()
    /// The most bytes of upstream responses that are stored in memory.
    package var responseBytes = 64 << 20
    /// The most bytes of serialized results that are cached; 0: none are.
    package var resultBytes = 8 << 20
    /// Makes the store of upstream responses for a number of workspaces; nil: the store is in memory.
    package var store: (@Sendable (Int) -> any ResponseStore)?
    /// The limits of one request.
    package var limits = RequestLimits()
    /// The documents that may be executed.
    package var documents = DocumentPolicy()
    /// The clients that may call; nil: callers need not authenticate.
    package var directory: ClientDirectory?
    /// The lanes in which callers spend budgets.
    package var lanes = BudgetLanes()
    /// Is notified of requests and calls; nil: there is no observer.
    package var observer: (any GatewayObserver)?
    /// The optional records that the observer requests.
    package var telemetry = TelemetryOptions()
    /// The clock by which responses age.
    package var now: @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now } {
        didSet { hasSystemTime = false }
    }
    /// Whether `now` is the system's clock.
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

    /// The credential of each workspace for callers without one of their own.
    package var configuredCredentials: ConfiguredCredentials {
        let files = workspaces.enumerated().compactMap { index, workspace in workspace.keyFile.map { (index, $0) } }
        return ConfiguredCredentials(workspaces.map(\.credential), files: Dictionary(uniqueKeysWithValues: files))
    }
}

extension ServiceConfiguration {
    /// Makes the broker of the upstream calls of all requests.
    ///
    /// - Parameters:
    ///   - former: the previous configuration; nil: there is none.
    ///   - broker: its broker, whose caches, budgets and health are reused as far as their configuration has not changed.
    /// - Returns: the broker.
    func broker(replacing former: ServiceConfiguration?, _ broker: CallBroker?) -> CallBroker {
        if let former, let broker, isSameUpstream(as: former) { return broker }
        let recentDocuments = RecentDocuments()
        return CallBroker(
            workspaces: workspaces.indices.map { index in
                guard let former, let broker, isSameCall(as: former), former.workspaces.indices.contains(index),
                    workspaces[index].isSameUpstream(as: former.workspaces[index])
                else { return workspace(index, recentDocuments) }
                return broker.workspaces[index]
            },
            options: optimizations,
            store: store?(workspaces.count)
                ?? InMemoryResponseStore(capacity: responseBytes, workspaces: workspaces.count),
            now: now,
            schedule: schedule
        )
    }

    private func workspace(_ index: Int, _ recentDocuments: RecentDocuments) -> Workspace {
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
            observer: observer.map { UpstreamTelemetry($0) },
            recentDocuments: recentDocuments
        )
    }

    /// Whether a call to an unchanged workspace is made in the same way.
    private func isSameCall(as former: ServiceConfiguration) -> Bool {
        schema.executable === former.schema.executable && upstreamTimeout == former.upstreamTimeout
    }

    /// Whether everything that cached responses and budgets depend on is unchanged.
    private func isSameUpstream(as former: ServiceConfiguration) -> Bool {
        isSameCall(as: former) && optimizations == former.optimizations && responseBytes == former.responseBytes
            && workspaces.elementsEqual(former.workspaces) { $0.isSameUpstream(as: $1) }
    }
}
