import TestSupport
import Testing
import Upstream

@testable import Gateway

/// What is added up of requests, and for how long.
@Suite struct SpendingLogTests {
    private let clock = ManualClock()
    private let log: SpendingLog

    init() {
        log = SpendingLog { [clock] in clock.now }
    }

    private func complete(
        _ name: String?,
        key: String? = nil,
        calls: Int = 0,
        cached: Int = 0,
        errors: [String] = [],
        plan: [String]? = nil
    ) {
        var outcome = RequestOutcome()
        outcome.name = name
        outcome.calls.made = calls
        outcome.calls.cached = cached
        outcome.calls.waited = .seconds(calls)
        outcome.errorCodes = errors
        var record = RequestRecord(
            id: nil,
            interface: .graphQL,
            outcome: outcome,
            startedAt: clock.now,
            duration: .seconds(1),
            responseBytes: 1
        )
        record.credential = key.map { Credential(key: $0) }
        record.callPlan = plan
        log.requestCompleted(record)
    }

    private func spending(
        _ operation: String,
        client: String? = nil,
        requests: Int = 1,
        calls: Int = 0,
        cached: Int = 0,
        errors: Int = 0
    ) -> SpendingLog.Spending {
        var spending = SpendingLog.Spending(
            client: client,
            lane: "people",
            interface: .graphQL,
            operation: operation
        )
        spending.requests = requests
        spending.calls = calls
        spending.cached = cached
        spending.errors = errors
        spending.waited = .seconds(calls)
        return spending
    }

    @Test func theMostExpensiveComeFirst() {
        complete("small", calls: 1)
        complete("often")
        complete("often", cached: 2, errors: ["INTERNAL", "TIMEOUT"])
        complete("expensive", calls: 3)
        complete(nil)
        let all = [
            spending("expensive", calls: 3), spending("small", calls: 1),
            spending("often", requests: 2, cached: 2, errors: 1), spending("?"),
        ]
        #expect(log.spending(9) == all)
        #expect(log.spending(2) == Array(all.prefix(2)))
    }

    @Test func keysAreShownByTheirFingerprints() {
        complete("a", key: "one")
        complete("a", key: "two")
        let clients = log.spending(9).compactMap(\.client)
        #expect(Set(clients) == Set(["one", "two"].compactMap { Credential(key: $0).fingerprint }))
        #expect(clients.count == 2)
    }

    /// The seconds until the second request, those until the log is read, and the requests that are counted then.
    @Test(arguments: [
        (0, 0, 2), (59, 0, 2), (60, 0, 2), (119, 0, 2), (119, 1, 1), (120, 0, 1), (60, 59, 2), (60, 60, 1),
        (60, 120, 0),
    ])
    func requestsOfThisAndThePreviousMinuteCount(between: Int, after: Int, requests: Int) {
        complete("a")
        clock.advance(by: .seconds(between))
        complete("a")
        clock.advance(by: .seconds(after))
        #expect(log.spending(9) == (requests == 0 ? [] : [spending("a", requests: requests)]))
    }

    @Test func entriesBeyondTheMaximumAreCountedTogether() {
        for number in 0..<1002 { complete("operation \(number)", key: "\(number)") }
        complete("operation 0", key: "0")
        #expect(log.spending(2000).count == 1001)
        #expect(log.spending(2000).filter { $0.operation == "others" } == [spending("others", requests: 2)])
    }

    @Test func theLastTenSlowOperationsAreRemembered() {
        complete("quick")
        for number in 1...11 {
            complete("slow \(number)", key: "k", calls: number, plan: ["a: \(number) calls"])
            clock.advance(by: .seconds(1))
        }
        let client = Credential(key: "k").fingerprint
        let expected = (2...11).reversed().map { number in
            SpendingLog.SlowOperation(
                operation: "slow \(number)",
                client: client,
                duration: .seconds(1),
                calls: number,
                endedAt: clock.now - .seconds(12 - number),
                plan: ["a: \(number) calls"]
            )
        }
        #expect(log.slowOperations == expected)
    }
}
