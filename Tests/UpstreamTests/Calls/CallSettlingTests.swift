import GraphQL
import Synchronization
import TestSupport
import Testing

@testable import Upstream

/// Each call of a batch is settled by its own response: nobody waits for the slowest, and ages are their own.
@Suite(.timeLimit(.minutes(15))) struct CallSettlingTests {
    private let purpose = CallPurpose.cached(maxAge: 30)
    private let slow = Latch()

    private func calls() -> ClockedCalls {
        ClockedCalls { [slow] request in
            if request.path == "/slow" { await slow.wait() }
            return .json("\"\(request.path)\"")
        }
    }

    @Test func theFastCallOfABatchIsSharedBeforeTheSlowOneHasAResponse() async {
        let calls = calls()
        let batch = Task { [purpose] in
            await calls.session().fetch([Call(path: "/slow"), Call(path: "/fast")], purpose: purpose)
        }
        await slow.arrivals(reach: 1)
        // Joins the call, or finds its response: the batch has not ended.
        #expect(await calls.fetch("/fast", purpose: purpose) == #""/fast""#)
        slow.open()
        #expect(await batch.value.map(\.word) == [#""/slow""#, #""/fast""#])
        #expect(calls.transport.paths.sorted() == ["/fast", "/slow"])
    }

    @Test(arguments: ["/slow", "/fast"])
    func theAgeOfAResponseCountsFromWhenItsRequestWasSent(path: String) async {
        let calls = calls()
        let batch = Task { [purpose] in
            await calls.session().fetch([Call(path: "/slow"), Call(path: "/fast")], purpose: purpose)
        }
        await slow.arrivals(reach: 1)
        calls.clock.advance(by: .seconds(21))
        slow.open()
        _ = await batch.value
        calls.clock.advance(by: .seconds(4))
        let session = calls.session()
        _ = await session.fetch([Call(path: path)], purpose: purpose)
        #expect(session.report.current.made == 0)
        #expect(session.report.current.freshFor == .seconds(5))
        calls.clock.advance(by: .seconds(6))
        _ = await calls.fetch(path, purpose: purpose)
        #expect(calls.transport.paths.filter { $0 == path }.count == 2)
    }

    @Test func theAgeThatAResponseCameWithCountsToo() async {
        let calls = ClockedCalls { _ in .status(200, "1", headers: [(name: "Age", value: "12")]) }
        let session = calls.session()
        _ = await session.fetch([Call(path: "/a")], purpose: purpose)
        #expect(session.report.current.freshFor == .seconds(18))
    }

    @Test func aFollowerWaitsNoLongerThanItsOwnRequestHasTime() async {
        let calls = calls()
        let leader = Task { [purpose] in await calls.fetch("/slow", timeLeft: .seconds(30), purpose: purpose) }
        await slow.arrivals(reach: 1)
        let session = calls.session(timeLeft: .milliseconds(800))
        let follower = Task { [purpose] in await session.fetch([Call(path: "/slow")], purpose: purpose).map(\.word) }
        while session.report.current.shared == 0 || calls.clock.timers == 0, !Task.isCancelled { await Task.yield() }
        calls.clock.advance(by: .seconds(1))
        #expect(await follower.value == ["UPSTREAM_TIMEOUT"])
        slow.open()
        #expect(await leader.value == #""/slow""#)
        #expect(calls.transport.paths == ["/slow"])
    }

    @Test func aFollowerWhoseClientGoesAwayStopsWaiting() async {
        let calls = calls()
        let leader = Task { [purpose] in await calls.fetch("/slow", purpose: purpose) }
        await slow.arrivals(reach: 1)
        let session = calls.session()
        let follower = Task { [purpose] in await session.fetch([Call(path: "/slow")], purpose: purpose).map(\.word) }
        while session.report.current.shared == 0, !Task.isCancelled { await Task.yield() }
        follower.cancel()
        #expect(await follower.value == ["REQUEST_CANCELLED"])
        slow.open()
        _ = await leader.value
    }
}
