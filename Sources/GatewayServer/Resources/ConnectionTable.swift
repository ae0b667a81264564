/// Which connections are open, and how many of them come from one address.
///
/// A value without I/O: it decides, its owner acts.
struct ConnectionTable<Key: Hashable> {
    private let limits: ConnectionCounts
    private var addresses: [Key: PeerAddress?] = [:]
    private var counts: [PeerAddress: Int] = [:]
    /// Until when no connection is looked for that may be closed, as there was none lately.
    private var searchesAgainAt: UInt64 = 0

    /// So long nothing is looked for again, in nanoseconds: under a flood each new connection would look through all others.
    private static var searchPause: UInt64 { 10_000_000 }

    init(limits: ConnectionCounts) {
        self.limits = limits
    }

    /// The open connections.
    var count: Int { addresses.count }

    /// Adds a connection whose address is not known yet.
    ///
    /// - Parameters:
    ///   - key: the connection.
    ///   - now: the time, on the clock of `idleSince`, in nanoseconds.
    ///   - idleSince: since when a connection waits for nothing but its client; nil if it does not.
    /// - Returns: the connections to close to make room, which are removed already; nil if there is no room.
    mutating func open(_ key: Key, at now: UInt64, idleSince: (Key) -> UInt64?) -> [Key]? {
        var victims: [Key] = []
        if addresses.count >= limits.maximum {
            guard now >= searchesAgainAt else { return nil }
            victims = longestIdle(idleSince) { _ in true }
            guard !victims.isEmpty else {
                searchesAgainAt = now + Self.searchPause
                return nil
            }
        }
        addresses[key] = .some(nil)
        return victims
    }

    /// Notes where a connection comes from.
    ///
    /// - Returns: the connections to close to make room, which are removed already; nil if there is no room, so that the
    ///   connection must be closed.
    mutating func identify(_ key: Key, as address: PeerAddress, idleSince: (Key) -> UInt64?) -> [Key]? {
        guard let known = addresses[key], known == nil else { return [] }
        var victims: [Key] = []
        if counts[address, default: 0] >= limits.maximumPerAddress {
            victims = longestIdle(idleSince) { $0 == address }
            guard !victims.isEmpty else { return nil }
        }
        counts[address, default: 0] += 1
        addresses[key] = address
        return victims
    }

    /// Removes a connection.
    mutating func close(_ key: Key) {
        guard let known = addresses.removeValue(forKey: key), let address = known else { return }
        let count = counts[address, default: 1] - 1
        counts[address] = count > 0 ? count : nil
    }

    /// Removes the connections whose clients have let them rest for the longest time.
    ///
    /// Some more than one, so that all connections are not looked through for each new one.
    private mutating func longestIdle(
        _ idleSince: (Key) -> UInt64?,
        where isConcerned: (PeerAddress?) -> Bool
    ) -> [Key] {
        let idle = addresses.compactMap { key, address in
            isConcerned(address) ? idleSince(key).map { (key: key, since: $0) } : nil
        }
        let victims = idle.sorted { $0.since < $1.since }.prefix(max(1, idle.count / 64)).map(\.key)
        for victim in victims { close(victim) }
        return victims
    }
}
