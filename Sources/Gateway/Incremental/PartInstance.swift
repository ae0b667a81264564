internal import JSON

/// A part of a response at one of the paths where it applies.
struct PartInstance: Hashable {
    /// The number of the part in the plan.
    let part: Int
    /// The path of the object that a deferred fragment applies to, or of a streamed list.
    let path: [JSONValue]
}
