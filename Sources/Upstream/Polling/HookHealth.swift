internal import GraphQL

/// Whether a workspace's webhooks report all changes: found out by reading, now and then, what has changed.
///
/// A value without a clock: every function is given the time.
struct HookHealth: Sendable {
    typealias Instant = ContinuousClock.Instant

    private struct Object: Sendable, Hashable {
        let type: TypeID
        let key: String
    }

    /// An event may be so much later than the change.
    static let grace = Duration.seconds(30)
    /// Reports of more objects than this are forgotten, the oldest first.
    private static let maximumObjects = 10_000

    private var hasReported = false
    private var isSilent = false
    /// When each object was reported to have changed.
    private var reported: [Object: Instant] = [:]
    /// Changes that were found and that no event has reported yet, and when they were found.
    private var unreported: [Object: Instant] = [:]
    /// When it was last found that nothing had gone unreported.
    private(set) var confirmedAt: Instant?

    /// Whether webhooks report changes, as far as is known.
    var reportsChanges: Bool { hasReported && !isSilent }

    /// Notes that a change of an object has been reported: by an event, or by who wrote it.
    mutating func report(_ type: TypeID, key: String, byEvent: Bool, at now: Instant) {
        if byEvent { hasReported = true }
        let object = Object(type: type, key: key)
        unreported[object] = nil
        reported[object] = now
        guard reported.count > Self.maximumObjects else { return }
        reported = reported.filter { now - $0.value < Self.grace * 10 }
        if reported.count > Self.maximumObjects { reported = [object: now] }
    }

    /// Notes what a reading has found to have changed since the reading before.
    ///
    /// - Parameters:
    ///   - changes: the objects, by their types and keys.
    ///   - start: when the reading before was made; nil: there was none.
    ///   - now: the time.
    mutating func read(_ changes: [(type: TypeID, key: String)], since start: Instant?, at now: Instant) {
        guard hasReported else { return }
        for change in changes {
            let object = Object(type: change.type, key: change.key)
            if let time = reported[object], time >= (start ?? time) - Self.grace { continue }
            if unreported[object] == nil { unreported[object] = now }
        }
        let late = unreported.filter { now - $0.value >= Self.grace }
        if !late.isEmpty {
            isSilent = true
            for object in late.keys { unreported[object] = nil }
        } else if unreported.isEmpty {
            // A reading without a change shows nothing of a hook that has fallen silent.
            if isSilent, changes.isEmpty { return }
            isSilent = false
            confirmedAt = now
        }
    }

    /// Notes that something has changed of which nobody knows what: no event can have reported it by name.
    mutating func readUnnamedChange() {
        if hasReported { isSilent = true }
    }
}
