private import Glibc
internal import NIOCore
internal import NIOPosix

/// The file of a Unix socket.
struct SocketFile: Sendable {
    let path: String

    /// The error of a path at which no socket can be made.
    struct Occupied: Error, CustomStringConvertible {
        let description: String
    }

    /// Removes the file of a socket on which no process listens any more.
    ///
    /// - Throws: `Occupied` if a process listens, or if the file is not a socket.
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

    /// Runs a function during which new files are only accessible to their owner.
    ///
    /// The mask applies to the whole process, so this is only called before requests are served. Setting the mode after the file
    /// is made would leave it accessible to others in between.
    static func withOwnerOnly<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        let former = umask(0o177)
        defer { umask(former) }
        return try await body()
    }
}
