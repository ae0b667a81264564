import Gateway
import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing
import Upstream

/// The estimate holds for the calls that are then made, and an operation that costs too much is not begun.
@Suite struct CostTests {
    /// How the upstream is, and how many workspaces there are.
    struct Setting: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let keys: [String]
        var count = CountVariant.total
        var plans = true
        var shares = true
        var caches = true
    }

    private static let three = ["wsk_live_acme", "wsk_live_globex", "wsk_live_initech"]

    static let settings = [
        Setting(testDescription: "one workspace", keys: ["wsk_live_acme"]),
        Setting(testDescription: "three workspaces", keys: three),
        Setting(testDescription: "count is the page's", keys: ["wsk_live_acme"], count: .page),
        Setting(testDescription: "no count", keys: three, count: .missing),
        Setting(testDescription: "nothing is cached", keys: three, caches: false),
        Setting(testDescription: "no planning", keys: ["wsk_live_acme"], plans: false),
        Setting(
            testDescription: "no planning, no sharing, nothing is cached",
            keys: ["wsk_live_acme"],
            plans: false,
            shares: false,
            caches: false
        ),
    ]

    @Test(arguments: settings)
    func everyQueryStaysWithinItsEstimate(setting: Setting) async throws {
        var spending = CallOptimizations()
        spending.batching = setting.plans
        spending.deduplication = setting.shares
        spending.caching = setting.caches
        // Without sharing a query can make so many calls that a test of them takes too long.
        var limits = RequestLimits()
        limits.maximumCalls = setting.shares ? .max : 2000
        try await withSandbox(setting) { sandbox in
            var estimated: [Int] = []
            let keys = try await keys(of: sandbox)
            for seed in 1...Self.queriesOfASetting {
                let query = GeneratedQuery(seed: UInt64(seed) &* 0x9E37_79B9, keys: keys).text
                sandbox.reset()
                // A gateway of its own: nothing is cached.
                try await withGateway(sandbox, setting, spending: spending, limits: limits) { gateway in
                    if setting.count != .total { try await Self.learnHabits(gateway, sandbox, setting) }
                    guard let counts = try await Self.counts(gateway, setting, query) else { return }
                    let (min, max, made) = (
                        counts["estimated"]?["min"]?.intValue, counts["estimated"]?["max"]?.intValue,
                        counts["made"]?.intValue
                    )
                    let range = try #require(min)...(try #require(max))
                    #expect(
                        range.contains(try #require(made)),
                        "seed \(seed): \(made ?? -1) calls, estimated \(range): \(query)"
                    )
                    #expect(sandbox.calls().total == made)
                    estimated.append(range.upperBound)
                }
            }
            // Many of them make calls, and of different numbers.
            #expect(Set(estimated).count > Self.queriesOfASetting / 4)
        }
    }

    private static let queriesOfASetting = 14

    @Test func cachedFieldsTakeNoCallsAndKeepTheirEstimate() async throws {
        let setting = Self.settings[0]
        try await withSandbox(setting) { sandbox in
            try await withGateway(sandbox, setting) { gateway in
                let query = "{ projects(first: 3) { nodes { issues(first: 2) { nodes { id } } } } }"
                let cold = try await Self.counts(gateway, setting, query)
                let warm = try await Self.counts(gateway, setting, query)
                #expect(cold?["estimated"] == ["min": 1, "max": 6])
                #expect(warm?["estimated"] == cold?["estimated"])
                #expect(cold?["made"] == 4)
                #expect(warm?["made"] == 0)
            }
        }
    }

    @Test func anOperationThatCostsTooMuchIsRefusedBeforeAnyCall() async throws {
        let setting = Self.settings[0]
        try await withSandbox(setting) { sandbox in
            var limits = RequestLimits()
            limits.maximumCalls = 50
            try await withGateway(sandbox, setting, limits: limits) { gateway in
                let query =
                    "{ top: projects(first: 60) { nodes { issues(first: 5) { nodes { id } } } } issues { totalCount } }"
                let response = try await gateway.query(query, key: setting.keys[0])
                let error: JSONValue = [
                    "message":
                        "The operation can take up to 64 upstream calls, and may take 50. Ask for fewer rows, or split it.",
                    "extensions": [
                        "code": "TOO_EXPENSIVE", "estimated": ["min": 2, "max": 64], "priced": ["min": 2, "max": 64],
                        "limit": 50,
                        "paths": [
                            ["path": "top.nodes.issues", "calls": 62], ["path": "top", "calls": 1],
                            ["path": "issues", "calls": 1],
                        ],
                    ],
                ]
                #expect(try response.json() == ["errors": [error]])
                #expect(sandbox.calls().total == 0)
                let cheaper = "{ top: projects(first: 20) { nodes { issues(first: 5) { nodes { id } } } } }"
                #expect(try await gateway.query(cheaper, key: setting.keys[0]).json()["errors"] == nil)
            }
        }
    }

    @Test func onlyUsableWorkspacesAreEstimated() async throws {
        let setting = Self.settings[1]
        try await withSandbox(setting) { sandbox in
            try await withGateway(sandbox, setting) { gateway in
                let query = "{ issues(first: 100) { totalCount } }"
                let all = try await Self.counts(gateway, setting, query)
                #expect(all?["estimated"] == ["min": 3, "max": 3])
                let one = Setting(testDescription: "", keys: [setting.keys[0]])
                #expect(try await Self.counts(gateway, one, query)?["estimated"] == ["min": 1, "max": 1])
            }
        }
    }

    // MARK: - The way there

    /// What a query costs; nil if it is refused because it costs too much.
    private static func counts(
        _ gateway: GatewayUnderTest,
        _ setting: Setting,
        _ query: String
    ) async throws -> JSONValue? {
        var headers = [
            (name: "Content-Type", value: "application/json"), (name: "Gateway-Report", value: "calls"),
            (name: "Authorization", value: "Bearer \(setting.keys[0])"),
        ]
        for (index, key) in setting.keys.enumerated().dropFirst() {
            headers.append((name: "Workspace-Key", value: "w\(index) \(key)"))
        }
        let body: JSONValue = ["query": .string(query)]
        let json = try await gateway.send("POST", "/graphql", headers: headers, body: body.serialized()).json()
        if json["errors"]?[0]?["extensions"]?["code"] == "TOO_EXPENSIVE" { return nil }
        return try #require(json["extensions"]?["calls"], "\(json["errors"] ?? .null): \(query)")
    }

    /// Shows a gateway what counts mean, which can take a call that no estimate foresees, with keys that share nothing else.
    private static func learnHabits(
        _ gateway: GatewayUnderTest,
        _ sandbox: SandboxServer,
        _ setting: Setting
    ) async throws {
        let other = Setting(testDescription: "", keys: setting.keys.map { "\($0)_ada" })
        _ = try await counts(gateway, other, "{ issues(first: 150) { totalCount nodes { id } } }")
        sandbox.reset()
    }

    /// Some ids of projects and issues.
    private func keys(of sandbox: SandboxServer) async throws -> [String] {
        var keys: [String] = []
        try await withGateway(sandbox, Self.settings[0]) { gateway in
            let query = "{ projects(first: 5) { nodes { id } } issues(first: 5) { nodes { id } } }"
            let data = try await gateway.query(query, key: Self.settings[0].keys[0]).json()["data"]
            for name in ["projects", "issues"] {
                keys += data?[name]?["nodes"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
            }
        }
        try #require(keys.count == 10)
        return keys
    }

    private func withGateway(
        _ sandbox: SandboxServer,
        _ setting: Setting,
        spending: CallOptimizations = CallOptimizations(),
        limits: RequestLimits = RequestLimits(),
        _ body: (GatewayUnderTest) async throws -> Void
    ) async throws {
        var options = GatewayUnderTest.Options()
        options.spending = spending
        options.limits = limits
        options.upstreamTimeout = .seconds(30)
        try await GatewayUnderTest.run(
            schema: RepositoryFile.schema(),
            upstreams: setting.keys.indices.map { (slug: "w\($0)", baseURL: "\(sandbox.baseURL)/api/v1") },
            options: options,
            body
        )
    }

    private func withSandbox(_ setting: Setting, _ body: (SandboxServer) async throws -> Void) async throws {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        configuration.plan = .unlimited
        configuration.projects = 30
        configuration.behavior.count = setting.count
        let sandbox = try await SandboxServer.start(configuration: configuration)
        try await body(sandbox)
        try await sandbox.shutdown()
    }
}
