import GatewayServer
import Glibc

/// An HTTP client on one connection that waits for each response: it costs the same for every request.
@safe
struct BlockingClient {
    private let socket: Int32

    /// Connects to a server on the loopback interface.
    init?(to address: ListenAddress) {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(address.port).bigEndian
        name.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        // SAFETY: the kernel reads the address during the call only.
        let connected = unsafe withUnsafePointer(to: &name) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { return nil }
    }

    /// Posts a GraphQL request and waits for a response that ends with these bytes.
    func post(_ body: String, until end: String) -> [UInt8]? {
        let request =
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer benchmark\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let bytes = Array(request.utf8)
        // SAFETY: the kernel reads the array during the call only.
        guard unsafe bytes.withUnsafeBytes({ unsafe send(socket, $0.baseAddress, $0.count, 0) }) == bytes.count else {
            return nil
        }
        var response: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 32 << 10)
        repeat {
            // SAFETY: the kernel writes into the array during the call only.
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe recv(socket, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { return nil }
            response += chunk[..<count]
        } while !response.suffix(end.utf8.count).elementsEqual(end.utf8)
        return response
    }
}
