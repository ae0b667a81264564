import JSON
import Sandbox
import Testing

@Suite struct RateLimitTests {
    private static let start = 1_800_000_000

    @Test func readsAndWritesAreCountedApart() async throws {
        try await SandboxHarness.run {
            $0.plan = SandboxPlan(reads: 4)
        } body: { harness in
            let read = try await harness.send("GET", "/projects")
            #expect(limits(of: read) == ["4", "3", "\(Self.start + 60)"])
            let write = try await harness.send("POST", "/projects", body: #"{"name":"x"}"#)
            #expect(limits(of: write) == ["2", "1", "\(Self.start + 60)"])
            let other = try await harness.send("GET", "/projects", key: "wsk_live_globex")
            #expect(limits(of: other) == ["4", "3", "\(Self.start + 60)"])
        }
    }

    @Test func overTheLimitIs429UntilTheWindowEnds() async throws {
        try await SandboxHarness.run {
            $0.plan = SandboxPlan(reads: 2)
        } body: { harness in
            for _ in 0..<2 {
                #expect(try await harness.send("GET", "/projects").status == 200)
            }
            harness.clock.advance(seconds: 20)
            let refused = try await harness.send("GET", "/projects")
            #expect(refused.status == 429)
            #expect(refused.headers["retry-after"] == "40")
            #expect(limits(of: refused) == ["2", "0", "\(Self.start + 60)"])
            let body = """
                {"error":"rate_limit_exceeded","message":"API rate limit exceeded. Try again in 40 seconds.","retry_after":40}
                """
            #expect(refused.text == body)
            harness.clock.advance(seconds: 40)
            let again = try await harness.send("GET", "/projects")
            #expect(again.status == 200)
            #expect(limits(of: again) == ["2", "1", "\(Self.start + 120)"])
        }
    }

    @Test func anonymousRequestsShareTen() async throws {
        try await SandboxHarness.run {
            $0.plan = .standard
        } body: { harness async throws in
            for _ in 0..<5 {
                #expect(try await harness.send("GET", "/projects", key: nil).status == 401)
                #expect(try await harness.send("POST", "/issues", key: "wrong", body: "{}").status == 401)
            }
            #expect(try await harness.send("GET", "/projects", key: nil).status == 429)
            #expect(try await harness.send("GET", "/projects").status == 200)
            #expect(harness.server.calls().keys["anonymous"]?.statuses == [401: 10, 429: 1])
        }
    }

    @Test(arguments: [("standard", 100, 50), ("professional", 500, 250), ("enterprise", 2000, 1000)])
    func plansHaveTheirLimits(name: String, reads: Int, writes: Int) throws {
        let plan = try #require(SandboxPlan.named.first { $0.name == name }?.plan)
        #expect(plan == SandboxPlan(reads: reads, writes: writes, anonymous: 10))
    }

    @Test func anUnlimitedPlanHasNoHeaders() async throws {
        try await SandboxHarness.run { harness async throws in
            #expect(limits(of: try await harness.send("GET", "/projects")) == [nil, nil, nil])
        }
    }

    @Test func sharedCountersCountWritesWithReads() async throws {
        try await SandboxHarness.run {
            $0.plan = SandboxPlan(reads: 4)
            $0.behavior.rateLimitHeaders = .shared
        } body: { harness in
            _ = try await harness.send("GET", "/projects")
            let write = try await harness.send("POST", "/projects", body: #"{"name":"x"}"#)
            #expect(limits(of: write) == ["4", "2", "\(Self.start + 60)"])
        }
    }

    @Test func withoutHeadersTheLimitHoldsAllTheSame() async throws {
        try await SandboxHarness.run {
            $0.plan = SandboxPlan(reads: 1)
            $0.behavior.rateLimitHeaders = .absent
            $0.behavior.retryAfter = .absent
        } body: { harness in
            #expect(limits(of: try await harness.send("GET", "/projects")) == [nil, nil, nil])
            let refused = try await harness.send("GET", "/projects")
            #expect(refused.status == 429)
            #expect(limits(of: refused) == [nil, nil, nil])
            #expect(refused.headers["retry-after"] == nil)
            #expect(refused.json?["retry_after"] == 60)
        }
    }

    @Test func headersCanBeWrong() async throws {
        try await SandboxHarness.run {
            $0.plan = SandboxPlan(reads: 1)
            $0.behavior.rateLimitHeaders = .wrong
        } body: { harness in
            #expect(limits(of: try await harness.send("GET", "/projects")) == ["1", "1", "\(Self.start + 60)"])
            let refused = try await harness.send("GET", "/projects")
            #expect(refused.status == 429)
            #expect(limits(of: refused) == ["1", "1", "\(Self.start + 60)"])
        }
    }

    @Test func resetCanCountFromNow() async throws {
        try await SandboxHarness.run {
            $0.plan = SandboxPlan(reads: 4)
            $0.behavior.reset = .seconds
        } body: { harness in
            _ = try await harness.send("GET", "/projects")
            harness.clock.advance(seconds: 15)
            #expect(limits(of: try await harness.send("GET", "/projects")) == ["4", "2", "45"])
        }
    }

    @Test(arguments: [(NotModified.counted, "2"), (.free, "3")])
    func notModifiedCountsOrNot(variant: NotModified, remaining: String) async throws {
        try await SandboxHarness.run {
            $0.plan = SandboxPlan(reads: 4)
            $0.behavior.validators = .etag
            $0.behavior.notModified = variant
        } body: { harness in
            let tag = try #require(try await harness.send("GET", "/projects").headers["etag"])
            let again = try await harness.send("GET", "/projects", headers: ["If-None-Match: \(tag)"])
            #expect(again.status == 304)
            #expect(again.headers["x-ratelimit-remaining"] == remaining)
        }
    }

    private func limits(of reply: HTTPReply) -> [String?] {
        ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"].map { reply.headers[$0] }
    }
}
