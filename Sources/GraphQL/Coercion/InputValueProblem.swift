internal import JSON

/// A part of an input value that its type does not allow.
struct InputValueProblem: Sendable, Hashable {
    /// From the whole value to the part.
    let path: [PathSegment]
    let value: JSONValue
    let message: String
}
