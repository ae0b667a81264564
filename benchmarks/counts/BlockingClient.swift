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

    /// Posts JSON to a path.
    func send(_ body: String, to path: String, key: String = "benchmark") {
        let request =
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer \(key)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let bytes = Array(request.utf8)
        // SAFETY: the kernel reads the array during the call only.
        guard unsafe bytes.withUnsafeBytes({ unsafe Glibc.send(socket, $0.baseAddress, $0.count, 0) }) == bytes.count
        else { fail("A request cannot be sent.") }
    }

    /// Waits for a response, by the length that it states; returns that of its body, or nil if the connection ends.
    // The client's own work is counted too, so that it does as little as it can.
    func response() -> Int? {
        unsafe withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { room in
            guard let start = room.baseAddress else { return nil }
            var received = 0
            while true {
                // SAFETY: the kernel writes into the room, which lives until the end of this function.
                let count = unsafe recv(socket, start.advanced(by: received), room.count - received, 0)
                guard count > 0 else { return nil }
                received += count
                guard let (head, body) = unsafe Self.lengths(UnsafeRawBufferPointer(start: start, count: received))
                else { continue }
                var left = head + body - received
                while left > 0 {
                    let count = unsafe recv(socket, start, min(left, room.count), 0)
                    guard count > 0 else { return nil }
                    left -= count
                }
                return body
            }
        }
    }

    /// The lengths of head and body of a response whose head is complete.
    private static func lengths(_ bytes: UnsafeRawBufferPointer) -> (head: Int, body: Int)? {
        guard let head = unsafe end(of: "\r\n\r\n", in: bytes),
            var digit = unsafe end(of: "content-length: ", in: bytes)
        else { return nil }
        var body = 0
        while digit < head, unsafe (48...57).contains(bytes[digit]) {
            body = unsafe body * 10 + Int(bytes[digit]) - 48
            digit += 1
        }
        return (head, body)
    }

    /// The end of a text's first occurrence.
    private static func end(of text: StaticString, in bytes: UnsafeRawBufferPointer) -> Int? {
        let count = text.utf8CodeUnitCount
        let first = unsafe text.utf8Start[0]
        var start = 0
        while start + count <= bytes.count {
            if unsafe bytes[start] == first, let base = bytes.baseAddress,
                unsafe memcmp(base.advanced(by: start), text.utf8Start, count) == 0
            {
                return start + count
            }
            start += 1
        }
        return nil
    }
}
