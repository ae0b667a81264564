/// The connections to all upstreams that do not use libcurl.
///
/// Confined to the transport's thread.
struct HTTP1Connections {
    /// The longest idle time after which a connection is still used: upstreams close idle ones sooner or later.
    static let maximumIdleTime = Duration.seconds(118)

    /// The connections with an exchange in progress; `slot` of each is its index.
    private(set) var busy: [HTTP1Connection] = []
    /// The number of connections, busy and idle.
    private(set) var count = 0
    /// The buffer for the bytes that one system call receives.
    var buffer = [UInt8](repeating: 0, count: 64 << 10)

    private var byDescriptor: [HTTP1Connection?] = []

    /// The earliest time by which an exchange must be over or a connection established.
    var earliestDeadline: MonotonicTime {
        busy.lazy.map(\.deadline).min() ?? .distantFuture
    }

    /// The connection with a socket.
    subscript(descriptor: Int32) -> HTTP1Connection? {
        let index = Int(descriptor)
        return index < byDescriptor.count ? byDescriptor[index] : nil
    }

    /// Adds a new connection.
    mutating func add(_ connection: HTTP1Connection) {
        let index = Int(connection.descriptor)
        while byDescriptor.count <= index { byDescriptor.append(nil) }
        byDescriptor[index] = connection
        count += 1
    }

    /// Removes a connection, which is neither busy nor among its origin's idle ones.
    mutating func remove(_ connection: HTTP1Connection) {
        byDescriptor[Int(connection.descriptor)] = nil
        count -= 1
    }

    /// Records that an exchange begins on a connection.
    mutating func begin(_ connection: HTTP1Connection) {
        connection.slot = busy.count
        busy.append(connection)
    }

    /// Records that a connection's exchange is over.
    mutating func end(_ connection: HTTP1Connection) {
        let last = busy.removeLast()
        guard last !== connection else { return }
        busy[connection.slot] = last
        last.slot = connection.slot
    }

    /// The connection that has been idle for the longest time.
    var longestIdle: HTTP1Connection? {
        byDescriptor.lazy.compactMap { $0 }.filter { $0.phase == .idle }.min { $0.idleSince < $1.idleSince }
    }

    /// All connections.
    var all: [HTTP1Connection] { byDescriptor.compactMap { $0 } }
}
