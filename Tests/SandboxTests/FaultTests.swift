import JSON
import NIOCore
import Sandbox
import Testing

@Suite struct FaultTests {
    @Test func aServerErrorHasNoEffect() async throws {
        try await SandboxHarness.run {
            $0.faults.internalErrorRate = 1
        } body: { harness in
            let reply = try await harness.send("POST", "/projects", body: #"{"name":"x"}"#)
            #expect(reply.status == 500)
            #expect(reply.json == ["error": "internal_error", "message": "Something went wrong."])
            #expect(harness.server.calls().count(of: "POST /projects") == 1)
            #expect(harness.server.calls().count(ofStatus: 500) == 1)
        }
    }

    @Test func a429CanComeEarly() async throws {
        try await SandboxHarness.run {
            $0.plan = .standard
            $0.faults.rateLimitRate = 1
        } body: { harness in
            let reply = try await harness.send("GET", "/projects")
            #expect(reply.status == 429)
            #expect(reply.headers["retry-after"] == "1")
            #expect(reply.headers["x-ratelimit-remaining"] == "99")
        }
    }

    @Test func aProxyRespondsWithHTML() async throws {
        try await SandboxHarness.run {
            $0.faults.htmlRate = 1
        } body: { harness in
            let reply = try await harness.send("GET", "/projects")
            #expect(reply.status == 502)
            #expect(reply.headers["content-type"] == "text/html; charset=utf-8")
            #expect(reply.text.hasPrefix("<!DOCTYPE html>"))
        }
    }

    @Test func aTruncatedResponsePromisesMoreThanItSends() async throws {
        try await SandboxHarness.run {
            $0.faults.truncateRate = 1
        } body: { harness in
            let reply = try await harness.send("GET", "/projects")
            let promised = try #require(reply.headers["content-length"].flatMap { Int($0) })
            #expect(reply.status == 200)
            #expect(reply.body.count == promised / 2)
        }
    }

    @Test func aResetConnectionGivesNoResponse() async throws {
        try await SandboxHarness.run {
            $0.faults.resetRate = 1
        } body: { harness in
            let request = harness.request("GET", "/api/v1/projects", key: "wsk_live_acme", headers: [], body: nil)
            await #expect(throws: IOError.self) {
                try await HTTPExchange.bytes(request, port: harness.server.port)
            }
            #expect(harness.server.calls().count(ofStatus: 0) == 1)
        }
    }

    @Test func faultsStrikeAtTheirRateAndInTheSameOrder() async throws {
        var runs: [[Int]] = []
        for _ in 0..<2 {
            try await SandboxHarness.run {
                $0.faults.internalErrorRate = 0.3
            } body: { harness in
                var statuses: [Int] = []
                for _ in 0..<60 {
                    statuses.append(try await harness.send("GET", "/projects/none").status)
                }
                runs.append(statuses)
            }
        }
        #expect(runs[0] == runs[1])
        #expect((8...28).contains(runs[0].filter { $0 == 500 }.count))
        #expect(Set(runs[0]) == [404, 500])
    }

    @Test func anUpstreamCanFailAndRecover() async throws {
        try await SandboxHarness.run { harness in
            var faults = SandboxFaults()
            faults.internalErrorRate = 1
            harness.server.setFaults(faults)
            let failed = try await harness.send("GET", "/projects")
            harness.server.setFaults(SandboxFaults())
            let recovered = try await harness.send("GET", "/projects")
            #expect([failed.status, recovered.status] == [500, 200])
        }
    }

    @Test func faultsDoNotAffectTheSandboxItselfNorAnonymousRequests() async throws {
        try await SandboxHarness.run {
            $0.faults.resetRate = 1
        } body: { harness async throws in
            #expect(try await harness.send("GET", "/projects", key: nil).status == 401)
            #expect(try await harness.sendOwn("GET", "/_sandbox/calls").status == 200)
        }
    }
}
