internal import Gateway
internal import NIOCore
private import Synchronization

/// A request that is being executed, and the connections whose requests of the same bytes wait for its response.
final class RequestFlight: Sendable {
    /// A connection that waits.
    struct Waiter: Sendable {
        /// Where the connection is served.
        let eventLoop: any EventLoop
        /// When its request came, by the clock by which responses age.
        let startedAt: ContinuousClock.Instant
        /// Is given the response, and when the request came.
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

    /// Makes the flight of a request, which `complete(with:)` removes from a table.
    init(_ request: RequestBytes, _ window: SharingWindow, in table: RepeatedRequests) {
        self.request = request
        self.window = window
        self.table = table
    }

    /// Lets a connection wait for the response; false if its request comes too late, or too many wait already.
    ///
    /// - Parameters:
    ///   - eventLoop: where the connection is served.
    ///   - resume: is given the response there; nil: the request has to be served by itself.
    /// - Returns: whether it waits.
    func join(
        _ eventLoop: any EventLoop,
        resume: @escaping @Sendable (SharedResponse?, ContinuousClock.Instant) -> Void
    ) -> Bool {
        // PERF: asked outside of the lock; who finds the window open has come in time.
        guard window.isOpen, table.beginWaiting() else { return false }
        let waiter = Waiter(eventLoop: eventLoop, startedAt: window.now, resume: resume)
        let joined = state.withLock { state in
            if !state.isComplete { state.waiters.append(waiter) }
            return !state.isComplete
        }
        if joined { window.waitDidBegin() } else { table.endWaiting() }
        return joined
    }

    /// Ends the waiting: those that may have the response get it.
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
