import GraphQL
import Synchronization
import TestSupport
import Testing

@testable import Upstream

/// What every credential of a workspace may see is shown only to one that the upstream has accepted itself.
@Suite(.timeLimit(.minutes(15))) struct SharedScopeTests {
    private let purpose = CallPurpose.cached(maxAge: 30, isShared: true)

    /// An upstream that knows the keys `a` and `b`.
    private func calls(
        _ response: @escaping @Sendable (TransportRequest) async -> ScriptedTransport.Outcome? = { _ in nil }
    ) -> ClockedCalls {
        ClockedCalls { request in
            if let response = await response(request) { return response }
            return ["a", "b"].contains(request.key) ? .json("1") : .status(401, "")
        }
    }

    @Test func aMadeUpKeyIsNotServedSharedResponses() async {
        let calls = calls()
        #expect(await calls.fetch("/x", "a", purpose: purpose) == "1")
        #expect(await calls.fetch("/x", "made-up", purpose: purpose) == "UNAUTHENTICATED")
        #expect(await calls.fetch("/x", "a", purpose: purpose) == "1")
        #expect(calls.transport.requests.map(\.key) == ["a", "made-up"])
    }

    @Test func aKeyIsAcceptedByOneCallAndSharesFromThenOn() async {
        let calls = calls()
        #expect(await calls.fetch("/x", "a", purpose: purpose) == "1")
        #expect(await calls.fetch("/y", "b", purpose: purpose) == "1")
        #expect(await calls.fetch("/x", "b", purpose: purpose) == "1")
        #expect(await calls.fetch("/y", "a", purpose: purpose) == "1")
        #expect(calls.transport.requests.map(\.path) == ["/x", "/y"])
    }

    @Test func anAcceptanceIsAsOldAsItsCall() async {
        let calls = calls()
        _ = await calls.fetch("/y", "b", purpose: purpose)
        calls.clock.advance(by: .seconds(20))
        _ = await calls.fetch("/x", "a", purpose: purpose)
        let session = calls.session("b")
        _ = await session.fetch([Call(path: "/x")], purpose: purpose)
        #expect(session.report.current.made == 0)
        #expect(session.report.current.freshFor == .seconds(10))
        calls.clock.advance(by: .seconds(11))
        _ = await calls.fetch("/x", "b", purpose: purpose)
        #expect(calls.transport.requests.map(\.key) == ["b", "a", "b"])
    }

    @Test func aKeyThatIsRevokedSharesNoMore() async {
        let isRevoked = Mutex(false)
        let calls = calls { $0.key == "b" && isRevoked.withLock { $0 } ? .status(401, "") : nil }
        _ = await calls.fetch("/x", "a", purpose: purpose)
        _ = await calls.fetch("/y", "b", purpose: purpose)
        isRevoked.withLock { $0 = true }
        #expect(await calls.fetch("/x", "b", purpose: purpose) == "1")
        #expect(await calls.fetch("/z", "b", purpose: purpose) == "UNAUTHENTICATED")
        #expect(await calls.fetch("/x", "b", purpose: purpose) == "UNAUTHENTICATED")
        #expect(await calls.fetch("/x", "a", purpose: purpose) == "1")
    }

    @Test func aKeyThatIsNotAcceptedDoesNotJoinTheCallOfAnother() async {
        let latch = Latch()
        let calls = calls { request in
            await latch.wait()
            return nil
        }
        let bogus = Task { [purpose] in await calls.fetch("/x", "made-up", purpose: purpose) }
        await latch.arrivals(reach: 1)
        let valid = Task { [purpose] in await calls.fetch("/x", "a", purpose: purpose) }
        await latch.arrivals(reach: 2)
        latch.open()
        #expect(await bogus.value == "UNAUTHENTICATED")
        #expect(await valid.value == "1")
    }

    @Test(arguments: [401, 403, 429])
    func aFailureOfOneKeyIsNotShared(status: Int) async {
        let latch = Latch()
        let isArmed = Mutex(false)
        let calls = calls { request in
            guard isArmed.withLock({ $0 }), request.path == "/x", request.key == "a" else { return nil }
            await latch.wait()
            return .status(status, "", headers: [(name: "Retry-After", value: "3600")])
        }
        for key in ["a", "b"] { _ = await calls.fetch("/accepted", key, purpose: purpose) }
        isArmed.withLock { $0 = true }
        let leader = Task { [purpose] in await calls.fetch("/x", "a", purpose: purpose) }
        await latch.arrivals(reach: 1)
        let session = calls.session("b")
        let follower = Task { [purpose] in await session.fetch([Call(path: "/x")], purpose: purpose).map(\.word) }
        while session.report.current.shared == 0, !Task.isCancelled { await Task.yield() }
        latch.open()
        #expect(await follower.value == ["1"])
        let codes = [401: "UNAUTHENTICATED", 403: "FORBIDDEN", 429: "RATE_LIMITED"]
        #expect(await leader.value == codes[status])
    }

    @Test func aKeyDoesNotWaitForTheBudgetOfAnother() async {
        let calls = ClockedCalls(allowance: Allowance(readsPerMinute: 2, writesPerMinute: 2)) { _ in .json("1") }
        for path in ["/1", "/2"] { _ = await calls.fetch(path, "a", purpose: purpose) }
        _ = await calls.fetch("/3", "b", purpose: purpose)
        let waiting = Task { [purpose] in
            await calls.fetch("/x", "a", timeLeft: .seconds(500), purpose: purpose)
        }
        while calls.workspace.budget(of: Credential(key: "a")).waitingCalls == 0, !Task.isCancelled {
            await Task.yield()
        }
        #expect(await calls.fetch("/x", "b", timeLeft: .seconds(500), purpose: purpose) == "1")
        calls.clock.advance(by: .seconds(62))
        #expect(await waiting.value == "1")
    }
}
