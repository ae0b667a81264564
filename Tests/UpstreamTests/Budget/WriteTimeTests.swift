import GraphQL
import JSON
import TestSupport
import Testing

@testable import Upstream

/// A write that could not learn its outcome in the time that is left is not sent.
@Suite(.timeLimit(.minutes(15))) struct WriteTimeTests {
    private let clock = ManualClock()
    private let transport = ScriptedTransport { (_: String) in .status(204, "") }
    private let workspace: Workspace
    private let key = Credential(key: "k")

    init() {
        workspace = Workspace(
            index: 0,
            slug: "main",
            client: UpstreamClient(baseURL: ScriptedTransport.baseURL, transport: transport, timeout: .seconds(2)),
            conventions: UpstreamConventions(),
            allowance: Allowance(readsPerMinute: nil, writesPerMinute: 1),
            now: { [clock] in clock.now },
            schedule: { [clock] in clock.schedule($0, $1) }
        )
    }

    /// Carries out a write; returns the code of its failure, nil if it was done.
    private func write(timeLeft: Duration) async -> String? {
        let write = UpstreamWrite(
            method: .delete,
            call: Call(path: "/1"),
            route: BindingID(index: 0),
            body: nil,
            key: "1",
            content: .anything
        )
        let context = CallContext(credentials: [key], deadline: clock.now + timeLeft, caller: CallerID("k"))
        guard case .refused(let failure, _) = await workspace.write(write, context: context, willSend: {}) else {
            return nil
        }
        return failure.extensions["code"]?.stringValue
    }

    @Test(arguments: [
        (Duration.zero, true), (.milliseconds(1), true), (.milliseconds(199), true), (.milliseconds(200), false),
        (.seconds(2), false),
    ])
    func writeWithLessThanATenthOfACallsTimeIsNotSent(timeLeft: Duration, isRefused: Bool) async {
        #expect(await write(timeLeft: timeLeft) == (isRefused ? "UPSTREAM_TIMEOUT" : nil))
        #expect(transport.log == (isRefused ? [] : ["DELETE /1"]))
    }

    @Test func aWriteThatIsNotSentCostsNothing() async {
        #expect(await write(timeLeft: .milliseconds(1)) == "UPSTREAM_TIMEOUT")
        #expect(await write(timeLeft: .seconds(2)) == nil)
    }

    /// The budget has room again 62 s after it was used up.
    @Test(arguments: [(Duration.milliseconds(62_199), true), (.milliseconds(62_200), false)])
    func aWriteIsRefusedAtOnceIfItsTurnComesTooLate(timeLeft: Duration, isRefused: Bool) async {
        let budget = workspace.budget(of: key)
        #expect(budget.take(1, kind: .write, priority: .interactive) == 1)
        let task = Task { await write(timeLeft: timeLeft) }
        if !isRefused {
            while budget.waitingCalls == 0 || clock.timers == 0, !Task.isCancelled { await Task.yield() }
            clock.advance(by: .seconds(62))
        }
        #expect(await task.value == (isRefused ? "RATE_LIMITED" : nil))
        #expect(transport.log == (isRefused ? [] : ["DELETE /1"]))
    }
}
