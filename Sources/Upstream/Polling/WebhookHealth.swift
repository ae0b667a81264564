internal import GraphQL

/// Whether a workspace's webhooks report all changes: found out by reading, now and then, what has changed.
///
/// Each type is judged by itself, as a hook can be set up for some of the events only. That one change went unreported is evidence
/// against all of them.
///
/// A value without a clock: every function is given the time.
struct WebhookHealth: Sendable {
    typealias Instant = ContinuousClock.Instant

    private struct Object: Sendable, Hashable {
        let type: TypeID
        let key: String
    }

    /// Who reported a change last, and when.
    private struct Report: Sendable {
        var time: Instant
        var isByEvent: Bool
    }

    /// An event may be so much later than the change: a choice, half of the time between two readings.
    ///
    /// An upstream that is slower counts as silent, which costs calls, and shows nothing wrong.
    static let grace = Duration.seconds(30)
    /// Reports of more objects than this are forgotten, the oldest first: a choice, as many as are remembered of a collection.
    private static let maximumObjects = 10_000

    /// The types of which an event has reported a change.
    private var heard: Set<TypeID> = []
    /// Those of which it has to be seen again that events report what changes.
    private var silent: Set<TypeID> = []
    /// What was reported to have changed.
    private var reported: [Object: Report] = [:]
    /// Changes that were found and that no event has reported yet, and when they were found.
    private var unreported: [Object: Instant] = [:]
    /// When it was last found that nothing of a type had gone unreported.
    private var confirmed: [TypeID: Instant] = [:]

    /// Whether webhooks report changes, as far as is known.
    var reportsChanges: Bool { !heard.isEmpty && silent.isEmpty }

    /// Whether webhooks report changes of a type, as far as is known.
    func reportsChanges(of type: TypeID) -> Bool { heard.contains(type) && !silent.contains(type) }

    /// When it was last found that nothing of a type had gone unreported; nil: never.
    func confirmation(of type: TypeID) -> Instant? { confirmed[type] }

    /// Notes that a change of an object has been reported: by an event, or by who wrote it.
    mutating func report(_ type: TypeID, key: String, byEvent: Bool, at now: Instant) {
        if byEvent { heard.insert(type) }
        let object = Object(type: type, key: key)
        unreported[object] = nil
        reported[object] = Report(time: now, isByEvent: byEvent)
        guard reported.count > Self.maximumObjects else { return }
        reported = reported.filter { now - $0.value.time < Self.grace * 10 }
        if reported.count > Self.maximumObjects { reported = [object: Report(time: now, isByEvent: byEvent)] }
    }

    /// Notes what a reading has found to have changed since the reading before.
    ///
    /// - Parameters:
    ///   - type: the type of the objects.
    ///   - keys: the objects that have changed.
    ///   - start: when the reading before was made; nil: there was none.
    ///   - now: the time.
    mutating func read(_ type: TypeID, changed keys: [String], since start: Instant?, at now: Instant) {
        guard heard.contains(type) else { return }
        var isShown = false
        for key in keys {
            let object = Object(type: type, key: key)
            if let report = reported[object], report.time >= (start ?? report.time) - Self.grace {
                // That a write of this process is known shows nothing of the hook.
                if report.isByEvent { isShown = true }
            } else if unreported[object] == nil {
                unreported[object] = now
            }
        }
        let late = unreported.filter { $0.key.type == type && now - $0.value >= Self.grace }
        if !late.isEmpty {
            silent = heard
            for object in late.keys { unreported[object] = nil }
        } else if !unreported.keys.contains(where: { $0.type == type }) {
            // A reading without a change that an event has reported shows nothing of a hook that has fallen silent.
            if silent.contains(type), !isShown { return }
            silent.remove(type)
            confirmed[type] = now
        }
    }

    /// Notes that something has changed of which nobody knows what: no event can have reported it by name.
    mutating func readUnnamedChange() { silent = heard }
}
