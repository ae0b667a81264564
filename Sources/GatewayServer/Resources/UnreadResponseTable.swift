internal import NIOCore

/// The bytes of unread responses, for each connection that has any.
///
/// A value without I/O: it returns the connections that must be closed, and its owner closes them.
struct UnreadResponseTable<Key: Hashable> {
    private struct Entry {
        var bytes: Int
        /// The instant at which the client last read.
        var progressed: NIODeadline
    }

    /// The most bytes of all connections.
    let limit: Int
    /// The time for which a client may stop reading before it is closed in favor of others.
    let patience: TimeAmount
    private var entries: [Key: Entry] = [:]
    /// The bytes of all connections.
    private(set) var total = 0
    /// The most bytes since memory was last released.
    private var peak = 0

    /// The smallest peak after which a release is worth returning memory to the system, in bytes.
    private static var noticeablePeak: Int { 16 << 20 }

    init(limit: Int, patience: TimeAmount = .seconds(1)) {
        self.limit = limit
        self.patience = patience
    }

    /// Sets the unread bytes of one connection.
    ///
    /// - Returns: the connections to close, because the sum exceeds the limit: those whose clients have not read
    /// for the longest time; the connection itself if there is no other.
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

    /// Whether most of the bytes of the peak have been read; returns true once for each peak.
    mutating func takeShrink() -> Bool {
        guard peak >= Self.noticeablePeak, total < peak / 4 else { return false }
        peak = total
        return true
    }

    /// Removes connections until the sum is within the limit, and returns them.
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
