internal import JSON

/// The way to poll for changes of a type's objects that no webhook reports: the arguments of `@polled`.
package struct PollConventions: Sendable, Hashable {
    /// The member by which rows are sorted, so that the objects that changed last come first.
    let sort: JSONKey
    /// The member with the time at which an object was created; nil: new objects are not distinguished from changed ones.
    let creation: JSONKey?
    /// The time between two polls.
    package let interval: Duration
    /// The time between two polls while webhooks report changes.
    package let reconcileInterval: Duration

    /// Reads the arguments; nil if one is not valid.
    init?(_ arguments: DirectiveArguments) {
        guard let sort = arguments.string("sort"), !sort.isEmpty, let every = arguments.integer("every"), every > 0,
            let reconcile = arguments.integer("reconcile"), reconcile >= every
        else { return nil }
        self.sort = JSONKey(sort)
        creation = arguments.string("creation").map { JSONKey($0) }
        (interval, reconcileInterval) = (.seconds(every), .seconds(reconcile))
    }
}
