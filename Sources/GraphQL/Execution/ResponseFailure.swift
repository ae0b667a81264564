/// The reason why the response of an execution was not written.
package enum ResponseFailure: Error, Sendable, Hashable {
    /// It would have more bytes, or the execution more rows, than the limit.
    case tooLarge
    /// The response is no longer wanted; see `ResponseLimits.isCancelled`.
    case cancelled
}
