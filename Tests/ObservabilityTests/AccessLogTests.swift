import Gateway
import Logging
import Testing
import Upstream

@testable import Observability

/// The lines of the access log.
@Suite struct AccessLogTests {
    private func log(_ policy: AccessLogPolicy) -> (log: AccessLog, sink: LineLogHandlerTests.Sink) {
        let sink = LineLogHandlerTests.Sink()
        let logger = Logger(label: "access") {
            LineLogHandler(label: $0, format: .text, level: .info, sink: sink) { "now" }
        }
        return (AccessLog(logger, policy), sink)
    }

    private func operation(_ key: String?) -> RequestRecord {
        var outcome = RequestOutcome()
        outcome.name = "Board\nforged"
        outcome.kind = "query"
        outcome.calls.made = 2
        outcome.calls.cached = 3
        outcome.calls.shared = 1
        outcome.calls.waited = .milliseconds(1500)
        outcome.estimated = CostRange(2, 7)
        outcome.errorCodes = ["NOT_FOUND"]
        var record = RequestRecord(
            id: RequestID(clientSupplied: "r1"),
            interface: .graphQL,
            outcome: outcome,
            startedAt: .now,
            duration: .milliseconds(3),
            responseBytes: 7
        )
        record.credential = key.map { Credential(key: $0) }
        return record
    }

    private func exchange(_ notes: ExchangeNotes?) -> ExchangeRecord {
        var record = ExchangeRecord(
            id: "r1",
            method: "POST",
            route: "/graphql",
            status: 200,
            requestBytes: 40,
            responseBytes: 7,
            startedAt: .now,
            duration: .microseconds(3440)
        )
        record.notes = notes
        return record
    }

    @Test func lineHasCallerOperationAndCalls() {
        let (log, sink) = log(.all)
        #expect(log.wantsNotes())
        let notes = ExchangeNotes()
        notes.add(operation("secret-key"))
        log.exchangeCompleted(exchange(notes))
        log.exchangeCompleted(exchange(nil))
        #expect(
            sink.all == [
                "now info access: request callsCached=3 callsEstimated=2-7 callsMade=2 callsShared=1 client=efc8a758657e "
                    + "errors=NOT_FOUND interface=graphql kind=query method=POST milliseconds=3.4 operation=Board?forged "
                    + "request=r1 requestBytes=40 responseBytes=7 result=executed route=/graphql status=200 "
                    + "waitedMilliseconds=1500.0\n"
            ]
        )
    }

    @Test func aClientIsNamedByADigestOfItsKey() {
        #expect(LogField.client(nil) == "anonymous")
        let names = ["a", "b"].map { LogField.client(Credential(key: $0)) }
        #expect(Set(names).count == 2)
        #expect(names[0] == LogField.client(Credential(authorization: "bearer   a")))
        #expect(names.allSatisfy { $0.utf8.count == 12 })
    }

    @Test func messagesOfAConnectionHaveLinesOfTheirOwn() {
        let (log, sink) = log(.all)
        var message = operation(nil)
        log.requestCompleted(message)
        #expect(sink.all.isEmpty)
        message.isMessage = true
        log.requestCompleted(message)
        #expect(sink.all.count == 1)
        #expect(sink.all[0].contains(" message ") && sink.all[0].contains("client=anonymous"))
    }

    @Test func aSampleHasTheShareThatWasAskedFor() {
        let sampler = AccessSampler(.sampled(0.25))
        let chosen = (0..<20_000).count { _ in sampler.next() }
        #expect((4500...5500).contains(chosen))
        #expect(!(0..<1000).contains { _ in AccessSampler(.sampled(0)).next() })
        #expect(!AccessSampler(.off).next())
    }

    @Test func equalSeedsChooseTheSameRequests() {
        func chosen(_ seed: UInt64) -> [Int] {
            let sampler = AccessSampler(.sampled(0.1), seed: seed)
            return (0..<1000).filter { _ in sampler.next() }
        }
        #expect(chosen(3) == chosen(3))
        #expect(chosen(3) != chosen(4))
    }
}
