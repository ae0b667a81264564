import GraphQL
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Upstream

/// A read that the rate limit refuses waits as long as stated and goes on; one that fails is tried again a few times.
@Suite(.timeLimit(.minutes(15))) struct RefusedReadTests {
    private static let fields: [(name: String, value: String)] = [
        (name: "X-RateLimit-Limit", value: "500"), (name: "X-RateLimit-Remaining", value: "480"),
        (name: "X-RateLimit-Reset", value: "30"),
    ]

    /// An upstream that gives some outcomes first, and then a success.
    private func calls(
        _ outcomes: [ScriptedTransport.Outcome],
        allowance: Allowance = .unlimited
    ) -> ClockedCalls {
        let rest = Mutex(outcomes[...])
        return ClockedCalls(allowance: allowance) { _ in rest.withLock { $0.popFirst() } ?? .json("1") }
    }

    /// Fetches once while time passes; returns the outcome and how long it took.
    private func fetch(_ calls: ClockedCalls, timeLeft: Duration = .seconds(30)) async -> (String, Duration) {
        let start = calls.clock.now
        let task = Task { await calls.fetch("/a", timeLeft: timeLeft) }
        let word = await calls.passTime(until: task, step: .milliseconds(100))
        return (word, calls.clock.now - start)
    }

    private func refusal(
        _ retryAfter: String,
        _ fields: [(name: String, value: String)] = fields
    )
        -> ScriptedTransport.Outcome
    {
        .status(429, "", headers: fields + [(name: "Retry-After", value: retryAfter)])
    }

    @Test func aReadThatIsRefusedAgainAndAgainGoesOnWhileItHasTime() async {
        let calls = calls(Array(repeating: refusal("1"), count: 20))
        let (word, duration) = await fetch(calls)
        #expect(word == "1")
        #expect(calls.transport.paths.count == 21)
        #expect(duration >= .seconds(20))
    }

    @Test func aPauseBeyondTheRequestsTimeIsReportedAtOnce() async {
        let calls = calls([refusal("45")])
        let session = calls.session(timeLeft: .seconds(30))
        let outcome = await session.fetch([Call(path: "/a")]).first
        guard case .failed(let failure)? = outcome else {
            Issue.record("It waited.")
            return
        }
        #expect(failure.message == "The upstream rate limit for this key is exhausted; retry in 45 seconds.")
        #expect(failure.extensions == ["code": "RATE_LIMITED", "retryAfter": 45, "workspace": "main"])
    }

    @Test func oneSecondIsSingularInTheMessage() async {
        let calls = calls([refusal("1")])
        let failure = await calls.session(timeLeft: .milliseconds(500)).fetch([Call(path: "/a")]).first
        guard case .failed(let failure)? = failure else {
            Issue.record("It waited.")
            return
        }
        #expect(failure.message == "The upstream rate limit for this key is exhausted; retry in 1 second.")
    }

    @Test func pausesUseUpNoRetries() async {
        let calls = calls(Array(repeating: refusal("0.2"), count: 30) + [.status(500, ""), .status(500, "")])
        let (word, _) = await fetch(calls)
        #expect(word == "1")
    }

    @Test func refusalsWhileCallsAreLeftLowerNoLimit() async {
        let calls = calls([refusal("1"), refusal("1"), refusal("1")])
        _ = await fetch(calls)
        #expect(calls.workspace.quota(of: Credential(key: "k")).limit == 500)
    }

    struct Wait: Sendable, CustomTestStringConvertible {
        let fields: [(name: String, value: String)]
        var body = ""
        let seconds: Int

        var testDescription: String { fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ") + body }
    }

    private static let date = (name: "Date", value: "Sun, 06 Nov 1994 08:49:37 GMT")

    @Test(
        arguments: [
            Wait(fields: [(name: "Retry-After", value: "2")], seconds: 2),
            Wait(fields: [(name: "Retry-After", value: "1.5")], seconds: 2),
            Wait(fields: [(name: "Retry-After", value: "2s")], seconds: 2),
            Wait(fields: [date, (name: "Retry-After", value: "Sun, 06 Nov 1994 08:49:40 GMT")], seconds: 3),
            Wait(fields: [], body: #"{"error":"rate_limit_exceeded","retry_after":2.0}"#, seconds: 2),
            Wait(fields: [], body: #"{"error":{"code":"slow_down","retry_after":"4"}}"#, seconds: 4),
            Wait(
                fields: [(name: "X-RateLimit-Remaining", value: "0"), (name: "X-RateLimit-Reset", value: "3")],
                seconds: 3
            ),
            // Unix seconds by the upstream's own clock, which is far off.
            Wait(
                fields: [
                    (name: "Date", value: "Sat, 01 Aug 2026 12:00:00 GMT"),
                    (name: "X-RateLimit-Remaining", value: "0"), (name: "X-RateLimit-Reset", value: "1785585605"),
                ],
                seconds: 5
            ),
            Wait(fields: [(name: "RateLimit", value: #""default";r=0;t=7"#)], seconds: 7),
            // A guard against bursts that does not say how long.
            Wait(fields: [(name: "X-RateLimit-Remaining", value: "480")], seconds: 1),
            Wait(fields: [], seconds: 60),
        ]
    )
    func readsThePauseFromFieldsAndBody(wait: Wait) async {
        var conventions = UpstreamConventions()
        conventions.retryAfter = [JSONKey("retry_after")]
        let calls = ClockedCalls(conventions: conventions) { _ in .status(429, wait.body, headers: wait.fields) }
        let outcome = await calls.session(timeLeft: .milliseconds(900)).fetch([Call(path: "/a")]).first
        guard case .failed(let failure)? = outcome else {
            Issue.record("It did not fail.")
            return
        }
        #expect(failure.extensions["retryAfter"] == .integer(wait.seconds))
    }

    // MARK: - Failures

    @Test(arguments: [408, 425, 500, 502, 503, 504])
    func aFailureThatMayPassIsTriedAgain(status: Int) async {
        let calls = calls([.status(status, ""), .status(status, "")])
        #expect(await fetch(calls).0 == "1")
        #expect(calls.transport.paths.count == 3)
    }

    @Test func aFailureIsTriedThreeTimesAndNoMore() async {
        let calls = calls(Array(repeating: .status(503, ""), count: 9))
        #expect(await fetch(calls).0 == "UPSTREAM_ERROR")
        #expect(calls.transport.paths.count == 3)
    }

    @Test(arguments: [408, 425])
    func anUnprocessedRequestFailsWithAnUpstreamError(status: Int) async {
        let calls = calls(Array(repeating: .status(status, ""), count: 9))
        #expect(await fetch(calls).0 == "UPSTREAM_ERROR")
    }

    @Test func aRetryWaitsAsLongAsTheUpstreamAsks() async {
        let calls = calls([.status(503, "", headers: [(name: "Retry-After", value: "4")])])
        let (word, duration) = await fetch(calls)
        #expect(word == "1")
        #expect(duration >= .seconds(4))
    }

    // MARK: - Stated pauses

    private static let unavailable = (name: "Retry-After", value: "100")

    /// The failure of one call, and the seconds after which it is to be repeated.
    private func failure(_ calls: ClockedCalls, _ path: String, timeLeft: Duration = .seconds(5)) async -> JSONObject? {
        let outcome = await calls.session(timeLeft: timeLeft).fetch([Call(path: path)]).first
        guard case .failed(let failure)? = outcome else { return nil }
        var extensions = failure.extensions
        extensions["message"] = .string(failure.message)
        return extensions
    }

    @Test func aPathIsNotCalledBeforeTheStatedTime() async {
        let calls = ClockedCalls { request in
            request.path == "/a" ? .status(503, "", headers: [Self.unavailable]) : .json("1")
        }
        #expect(
            await failure(calls, "/a") == [
                "code": "UPSTREAM_ERROR", "status": 503, "retryAfter": 100, "workspace": "main",
                "message": "The upstream responded with status 503; retry in 100 seconds.",
            ]
        )
        for seconds in [100, 90, 80, 70, 60, 50, 40, 30, 20, 10] {
            #expect(
                await failure(calls, "/a") == [
                    "code": "WORKSPACE_UNAVAILABLE", "retryAfter": .integer(seconds), "workspace": "main",
                    "message": .string(
                        "A resource of workspace \"main\" is temporarily unavailable as the upstream states; "
                            + "retry in \(seconds) seconds."
                    ),
                ]
            )
            #expect(await calls.fetch("/b") == "1")
            calls.clock.advance(by: .seconds(10))
        }
        #expect(calls.transport.paths.count { $0 == "/a" } == 1)
        #expect(await calls.fetch("/a", timeLeft: .seconds(5)) == "UPSTREAM_ERROR")
        #expect(calls.transport.paths.count { $0 == "/a" } == 2)
    }

    @Test func aReadWithTimeWaitsForTheStatedTimeAndTakesNoRetry() async {
        let calls = calls([.status(503, "", headers: [(name: "Retry-After", value: "4")])])
        #expect(await calls.fetch("/a", "j", timeLeft: .seconds(2)) == "UPSTREAM_ERROR")
        let (word, duration) = await fetch(calls)
        #expect(word == "1")
        #expect(duration >= .seconds(4))
        #expect(calls.transport.paths.count == 2)
    }

    @Test func aWriteIsNotSentBeforeTheStatedTime() async throws {
        let transport = ScriptedTransport(requests: { _ in .status(503, "", headers: [Self.unavailable]) })
        let harness = try UpstreamHarness(WriteTests.sdl, transport: transport, clock: ManualClock())
        let change = #"mutation { change(id: "1") { title } }"#
        let codes = try await [harness.run(change), harness.run(change)].map {
            $0["errors"]?[0]?["extensions"]?["code"]
        }
        #expect(codes == ["UPSTREAM_OUTCOME_UNKNOWN", "WORKSPACE_UNAVAILABLE"])
        #expect(transport.log == ["PATCH /books/1"])
    }

    /// One path that has a limit of its own stops no other for longer than it states itself.
    @Test func refusalsOfOnePathLimitNoOther() async {
        let calls = ClockedCalls { request in
            request.path == "/a" ? .status(429, "", headers: [(name: "Retry-After", value: "1")]) : .json("1")
        }
        let task = Task { await calls.fetch("/a", timeLeft: .milliseconds(8500)) }
        #expect(await calls.passTime(until: task, step: .milliseconds(100)) == "RATE_LIMITED")
        #expect(calls.transport.paths.count >= 5)
        calls.clock.advance(by: .seconds(1))
        #expect(await calls.fetch("/b", timeLeft: .milliseconds(1)) == "1")
        #expect(calls.workspace.quota(of: Credential(key: "k")).limit == nil)
    }

    @Test func aRetryTakesOneCallOfTheBudget() async {
        let calls = calls([.status(500, "")], allowance: Allowance(readsPerMinute: 10, writesPerMinute: 10))
        #expect(await fetch(calls).0 == "1")
        #expect(calls.workspace.quota(of: Credential(key: "k")).remaining == 8)
    }

    @Test func aRetryWaitsForTheBudget() async {
        let calls = calls([.status(500, "")], allowance: Allowance(readsPerMinute: 1, writesPerMinute: 1))
        let (word, duration) = await fetch(calls, timeLeft: .seconds(100))
        #expect(word == "1")
        #expect(duration >= .seconds(61))
    }

    @Test func aRetryDoesNotHoldUpTheRestOfItsBatch() async {
        let failures = Mutex(1)
        let calls = ClockedCalls { request in
            let fails =
                request.path == "/a"
                && failures.withLock { failures in
                    defer { failures -= 1 }
                    return failures > 0
                }
            return fails ? .status(503, "", headers: [(name: "Retry-After", value: "4")]) : .json("1")
        }
        let batch = Task {
            await calls.session().fetch([Call(path: "/a"), Call(path: "/b")], purpose: .cached(maxAge: 30))
        }
        while calls.clock.timers == 0, !Task.isCancelled { await Task.yield() }
        #expect(await calls.fetch("/b", purpose: .cached(maxAge: 30)) == "1")
        #expect(calls.transport.paths.sorted() == ["/a", "/b"])
        calls.clock.advance(by: .seconds(5))
        #expect(await batch.value.map(\.word) == ["1", "1"])
    }

    // MARK: - Targets

    @Test(arguments: [(8192 - 3, true), (8193 - 3, false)])
    func aTargetThatIsTooLongIsNotSent(length: Int, isSent: Bool) async {
        let calls = calls([])
        // The base URL's path is `/v1`.
        let path = "/" + String(repeating: "x", count: length - 1)
        #expect(await calls.fetch(path) == (isSent ? "1" : "BAD_USER_INPUT"))
        #expect(calls.transport.paths.count == (isSent ? 1 : 0))
    }
}
