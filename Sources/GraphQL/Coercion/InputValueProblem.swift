internal import JSON

/// A part of an input value that is invalid for its type.
struct InputValueProblem: Sendable, Hashable {
    /// The path from the whole value to the part.
    let path: [PathSegment]
    let value: JSONValue
    let message: String
}
