/// Why the response of an execution was not written.
package enum ResponseFailure: Error, Sendable, Hashable {
    /// It would have more bytes, or the execution more rows, than allowed.
    case tooLarge
    /// It is no longer wanted; see `ResponseLimits.isCancelled`.
    case cancelled
}
