internal import Gateway
internal import NIOCore
private import Synchronization

/// A request that is being executed, and the connections whose requests of the same bytes wait for its response.
final class RequestFlight: Sendable {
    /// A connection that waits.
    struct Waiter: Sendable {
        /// The event loop of the connection.
        let eventLoop: any EventLoop
        /// The instant at which its request arrived, by the clock of response ages.
        let startedAt: ContinuousClock.Instant
        /// Is called with the response, or nil if the request may not get it, and with the instant at which the request arrived.
        let resume: @Sendable (SharedResponse?, ContinuousClock.Instant) -> Void
    }

    private struct State: Sendable {
        var waiters: [Waiter] = []
        var isComplete = false
    }

    /// The request.
    let request: RequestBytes
    private let window: SharingWindow
    private let table: RepeatedRequests
    private let state = Mutex(State())

    /// Makes the flight of a request; `complete(with:)` removes it from its table.
    init(_ request: RequestBytes, _ window: SharingWindow, in table: RepeatedRequests) {
        self.request = request
        self.window = window
        self.table = table
    }

    /// Makes a connection wait for the response, unless its request comes too late, or too many requests wait.
    ///
    /// - Parameters:
    ///   - eventLoop: the event loop of the connection.
    ///   - resume: is called there with the response; nil: the request has to be executed itself.
    /// - Returns: whether it waits.
    func join(
        _ eventLoop: any EventLoop,
        resume: @escaping @Sendable (SharedResponse?, ContinuousClock.Instant) -> Void
    ) -> Bool {
        // PERF: checked outside of the lock; a request that finds the window open is in time.
        guard window.isOpen, table.beginWaiting() else { return false }
        let waiter = Waiter(eventLoop: eventLoop, startedAt: window.now, resume: resume)
        let joined = state.withLock { state in
            if !state.isComplete { state.waiters.append(waiter) }
            return !state.isComplete
        }
        if joined { window.waitDidBegin() } else { table.endWaiting() }
        return joined
    }

    /// Ends the wait: the requests that may get the response get it.
    func complete(with response: HTTPResponse) {
        table.remove(self)
        let waiters = state.withLock { state in
            state.isComplete = true
            defer { state.waiters = [] }
            return state.waiters
        }
        guard !waiters.isEmpty else { return }
        let shared = SharedResponse(response)
        // One turn of each event loop for all of its connections.
        var byLoop: [ObjectIdentifier: [Waiter]] = [:]
        for waiter in waiters { byLoop[ObjectIdentifier(waiter.eventLoop), default: []].append(waiter) }
        for waiters in byLoop.values {
            waiters[0].eventLoop.execute { [window, table] in
                for waiter in waiters {
                    window.waitDidEnd()
                    table.endWaiting()
                    let mayHave = shared?.covers(waiter.startedAt) ?? false
                    waiter.resume(mayHave ? shared : nil, waiter.startedAt)
                }
            }
        }
    }
}
