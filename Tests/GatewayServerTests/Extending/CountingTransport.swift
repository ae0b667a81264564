import Synchronization
import Upstream

/// Sends through another transport, and counts the requests by method.
final class CountingTransport: Transport {
    private let next: any Transport
    private let counts = Mutex([String: Int]())

    init(_ next: any Transport) {
        self.next = next
    }

    func count(of method: String) -> Int {
        counts.withLock { $0[method] ?? 0 }
    }

    func send(
        _ requests: [TransportRequest],
        receive: (Int, Result<TransportResponse, TransportError>) -> Void
    ) async {
        counts.withLock { counts in
            for request in requests { counts[request.method, default: 0] += 1 }
        }
        await next.send(requests, receive: receive)
    }
}
