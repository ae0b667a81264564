import JSON
import Sandbox
import Testing

/// How errors, pauses and limits are stated under each API variant.
@Suite struct ErrorVariantTests {
    @Test(arguments: [
        (ErrorShape.flat, #"{"error":"validation_failed","message":"name is required."}"#),
        (.list, #"{"data":null,"count":0,"error":"name is required."}"#),
        (.nested, #"{"error":{"code":"validation_failed","message":"name is required."}}"#),
        (.success, #"{"success":false,"error":{"code":"validation_failed","message":"name is required."},"data":{}}"#),
        (.none, ""),
    ])
    func errorsCanHaveStatus200(shape: ErrorShape, text: String) async throws {
        try await SandboxHarness.run {
            $0.behavior.errors = shape
            $0.behavior.errorStatus = .ok
        } body: { harness in
            let reply = try await harness.send("POST", "/projects", body: "{}")
            #expect(reply.status == 200)
            #expect(reply.text == text)
            #expect(try await harness.send("GET", "/projects/none").status == 404)
            #expect(try await harness.send("GET", "/projects", key: nil).status == 401)
        }
    }

    @Test func anyRequestCanStateAnErrorIn200WithoutAnEffect() async throws {
        try await SandboxHarness.run {
            $0.faults.statedErrorRate = 1
        } body: { harness in
            let expected: JSONValue = ["error": "workspace_suspended", "message": "The workspace is suspended."]
            for (method, path) in [("GET", "/issues"), ("GET", "/issues/none"), ("POST", "/projects")] {
                let reply = try await harness.send(method, path, body: method == "POST" ? #"{"name":"x"}"# : nil)
                #expect(reply.status == 200)
                #expect(reply.json == expected)
            }
            harness.server.setFaults(SandboxFaults())
            #expect(try await harness.send("GET", "/projects").json?["count"] == 6)
        }
    }

    @Test(arguments: [
        (RetryAfterFormat.seconds, "40"), (.fraction, "40.0"), (.unit, "40s"),
        (.httpDate, "Fri, 15 Jan 2027 08:01:00 GMT"),
    ])
    func retryAfterHasFourFormats(format: RetryAfterFormat, expected: String) async throws {
        try await SandboxHarness.run {
            $0.plan = SandboxPlan(reads: 1)
            $0.behavior.retryAfterFormat = format
        } body: { harness in
            _ = try await harness.send("GET", "/projects")
            harness.clock.advance(seconds: 20)
            let refused = try await harness.send("GET", "/projects")
            #expect(refused.status == 429)
            #expect(refused.headers["retry-after"] == expected)
        }
    }

    @Test(arguments: [
        (RetryAfterBody.seconds, #","retry_after":60}"# as String?), (.fraction, #","retry_after":60.0}"#),
        (.absent, nil),
    ])
    func theBodyStatesThePauseInThreeWays(variant: RetryAfterBody, end: String?) async throws {
        try await SandboxHarness.run {
            $0.plan = SandboxPlan(reads: 1)
            $0.behavior.retryAfter = .absent
            $0.behavior.retryAfterBody = variant
        } body: { harness in
            _ = try await harness.send("GET", "/projects")
            let refused = try await harness.send("GET", "/projects")
            #expect(refused.headers["retry-after"] == nil)
            #expect(refused.text.contains("retry_after") == (end != nil))
            if let end { #expect(refused.text.hasSuffix(end)) }
        }
    }

    @Test func aServiceThatIsDownAsksForAPause() async throws {
        try await SandboxHarness.run {
            $0.faults.unavailableRate = 1
        } body: { harness in
            let reply = try await harness.send("GET", "/projects")
            #expect(reply.status == 503)
            #expect(reply.headers["retry-after"] == "1")
            #expect(
                reply.json == [
                    "error": "service_unavailable", "message": "The service is temporarily unavailable.",
                    "retry_after": 1,
                ]
            )
        }
    }

    @Test(arguments: [
        (ResetFormat.unix, "1800000060"), (.seconds, "60"), (.fraction, "60.0"), (.unit, "60s"),
        (.httpDate, "Fri, 15 Jan 2027 08:01:00 GMT"), (.iso8601, "2027-01-15T08:01:00Z"),
    ])
    func resetHasSixFormats(format: ResetFormat, expected: String) async throws {
        try await SandboxHarness.run {
            $0.plan = SandboxPlan(reads: 4)
            $0.behavior.reset = format
        } body: { harness async throws in
            #expect(try await harness.send("GET", "/projects").headers["x-ratelimit-reset"] == expected)
        }
    }

    @Test func limitsCanBeStatedAsTheDraftDoes() async throws {
        for variant in [RateLimitHeaders.ietf, .ietfEarlier] {
            try await SandboxHarness.run {
                $0.plan = SandboxPlan(reads: 4)
                $0.behavior.rateLimitHeaders = variant
            } body: { harness in
                let headers = try await harness.send("GET", "/projects").headers.filter { $0.key.contains("ratelimit") }
                #expect(
                    headers
                        == (variant == .ietf
                            ? ["ratelimit-policy": "\"default\";q=4;w=60", "ratelimit": "\"default\";r=3;t=60"]
                            : ["ratelimit-limit": "4", "ratelimit-remaining": "3", "ratelimit-reset": "60"])
                )
            }
        }
    }

    @Test func theClockCanBeAhead() async throws {
        try await SandboxHarness.run {
            $0.plan = SandboxPlan(reads: 1)
            $0.behavior.clockSkew = 3600
            $0.behavior.dateHeader = true
            $0.behavior.retryAfterFormat = .httpDate
        } body: { harness in
            let first = try await harness.send("GET", "/projects")
            #expect(first.headers["date"] == "Fri, 15 Jan 2027 09:00:00 GMT")
            #expect(first.headers["x-ratelimit-reset"] == "1800003660")
            let refused = try await harness.send("GET", "/projects")
            #expect(refused.headers["retry-after"] == "Fri, 15 Jan 2027 09:01:00 GMT")
        }
    }

    @Test func onePathCanFailWhileOthersWork() async throws {
        try await SandboxHarness.run { harness in
            let ids = try await harness.send("GET", "/issues").ids
            var faults = SandboxFaults()
            faults.failures = [
                SandboxFailure(path: "/issues/\(ids[0])"),
                SandboxFailure(method: "POST", path: "/projects", status: 503),
            ]
            harness.server.setFaults(faults)
            #expect(try await harness.send("GET", "/issues/\(ids[0])").status == 500)
            #expect(try await harness.send("PATCH", "/issues/\(ids[0])", body: #"{"title":"x"}"#).status == 500)
            #expect(try await harness.send("GET", "/issues/\(ids[1])").status == 200)
            #expect(try await harness.send("GET", "/issues").status == 200)
            #expect(try await harness.send("POST", "/projects", body: #"{"name":"x"}"#).status == 503)
            #expect(try await harness.send("GET", "/projects").status == 200)
        }
    }
}
