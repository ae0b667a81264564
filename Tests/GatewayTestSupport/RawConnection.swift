import Foundation
package import GatewayServer
import Glibc

/// A connection on which a test says exactly which bytes go out and when.
///
/// Reads time out after a minute, so that a gateway that says nothing fails the test instead of stopping it.
package final class RawConnection: Sendable {
    private let descriptor: Int32
    /// How long a read waits, in seconds: longer than a machine that runs other tests takes.
    private static let patience = 60

    /// The system refused something.
    package struct Failure: Error {
        let function: String
        let code: Int32
    }

    package convenience init(to address: ListenAddress) throws {
        try self.init(port: address.port)
    }

    /// Connects to a port of this machine.
    package init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: Self.patience, tv_usec: 0)
        // SAFETY: the option has this type and size.
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var peer = sockaddr_in()
        peer.sin_family = sa_family_t(AF_INET)
        peer.sin_port = UInt16(port).bigEndian
        peer.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        // SAFETY: the pointer is used during the call only, with the size of what it points to.
        let code = unsafe withUnsafePointer(to: &peer) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                unsafe connect(descriptor, general, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw Failure(function: "connect", code: errno) }
    }

    /// Connects to a Unix socket.
    package init(toSocket path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: Self.patience, tv_usec: 0)
        // SAFETY: the option has this type and size.
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var peer = sockaddr_un()
        peer.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &peer.sun_path) { room in
            // SAFETY: the copy is no longer than the room, which is zero from the start.
            for (index, byte) in path.utf8.prefix(room.count - 1).enumerated() { unsafe room[index] = byte }
        }
        // SAFETY: the pointer is used during the call only, with the size of what it points to.
        let code = unsafe withUnsafePointer(to: &peer) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                unsafe connect(descriptor, general, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else { throw Failure(function: "connect", code: errno) }
    }

    deinit { close(descriptor) }

    /// Sends a text; returns whether all of it went out.
    @discardableResult
    package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Sends bytes; returns whether all of them went out.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes[sent...].withUnsafeBytes { rest in
                // SAFETY: base address and count are those of one buffer.
                unsafe Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Says that nothing more will be sent.
    package func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Has the connection reset when it is closed, as one is whose program has ended with bytes unread.
    package func resetWhenClosed() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        // SAFETY: the option has this type and size.
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    }

    /// Everything that comes until the gateway closes the connection.
    package func readToEnd() async -> String {
        await onOwnThread {
            var text: [UInt8] = []
            while let chunk = self.nextChunk(), !chunk.isEmpty { text += chunk }
            return String(decoding: text, as: UTF8.self)
        }
    }

    /// Whether a server responds on a new connection.
    package static func isServed(by address: ListenAddress) async -> Bool {
        guard let connection = try? RawConnection(to: address) else { return false }
        connection.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return await connection.readToEnd().hasPrefix("HTTP/1.1 200 ")
    }

    /// What comes until a text has come as many times, or until nothing more comes.
    package func read(until text: String, times: Int = 1) async -> String {
        await onOwnThread {
            var received: [UInt8] = []
            while true {
                let all = String(decoding: received, as: UTF8.self)
                if all.split(separator: text, omittingEmptySubsequences: false).count > times { return all }
                guard let chunk = self.nextChunk(), !chunk.isEmpty else { return all }
                received += chunk
            }
        }
    }

    /// What comes next; empty at the end, nil if nothing comes.
    package func readChunk() async -> [UInt8]? { await onOwnThread { self.nextChunk() } }

    /// Does what blocks on a thread that no task needs: there are as few for tasks as there are cores.
    private func onOwnThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }

    private func nextChunk() -> [UInt8]? {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe chunk.withUnsafeMutableBytes { buffer in
            // SAFETY: base address and count are those of one buffer.
            unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
        }
        return count < 0 ? nil : Array(chunk.prefix(count))
    }

    /// What has arrived by now; empty at the end, nil if nothing has.
    package func readAvailable() -> [UInt8]? {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe chunk.withUnsafeMutableBytes { buffer in
            // SAFETY: base address and count are those of one buffer.
            unsafe recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
        }
        return count < 0 ? nil : Array(chunk.prefix(count))
    }
}
