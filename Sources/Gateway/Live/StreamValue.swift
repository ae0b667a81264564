/// A result of a stream, before it is written.
enum StreamValue: Sendable {
    /// Of an execution.
    case executed(ExecutedOperation)
    /// A response that is written already, as it is compared with the one before or has no data.
    case response(GraphQLResponse)
}
