/// The open connections with their addresses, and their number by address.
///
/// A value without I/O: it returns decisions, which its owner carries out.
struct ConnectionTable<Key: Hashable> {
    private let limits: ConnectionCounts
    private var addresses: [Key: PeerAddress?] = [:]
    private var counts: [PeerAddress: Int] = [:]
    /// The uptime in nanoseconds until which no idle connection is searched for, as the last search found none.
    private var searchesAgainAt: UInt64 = 0

    /// The pause between two searches in nanoseconds: in a flood, each new connection would search all others.
    private static var searchPause: UInt64 { 10_000_000 }

    init(limits: ConnectionCounts) {
        self.limits = limits
    }

    /// The number of open connections.
    var count: Int { addresses.count }

    /// Adds a connection whose address is unknown yet.
    ///
    /// - Parameters:
    ///   - key: the connection.
    ///   - now: the current time in nanoseconds, on the clock of `idleSince`.
    ///   - idleSince: returns the time since which a connection only waits for its client; nil: it does not.
    /// - Returns: the connections to close for it, which are already removed; nil: the limit is reached.
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

    /// Sets the address of a connection.
    ///
    /// - Returns: the connections to close for it, which are already removed; nil: the limit per address is reached, so that the
    /// connection must be closed.
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

    /// Removes the connections that have waited for their clients for the longest time.
    ///
    /// It removes a 64th of the idle ones at once, so that not every new connection searches all others.
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
