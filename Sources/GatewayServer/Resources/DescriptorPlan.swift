/// The division of a process's file descriptors between clients, the upstream and other uses.
package struct DescriptorPlan: Sendable, Hashable {
    /// The most connections of clients.
    package let clientConnections: Int
    /// The most connections to the upstream.
    package let upstreamConnections: Int

    /// The fewest descriptors with which the gateway can serve.
    package static let minimum = 64

    /// The most client connections, unless more are requested.
    private static let usualClientConnections = 20_000
    /// The most connections to the upstream.
    private static let usualUpstreamConnections = 256
    /// The descriptors for files, listening sockets, the resolver, and system libraries.
    private static let reserve = 24
    /// The descriptors of an event loop.
    private static let perEventLoop = 3

    /// Divides descriptors.
    ///
    /// - Parameters:
    ///   - descriptors: the number of descriptors that the process may open.
    ///   - eventLoops: the number of event loops.
    ///   - clientConnections: the requested number of client connections; nil: the default.
    package init(descriptors: Int, eventLoops: Int, clientConnections: Int? = nil) {
        upstreamConnections = min(Self.usualUpstreamConnections, max(8, descriptors / 4))
        let left = descriptors - upstreamConnections - Self.reserve - Self.perEventLoop * eventLoops
        self.clientConnections = max(4, min(left, clientConnections ?? Self.usualClientConnections))
    }
}
