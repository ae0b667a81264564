import Gateway
import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing
import Upstream

/// Upstreams that fail now and then, or one of several that fails all the time: every value is right, and every missing
/// one has an error with a code.
@Suite(.timeLimit(.minutes(15))) struct FaultTests {
    /// Faults that happen together.
    struct FaultSchedule: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let faults: SandboxFaults

        init(_ name: String, _ change: (inout SandboxFaults) -> Void) {
            var faults = SandboxFaults()
            change(&faults)
            testDescription = name
            self.faults = faults
        }
    }

    static let schedules = [
        FaultSchedule("delays") { faults in
            faults.delayRate = 0.2
            faults.delay = .milliseconds(700)
        },
        FaultSchedule("resets") { $0.resetRate = 0.3 },
        FaultSchedule("500") { $0.internalErrorRate = 0.3 },
        FaultSchedule("429") { $0.rateLimitRate = 0.1 },
        FaultSchedule("HTML") { $0.htmlRate = 0.3 },
        FaultSchedule("truncation") { $0.truncateRate = 0.3 },
        FaultSchedule("everything") { faults in
            faults.delayRate = 0.05
            faults.delay = .milliseconds(600)
            faults.resetRate = 0.05
            faults.internalErrorRate = 0.05
            faults.rateLimitRate = 0.02
            faults.htmlRate = 0.05
            faults.truncateRate = 0.05
        },
    ]

    private static let queries = [
        "{ projects(first: 4) { totalCount nodes { id name issues(first: 2) { totalCount nodes { id title } } } } }",
        "{ issues(first: 120) { nodes { id project { id name } } pageInfo { hasNextPage } } }",
        #"{ open: issues(status: "open") { totalCount nodes { id } } done: issues(status: "done") { totalCount } }"#,
        "{ a: issues(first: 1) { nodes { id title } } b: issues(page: 2, perPage: 50) { nodes { id } } c: projects { totalCount } }",
        #"{ missing: issue(id: "task_none") { id } workspace { projects(first: 1) { nodes { id name } } } }"#,
    ]

    @Test(arguments: schedules, [1, 2] as [UInt64])
    func faultyUpstreamCausesErrorsButNoWrongValues(schedule: FaultSchedule, seed: UInt64) async throws {
        let configuration = SandboxUnderTest.configuration { $0.seed = seed }
        var options = GatewayUnderTest.Options()
        options.upstreamTimeout = .milliseconds(500)
        options.limits.timeout = .seconds(3)
        // Each row that fails is reported, however many.
        options.limits.maximumErrors = 1000
        // Without a cache every query meets the faults.
        options.spending.caching = false
        try await SandboxUnderTest.run(configuration) { sandbox in
            var patient = GatewayUnderTest.Options()
            patient.upstreamTimeout = .seconds(25)
            let expected = try await sandbox.withGateway(options: patient) { gateway in
                var responses: [JSONValue] = []
                for query in Self.queries {
                    responses.append(try await gateway.query(query, key: "wsk_live_acme").json())
                    #expect(responses.last?["errors"] == nil)
                }
                return responses
            }
            try await sandbox.withGateway(options: options) { gateway in
                sandbox.server.setFaults(schedule.faults)
                for (query, usual) in zip(Self.queries, expected) {
                    for _ in 0..<3 {
                        let response = try await gateway.query(query, key: "wsk_live_acme")
                        #expect(response.status == 200)
                        expectNothingPrivate(response)
                        expectRightOrFailed(try response.json(), usual)
                    }
                }
            }
        }
    }

    @Test func transientFaultsAreRetried() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            var options = GatewayUnderTest.Options()
            options.spending.caching = false
            try await sandbox.withGateway(options: options) { gateway in
                var faults = SandboxFaults()
                faults.internalErrorRate = 0.08
                sandbox.server.setFaults(faults)
                var failed = 0
                for _ in 0..<40 {
                    let response = try await gateway.query("{ projects { totalCount } }", key: "wsk_live_acme").json()
                    if response != ["data": ["projects": ["totalCount": 12]]] { failed += 1 }
                }
                // Without retries about three of forty fail.
                #expect(failed == 0)
                #expect(sandbox.server.calls().count(ofStatus: 500) > 0)
            }
        }
    }

    @Test func anUpstreamThatIsDownIsNotCalledUntilItsBreakerProbes() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            var options = GatewayUnderTest.Options()
            options.spending.caching = false
            try await sandbox.withGateway(options: options) { gateway in
                var faults = SandboxFaults()
                faults.internalErrorRate = 1
                sandbox.server.setFaults(faults)
                var codes: [JSONValue] = []
                for _ in 0..<12 {
                    let json = try await gateway.query("{ projects { totalCount } }", key: "wsk_live_acme").json()
                    codes.append(json["errors"]?[0]?["extensions"]?["code"] ?? .null)
                }
                #expect(codes.first == "UPSTREAM_ERROR")
                #expect(codes.last == "WORKSPACE_UNAVAILABLE")
                // The retries and the breaker keep twelve requests from becoming three times as many calls.
                #expect(sandbox.server.calls().total <= 20)
                sandbox.server.setFaults(SandboxFaults())
                var healed = false
                // The breaker's pause is real time; a machine that does much else may need a multiple of it.
                let end = ContinuousClock.now + .seconds(120)
                while !healed, ContinuousClock.now < end {
                    let json = try await gateway.query("{ projects { totalCount } }", key: "wsk_live_acme").json()
                    healed = json["errors"] == nil
                }
                #expect(healed)
            }
        }
    }

    @Test func staleResponsesReplaceAnUpstreamThatIsDown() async throws {
        let schema = try RepositoryFile.schemaText()
            .replacing("maxAge: 30, staleWhileRevalidate: 30", with: "maxAge: 0, staleWhileRevalidate: 0")
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(schema: schema) { gateway in
                let query = "{ projects(first: 3) { totalCount nodes { id name } } }"
                let usual = try await gateway.query(query, key: "wsk_live_acme").json()
                var faults = SandboxFaults()
                faults.resetRate = 1
                sandbox.server.setFaults(faults)
                let stale = try await gateway.query(query, key: "wsk_live_acme").json()
                #expect(stale["data"] == usual["data"])
                #expect(stale["extensions"]?["stale"]?["ageSeconds"]?.intValue != nil)
                // Another key has nothing cached.
                let other = try await gateway.query(query, key: "wsk_live_acme_ada").json()
                #expect(other["errors"]?[0]?["extensions"]?["code"] != nil)
            }
        }
    }

    /// What is late costs its own field: what came in time is shown.
    @Test func timedOutFieldNullsOnlyItself() async throws {
        var options = GatewayUnderTest.Options()
        options.limits.timeout = .seconds(3)
        let never = SandboxUnderTest.configuration { $0.latency = .seconds(3600) }
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { healthy in
            try await SandboxUnderTest.run(never) { late in
                try await GatewayUnderTest.run(
                    schema: RepositoryFile.schema(),
                    upstreams: SandboxUnderTest.slugs.map {
                        ($0, $0 == "globex" ? late.upstream : healthy.upstream)
                    },
                    options: options
                ) { gateway in
                    // What the others have is cached when this one is waited for.
                    let query = "{ workspaces { slug projects(first: 1) { totalCount } } }"
                    let others = "{ workspaces(slugs: [\"acme\", \"initech\"]) { projects(first: 1) { totalCount } } }"
                    // On a machine that does much else, once is not enough.
                    while try await gateway.askAll(others).json()["errors"] != nil { try Task.checkCancellation() }
                    let json = try await gateway.askAll(query).json()
                    #expect(
                        json["data"] == [
                            "workspaces": [
                                ["slug": "acme", "projects": ["totalCount": 12]],
                                ["slug": "globex", "projects": .null],
                                ["slug": "initech", "projects": ["totalCount": 12]],
                            ]
                        ]
                    )
                    #expect(json["errors"]?.arrayValue?.compactMap { $0["path"] } == [["workspaces", 1, "projects"]])
                }
            }
        }
    }

    // MARK: - One workspace of three

    /// What is wrong with the second workspace.
    enum Trouble: CaseIterable {
        case down
        case slow
        case outOfBudget

        var codes: [JSONValue] {
            switch self {
            case .down: ["UPSTREAM_ERROR", "WORKSPACE_UNAVAILABLE"]
            case .slow: ["UPSTREAM_TIMEOUT"]
            case .outOfBudget: ["RATE_LIMITED"]
            }
        }
    }

    @Test(arguments: Trouble.allCases)
    func failingWorkspaceNullsOnlyItsPart(trouble: Trouble) async throws {
        try await withTrouble(trouble) { gateway in
            let query = """
                { issues(first: 20) { nodes { id workspace { slug } project { name } } } workspaces { slug \
                projects(first: 1) { totalCount } } }
                """
            let others = """
                { issues(first: 20, workspaces: ["acme", "initech"]) { nodes { project { name } } } \
                workspaces(slugs: ["acme", "initech"]) { projects(first: 1) { totalCount } } }
                """
            // What the others have is cached when the second is waited for, however much else the machine does.
            while try await gateway.askAll(others).json()["errors"] != nil { try Task.checkCancellation() }
            let response = try await gateway.askAll(query)
            expectNothingPrivate(response)
            let json = try response.json()
            let nodes = try #require(json["data"]?["issues"]?["nodes"]?.arrayValue, "\(json)")
            #expect(nodes.count == 20)
            #expect(Set(nodes.compactMap { $0["workspace"]?["slug"]?.stringValue }) == ["acme", "initech"])
            #expect(nodes.allSatisfy { $0["project"]?["name"]?.stringValue != nil })
            #expect(
                json["data"]?["workspaces"] == [
                    ["slug": "acme", "projects": ["totalCount": 12]], ["slug": "globex", "projects": .null],
                    ["slug": "initech", "projects": ["totalCount": 12]],
                ]
            )
            let errors = try #require(json["errors"]?.arrayValue)
            #expect(Set(errors.compactMap { $0["path"] }) == [["issues"], ["workspaces", 1, "projects"]])
            for error in errors {
                #expect(error["extensions"]?["workspace"] == "globex")
                #expect(trouble.codes.contains(error["extensions"]?["code"] ?? .null))
            }
        }
    }

    private func withTrouble(_ trouble: Trouble, _ body: (GatewayUnderTest) async throws -> Void) async throws {
        var options = GatewayUnderTest.Options()
        if trouble == .slow {
            options.upstreamTimeout = .seconds(4)
            options.limits.timeout = .seconds(10)
        }
        let second = SandboxUnderTest.configuration { configuration in
            switch trouble {
            case .down: configuration.faults.resetRate = 1
            case .slow: configuration.latency = .seconds(3600)
            case .outOfBudget: configuration.plan = SandboxPlan(reads: 0, writes: 0, anonymous: 0)
            }
        }
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { healthy in
            try await SandboxUnderTest.run(second) { troubled in
                try await GatewayUnderTest.run(
                    schema: RepositoryFile.schema(),
                    upstreams: SandboxUnderTest.slugs.map {
                        ($0, $0 == "globex" ? troubled.upstream : healthy.upstream)
                    },
                    options: options,
                    body
                )
            }
        }
    }

    // MARK: - Expectations

    private func expectNothingPrivate(_ response: GatewayUnderTest.Response) {
        for secret in ["wsk_live", "Something went wrong", "internal_error", "502 Bad Gateway", "<html"] {
            #expect(!response.text.contains(secret))
        }
    }

    /// Every part of the response is as usual, or null with an error that has its path and a code.
    private func expectRightOrFailed(_ response: JSONValue, _ usual: JSONValue) {
        let errors = response["errors"]?.arrayValue ?? []
        let paths = errors.compactMap { $0["path"]?.arrayValue }
        #expect(paths.count == errors.count, "\(errors)")
        for error in errors {
            let code = error["extensions"]?["code"]?.stringValue.flatMap { ErrorCode(rawValue: $0) }
            #expect(code != nil && code != .internal)
        }
        #expect(differences(response["data"] ?? .null, usual["data"] ?? .null, at: [], paths) == [])
    }

    private func differences(
        _ actual: JSONValue,
        _ usual: JSONValue,
        at path: [JSONValue],
        _ failed: [[JSONValue]]
    ) -> [[JSONValue]] {
        switch (actual, usual) {
        case (.object(let left), .object(let right)):
            guard left.map(\.0) == right.map(\.0) else { return [path] }
            return zip(left, right).flatMap { differences($0.1, $1.1, at: path + [.string($0.0)], failed) }
        case (.array(let left), .array(let right)):
            guard left.count == right.count else { return [path] }
            return zip(left, right).enumerated().flatMap { index, pair in
                differences(pair.0, pair.1, at: path + [.integer(index)], failed)
            }
        default:
            if actual == usual { return [] }
            return actual.isNull && failed.contains { $0.starts(with: path) } ? [] : [path]
        }
    }
}
