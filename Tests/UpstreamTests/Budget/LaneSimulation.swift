import Foundation
import TestSupport

@testable import Upstream

/// Callers of several lanes at one key, whose upstream counts in fixed windows, by a clock of its own.
struct LaneSimulation {
    /// Who calls in a lane.
    enum Callers {
        /// Calls come by themselves, so many in a minute.
        case random(perMinute: Int)
        /// Operations of several calls come by themselves.
        case bursts(of: Int, perMinute: Int)
        /// So many callers make one call after another, without a pause.
        case busy(Int)
    }

    /// The outcome of one call.
    struct Call: Equatable {
        let lane: String
        let startedAt: Int
        /// How many milliseconds it waited; nil: it was refused.
        var waited: Int?
    }

    private enum Event {
        case arrival(BudgetLane, caller: Int)
        case response(CountingUpstream.Response)
        case alarm(ContinuousClock.Instant)
    }

    static let people = BudgetLane(name: "people", priority: 3, share: 60)
    static let scripts = BudgetLane(name: "scripts", priority: 2, share: 25)
    static let agents = BudgetLane(name: "agents", priority: 1, share: 15)

    private let origin = ContinuousClock.now
    private let seed: UInt64
    private(set) var upstream: CountingUpstream
    private var ledger: BudgetLedger
    private let lanes: [(lane: BudgetLane, callers: Callers)]
    private var events: [(time: Int, order: Int, event: Event)] = []
    private var order = 0
    private var waiting: [Int: (lane: BudgetLane, caller: Int)] = [:]
    private(set) var calls: [Call] = []

    /// How long a call takes.
    private static let latency = 80
    /// How long a caller has for its request.
    private static let patience = Duration.seconds(30)

    init(
        _ lanes: [(lane: BudgetLane, callers: Callers)],
        limit: Int = 100,
        telling: CountingUpstream.Telling = .unixTime,
        seed: UInt64
    ) {
        self.lanes = lanes
        var setup = SeededGenerator(seed: seed &+ 77)
        upstream = CountingUpstream(telling, .aligned, limits: (limit, limit / 2), isShared: false, using: &setup)
        ledger = BudgetLedger(allowance: Allowance(readsPerMinute: limit, writesPerMinute: limit / 2))
        self.seed = seed
    }

    /// Runs for some minutes; who comes in one lane comes at the same times whatever other lanes there are.
    mutating func run(minutes: Int) {
        let end = minutes * 60_000
        for (lane, callers) in lanes { plan(callers, of: lane, until: end) }
        while let (time, _, event) = events.popLast() {
            guard time < end else { break }
            handle(event, at: time)
            settle(at: time)
        }
    }

    private mutating func plan(_ callers: Callers, of lane: BudgetLane, until end: Int) {
        var times = SeededGenerator(seed: seed &* 10 &+ UInt64(lane.priority))
        switch callers {
        case .busy(let count):
            for caller in 0..<count { schedule(.arrival(lane, caller: caller), at: 0) }
        case .random(let rate): plan(1, rate, of: lane, until: end, &times)
        case .bursts(let size, let rate): plan(size, rate, of: lane, until: end, &times)
        }
    }

    private mutating func plan(
        _ size: Int,
        _ rate: Int,
        of lane: BudgetLane,
        until end: Int,
        _ times: inout SeededGenerator
    ) {
        var time = 0.0
        while true {
            time -= log(Double.random(in: 0.000_001..<1, using: &times)) * 60_000 / Double(rate)
            guard Int(time) < end else { return }
            for _ in 0..<size { schedule(.arrival(lane, caller: 0), at: Int(time)) }
        }
    }

    private mutating func schedule(_ event: Event, at time: Int) {
        order += 1
        // The next one is the last, so that nothing has to be moved when it is taken.
        var (low, high) = (0, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].time <= time { high = middle } else { low = middle + 1 }
        }
        events.insert((time, order, event), at: low)
    }

    private mutating func handle(_ event: Event, at time: Int) {
        let now = origin + .milliseconds(time)
        switch event {
        case .arrival(let lane, let caller):
            let id = calls.count
            calls.append(Call(lane: lane.name, startedAt: time))
            if ledger.take(1, kind: .read, priority: .interactive, lane: lane, at: now) == 1 {
                return make(id, lane, caller, at: time)
            }
            let waiter = BudgetLedger.Waiter(
                id: id,
                kind: .read,
                priority: .interactive,
                caller: CallerID("\(lane.name) \(caller)"),
                deadline: now + Self.patience,
                lane: lane
            )
            guard let refusal = ledger.admit(waiter, at: now) else {
                waiting[id] = (lane, caller)
                return
            }
            comeBack(lane, caller, at: time + refusal.retryAfter * 1000)
        case .response(let response):
            let fields = upstream.fields(of: response, at: time)
            ledger.learn(.read, limit: fields.limit, remaining: fields.remaining, reset: fields.reset, at: now)
        case .alarm(let instant):
            ledger.alarmWentOff(instant)
        }
    }

    private mutating func make(_ id: Int, _ lane: BudgetLane, _ caller: Int, at time: Int) {
        calls[id].waited = time - calls[id].startedAt
        let response = upstream.receive(.read, at: time + Self.latency / 2)
        schedule(.response(response), at: time + Self.latency)
        comeBack(lane, caller, at: time + Self.latency)
    }

    /// Lets a caller who is busy make the next call.
    private mutating func comeBack(_ lane: BudgetLane, _ caller: Int, at time: Int) {
        guard case .busy = lanes.first(where: { $0.lane == lane })?.callers else { return }
        schedule(.arrival(lane, caller: caller), at: time)
    }

    private mutating func settle(at time: Int) {
        let now = origin + .milliseconds(time)
        for decision in ledger.serve(at: now) {
            guard let (lane, caller) = waiting.removeValue(forKey: decision.id) else { continue }
            if let refusal = decision.refusal {
                comeBack(lane, caller, at: time + refusal.retryAfter * 1000)
            } else {
                make(decision.id, lane, caller, at: time)
            }
        }
        guard let alarm = ledger.nextAlarm(at: now) else { return }
        let passed = (alarm - origin) / .milliseconds(1)
        schedule(.alarm(alarm), at: max(time, Int(passed.rounded(.up))))
    }

    // MARK: - Outcomes

    /// How long all but one in a hundred of a lane's calls waited at most, in milliseconds; a refusal counts as the longest wait.
    func wait(of lane: BudgetLane, percentile: Double = 0.99) -> Int {
        // Who is not known to call has nothing held back: that is so in the first minutes.
        let waits = calls.filter { $0.lane == lane.name && $0.startedAt >= 120_000 }.map { $0.waited ?? 60_000 }
            .sorted()
        return waits.isEmpty ? 0 : waits[min(waits.count - 1, Int(Double(waits.count) * percentile))]
    }

    /// How many calls a lane has made.
    func made(by lane: BudgetLane) -> Int { calls.count { $0.lane == lane.name && $0.waited != nil } }

    /// The calls of each of the upstream's windows that have ended.
    var windows: [Int] { upstream.counters[CallKind.read.rawValue].ended }
}
