internal import JSON

/// The states in which the subscribers of one selection have been shown objects.
///
/// Subscribers that began at different times may have been shown different states: a later one has not seen earlier events.
package struct SeenObjects: Sendable {
    /// The number of objects above which the older half is forgotten.
    private static let capacity = 10_000

    /// The state of an object as subscribers have last been shown it.
    struct Seen: Sendable, Equatable {
        /// A hash of the object's content.
        var state: Int
        /// Whether the object still belongs to their selection.
        var isShown: Bool

        /// The state of an object that has left the selection, which several events can report.
        static let left = Seen(state: 0, isShown: false)
    }

    /// The subscribers that have been shown the same state of an object.
    private struct Cohort: Sendable {
        /// The number of the change from which on subscribers have begun that do not belong to it.
        var end: UInt64
        /// The state; nil: they have not been shown the object.
        var seen: Seen?
    }

    /// The cohorts that have been shown an object, in the order in which they began.
    private var cohorts: [ExactString: [Cohort]] = [:]
    private var order: [ExactString] = []

    /// Makes an empty set.
    package init() {}

    /// Applies a change to the states that subscribers have been shown.
    ///
    /// - Parameters:
    ///   - key: the object's key.
    ///   - number: the change's number: it concerns the subscribers that began before it.
    ///   - body: maps the state shown so far to the effect of the change and to the state that is shown from now on.
    /// - Returns: the effects, each with the subscribers that it concerns, by the number of the change at which they began.
    mutating func update<Meaning>(
        _ key: String,
        at number: UInt64,
        _ body: (Seen?) -> (Meaning, Seen?)
    ) -> [(subscribers: Range<UInt64>, meaning: Meaning)] {
        let key = ExactString(key)
        var before = cohorts[key] ?? []
        let isNew = before.isEmpty
        if before.last.map({ $0.end < number }) ?? true { before.append(Cohort(end: number, seen: nil)) }
        var after: [Cohort] = []
        var meanings: [(subscribers: Range<UInt64>, meaning: Meaning)] = []
        var start: UInt64 = 0
        for cohort in before {
            let (meaning, seen) = body(cohort.seen)
            meanings.append((start..<cohort.end, meaning))
            start = cohort.end
            if let last = after.last, last.seen == seen {
                after[after.count - 1].end = cohort.end
            } else {
                after.append(Cohort(end: cohort.end, seen: seen))
            }
        }
        // A cohort that has not been shown the object is like subscribers that begin later.
        if after.last?.seen == nil { after.removeLast() }
        cohorts[key] = after.isEmpty ? nil : after
        if isNew, !after.isEmpty { note(key) }
        return meanings
    }

    private mutating func note(_ key: ExactString) {
        order.append(key)
        guard order.count > Self.capacity else { return }
        for old in order.prefix(Self.capacity / 2) { cohorts[old] = nil }
        order.removeFirst(Self.capacity / 2)
    }
}
