/// A result of a stream, before it is serialized.
enum StreamValue: Sendable {
    /// The result of an execution.
    case executed(ExecutedOperation)
    /// A response that is serialized already, as it was compared with the one before or has no data.
    case response(GraphQLResponse)
}
