import Gateway
import GatewayServer
import Glibc

/// Equal requests on many connections, all of which wait for the same upstream calls.
struct CoalescedRequests {
    let gateway: CountedGateway
    let upstream: MemoryUpstream

    /// The number of requests at the same time.
    private static let connections = 50

    /// Sends the requests, so many at a time.
    func send(_ count: Int) {
        let clients = (0..<Self.connections).compactMap { _ in BlockingClient(to: gateway.server.address) }
        guard clients.count == Self.connections else { fail("The gateway cannot be reached.") }
        for _ in 0...count / Self.connections {
            upstream.hold()
            for client in clients { client.send(Mode.coalesced.body(0), to: Mode.coalesced.path) }
            // All but the first wait for its execution, which waits for the upstream.
            while gateway.service.waitingRequestCount < Self.connections - 1 { usleep(10_000) }
            upstream.release()
            for client in clients {
                guard let length = client.response(), length > 10_000 else { fail("No response.") }
            }
        }
    }
}
