internal import JSON

/// The objects that the subscribers of one selection have been shown, and in which state.
///
/// Those who began at different times may have been shown different states of an object: who began after it was shown has not seen it.
package struct SeenObjects: Sendable {
    /// Of more objects the oldest are forgotten.
    private static let capacity = 10_000

    /// What subscribers have been shown of an object.
    struct Seen: Sendable, Equatable {
        var state: Int
        /// Whether they look at it still.
        var isShown: Bool

        /// It is none that they look at any more: several events can report that.
        static let left = Seen(state: 0, isShown: false)
    }

    /// The subscribers that have been shown the same of an object.
    private struct Cohort: Sendable {
        /// The change from which on others have begun.
        var end: UInt64
        /// Nil: nothing is known of the object.
        var seen: Seen?
    }

    /// The cohorts that know something of an object, in the order in which they began.
    private var cohorts: [ExactString: [Cohort]] = [:]
    private var order: [ExactString] = []

    /// Makes an empty list.
    package init() {}

    /// Notes what a change means for the subscribers of an object.
    ///
    /// - Parameters:
    ///   - key: the object's key.
    ///   - number: the change's number: it concerns those who began before it.
    ///   - body: takes what subscribers have been shown so far, and returns what the change means for them and what they have been shown then.
    /// - Returns: what the change means, and for whom.
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
        // Who knows nothing of it is as who begins later.
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
