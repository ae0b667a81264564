/// The limits of open connections.
package struct ConnectionCounts: Sendable, Hashable {
    /// The most connections of all clients.
    package var maximum: Int
    /// The most connections of one client's address.
    package var maximumPerAddress: Int

    /// Makes limits; by default one address gets three quarters of the connections.
    package init(maximum: Int, maximumPerAddress: Int? = nil) {
        self.maximum = max(1, maximum)
        self.maximumPerAddress = max(1, maximumPerAddress ?? max(1, maximum / 4 * 3))
    }
}
