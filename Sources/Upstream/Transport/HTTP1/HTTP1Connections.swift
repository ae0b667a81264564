/// The connections to all upstreams that do without libcurl.
///
/// Confined to the transport's thread.
struct HTTP1Connections {
    /// How long a connection may be idle before it is used again; upstreams close idle ones sooner or later.
    static let maximumIdleTime = Duration.seconds(118)

    /// The connections with an exchange; each knows its place.
    private(set) var busy: [HTTP1Connection] = []
    /// How many connections there are.
    private(set) var count = 0
    /// Room for what one system call receives.
    var buffer = [UInt8](repeating: 0, count: 64 << 10)

    private var byDescriptor: [HTTP1Connection?] = []

    /// The earliest time by which one of the exchanges must be over or connected.
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

    /// Forgets a connection, which is neither busy nor among its origin's idle ones.
    mutating func remove(_ connection: HTTP1Connection) {
        byDescriptor[Int(connection.descriptor)] = nil
        count -= 1
    }

    /// Notes that an exchange begins.
    mutating func begin(_ connection: HTTP1Connection) {
        connection.slot = busy.count
        busy.append(connection)
    }

    /// Notes that an exchange is over.
    mutating func end(_ connection: HTTP1Connection) {
        let last = busy.removeLast()
        guard last !== connection else { return }
        busy[connection.slot] = last
        last.slot = connection.slot
    }

    /// The connection that has been idle longest.
    var longestIdle: HTTP1Connection? {
        byDescriptor.lazy.compactMap { $0 }.filter { $0.phase == .idle }.min { $0.idleSince < $1.idleSince }
    }

    /// All connections.
    var all: [HTTP1Connection] { byDescriptor.compactMap { $0 } }
}
