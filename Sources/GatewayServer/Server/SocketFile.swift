private import Glibc
internal import NIOCore
internal import NIOPosix

/// The file of a Unix socket.
struct SocketFile: Sendable {
    let path: String

    /// Why a socket cannot be made at a path.
    struct Occupied: Error, CustomStringConvertible {
        let description: String
    }

    /// Removes a socket that nobody listens on any more.
    ///
    /// - Throws: `Occupied` if somebody listens, or if what is there is no socket.
    func makeWay(group: any EventLoopGroup) async throws {
        var status = stat()
        // SAFETY: the pointer is used during the call only.
        guard unsafe lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw Occupied(description: "the path exists and is not a socket; remove it, or choose another path")
        }
        if let channel = try? await ClientBootstrap(group: group).connect(unixDomainSocketPath: path).get() {
            try? await channel.close()
            throw Occupied(description: "another process listens there; choose another path")
        }
        remove()
    }

    /// Removes the file.
    func remove() {
        // SAFETY: the system reads the path during the call only.
        unsafe unlink(path)
    }

    /// Makes files that nobody but their owner may use, while the body runs.
    ///
    /// The mask is the process's: this is for the time before requests are served. To set the mode after the file is
    /// made would leave it open to others in between.
    static func withOwnerOnly<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        let former = umask(0o177)
        defer { umask(former) }
        return try await body()
    }
}
