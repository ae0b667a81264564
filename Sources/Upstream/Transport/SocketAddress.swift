private import CLibcurl
private import Glibc

/// The address and port of an upstream, in the system's representation.
struct SocketAddress {
    private let bytes: [UInt8]

    /// The address family of sockets that connect to it.
    let family: Int32

    /// Parses a dotted IPv4 address or an IPv6 address; nil if the text is neither.
    init?(_ address: String, port: UInt16) {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        // SAFETY: the pointers are used during the calls only, and name as many bytes as the family's addresses have.
        if unsafe inet_pton(AF_INET, address, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            family = AF_INET
            bytes = unsafe withUnsafeBytes(of: four) { unsafe Array($0) }
        } else if unsafe inet_pton(AF_INET6, address, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            family = AF_INET6
            bytes = unsafe withUnsafeBytes(of: six) { unsafe Array($0) }
        } else {
            return nil
        }
    }

    /// Connects a socket; returns 0 or the `errno`.
    func connect(_ descriptor: Int32) -> Int32 {
        // SAFETY: the bytes are those of the structure that the family names.
        let result = unsafe bytes.withUnsafeBytes { bytes in
            guard let address = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else {
                return Int32(-1)
            }
            return unsafe Glibc.connect(descriptor, address, socklen_t(bytes.count))
        }
        return result == 0 ? 0 : errno
    }
}
