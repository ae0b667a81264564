import Glibc

/// Sockets on the loopback address.
enum LoopbackSocket {
    /// The system refused something.
    struct Failure: Error {
        /// The system's function.
        let function: String
        /// Its `errno`.
        let code: Int32
    }

    /// Opens a socket that listens on a port, a free one if it is 0.
    static func listen(host: UInt32 = 0x7F00_0001, port: UInt16 = 0) throws -> Int32 {
        let descriptor = try bound(host: host, port: port)
        guard Glibc.listen(descriptor, 256) == 0 else { throw Failure(function: "listen", code: errno) }
        return descriptor
    }

    /// Returns the port that a socket is bound to.
    static func port(of descriptor: Int32) throws -> UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        // SAFETY: an IPv4 socket's address has this form and size.
        let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                unsafe getsockname(descriptor, general, &size)
            }
        }
        guard code == 0 else { throw Failure(function: "getsockname", code: errno) }
        return UInt16(bigEndian: address.sin_port)
    }

    /// Calls a function with a port that nobody listens on, and that nobody gets meanwhile.
    static func withClosedPort<Value>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (UInt16) async throws -> Value
    ) async throws -> Value {
        let descriptor = try bound()
        defer { close(descriptor) }
        return try await body(try port(of: descriptor))
    }

    /// Opens a socket that is bound to a port, a free one if it is 0.
    static func bound(host: UInt32 = 0x7F00_0001, port: UInt16 = 0) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var option: Int32 = 1
        // SAFETY: the pointer is used during the call only.
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &option, socklen_t(MemoryLayout<Int32>.size))
        let code = unsafe withAddress(host, port) { address, size in unsafe bind(descriptor, address, size) }
        guard code == 0 else { throw Failure(function: "bind", code: errno) }
        return descriptor
    }

    /// Calls a function with an address in the form that the system takes.
    static func withAddress<Value>(
        _ host: UInt32,
        _ port: UInt16,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
    ) -> Value {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = host.bigEndian
        address.sin_port = port.bigEndian
        // SAFETY: the pointer is used during the call only, with the size of what it points to.
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                unsafe body(general, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
