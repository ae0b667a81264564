/// How a process's descriptors are divided between clients, the upstream and everything else.
package struct DescriptorPlan: Sendable, Hashable {
    /// The most connections of clients.
    package let clientConnections: Int
    /// The most connections to the upstream.
    package let upstreamConnections: Int

    /// Fewer descriptors than this are not enough to serve.
    package static let minimum = 64

    /// More connections of clients than this are only open if somebody asks for them.
    private static let usualClientConnections = 20_000
    /// More connections to the upstream than this are never open.
    private static let usualUpstreamConnections = 256
    /// For files, listening sockets, the resolver, and the system libraries' own.
    private static let reserve = 24
    /// The descriptors of an event loop.
    private static let perEventLoop = 3

    /// Divides descriptors.
    ///
    /// - Parameters:
    ///   - descriptors: how many the process may open.
    ///   - eventLoops: the event loops that will run.
    ///   - clientConnections: the connections of clients that are asked for; nil: as many as is usual.
    package init(descriptors: Int, eventLoops: Int, clientConnections: Int? = nil) {
        upstreamConnections = min(Self.usualUpstreamConnections, max(8, descriptors / 4))
        let left = descriptors - upstreamConnections - Self.reserve - Self.perEventLoop * eventLoops
        self.clientConnections = max(4, min(left, clientConnections ?? Self.usualClientConnections))
    }
}
