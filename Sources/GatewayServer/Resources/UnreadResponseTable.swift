internal import NIOCore

/// The bytes of responses that clients have not taken yet, for each connection that has any.
///
/// A value without I/O: it says which connections must be closed, its owner closes them.
struct UnreadResponseTable<Key: Hashable> {
    private struct Entry {
        var bytes: Int
        /// When the client last took something.
        var progressed: NIODeadline
    }

    /// The most bytes of all connections.
    let limit: Int
    /// A client that has taken something within this time is not cut off for others.
    let patience: TimeAmount
    private var entries: [Key: Entry] = [:]
    /// The bytes of all connections.
    private(set) var total = 0
    /// The most bytes since much was last free again.
    private var peak = 0

    /// The smallest backlog whose end is worth the work of returning memory to the system.
    private static var noticeablePeak: Int { 16 << 20 }

    init(limit: Int, patience: TimeAmount = .seconds(1)) {
        self.limit = limit
        self.patience = patience
    }

    /// Sets the bytes that wait for one connection.
    ///
    /// - Returns: the connections to close, because the bytes of all are too many: those whose clients have taken nothing
    ///   for the longest time; the connection itself if no other client is to blame.
    mutating func set(_ bytes: Int, for key: Key, at now: NIODeadline) -> [Key] {
        let before = entries[key]
        total += bytes - (before?.bytes ?? 0)
        peak = max(peak, total)
        guard bytes > 0 else {
            entries[key] = nil
            return []
        }
        let progressed = before.map { bytes < $0.bytes ? now : $0.progressed } ?? now
        entries[key] = Entry(bytes: bytes, progressed: progressed)
        return total > limit && bytes > (before?.bytes ?? 0) ? victims(besides: key, at: now) : []
    }

    /// Whether most of what waited at the peak is free again; true once for each peak.
    mutating func takeShrink() -> Bool {
        guard peak >= Self.noticeablePeak, total < peak / 4 else { return false }
        peak = total
        return true
    }

    /// Chooses connections whose bytes are enough to be within the limit; they no longer count.
    private mutating func victims(besides key: Key, at now: NIODeadline) -> [Key] {
        let stalled = entries.filter { $0.key != key && $0.value.progressed + patience <= now }
            .sorted { $0.value.progressed < $1.value.progressed }
        var victims: [Key] = []
        for (victim, entry) in stalled where total > limit {
            remove(victim, entry)
            victims.append(victim)
        }
        if total > limit, let own = entries[key] {
            remove(key, own)
            victims.append(key)
        }
        return victims
    }

    private mutating func remove(_ key: Key, _ entry: Entry) {
        entries[key] = nil
        total -= entry.bytes
    }
}
