import TestSupport

@testable import Upstream

/// Random calls, responses, and calls that are not sent after all, against an upstream that counts.
struct BudgetSimulation {
    private enum Event {
        case arrival(CallKind)
        case response(CountingUpstream.Response)
        case failure(CallKind)
        case demand
    }

    let origin = ContinuousClock.now
    var generator: SeededGenerator
    var upstream: CountingUpstream
    var ledger: BudgetLedger
    /// The longest way there and back, in milliseconds.
    let slowness: (there: Int, back: Int)
    /// How many calls are wanted at once at most, and how long at most until the next are.
    let demand: (calls: Int, pause: Int)
    let failures: Bool
    private var events: [(time: Int, order: Int, event: Event)] = []
    private var order = 0

    init(
        _ upstream: CountingUpstream,
        allowance: Allowance,
        slowness: (there: Int, back: Int),
        demand: (calls: Int, pause: Int),
        failures: Bool,
        generator: SeededGenerator
    ) {
        self.upstream = upstream
        self.slowness = slowness
        self.demand = demand
        self.failures = failures
        self.generator = generator
        ledger = BudgetLedger(allowance: allowance)
    }

    /// Runs for some minutes and returns the counts of all windows of each counter.
    mutating func run(minutes: Int) -> [[Int]] {
        let end = minutes * 60_000
        schedule(.demand, at: 0)
        while let next = events.indices.min(by: {
            (events[$0].time, events[$0].order) < (events[$1].time, events[$1].order)
        }) {
            let (time, _, event) = events.remove(at: next)
            guard time < end else { break }
            handle(event, at: time)
        }
        return upstream.counters.map { $0.ended + [$0.count] }
    }

    private mutating func schedule(_ event: Event, at time: Int) {
        order += 1
        events.append((time, order, event))
    }

    private mutating func handle(_ event: Event, at time: Int) {
        let now = origin + .milliseconds(time)
        switch event {
        case .demand:
            let kind: CallKind = Int.random(in: 0..<4, using: &generator) == 0 ? .write : .read
            let wanted = Int.random(in: 1...demand.calls, using: &generator)
            let taken = ledger.take(wanted, kind: kind, priority: .interactive, at: now)
            for _ in 0..<taken {
                if failures, Int.random(in: 0..<8, using: &generator) == 0 {
                    schedule(.failure(kind), at: time + Int.random(in: 0...5000, using: &generator))
                } else {
                    schedule(.arrival(kind), at: time + Int.random(in: 0...slowness.there, using: &generator))
                }
            }
            schedule(.demand, at: time + Int.random(in: 1...demand.pause, using: &generator))
        case .arrival(let kind):
            let response = upstream.receive(kind, at: time)
            schedule(.response(response), at: time + Int.random(in: 0...slowness.back, using: &generator))
        case .response(let response):
            let fields = upstream.fields(of: response, at: time)
            ledger.learn(
                response.kind,
                limit: fields.limit,
                remaining: fields.remaining,
                reset: fields.reset,
                at: now
            )
        case .failure(let kind):
            ledger.refund(kind)
        }
    }
}
