import Synchronization
package import Upstream

/// An upstream that holds its responses back until it is opened.
package final class HeldTransport: Transport {
    private struct State {
        var isOpen = false
        var paths: [String] = []
        var waiting: [(paths: [String], continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())
    private let response: @Sendable (String) -> (status: Int, body: String)

    /// Makes a transport that gives each path a status and a body.
    package init(_ response: @escaping @Sendable (String) -> (status: Int, body: String)) {
        self.response = response
    }

    /// The requests so far.
    package var paths: [String] { state.withLock { $0.paths } }

    /// Waits until there have been so many requests.
    package func requests(reach count: Int) async {
        while paths.count < count, !Task.isCancelled { await Task.yield() }
    }

    /// Sends the responses that are held back, and all later ones at once.
    package func open() { release(andStayOpen: true) }

    /// Sends the responses that are held back by now.
    package func releaseHeld() { release(andStayOpen: false) }

    /// Sends the responses to a path that are held back by now.
    package func release(_ path: String) {
        let released = state.withLock { state in
            defer { state.waiting.removeAll { $0.paths.contains(path) } }
            return state.waiting.filter { $0.paths.contains(path) }
        }
        for waiter in released { waiter.continuation.resume() }
    }

    private func release(andStayOpen staysOpen: Bool) {
        let waiting = state.withLock { state in
            if staysOpen { state.isOpen = true }
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.continuation.resume() }
    }

    package func send(
        _ requests: [TransportRequest],
        receive: (Int, Result<TransportResponse, TransportError>) -> Void
    ) async {
        let paths = requests.map { String($0.url.dropFirst("http://upstream".count)) }
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                state.paths += paths
                if !state.isOpen { state.waiting.append((paths, continuation)) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
        for (position, path) in paths.enumerated() {
            let (status, body) = response(path)
            receive(position, .success(TransportResponse(status: status, body: Array(body.utf8))))
        }
    }
}
