import Synchronization
import Testing

@testable import Gateway
@testable import Upstream

/// Results go to the subscribers of an executor in turns, and in fewer of them the more subscribers there are.
@Suite struct DeliveryGroupTests {
    /// Runs nothing until it is asked to.
    private final class ManualExecutor: DeliveryExecutor {
        private let state = Mutex<(now: [@Sendable () -> Void], later: [@Sendable () -> Void])>(([], []))

        func deliver(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.now.append(body) } }

        func deliver(after _: Duration, _ body: @escaping @Sendable () -> Void) {
            state.withLock { $0.later.append(body) }
        }

        /// Runs what is to run at once, until nothing is left.
        func run() {
            while let body = state.withLock({ $0.now.isEmpty ? nil : $0.now.removeFirst() }) { body() }
        }

        /// Lets the pauses pass that have begun.
        func pass() {
            for body in state.withLock({ state in
                defer { state.later = [] }
                return state.later
            }) { body() }
            run()
        }
    }

    /// Counts the results that come, and the turns in which they come.
    private final class Receiver: ResultReceiver {
        private let state = Mutex((results: 0, turns: 0))

        var results: Int { state.withLock(\.results) }
        var turns: Int { state.withLock(\.turns) }

        func receive(_ event: StreamEvent) { state.withLock { $0.results += 1 } }

        func didReceive() { state.withLock { $0.turns += 1 } }
    }

    private struct Request: StreamRequesting {
        let caller = Caller(credential: Credential(key: "key"))
        let tooSlow = StreamedResult(body: [], byteCount: 0, errorCodes: [])

        func charge(_ calls: CallReport.Counts) {}
        func note(_ result: StreamedResult) {}
        func end(_ sent: StreamedAmount, calls: CallReport.Counts) {}
    }

    private let executor = ManualExecutor()

    private func group(of receivers: [Receiver]) -> DeliveryGroup {
        let group = DeliveryGroup(executor) {}
        for receiver in receivers {
            let outlet = StreamOutlet(receiver, on: executor)
            group.add(StreamSubscriber(Request(), outlet, begunAfter: 0, callsBefore: CallReport.Counts()))
        }
        return group
    }

    private let delivery = ResultDelivery(
        event: .result(StreamedResult(body: [], byteCount: 0, errorCodes: []))
    )

    @Test func manySubscribersTakeWhatComesWithinAPauseInOneTurn() {
        let receivers = (0..<200).map { _ in Receiver() }
        let group = group(of: receivers)
        group.deliver(delivery)
        executor.run()
        #expect(receivers.allSatisfy { $0.results == 1 && $0.turns == 1 })
        for _ in 0..<3 { group.deliver(delivery) }
        executor.run()
        #expect(receivers.allSatisfy { $0.results == 1 })
        executor.pass()
        #expect(receivers.allSatisfy { $0.results == 4 && $0.turns == 2 })
        // Nothing came during the second pause: what comes after it is delivered at once.
        executor.pass()
        group.deliver(delivery)
        executor.run()
        #expect(receivers.allSatisfy { $0.results == 5 && $0.turns == 3 })
    }

    @Test func fewSubscribersHaveEachResultAtOnce() {
        let receivers = (0..<3).map { _ in Receiver() }
        let group = group(of: receivers)
        for count in 1...3 {
            group.deliver(delivery)
            executor.run()
            #expect(receivers.allSatisfy { $0.results == count && $0.turns == count })
        }
    }
}
