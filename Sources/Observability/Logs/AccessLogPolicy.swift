/// The choice of requests that have a line in the access log.
package enum AccessLogPolicy: Sendable, Hashable {
    /// No request.
    case off
    /// A random share of the requests, from 0 to 1.
    case sampled(Double)
    /// Every request.
    case all
}
