internal import GraphQL
internal import JSON

/// Whether a workspace's webhooks report all changes, as polls find out now and then.
///
/// Each type is judged by itself, because a webhook can be set up for some of the events only. But one unreported change is evidence
/// against all types.
///
/// A value without a clock: the caller passes the time to every function.
struct WebhookHealth: Sendable {
    typealias Instant = ContinuousClock.Instant

    private struct Object: Sendable, Hashable {
        let type: TypeID
        let key: ExactString
    }

    /// The last report of an object's change: its time, and whether an event or a write of this process made it.
    private struct Report: Sendable {
        var time: Instant
        var isByEvent: Bool
    }

    /// The time by which an event may come later than its change: a choice, half of the time between two polls.
    ///
    /// The webhooks of a slower upstream count as silent, which costs calls but yields no wrong result.
    static let grace = Duration.seconds(30)
    /// The most objects whose reports are remembered, as many as `CollectionWatch` remembers of a collection.
    private static let maximumObjects = 10_000

    /// The types of which an event has reported a change.
    private var heard: Set<TypeID> = []
    /// The types for which webhooks must first be seen again to report changes.
    private var silent: Set<TypeID> = []
    /// The last report of each object that was reported to have changed.
    private var reported: [Object: Report] = [:]
    /// The changes that polls found and no event has reported yet, with the time at which they were found.
    private var unreported: [Object: Instant] = [:]
    /// The time at which a poll last found that no change of a type had gone unreported.
    private var confirmed: [TypeID: Instant] = [:]

    /// Whether webhooks report changes, as far as is known.
    var reportsChanges: Bool { !heard.isEmpty && silent.isEmpty }

    /// Whether webhooks report changes of a type, as far as is known.
    func reportsChanges(of type: TypeID) -> Bool { heard.contains(type) && !silent.contains(type) }

    /// The time at which a poll last found that no change of a type had gone unreported; nil: never.
    func confirmation(of type: TypeID) -> Instant? { confirmed[type] }

    /// Records a reported change of an object, by an event or by a write of this process.
    mutating func report(_ type: TypeID, key: String, byEvent: Bool, at now: Instant) {
        if byEvent { heard.insert(type) }
        let object = Object(type: type, key: ExactString(key))
        unreported[object] = nil
        reported[object] = Report(time: now, isByEvent: byEvent)
        guard reported.count > Self.maximumObjects else { return }
        reported = reported.filter { now - $0.value.time < Self.grace * 10 }
        if reported.count > Self.maximumObjects { reported = [object: Report(time: now, isByEvent: byEvent)] }
    }

    /// Records the changes that a poll has found since the poll before.
    ///
    /// - Parameters:
    ///   - type: the type of the objects.
    ///   - keys: the keys of the objects that have changed.
    ///   - start: the time of the poll before; nil: there was none.
    ///   - now: the time.
    mutating func read(_ type: TypeID, changed keys: [String], since start: Instant?, at now: Instant) {
        guard heard.contains(type) else { return }
        var isShown = false
        for key in keys {
            let object = Object(type: type, key: ExactString(key))
            if let report = reported[object], report.time >= (start ?? report.time) - Self.grace {
                // A change that this process wrote shows nothing about the webhook.
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
            // Without a change that an event has reported, a poll does not show that a silent webhook works again.
            if silent.contains(type), !isShown { return }
            silent.remove(type)
            confirmed[type] = now
        }
    }

    /// Records a change of unknown objects: no event can have reported it by key.
    mutating func readUnnamedChange() { silent = heard }
}
