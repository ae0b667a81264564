import Caching
import GraphQL
import JSON
import TestSupport
import Testing
import Upstream

/// A bound schema in front of a scripted upstream: runs queries the whole way from the plan to the response.
///
/// Tests of what calls are made, and of how responses are read, go through it: they state the result and not the way.
/// Without a clock no time passes, so that hardly anything is retried.
struct UpstreamHarness {
    let transport: ScriptedTransport
    let bound: BoundSchema
    let broker: CallBroker
    private let clock: ManualClock?

    init(
        _ sdl: String,
        transport: ScriptedTransport,
        options: CallOptimizations = CallOptimizations(),
        store: (any ResponseStore)? = nil,
        clock: ManualClock? = nil
    ) throws {
        self.clock = clock
        bound = try BoundSchema(sdl)
        try #require(bound.errors == [])
        self.transport = transport
        broker = .single(
            transport: transport,
            conventions: bound.table.conventions,
            options: options,
            store: store,
            clock: clock
        )
    }

    /// Runs one query as one client request; returns the response.
    func run(
        _ query: String,
        variables: JSONObject = JSONObject(),
        authorization: String? = nil,
        timeLeft: Duration = .milliseconds(20),
        fromMemory: Bool = false
    ) async throws -> JSONValue {
        try await cost(
            and: query,
            variables: variables,
            authorization: authorization,
            timeLeft: timeLeft,
            fromMemory: fromMemory
        ).response
    }

    /// Runs one query as one client request; returns its estimate, made before that, and the response.
    func cost(
        and query: String,
        variables: JSONObject = JSONObject(),
        authorization: String? = nil,
        timeLeft: Duration = .milliseconds(20),
        fromMemory: Bool = false
    ) async throws -> (cost: CostRange, response: JSONValue) {
        let session = CallSession(
            broker: broker,
            context: CallContext(
                credentials: [Credential(authorization: authorization)],
                deadline: (clock?.now ?? CallBroker.frozenTime) + timeLeft,
                caller: CallerID("test")
            )
        )
        return try await bound.run(query, variables: variables, for: session, fromMemory: fromMemory)
    }
}

extension CallBroker {
    /// When everything happens: so close to a deadline of 20 ms that a call which fails is seldom made again.
    static let frozenTime = ContinuousClock.now

    /// A broker of one workspace, with the name `main`, for which time stands still.
    static func single(
        transport: some Transport,
        conventions: UpstreamConventions = UpstreamConventions(),
        options: CallOptimizations = CallOptimizations(),
        allowance: Allowance = .unlimited,
        store: (any ResponseStore)? = nil,
        clock: ManualClock? = nil
    ) -> CallBroker {
        let now: @Sendable () -> ContinuousClock.Instant = { clock?.now ?? frozenTime }
        let schedule: Scheduler.Timer = { instant, action in
            guard let clock else { return Scheduler.systemTimer(instant, action) }
            clock.schedule(instant, action)
        }
        let workspace = Workspace(
            index: 0,
            slug: "main",
            client: UpstreamClient(
                baseURL: ScriptedTransport.baseURL + "/",
                transport: transport,
                timeout: .milliseconds(100)
            ),
            conventions: conventions,
            allowance: allowance,
            now: now,
            schedule: schedule
        )
        return CallBroker(workspaces: [workspace], options: options, store: store, now: now, schedule: schedule)
    }
}
