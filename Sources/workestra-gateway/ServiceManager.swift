private import FoundationEssentials
private import Glibc

/// The service manager that started the process, as the man page sd_notify(3) describes its protocol.
///
/// Each message is a datagram to the socket that `NOTIFY_SOCKET` names; without one nothing is sent.
struct ServiceManager: Sendable {
    private let path: String?

    /// Uses the manager that the process's environment names.
    init() {
        path = ProcessInfo.processInfo.environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Reports that requests are served.
    func ready() {
        send("READY=1")
    }

    /// Reports that the configuration is about to be read again; `ready` follows.
    func reloading() {
        var time = timespec()
        // SAFETY: the time is written during the call.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        send("RELOADING=1\nMONOTONIC_USEC=\(time.tv_sec * 1_000_000 + time.tv_nsec / 1000)")
    }

    /// Reports that no new requests are accepted.
    func stopping() {
        send("STOPPING=1")
    }

    /// Sends a message, and ignores failures: the messages are only informative.
    private func send(_ message: String) {
        guard let path, let (address, length) = Self.address(of: path) else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Array(message.utf8)
        var destination = address
        // SAFETY: address and message are read during the call only.
        unsafe withUnsafePointer(to: &destination) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = unsafe sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), generic, length)
            }
        }
    }

    /// Returns the address of a socket in the file system, or in the abstract namespace if the name begins with `@`.
    private static func address(of path: String) -> (sockaddr_un, socklen_t)? {
        var bytes = Array(path.utf8)
        if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard bytes.first == 0 || bytes.first == UInt8(ascii: "/"),
            bytes.count < MemoryLayout.size(ofValue: address.sun_path)
        else { return nil }
        // SAFETY: the name fits, as was checked.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { name in
            unsafe name.copyBytes(from: bytes)
        }
        // The length ends a name of the abstract namespace; a zero byte ends a path.
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? MemoryLayout<sa_family_t>.size
        return (address, socklen_t(offset + bytes.count + (bytes.first == 0 ? 0 : 1)))
    }
}
