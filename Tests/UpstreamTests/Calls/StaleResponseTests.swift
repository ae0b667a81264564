import JSON
import Synchronization
import TestSupport
import Testing

@testable import Upstream

/// A stale response in place of a failure: how often the upstream is asked meanwhile.
@Suite struct StaleResponseTests {
    private static let purpose = CallPurpose.cached(maxAge: 10, ifError: 300)

    /// Failures that the upstream's health knows nothing of.
    @Test(arguments: [
        ScriptedTransport.Outcome.status(200, "<html>Signed out</html>"), .json(#"{"error":"suspended","data":null}"#),
        .json(#"{"success":false,"data":null}"#), .status(302, ""),
    ])
    func aFailureWithAStatusOfSuccessIsTriedAgainAfterFiveSeconds(outcome: ScriptedTransport.Outcome) async {
        let failure = Mutex<ScriptedTransport.Outcome?>(nil)
        var conventions = UpstreamConventions()
        conventions.items = "data"
        let calls = ClockedCalls(conventions: conventions) { _ in
            failure.withLock { $0 } ?? .json(#"{"id":"1"}"#)
        }
        #expect(await calls.fetch("/a", purpose: Self.purpose) == #"{"id":"1"}"#)
        failure.withLock { $0 = outcome }
        calls.clock.advance(by: .seconds(11))
        for _ in 0..<20 {
            for _ in 0..<10 {
                let session = calls.session()
                let shown = await session.fetch([Call(path: "/a")], purpose: Self.purpose).map(\.word)
                #expect(shown == [#"{"id":"1"}"#])
                #expect(session.report.current.staleAge != nil)
            }
            calls.clock.advance(by: .milliseconds(500))
        }
        // Ten seconds: at the beginning, and after five of them.
        #expect(calls.transport.paths.count == 1 + 2)
        failure.withLock { $0 = nil }
        #expect(await calls.fetch("/a", purpose: Self.purpose) == #"{"id":"1"}"#)
        #expect(calls.transport.paths.count == 4)
        #expect(await calls.fetch("/a", purpose: Self.purpose) == #"{"id":"1"}"#)
        #expect(calls.transport.paths.count == 4)
    }

    @Test func aResponseWithoutValidatorsIsNotRevalidated() async {
        let count = Mutex(0)
        let calls = ClockedCalls { _ in
            count.withLock { $0 += 1 }
            return count.withLock { $0 } == 1 ? .json("1") : .status(304, "")
        }
        #expect(await calls.fetch("/a", purpose: .cached(maxAge: 10, ifError: 0)) == "1")
        calls.clock.advance(by: .seconds(11))
        #expect(await calls.fetch("/a", purpose: .cached(maxAge: 10, ifError: 0)) != "1")
    }

    /// The tag of a 304, and whether it is that of the stored response.
    @Test(
        arguments: [(nil, true), ("\"1\"", true), ("W/\"1\"", true), ("\"2\"", false), ("W/\"2\"", true)]
            as [(String?, Bool)]
    )
    func aResponseIsNotRevalidatedByThatOfAnotherVersion(tag: String?, isCurrent: Bool) async {
        let hasStored = Mutex(false)
        let calls = ClockedCalls { request in
            if hasStored.withLock({ $0 }), request.headers.contains(where: { $0.name == "If-None-Match" }) {
                return .status(304, "", headers: tag.map { [(name: "ETag", value: $0)] } ?? [])
            }
            return .status(
                200,
                hasStored.withLock { $0 } ? "\"new\"" : "\"old\"",
                headers: [(name: "ETag", value: "\"1\"")]
            )
        }
        #expect(await calls.fetch("/a", purpose: .cached(maxAge: 10, ifError: 0)) == "\"old\"")
        hasStored.withLock { $0 = true }
        calls.clock.advance(by: .seconds(11))
        #expect(
            await calls.fetch("/a", purpose: .cached(maxAge: 10, ifError: 0)) == (isCurrent ? "\"old\"" : "\"new\"")
        )
        #expect(calls.transport.paths.count == (isCurrent ? 2 : 3))
    }

    @Test func aResponseThatHasNotChangedIsNoFailure() async {
        let body = Mutex("1")
        let calls = ClockedCalls { request in
            let tag = body.withLock { "\"\($0)\"" }
            let isCurrent = request.headers.contains { $0.name == "If-None-Match" && $0.value == tag }
            return isCurrent
                ? .status(304, "") : .status(200, body.withLock { $0 }, headers: [(name: "ETag", value: tag)])
        }
        for version in ["1", "1", "2", "2", "3"] {
            body.withLock { $0 = version }
            #expect(await calls.fetch("/a", purpose: .cached(maxAge: 0, ifError: 300)) == version)
            calls.clock.advance(by: .seconds(1))
        }
        #expect(calls.transport.paths.count == 5)
    }

    @Test func whatIsNotCachedIsAlwaysAskedFor() async {
        let calls = ClockedCalls { _ in .status(200, "<html>") }
        for _ in 0..<5 { #expect(await calls.fetch("/a", purpose: Self.purpose) == "UPSTREAM_INVALID_RESPONSE") }
        #expect(calls.transport.paths.count == 5)
    }
}
