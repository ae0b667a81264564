import GraphQL
import JSON
import Synchronization
import TestSupport

@testable import Upstream

/// A broker of one workspace with a scripted upstream and a clock that only tests move.
struct ClockedCalls {
    let clock: ManualClock
    let transport: ScriptedTransport
    let broker: CallBroker
    var workspace: Workspace { broker.workspaces[0] }

    init(
        clock: ManualClock = ManualClock(),
        allowance: Allowance = .unlimited,
        conventions: UpstreamConventions = UpstreamConventions(),
        requests response: @escaping @Sendable (TransportRequest) async -> ScriptedTransport.Outcome
    ) {
        self.clock = clock
        transport = ScriptedTransport(isConcurrent: true, requests: response)
        broker = .single(transport: transport, conventions: conventions, allowance: allowance, clock: clock)
    }

    /// A client request with a key.
    func session(_ key: String = "k", timeLeft: Duration = .seconds(30), caller: String = "test") -> CallSession {
        CallSession(
            broker: broker,
            context: CallContext(
                credentials: [Credential(key: key)],
                deadline: clock.now + timeLeft,
                caller: CallerID(caller)
            )
        )
    }

    /// Fetches one path as a client request of its own; returns the outcome.
    func fetch(
        _ path: String,
        _ key: String = "k",
        timeLeft: Duration = .seconds(30),
        purpose: CallPurpose = CallPurpose()
    ) async -> String {
        await session(key, timeLeft: timeLeft).fetch([Call(path: path)], purpose: purpose).map(\.word).joined()
    }

    /// Moves the clock on until a task is done, whatever waits for it.
    func passTime<Value: Sendable>(until task: Task<Value, Never>, step: Duration = .seconds(1)) async -> Value {
        let passing = Task { [clock] in
            while !Task.isCancelled {
                await Task.yield()
                if clock.timers > 0 { clock.advance(by: step) }
            }
        }
        defer { passing.cancel() }
        return await task.value
    }
}

extension CallOutcome {
    /// The JSON of an outcome, or the code of its failure.
    var word: String {
        switch self {
        case .found(let document): String(decoding: document.json.rawBytes(of: 0), as: UTF8.self)
        case .missing: "missing"
        case .failed(let failure): failure.extensions["code"]?.stringValue ?? failure.message
        }
    }
}

extension CallPurpose {
    /// What may be cached for so many seconds.
    static func cached(
        maxAge: Int,
        whileRevalidating: Int = 0,
        ifError: Int = 0,
        isShared: Bool = false
    ) -> CallPurpose {
        var policy = CachePolicy()
        policy.maxAge = .seconds(maxAge)
        policy.staleWhileRevalidate = .seconds(whileRevalidating)
        policy.staleIfError = .seconds(ifError)
        policy.isShared = isShared
        return CallPurpose(policy: policy)
    }
}

extension TransportRequest {
    /// The key that it spends.
    var key: String? {
        headers.first { $0.name == "Authorization" }.map { String($0.value.dropFirst("Bearer ".count)) }
    }
}

/// Holds everyone back until it is opened.
final class Latch: Sendable {
    private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>], count: Int)>((false, [], 0))

    /// Whether it has been opened.
    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// How many wait, or have passed.
    var arrivals: Int { state.withLock { $0.count } }

    /// Waits until the latch is opened.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                state.count += 1
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    /// Lets everyone pass, from now on too.
    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until so many have come.
    func arrivals(reach count: Int) async {
        while arrivals < count, !Task.isCancelled { await Task.yield() }
    }
}
